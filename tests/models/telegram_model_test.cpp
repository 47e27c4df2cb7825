#include "adapters/doubles/telegram_model.hpp"
#include "tests/doubles/model/doubles.hpp"

#include <gtest/gtest.h>

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class TelegramModelTest : public ::testing::Test {
protected:
    TelegramModelTest() {
        model.add_chat("42");
        model.add_chat("-7");
    }
    telegram::Answer send(const Call& call, const std::string& text, const std::string& chat = "42",
                          const std::string& mode = {}) {
        return model.send_message(call, {chat, text, mode, {}});
    }

    const WallTime start = from_ms(1'772'409'600'000);
    TelegramModel model;
};

TEST_F(TelegramModelTest, CountsCharactersAfterParsing) {
    EXPECT_TRUE(send(start, "<b>" + std::string(4'095, 'x') + "</b>&amp;", "42", "HTML").ok);
    EXPECT_EQ(model.chat({}, "42")->messages[0].text, std::string(4'095, 'x') + "&");
    std::string umlauts;
    for (int i = 0; i < 4'096; ++i) umlauts += "ü";
    EXPECT_TRUE(send(start, umlauts).ok);
    EXPECT_EQ(send(start, umlauts + "x").description, "Bad Request: message is too long");
    EXPECT_EQ(send(start + 9s, " \n ").description, "Bad Request: message text is empty");
}

TEST_F(TelegramModelTest, RefusesMarkupThatDoesNotParse) {
    auto now = start;
    for (const auto* text : {"<p>x</p>", "<b>x", "x</b>", "<b><i>x</b></i>", "a < b"}) {
        const auto answer = send(now += 60s, text, "42", "HTML");
        EXPECT_EQ(answer.error_code, 400) << text;
        EXPECT_NE(answer.description.find("can't parse entities"), std::string::npos) << answer.description;
        EXPECT_TRUE(send(now, text).ok) << "plain text is never parsed";
    }
    EXPECT_EQ(*telegram::parse_html("&nbsp;&lt;<a href=\"https://x\">y</a>").text, "&nbsp;<y");
}

TEST_F(TelegramModelTest, AllowsAChatThreeAtOnceAndThenOneASecond) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(send(start, "x").ok);
    const auto refused = send(start, "x");
    EXPECT_EQ(refused.error_code, 429);
    EXPECT_EQ(refused.retry_after_parameter, 1);
    EXPECT_EQ(refused.description, "Too Many Requests: retry after 1");
    EXPECT_TRUE(send(start + 1s, "x").ok);
}

TEST_F(TelegramModelTest, AllowsAGroupTwentyAMinute) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(send(start + i * 1s, "x", "-7").ok);
    EXPECT_EQ(send(start + 20s, "x", "-7").retry_after_parameter, 40);
    EXPECT_TRUE(send(start + 60s, "x", "-7").ok);
}

TEST_F(TelegramModelTest, AllowsTheBotThirtyASecond) {
    for (int i = 0; i < 30; ++i) {
        const auto id = std::to_string(1'000 + i);
        model.add_chat(id);
        ASSERT_TRUE(send(start, "x", id).ok);
    }
    EXPECT_EQ(send(start + 999ms, "x").error_code, 429);
    EXPECT_EQ(send(start + 2s, "x").ok, true);
}

TEST_F(TelegramModelTest, SaysWhyAChatIsClosed) {
    EXPECT_EQ(send(start, "x", "99").description, "Bad Request: chat not found");
    model.set_access({}, "42", Access::blocked, start);
    EXPECT_EQ(send(start, "x").description, "Forbidden: bot was blocked by the user");
    model.set_access({}, "-7", Access::not_member, start);
    EXPECT_EQ(send(start, "x", "-7").error_code, 403);
    model.revoke({}, start);
    EXPECT_EQ(send(start, "x").error_code, 401);
    EXPECT_EQ(model.counters().calls_while_revoked, 1U);
}

TEST_F(TelegramModelTest, AGroupThatMovedSaysWhereTo) {
    ASSERT_TRUE(send(start, "before", "-7").ok);
    model.move_chat({}, "-7", "-1007", start);
    const auto answer = send(start, "after", "-7");
    EXPECT_EQ(answer.error_code, 400);
    EXPECT_EQ(answer.migrate_to_chat_id, "-1007");
    EXPECT_TRUE(send(start, "after", "-1007").ok);
    EXPECT_EQ(model.with_text("after").size(), 1U);
}

TEST_F(TelegramModelTest, EditsWhatIsThereAndSaysWhenNothingChanged) {
    const auto id = send(start, "line").message_id;
    EXPECT_TRUE(model.edit_message_text(start + 1s, {"42", id, "<b>brief</b>", "HTML"}).ok);
    EXPECT_NE(model.edit_message_text(start + 2s, {"42", id, "brief", ""}).description.find("not modified"),
              std::string::npos);
    EXPECT_EQ(model.chat({}, "42")->messages[0].edits, (std::vector<WallTime>{start + 1s}));
    EXPECT_TRUE(model.delete_message({}, "42", std::to_string(id), start + 3s));
    EXPECT_EQ(model.edit_message_text(start + 4s, {"42", id, "again", ""}).description,
              "Bad Request: message to edit not found");
}

TEST_F(TelegramModelTest, AMessageMadeLateIsSeenLate) {
    model.later(start + 5s, [&](WallTime now) { send(now, "late"); });
    EXPECT_TRUE(send(start + 1s, "between").ok);
    model.settle(start + 4s);
    EXPECT_TRUE(model.with_text("late").empty());
    model.settle(start + 9s);
    ASSERT_EQ(model.with_text("late").size(), 1U);
    EXPECT_EQ(model.with_text("late")[0].message->made_at, start + 5s);
}

}  // namespace
}  // namespace podbrief::testing
