#include "adapters/doubles/slack_model.hpp"
#include "tests/doubles/model/doubles.hpp"

#include <gtest/gtest.h>

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class SlackModelTest : public ::testing::Test {
protected:
    SlackModelTest() {
        model.add_chat("T1", "C1");
        model.add_chat("T1", "C2");
    }
    slack::Answer post(const Call& call, const std::string& text, const std::string& channel = "C1") {
        return model.post_message(call, {"T1", channel, {text, {}, "key-" + text.substr(0, 40)}, {}, {}});
    }
    slack::Answer history(const Call& call, const std::string& cursor = {}) {
        slack::History ask{"T1", "C1", slack::ts_of(start - 1000ms), true, 15, cursor};
        return model.history(call, ask);
    }

    const WallTime start = from_ms(1'772'409'600'000);
    SlackModel model;
};

TEST_F(SlackModelTest, ShowsWhatWasPostedAndTellsItsTs) {
    const auto answer = post(start, "a &lt;b&gt; &amp;amp;");
    ASSERT_TRUE(answer.ok);
    EXPECT_EQ(answer.ts, "1772409600.000000");
    const auto seen = model.with_text("a <b>");
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].message->text, "a <b> &amp;");
    EXPECT_EQ(seen[0].message->made_at, start);
}

TEST_F(SlackModelTest, GivesEachMessageOfOneMillisecondAnotherTs) {
    EXPECT_NE(post(start, "a").ts, post(start, "b").ts);
}

TEST_F(SlackModelTest, CutsLongTextWhenPostedAndRefusesItWhenUpdated) {
    const auto long_text = std::string(40'000, 'x') + "END";
    const auto answer = post(start, long_text);
    ASSERT_TRUE(answer.ok);
    EXPECT_TRUE(model.with_text("END").empty());
    EXPECT_EQ(model.chat("T1", "C1")->messages[0].text.size(), 40'000U);
    slack::Update update{"T1", "C1", answer.ts, {std::string(4'001, 'x'), {}, {}}};
    EXPECT_EQ(model.update(start, update).error, "msg_too_long");
    update.message.text.pop_back();
    EXPECT_TRUE(model.update(start, update).ok);
}

TEST_F(SlackModelTest, RefusesBlocksBeyondTheirLimits) {
    const struct {
        const char* name;
        std::vector<slack::Block> blocks;
        const char* error;
    } cases[] = {
        {"50", std::vector<slack::Block>(50, {"section", "x"}), ""},
        {"51", std::vector<slack::Block>(51, {"section", "x"}), "invalid_blocks"},
        {"3000", {{"section", std::string(3'000, 'x')}}, ""},
        {"3001", {{"section", std::string(3'001, 'x')}}, "invalid_blocks"},
        {"empty", {{"section", ""}}, "invalid_blocks"},
        {"a header of 151", {{"header", std::string(151, 'x')}}, "invalid_blocks"},
        {"15,000 in all", std::vector<slack::Block>(5, {"section", std::string(3'000, 'x')}), "msg_blocks_too_long"},
    };
    auto now = start;
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(model.post_message(now += 2s, {"T1", "C1", {"text", c.blocks, {}}, {}, {}}).error, c.error);
    }
    EXPECT_EQ(model.post_message(now += 2s, {"T1", "C1", {}, {}, {}}).error, "no_text");
}

TEST_F(SlackModelTest, SaysWhyAChannelIsClosed) {
    EXPECT_EQ(post(start, "x", "C9").error, "channel_not_found");
    model.set_access("T1", "C1", Access::read_only, start);
    EXPECT_EQ(post(start, "x").error, "is_archived");
    model.set_access("T1", "C1", Access::not_member, start);
    EXPECT_EQ(post(start, "x").error, "not_in_channel");
    model.revoke("T1", start);
    EXPECT_EQ(post(start, "x").error, "token_revoked");
    model.restore("T1", start);
    EXPECT_TRUE(post(start, "x", "C2").ok);
}

TEST_F(SlackModelTest, AllowsAChannelAFewAtOnceAndThenOneASecond) {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(post(start, "x").ok);
    const auto refused = post(start, "x");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.retry_after, "1");
    EXPECT_EQ(model.counters().limited, 1U);
    EXPECT_EQ(post(start + 500ms, "x", "C2").status, 429) << "a wait is about the method and the workspace";
    EXPECT_EQ(model.counters().calls_inside_retry_after, 1U);
    EXPECT_TRUE(post(start + 1600ms, "x").ok);
    EXPECT_EQ(model.counters().calls_inside_retry_after, 1U);
}

TEST_F(SlackModelTest, AllowsAWorkspaceSixHundredPostsAMinute) {
    for (int i = 0; i < 600; ++i) {
        const auto channel = "D" + std::to_string(i);
        model.add_chat("T1", channel);
        ASSERT_TRUE(post(start + Millis{i}, "x", channel).ok);
    }
    EXPECT_EQ(post(start + 1s, "x").status, 429);
}

TEST_F(SlackModelTest, GivesItsHistoryNewestFirstInPagesOfFifteenWithMetadata) {
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(post(start + i * 1s, std::to_string(i)).ok);
    const auto first = history(start + 20s);
    ASSERT_EQ(first.messages.size(), 15U);
    EXPECT_EQ(first.messages[0].text, "19");
    EXPECT_EQ(first.messages[0].delivery_id, "key-19");
    const auto second = history(start + 20s, first.next_cursor);
    ASSERT_EQ(second.messages.size(), 5U);
    EXPECT_EQ(second.messages[4].text, "0");
    EXPECT_TRUE(second.next_cursor.empty());
}

TEST_F(SlackModelTest, LimitsReadingToOnceAMinuteOrForbidsIt) {
    model.set_history(SlackModel::HistoryMode::slow);
    EXPECT_TRUE(history(start).ok);
    const auto refused = history(start + 1s);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.retry_after, "59");
    EXPECT_TRUE(history(start + 60s).ok);
    model.set_history(SlackModel::HistoryMode::forbidden);
    EXPECT_EQ(history(start + 120s).error, "missing_scope");
}

TEST_F(SlackModelTest, ClientMsgIdMayBeIgnoredHonouredOrRejected) {
    slack::PostMessage post{"T1", "C1", {"x", {}, {}}, "same", {}};
    EXPECT_NE(model.post_message(start, post).ts, model.post_message(start, post).ts);
    model.set_client_msg_id(SlackModel::ClientMsgId::honoured);
    EXPECT_EQ(model.post_message(start, post).ts, model.post_message(start, post).ts);
    EXPECT_EQ(model.chat("T1", "C1")->messages.size(), 3U);
    model.set_client_msg_id(SlackModel::ClientMsgId::rejected);
    EXPECT_EQ(model.post_message(start + 9s, post).error, "invalid_arguments");
}

TEST_F(SlackModelTest, AnInternalErrorMayHavePosted) {
    Call call(start);
    call.fault.kind = FaultKind::internal_error;
    EXPECT_EQ(post(call, "not made").error, "internal_error");
    call.fault.made = true;
    EXPECT_EQ(post(call, "made").error, "internal_error");
    ASSERT_EQ(model.chat("T1", "C1")->messages.size(), 1U);
    EXPECT_EQ(model.chat("T1", "C1")->messages[0].text, "made");
}

}  // namespace
}  // namespace podbrief::testing
