#include "tests/doubles/model/outcome.hpp"

#include <gtest/gtest.h>

namespace podbrief::testing {
namespace {

// An outcome in a few words: "sent 1", "wait chat 2000 limited", "gone", "blocked" ...
struct InWords {
    std::string operator()(const Sent& sent) const { return "sent " + sent.message_ref; }
    std::string operator()(const NotFound&) const { return "not found"; }
    std::string operator()(const NotSent& not_sent) const {
        static constexpr const char* scopes[] = {"message", "chat", "reading", "lane"};
        return std::string("wait ") + scopes[static_cast<int>(not_sent.scope)] + " " +
               std::to_string(not_sent.wait.count()) + (not_sent.limited ? " limited" : "");
    }
    std::string operator()(const OutcomeUnknown&) const { return "unknown"; }
    std::string operator()(const DestinationGone& gone) const { return std::string(to_string(gone.state)); }
    std::string operator()(const TenantGone&) const { return "tenant"; }
    std::string operator()(const PayloadRefused&) const { return "payload"; }
    std::string operator()(const Moved& moved) const { return "moved " + to_string(moved.to); }
    std::string operator()(const HistoryClosed&) const { return "history"; }
};
std::string in_words(const SendOutcome& outcome) {
    return std::visit(InWords{}, outcome);
}

TEST(Outcome, BytesThatLeftDecideWithoutAnAnswer) {
    const NoAnswer nothing{HandedOver::nothing, "connection refused"};
    const NoAnswer some{HandedOver::maybe_executed, "reset"};
    EXPECT_EQ(in_words(classify(Step::post, nothing)), "wait message 0");
    EXPECT_EQ(in_words(classify(Step::post, some)), "unknown");
    EXPECT_EQ(in_words(classify(Step::fill, some)), "unknown");
    EXPECT_EQ(in_words(classify(Step::find, some)), "wait message 0") << "looking changes nothing";
}

TEST(Outcome, AWaitIsReadInEveryShape) {
    const struct {
        const char* header;
        int ms;
    } cases[] = {{"17", 17'000},
                 {"0.25", 250},
                 {"1.0004", 1'001},
                 {"0", 0},
                 {"", 0},
                 {"-5", 0},
                 {"nan", 0},
                 {"10072", 10'072'000},
                 {"soon", 0},
                 {"5 seconds", 0},
                 {"Mon, 02 Mar 2026 00:00:30 GMT", 30'000},
                 {"Sun, 01 Mar 2026 00:00:00 GMT", 0}};
    for (const auto& c : cases) {
        HttpPart answer;
        answer.retry_after = c.header;
        answer.date = WallTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
        EXPECT_EQ(wait_of(answer).count(), c.ms) << c.header;
    }
    HttpPart endless;
    endless.retry_after = "1e300";
    EXPECT_EQ(wait_of(endless), std::chrono::days{30});
}

TEST(Outcome, OfSlack) {
    const struct {
        const char* name;
        Step step;
        int status;
        bool readable;
        const char* error;  // empty: ok
        const char* expected;
    } cases[] = {
        {"posted", Step::post, 200, true, "", "sent 1.2"},
        {"429", Step::post, 429, true, "ratelimited", "wait lane 3000 limited"},
        {"429 while looking", Step::find, 429, true, "ratelimited", "wait reading 3000 limited"},
        {"429 in a page", Step::post, 429, false, "", "wait lane 3000 limited"},
        {"ratelimited with 200", Step::post, 200, true, "ratelimited", "wait lane 3000 limited"},
        {"500", Step::post, 500, false, "", "unknown"},
        {"503", Step::post, 503, false, "", "unknown"},
        {"503 while looking", Step::find, 503, false, "", "wait message 0"},
        {"HTML", Step::post, 200, false, "", "unknown"},
        {"internal_error", Step::post, 200, true, "internal_error", "unknown"},
        {"fatal_error", Step::post, 200, true, "fatal_error", "unknown"},
        {"service_unavailable", Step::post, 200, true, "service_unavailable", "unknown"},
        {"internal_error while looking", Step::find, 200, true, "internal_error", "wait message 0"},
        {"request_timeout", Step::post, 200, true, "request_timeout", "wait message 0"},
        {"channel_not_found", Step::post, 200, true, "channel_not_found", "gone"},
        {"is_archived", Step::post, 200, true, "is_archived", "gone"},
        {"not_in_channel", Step::post, 200, true, "not_in_channel", "gone"},
        {"not_in_channel while looking", Step::find, 200, true, "not_in_channel", "history"},
        {"restricted_action", Step::post, 200, true, "restricted_action_read_only_channel", "gone"},
        {"messages_tab_disabled", Step::post, 200, true, "messages_tab_disabled", "blocked"},
        {"token_revoked", Step::post, 200, true, "token_revoked", "tenant"},
        {"account_inactive", Step::post, 200, true, "account_inactive", "tenant"},
        {"invalid_auth", Step::find, 200, true, "invalid_auth", "tenant"},
        {"401", Step::post, 401, false, "", "tenant"},
        {"missing_scope", Step::post, 200, true, "missing_scope", "tenant"},
        {"missing_scope while looking", Step::find, 200, true, "missing_scope", "history"},
        {"invalid_blocks", Step::post, 200, true, "invalid_blocks", "payload"},
        {"msg_too_long", Step::edit, 200, true, "msg_too_long", "payload"},
        {"message_not_found", Step::edit, 200, true, "message_not_found", "not found"},
        {"edit_window_closed", Step::edit, 200, true, "edit_window_closed", "not found"},
    };
    for (const auto& c : cases) {
        slack::Answer answer;
        answer.status = c.status;
        answer.readable = c.readable;
        answer.error = c.error;
        answer.ok = c.readable && answer.error.empty();
        answer.ts = answer.ok ? "1.2" : "";
        answer.retry_after = "3";
        EXPECT_EQ(in_words(classify(c.step, answer)), c.expected) << c.name;
    }
    slack::Answer no_ts;
    no_ts.ok = true;
    EXPECT_EQ(in_words(classify(Step::post, no_ts)), "unknown");
    EXPECT_EQ(in_words(classify(Step::find, no_ts)), "sent ");
}

TEST(Outcome, OfDiscord) {
    const struct {
        const char* name;
        Step step;
        int status;
        bool readable;
        int code;
        const char* scope;
        const char* expected;
    } cases[] = {
        {"posted", Step::post, 200, true, 0, "", "sent 77"},
        {"429 of the channel", Step::post, 429, true, 0, "user", "wait chat 300 limited"},
        {"429 by others", Step::post, 429, true, 0, "shared", "wait chat 300 limited"},
        {"429 of the bot", Step::post, 429, true, 0, "global", "wait lane 300 limited"},
        {"429 of the edge", Step::post, 429, false, 0, "", "wait lane 1000 limited"},
        {"500", Step::post, 500, false, 0, "", "unknown"},
        {"502 is documented as not processed", Step::post, 502, false, 0, "", "wait message 1000"},
        {"503", Step::post, 503, false, 0, "", "wait message 1000"},
        {"504", Step::post, 504, false, 0, "", "unknown"},
        {"504 while looking", Step::find, 504, false, 0, "", "wait message 0"},
        {"HTML", Step::post, 200, false, 0, "", "unknown"},
        {"10003", Step::post, 404, true, 10003, "", "gone"},
        {"50001", Step::post, 403, true, 50001, "", "gone"},
        {"50001 while looking", Step::find, 403, true, 50001, "", "history"},
        {"50013", Step::post, 403, true, 50013, "", "gone"},
        {"50007", Step::post, 403, true, 50007, "", "blocked"},
        {"50278", Step::post, 403, true, 50278, "", "blocked"},
        {"10008 on a repeated post", Step::post, 404, true, 10008, "", "sent "},
        {"10008 on an edit", Step::edit, 404, true, 10008, "", "not found"},
        {"50035", Step::post, 400, true, 50035, "", "payload"},
        {"50006", Step::post, 400, true, 50006, "", "payload"},
        {"401", Step::post, 401, true, 0, "", "tenant"},
        {"50014", Step::post, 403, true, 50014, "", "tenant"},
        {"40003", Step::post, 400, true, 40003, "", "wait lane 300 limited"},
        {"slow mode", Step::post, 400, true, 20016, "", "wait chat 300 limited"},
    };
    for (const auto& c : cases) {
        discord::Answer answer;
        answer.status = c.status;
        answer.readable = c.readable;
        answer.code = c.code;
        answer.scope = c.scope;
        answer.retry_after = c.step == Step::find ? "" : "1";
        answer.retry_after_s = 0.3;
        answer.id = c.status == 200 && c.readable ? "77" : "";
        EXPECT_EQ(in_words(classify(c.step, answer)), c.expected) << c.name;
    }
    discord::Answer no_id;
    EXPECT_EQ(in_words(classify(Step::post, no_id)), "unknown");
}

TEST(Outcome, OfTelegram) {
    const struct {
        const char* name;
        Step step;
        int status;
        bool readable;
        const char* description;  // empty: ok
        const char* expected;
    } cases[] = {
        {"sent", Step::post, 200, true, "", "sent 5"},
        {"429", Step::post, 429, true, "Too Many Requests: retry after 17", "wait chat 17000 limited"},
        {"500", Step::post, 500, true, "Internal Server Error", "unknown"},
        {"502", Step::post, 502, true, "Bad Gateway", "unknown"},
        {"HTML", Step::post, 200, false, "", "unknown"},
        {"401", Step::post, 401, true, "Unauthorized", "tenant"},
        {"404", Step::post, 404, true, "Not Found", "tenant"},
        {"blocked", Step::post, 403, true, "Forbidden: bot was blocked by the user", "blocked"},
        {"kicked", Step::post, 403, true, "Forbidden: bot was kicked from the supergroup chat", "gone"},
        {"deactivated", Step::post, 403, true, "Forbidden: user is deactivated", "gone"},
        {"no chat", Step::post, 400, true, "Bad Request: chat not found", "gone"},
        {"no rights", Step::post, 400, true, "Bad Request: not enough rights to send text messages to the chat",
         "gone"},
        {"not modified", Step::fill, 400, true, "Bad Request: message is not modified: specified new ...", "sent "},
        {"no message", Step::fill, 400, true, "Bad Request: message to edit not found", "not found"},
        {"closed to edits", Step::edit, 400, true, "Bad Request: message can't be edited", "not found"},
        {"markup", Step::post, 400, true, "Bad Request: can't parse entities: Unsupported start tag", "payload"},
        {"long", Step::post, 400, true, "Bad Request: message is too long", "payload"},
        {"an unknown code", Step::post, 400, true, "Bad Request: SOME_NEW_CODE", "payload"},
    };
    const Destination to{"telegram", "", "-7", ""};
    for (const auto& c : cases) {
        telegram::Answer answer;
        answer.status = c.status;
        answer.readable = c.readable;
        answer.description = c.description;
        answer.ok = c.status == 200 && c.readable;
        answer.error_code = answer.ok ? 0 : c.status;
        answer.message_id = answer.ok ? 5 : 0;
        answer.retry_after_parameter = c.status == 429 ? 17 : 0;
        EXPECT_EQ(in_words(classify(c.step, answer, to)), c.expected) << c.name;
    }
    telegram::Answer moved;
    moved.status = moved.error_code = 400;
    moved.description = "Bad Request: group chat was upgraded to a supergroup chat";
    moved.migrate_to_chat_id = "-1007";
    EXPECT_EQ(in_words(classify(Step::post, moved, to)), "moved telegram:-1007");
}

}  // namespace
}  // namespace podbrief::testing
