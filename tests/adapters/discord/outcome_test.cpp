#include "adapters/discord/outcome.hpp"

#include <gtest/gtest.h>

namespace podbrief::discord {
namespace {

const WallTime now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

Answer answered(int status, std::string body, std::vector<HttpHeader> headers = {}) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return read_answer(std::move(response), now);
}
std::string failing(int code) {
    return R"({"message":"no","code":)" + std::to_string(code) + "}";
}
template <class Kind>
const Kind* as(const SendOutcome& outcome) {
    return std::get_if<Kind>(&outcome);
}
SendOutcome of(int status, std::string body, Step step = Step::post) {
    return classify(step, answered(status, std::move(body)));
}

TEST(DiscordOutcome, AMessageThatWasMadeIsSent) {
    const auto outcome = of(200, R"({"id":"1310000000000000001","content":""})");
    ASSERT_NE(as<Sent>(outcome), nullptr);
    EXPECT_EQ(as<Sent>(outcome)->message_ref, "1310000000000000001");
}

// RELIABILITY row 78.
TEST(DiscordOutcome, AnAnswerThatCannotBeReadIsUnknown) {
    for (const char* body : {"<html>", "", "[]", "{}", R"({"id":7})", R"({"id":"x"})", "null"}) {
        EXPECT_NE(as<OutcomeUnknown>(of(200, body)), nullptr) << body;
    }
    EXPECT_NE(as<NotSent>(of(200, "<html>", Step::find)), nullptr);
}

TEST(DiscordOutcome, FollowsTheTableOfCodes) {
    for (const int code : {10003, 10004, 50001, 50013, 50083, 160005, 220001}) {
        ASSERT_NE(as<DestinationGone>(of(403, failing(code))), nullptr) << code;
        EXPECT_EQ(as<DestinationGone>(of(403, failing(code)))->state, DestinationState::gone);
    }
    for (const int code : {50007, 50278}) {
        ASSERT_NE(as<DestinationGone>(of(403, failing(code))), nullptr) << code;
        EXPECT_EQ(as<DestinationGone>(of(403, failing(code)))->state, DestinationState::blocked);
    }
    EXPECT_NE(as<TenantGone>(of(401, R"({"message":"401: Unauthorized","code":0})")), nullptr);
    EXPECT_NE(as<TenantGone>(of(403, failing(40002))), nullptr);
    EXPECT_NE(as<PayloadRefused>(of(400, failing(50035))), nullptr);
    EXPECT_NE(as<PayloadRefused>(of(400, failing(50006))), nullptr);
    EXPECT_NE(as<Sent>(of(404, failing(10008))), nullptr);  // it was there, and was deleted
    EXPECT_NE(as<NotFound>(of(404, failing(10008), Step::edit)), nullptr);
    EXPECT_NE(as<HistoryClosed>(of(403, failing(50001), Step::find)), nullptr);
    for (const int code : {20016, 20028, 20029}) {
        EXPECT_EQ(as<NotSent>(of(429, failing(code)))->scope, NotSent::Scope::chat) << code;
    }
    EXPECT_EQ(as<NotSent>(of(403, failing(130000)))->scope, NotSent::Scope::lane);
    EXPECT_NE(as<DestinationGone>(of(403, failing(99999))), nullptr);
}

TEST(DiscordOutcome, KnowsWhatWasNotProcessedFromWhatMayHaveBeen) {
    for (const int status : {502, 503}) EXPECT_NE(as<NotSent>(of(status, "<html>")), nullptr);
    for (const int status : {500, 504, 520}) EXPECT_NE(as<OutcomeUnknown>(of(status, "<html>")), nullptr);
    HttpFailure failure;
    EXPECT_NE(as<NotSent>(classify(Step::post, failure)), nullptr);
    failure.handed_over = HandedOver::maybe_executed;
    EXPECT_NE(as<OutcomeUnknown>(classify(Step::post, failure)), nullptr);
    EXPECT_NE(as<NotSent>(classify(Step::find, failure)), nullptr);
}

// RELIABILITY row 70.
TEST(DiscordOutcome, ReadsEveryShapeOfAWait) {
    const struct {
        const char* header;
        const char* body;
        std::int64_t wait;
    } cases[] = {
        {"65", R"({"retry_after":64.57,"global":false})", 64'570},
        {"65", R"({"message":"x"})", 65'000},
        {"0.65", "{}", 650},
        {"Mon, 02 Mar 2026 00:01:00 GMT", "{}", 60'000},
        {"0", "{}", 0},
        {"-1", R"({"retry_after":-1})", 0},
        {"10072", "<html>", 10'072'000},
        {"soon", "{}", 0},
        {"1e300", "{}", 30LL * 86'400'000},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.header);
        const auto outcome = classify(Step::post, answered(429, c.body, {{"Retry-After", c.header}}));
        ASSERT_NE(as<NotSent>(outcome), nullptr);
        EXPECT_TRUE(as<NotSent>(outcome)->limited);
        EXPECT_EQ(as<NotSent>(outcome)->wait, Millis{c.wait});
    }
    const auto none = classify(Step::post, answered(429, "{}"));
    EXPECT_EQ(as<NotSent>(none)->wait, Millis{0});
}

TEST(DiscordOutcome, KnowsWhoIsLimited) {
    using Scope = NotSent::Scope;
    const auto scope_of = [](const char* body, std::vector<HttpHeader> headers) {
        const auto outcome = classify(Step::post, answered(429, body, std::move(headers)));
        return as<NotSent>(outcome)->scope;
    };
    EXPECT_EQ(scope_of(R"({"global":true})", {}), Scope::lane);
    EXPECT_EQ(scope_of("{}", {{"X-RateLimit-Scope", "global"}}), Scope::lane);
    EXPECT_EQ(scope_of("{}", {{"X-RateLimit-Scope", "shared"}}), Scope::chat);
    EXPECT_EQ(scope_of("{}", {{"X-RateLimit-Scope", "user"}}), Scope::chat);
    EXPECT_EQ(scope_of("<html>", {}), Scope::lane);
}

}  // namespace
}  // namespace podbrief::discord
