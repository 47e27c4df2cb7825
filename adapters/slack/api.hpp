#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/slack/answer.hpp"
#include "adapters/slack/budget.hpp"
#include "adapters/slack/options.hpp"
#include "adapters/slack/tokens.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::slack {

// The members of a JSON object, as text: some of them are JSON already.
class Fields {
public:
    Fields& text(std::string_view name, std::string_view value);
    Fields& json(std::string_view name, std::string_view value);
    Fields& flag(std::string_view name, bool value) { return json(name, value ? "true" : "false"); }
    std::string object() const { return "{" + members_ + "}"; }

private:
    std::string members_;
};

struct ApiCall {
    std::string workspace;
    std::string method;  // "chat.postMessage"
    std::string body;    // JSON
    bool form = false;   // the body is a form instead: methods that read take nothing else
    Millis deadline{8'000};
    std::function<bool()> may_begin;
};

// Slack's Web API. A token that has expired is exchanged, and the call made again, once.
class Api {
public:
    Api(HttpClient& http, Clock& clock, Tokens& tokens, const Options& options)
        : http_(http), clock_(clock), tokens_(tokens), options_(options) {}
    // Throws operation_aborted on cancellation, and nothing else.
    asio::awaitable<Answered> call(ApiCall call);
    // The same within a budget of our own; NotNow where that is used up, or Slack asked to wait.
    asio::awaitable<Answered> call_within_budget(ApiCall call);
    // With that token, whatever it is (Socket Mode, doctor).
    asio::awaitable<Answered> call_with(std::string token, ApiCall call);
    Tokens& tokens() { return tokens_; }

private:
    HttpClient& http_;
    Clock& clock_;
    Tokens& tokens_;
    const Options& options_;
    Budget budget_;
};

}  // namespace podbrief::slack
