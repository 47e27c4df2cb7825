#include "adapters/slack/outcome.hpp"

#include <gtest/gtest.h>

namespace podbrief::slack {
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

const WallTime now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

HttpResponse response(int status, std::string body, std::string retry_after = {}) {
    HttpResponse out;
    out.status = status;
    out.body = std::move(body);
    if (!retry_after.empty()) out.headers.push_back({"Retry-After", std::move(retry_after)});
    out.headers.push_back({"Date", "Mon, 02 Mar 2026 00:00:00 GMT"});
    return out;
}

TEST(SlackOutcome, BytesThatLeftDecideWithoutAnAnswer) {
    HttpFailure nothing;
    nothing.code = HttpErrc::connect_failed;
    HttpFailure some;
    some.handed_over = HandedOver::maybe_executed;
    EXPECT_EQ(in_words(classify(Step::post, nothing)), "wait message 0");
    EXPECT_EQ(in_words(classify(Step::post, some)), "unknown");
    EXPECT_EQ(in_words(classify(Step::edit, some)), "unknown");
    EXPECT_EQ(in_words(classify(Step::find, some)), "wait message 0") << "looking changes nothing";
    EXPECT_EQ(in_words(classify(Step::post, NoToken{"not installed"})), "tenant");
    EXPECT_EQ(in_words(classify(Step::post, NotNow{"later"})), "wait message 0");
}

// RELIABILITY (c) G 70.
TEST(SlackOutcome, AWaitIsReadInEveryShape) {
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
        const auto read = read_answer(response(429, R"({"ok":false,"error":"ratelimited"})", c.header),
                                      now + std::chrono::hours{5});  // our own clock is wrong
        EXPECT_EQ(read.retry_after.count(), c.ms) << c.header;
    }
    EXPECT_EQ(read_answer(response(429, "", "1e300"), now).retry_after, std::chrono::days{30});
}

// RELIABILITY (c) G 77, 78; (b) retry classes.
TEST(SlackOutcome, EveryAnswerHasItsClass) {
    const struct {
        const char* name;
        Step step;
        int status;
        const char* body;
        const char* expected;
    } cases[] = {
        {"posted", Step::post, 200, R"({"ok":true,"ts":"1.2"})", "sent 1.2"},
        {"429", Step::post, 429, R"({"ok":false,"error":"ratelimited"})", "wait lane 3000 limited"},
        {"429 in a page", Step::post, 429, "<html>", "wait lane 3000 limited"},
        {"ratelimited with 200", Step::post, 200, R"({"ok":false,"error":"ratelimited"})", "wait lane 3000 limited"},
        {"500", Step::post, 500, "", "unknown"},
        {"503", Step::post, 503, "<html>", "unknown"},
        {"503 while looking", Step::find, 503, "", "wait message 0"},
        {"HTML", Step::post, 200, "<!doctype html>", "unknown"},
        {"nothing", Step::post, 200, "", "unknown"},
        {"other JSON", Step::post, 200, R"({"ok":"yes","ts":1})", "unknown"},
        {"a list", Step::post, 200, "[]", "unknown"},
        {"false without a reason", Step::post, 200, R"({"ok":false})", "unknown"},
        {"ok without a ts", Step::post, 200, R"({"ok":true})", "unknown"},
        {"a ts that is a number", Step::post, 200, R"({"ok":true,"ts":1.2})", "unknown"},
        {"found nothing", Step::find, 200, R"({"ok":true,"messages":[]})", "sent "},
        {"internal_error", Step::post, 200, R"({"ok":false,"error":"internal_error"})", "unknown"},
        {"fatal_error", Step::post, 200, R"({"ok":false,"error":"fatal_error"})", "unknown"},
        {"service_unavailable", Step::post, 200, R"({"ok":false,"error":"service_unavailable"})", "unknown"},
        {"internal_error while looking", Step::find, 200, R"({"ok":false,"error":"internal_error"})", "wait message 0"},
        {"request_timeout", Step::post, 200, R"({"ok":false,"error":"request_timeout"})", "wait message 0"},
        {"channel_not_found", Step::post, 200, R"({"ok":false,"error":"channel_not_found"})", "gone"},
        {"is_archived", Step::post, 200, R"({"ok":false,"error":"is_archived"})", "gone"},
        {"not_in_channel", Step::post, 200, R"({"ok":false,"error":"not_in_channel"})", "gone"},
        {"not_in_channel while looking", Step::find, 200, R"({"ok":false,"error":"not_in_channel"})", "history"},
        {"restricted", Step::post, 200, R"({"ok":false,"error":"restricted_action_read_only_channel"})", "gone"},
        {"no messages tab", Step::post, 200, R"({"ok":false,"error":"messages_tab_disabled"})", "blocked"},
        {"user_disabled", Step::post, 200, R"({"ok":false,"error":"user_disabled"})", "blocked"},
        {"token_revoked", Step::post, 200, R"({"ok":false,"error":"token_revoked"})", "tenant"},
        {"account_inactive", Step::post, 200, R"({"ok":false,"error":"account_inactive"})", "tenant"},
        {"invalid_auth", Step::find, 200, R"({"ok":false,"error":"invalid_auth"})", "tenant"},
        {"401", Step::post, 401, "", "tenant"},
        {"missing_scope", Step::post, 200, R"({"ok":false,"error":"missing_scope","needed":"chat:write"})", "tenant"},
        {"missing_scope while looking", Step::find, 200, R"({"ok":false,"error":"missing_scope"})", "history"},
        {"invalid_blocks", Step::post, 200, R"({"ok":false,"error":"invalid_blocks"})", "payload"},
        {"msg_blocks_too_long", Step::post, 200, R"({"ok":false,"error":"msg_blocks_too_long"})", "payload"},
        {"msg_too_long", Step::edit, 200, R"({"ok":false,"error":"msg_too_long"})", "payload"},
        {"message_not_found", Step::edit, 200, R"({"ok":false,"error":"message_not_found"})", "not found"},
        {"edit_window_closed", Step::edit, 200, R"({"ok":false,"error":"edit_window_closed"})", "not found"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(in_words(classify(c.step, read_answer(response(c.status, c.body, "3"), now))), c.expected) << c.name;
}

TEST(SlackOutcome, AResponseUrlThatIsUsedUpLeadsToTheChatInstead) {
    const struct {
        const char* name;
        int status;
        const char* body;
        const char* expected;
    } cases[] = {
        {"ok", 200, "ok", "sent "},
        {"ok as JSON", 200, R"({"ok":true})", "sent "},
        {"used", 404, R"({"ok":false,"error":"used_url"})", "closed"},
        {"expired", 404, "expired_url", "closed"},
        {"refused", 403, "", "closed"},
        {"200 but used", 200, R"({"ok":false,"error":"used_url"})", "closed"},
        {"blocks", 200, R"({"ok":false,"error":"invalid_blocks"})", "payload"},
        {"500", 500, "", "unknown"},
        {"a page", 200, "<html>", "unknown"},
        {"429", 429, "", "wait chat 3000 limited"},
    };
    for (const auto& c : cases) {
        const auto outcome = classify_response(response(c.status, c.body, "3"), now);
        EXPECT_EQ(outcome ? in_words(*outcome) : "closed", c.expected) << c.name;
    }
}

}  // namespace
}  // namespace podbrief::slack
