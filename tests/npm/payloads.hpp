#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/model/reply.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::testing {

// One call that we made, or one answer that we gave to a platform's own call.
struct Payload {
    std::string platform;
    std::string method;  // "chat.postMessage"; "answer /slack/interactivity"; "POST /channels/1/messages"
    std::string body;    // JSON; empty: none
};

std::vector<Payload> slack_payloads();
std::vector<Payload> telegram_payloads();
std::vector<Payload> discord_payloads();

// Replies with everything in them that a reply can have: a brief, a list to choose from, settings, questions at the
// beginning; and some of any kind.
std::vector<Reply> all_kinds_of_replies();

// Passes requests on and keeps the answers, so that what we answer to a platform can be looked at too.
class Recorder final : public HttpClient {
public:
    explicit Recorder(HttpClient& to) : to_(to) {}
    asio::awaitable<HttpResult> send(HttpRequest request) override;

    // The JSON that was answered, each with the method "answer <path>".
    const std::vector<Payload>& answers() const { return answers_; }

private:
    HttpClient& to_;
    std::vector<Payload> answers_;
};

// An application/x-www-form-urlencoded body as a JSON object of strings.
std::string json_of_form(const std::string& form);

}  // namespace podbrief::testing
