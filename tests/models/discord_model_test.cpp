#include "adapters/doubles/discord_model.hpp"
#include "tests/doubles/model/doubles.hpp"

#include <gtest/gtest.h>

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class DiscordModelTest : public ::testing::Test {
protected:
    DiscordModelTest() { model.add_chat("1", "2"); }
    discord::Answer create(const Call& call, const std::string& content, const std::string& nonce = {},
                           const std::string& channel = "2") {
        return model.create_message(call, {"1", channel, content, false, nonce, !nonce.empty(), {}});
    }
    std::size_t messages() { return model.chat("1", "2")->messages.size(); }

    const WallTime start = from_ms(1'772'409'600'000);
    DiscordModel model;
};

TEST_F(DiscordModelTest, CountsCharactersAsTheyAreSent) {
    std::string umlauts;
    for (int i = 0; i < 2'000; ++i) umlauts += "ü";
    EXPECT_EQ(create(start, umlauts).status, 200);
    EXPECT_EQ(create(start, umlauts + "x").code, 50035);
    EXPECT_EQ(create(start, "").code, 50006);
    EXPECT_EQ(create(start, "x", std::string(26, 'n')).code, 50035);
    EXPECT_EQ(create(start, R"(2 \* 3 \\ \_)").status, 200);
    EXPECT_EQ(model.chat("1", "2")->messages[1].text, R"(2 * 3 \ _)");
}

TEST_F(DiscordModelTest, RemembersANonceForAWhile) {
    const auto first = create(start, "x", "n");
    EXPECT_EQ(create(start + 179s, "x", "n").id, first.id);
    EXPECT_EQ(messages(), 1U);
    EXPECT_NE(create(start + 180s, "x", "n").id, first.id);
    EXPECT_EQ(messages(), 2U);
    model.set_nonce_window(10s);
    create(start + 190s, "x", "n");
    EXPECT_EQ(messages(), 3U);
}

TEST_F(DiscordModelTest, ANonceThatIsNotEnforcedMakesAnotherMessage) {
    discord::CreateMessage post{"1", "2", "x", false, "n", false, {}};
    EXPECT_NE(model.create_message(start, post).id, model.create_message(start, post).id);
}

TEST_F(DiscordModelTest, ANonceWhoseMessageWasRemovedIsAnUnknownMessage) {
    const auto first = create(start, "x", "n");
    model.delete_message("1", "2", first.id, start + 1s);
    EXPECT_EQ(create(start + 2s, "x", "n").code, 10008);
    EXPECT_EQ(messages(), 1U);
}

TEST_F(DiscordModelTest, AllowsAChannelFiveInFiveSeconds) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(create(start + i * 1s, "x").status, 200);
    const auto refused = create(start + 4'500ms, "x");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.scope, "user");
    EXPECT_DOUBLE_EQ(refused.retry_after_s, 0.5);
    EXPECT_EQ(refused.retry_after, "0.500");
    EXPECT_EQ(create(start + 5s, "x").status, 200);
}

TEST_F(DiscordModelTest, AllowsTheBotFiftyASecond) {
    for (int i = 0; i < 50; ++i) {
        const auto channel = std::to_string(100 + i);
        model.add_chat("1", channel);
        ASSERT_EQ(create(start + Millis{i}, "x", {}, channel).status, 200);
    }
    const auto refused = create(start + 60ms, "x");
    EXPECT_TRUE(refused.global);
    EXPECT_DOUBLE_EQ(refused.retry_after_s, 0.94);
    EXPECT_EQ(create(start + 1s, "x").status, 200);
}

TEST_F(DiscordModelTest, TenThousandInvalidRequestsInTenMinutesGetTheBotBanned) {
    model.set_access("1", "2", Access::not_member, start);
    auto now = start;
    for (int i = 0; i < 9'999; ++i) create(now += 50ms, "x");
    EXPECT_FALSE(model.banned(now));
    EXPECT_EQ(model.counters().invalid, 9'999U);
    create(now += 50ms, "x");
    EXPECT_TRUE(model.banned(now));
    const auto page = create(now + 1s, "x");
    EXPECT_EQ(page.status, 429);
    EXPECT_FALSE(page.readable);
    EXPECT_FALSE(model.banned(now + 2h));
    EXPECT_TRUE(model.was_banned());
}

TEST_F(DiscordModelTest, ASharedLimitIsNotHeldAgainstTheBot) {
    Call call(start);
    call.fault.kind = FaultKind::limited;
    call.fault.delay = 2s;
    call.fault.scope = LimitScope::shared;
    EXPECT_EQ(create(call, "x").scope, "shared");
    EXPECT_EQ(model.counters().invalid, 0U);
}

TEST_F(DiscordModelTest, SaysWhyAChannelIsClosed) {
    EXPECT_EQ(create(start, "x", {}, "9").code, 10003);
    const struct {
        Access access;
        int code;
    } cases[] = {
        {Access::blocked, 50007}, {Access::not_member, 50001}, {Access::read_only, 50013}, {Access::gone, 10003}};
    auto now = start;
    for (const auto& c : cases) {
        model.set_access("1", "2", c.access, now);
        EXPECT_EQ(create(now += 5s, "x").code, c.code);
    }
    model.revoke({}, now);
    EXPECT_EQ(create(now, "x").status, 401);
}

TEST_F(DiscordModelTest, ListsWhatCameAfterOldestPageFirst) {
    for (int i = 0; i < 7; ++i) model.say("1", "2", "somebody", std::to_string(i), start + i * 1s);
    discord::ListMessages ask{"1", "2", discord::snowflake_of(start + 500ms), 4, {}};
    const auto page = model.list_messages(start + 9s, ask).messages;
    ASSERT_EQ(page.size(), 4U);
    EXPECT_EQ(page[0].content, "4");
    EXPECT_EQ(page[3].content, "1");
    ask.after = page[0].id;
    EXPECT_EQ(model.list_messages(start + 9s, ask).messages.size(), 2U);
}

TEST_F(DiscordModelTest, ListsTheLatestFirstAndWhatCameBefore) {
    for (int i = 0; i < 7; ++i) model.say("1", "2", "somebody", std::to_string(i), start + i * 1s);
    discord::ListMessages ask{"1", "2", {}, 4, {}};
    const auto page = model.list_messages(start + 9s, ask).messages;
    ASSERT_EQ(page.size(), 4U);
    EXPECT_EQ(page[0].content, "6");
    ask.before = page[3].id;
    const auto rest = model.list_messages(start + 9s, ask).messages;
    ASSERT_EQ(rest.size(), 3U);
    EXPECT_EQ(rest[0].content, "2");
}

TEST_F(DiscordModelTest, AHistoryThatMayNotBeReadIsRefusedOrSilentlyEmpty) {
    create(start, "x");
    const discord::ListMessages ask{"1", "2", "", 50, {}};
    model.set_history(DiscordModel::HistoryMode::forbidden);
    EXPECT_EQ(model.list_messages(start, ask).code, 50001);
    model.set_history(DiscordModel::HistoryMode::silently_empty);
    const auto empty = model.list_messages(start, ask);
    EXPECT_EQ(empty.status, 200);
    EXPECT_TRUE(empty.messages.empty());
}

}  // namespace
}  // namespace podbrief::testing
