#include "adapters/telegram/outcome.hpp"

#include <gtest/gtest.h>

namespace podbrief::telegram {
namespace {

std::string in_words(const SendOutcome& outcome) {
    if (const auto* sent = std::get_if<Sent>(&outcome)) return "sent " + sent->message_ref;
    if (std::holds_alternative<NotFound>(outcome)) return "not found";
    if (const auto* not_sent = std::get_if<NotSent>(&outcome)) {
        const char* scopes[] = {"message", "chat", "reading", "lane"};
        return std::string("wait ") + scopes[static_cast<int>(not_sent->scope)] + " " +
               std::to_string(not_sent->wait.count()) + (not_sent->limited ? " limited" : "");
    }
    if (std::holds_alternative<OutcomeUnknown>(outcome)) return "unknown";
    if (const auto* gone = std::get_if<DestinationGone>(&outcome)) return std::string(to_string(gone->state));
    if (std::holds_alternative<TenantGone>(outcome)) return "tenant";
    if (std::holds_alternative<PayloadRefused>(outcome)) return "payload";
    if (const auto* moved = std::get_if<Moved>(&outcome)) return "moved " + to_string(moved->to);
    return "history";
}

Called answered(int status, const std::string& body, std::vector<HttpHeader> headers = {}) {
    HttpResponse response;
    response.status = status;
    response.body = body;
    response.headers = std::move(headers);
    return answer_from(response, from_ms(1'772'409'600'000));
}

Called refused(int status, const std::string& description) {
    return answered(
        status, R"({"ok":false,"error_code":)" + std::to_string(status) + R"(,"description":")" + description + "\"}");
}

const Destination to{"telegram", "", "-7", ""};

// RELIABILITY 78, 120 and the table of errors: what each answer means for a delivery.
TEST(TelegramOutcome, IsDecidedByWhatTelegramSays) {
    const struct {
        const char* name;
        Step step;
        Called called;
        const char* expected;
    } cases[] = {
        {"sent", Step::post, answered(200, R"({"ok":true,"result":{"message_id":5}})"), "sent 5"},
        {"edited", Step::edit, answered(200, R"({"ok":true,"result":{"message_id":5}})"), "sent "},
        {"edited, inline", Step::edit, answered(200, R"({"ok":true,"result":true})"), "sent "},
        {"no id", Step::post, answered(200, R"({"ok":true,"result":{"message_id":0}})"), "unknown"},
        {"id of another type", Step::post, answered(200, R"({"ok":true,"result":{"message_id":"5"}})"), "unknown"},
        {"result is a list", Step::post, answered(200, R"({"ok":true,"result":[]})"), "unknown"},
        {"HTML", Step::post, answered(200, "<html>"), "unknown"},
        {"empty", Step::post, answered(200, ""), "unknown"},
        {"other JSON", Step::post, answered(200, R"({"ok":"yes"})"), "unknown"},
        {"ok without result", Step::post, answered(200, R"({"ok":true})"), "unknown"},
        {"deep JSON", Step::post, answered(200, std::string(100'000, '[')), "unknown"},
        {"500", Step::post, refused(500, "Internal Server Error"), "unknown"},
        {"502", Step::post, refused(502, "Bad Gateway"), "unknown"},
        {"503 HTML", Step::post, answered(503, "<html>"), "unknown"},
        {"401", Step::post, refused(401, "Unauthorized"), "tenant_revoked"},
        {"404", Step::post, refused(404, "Not Found"), "tenant_revoked"},
        {"404 of a proxy", Step::post, answered(404, "<html>"), "wait message 0"},
        {"421", Step::post, refused(421, "Misdirected Request"), "wait message 0"},
        {"409", Step::post, refused(409, "Conflict"), "wait message 0"},
        {"413", Step::post, answered(413, "<html>"), "payload"},
        {"blocked", Step::post, refused(403, "Forbidden: bot was blocked by the user"), "blocked"},
        {"kicked", Step::post, refused(403, "Forbidden: bot was kicked from the supergroup chat"), "gone"},
        {"deactivated", Step::post, refused(403, "Forbidden: user is deactivated"), "gone"},
        {"never started", Step::post, refused(403, "Forbidden: bot can't initiate conversation with a user"), "gone"},
        {"deleted group", Step::post, refused(403, "Forbidden: the group chat was deleted"), "gone"},
        {"no chat", Step::post, refused(400, "Bad Request: chat not found"), "gone"},
        {"no user", Step::edit, refused(400, "Bad Request: user not found"), "gone"},
        {"no rights", Step::post, refused(400, "Bad Request: not enough rights to send text messages to the chat"),
         "gone"},
        {"no admin", Step::post, refused(400, "Bad Request: need administrator rights in the channel chat"), "gone"},
        {"no writing", Step::post, refused(400, "Bad Request: CHAT_WRITE_FORBIDDEN"), "gone"},
        {"closed topic", Step::post, refused(400, "Bad Request: TOPIC_CLOSED"), "gone"},
        {"not modified", Step::edit, refused(400, "Bad Request: message is not modified: specified new ..."), "sent "},
        {"no message", Step::fill, refused(400, "Bad Request: message to edit not found"), "not found"},
        {"closed to edits", Step::edit, refused(400, "Bad Request: message can't be edited"), "not found"},
        {"markup", Step::post, refused(400, "Bad Request: can't parse entities: Unsupported start tag"), "payload"},
        {"long", Step::post, refused(400, "Bad Request: message is too long"), "payload"},
        {"empty text", Step::post, refused(400, "Bad Request: message text is empty"), "payload"},
        {"button", Step::post, refused(400, "Bad Request: BUTTON_DATA_INVALID"), "payload"},
        {"an unknown code", Step::post, refused(400, "Bad Request: SOME_NEW_CODE"), "payload"},
        {"nothing left", Step::post, NoAnswer{HandedOver::nothing, "refused"}, "wait message 0"},
        {"something left", Step::post, NoAnswer{HandedOver::maybe_executed, "reset"}, "unknown"},
    };
    for (const auto& c : cases) {
        std::string words = in_words(classify(c.step, c.called, to));
        if (words == "tenant") words = "tenant_revoked";
        EXPECT_EQ(words, c.expected) << c.name;
    }
}

// RELIABILITY 70.
TEST(TelegramOutcome, ALimitLastsAsLongAsTelegramSaysHoweverItSaysIt) {
    const WallTime now = from_ms(1'772'409'600'000);  // Mon, 02 Mar 2026 00:00:00 GMT
    const struct {
        const char* header;
        const char* parameter;
        long long wait_ms;
    } cases[] = {
        {"", "17", 17'000},
        {"17", "", 17'000},
        {"3", "17", 17'000},
        {"17", "3", 17'000},
        {"0.25", "", 250},
        {"", "1.5", 1'500},
        {"Mon, 02 Mar 2026 00:00:09 GMT", "", 9'000},
        {"0", "0", 0},
        {"", "", 0},
        {"-5", "-5", 0},
        {"10072", "10072", 10'072'000},
        {"1e300", "", 30LL * 86'400'000},
        {"soon", "", 0},
        {"", "\"17\"", 0},
    };
    for (const auto& c : cases) {
        HttpResponse response;
        response.status = 429;
        if (*c.header != 0) response.headers = {{"Retry-After", c.header}, {"Date", "Mon, 02 Mar 2026 00:00:00 GMT"}};
        response.body = R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{)" +
                        std::string(*c.parameter != 0 ? "\"retry_after\":" : "") + c.parameter + "}}";
        const auto outcome = classify(Step::post, answer_from(response, now + std::chrono::hours{5}), to);
        EXPECT_EQ(in_words(outcome), "wait chat " + std::to_string(c.wait_ms) + " limited") << c.header << c.parameter;
    }
}

// RELIABILITY 116.
TEST(TelegramOutcome, AGroupThatBecameASupergroupHasMoved) {
    const Called upgraded = answered(
        400, R"({"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",
                 "parameters":{"migrate_to_chat_id":-1001234567890}})");
    EXPECT_EQ(in_words(classify(Step::post, upgraded, to)), "moved telegram:-1001234567890");
}

TEST(TelegramOutcome, ATopicThatWasRemovedLeavesItsGroup) {
    const Called refusal = refused(400, "Bad Request: message thread not found");
    EXPECT_EQ(in_words(classify(Step::post, refusal, {"telegram", "", "-1001", "5"})), "moved telegram:-1001");
    EXPECT_EQ(in_words(classify(Step::post, refusal, {"telegram", "", "-1001", ""})), "payload");
}

}  // namespace
}  // namespace podbrief::telegram
