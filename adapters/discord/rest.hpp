#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <variant>

#include "adapters/discord/answer.hpp"
#include "adapters/discord/rate_limits.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/metrics.hpp"

namespace podbrief::discord {

namespace asio = boost::asio;

struct RestCall {
    std::string method;
    std::string path;         // below the base: "/channels/42/messages"
    RateLimits::Where where;  // route and major
    std::string body;         // JSON; empty: none
    bool with_token = true;   // interactions' own routes carry their secret in the path
    Millis deadline{8'000};
    std::function<bool()> may_begin;
};
// An answer; or held back by what Discord asked for before: nothing was called; or none came.
using RestResult = std::variant<Answer, NotSent, HttpFailure>;

// Calls of Discord's REST API, one bot. Throws operation_aborted on cancellation.
class Rest {
public:
    struct Settings {
        std::string base;        // "https://discord.com/api/v10"
        std::string token;       // a secret
        std::string user_agent;  // "DiscordBot (https://example.org, 1.0)": required
    };
    Rest(Settings settings, HttpClient& http, Clock& clock, Metrics& metrics)
        : settings_(std::move(settings)), http_(http), clock_(clock), metrics_(metrics) {}

    asio::awaitable<RestResult> call(RestCall call);
    std::size_t invalid_answers() { return limits_.invalid(clock_.steady_now()); }

private:
    Settings settings_;
    HttpClient& http_;
    Clock& clock_;
    Metrics& metrics_;
    RateLimits limits_;
};

// ---- the routes that are called ----
RestCall create_message(const std::string& channel);
RestCall edit_message(const std::string& channel, const std::string& message);
RestCall list_messages(const std::string& channel, const std::string& before, int limit);
RestCall get_channel(const std::string& channel);
RestCall open_direct_messages();
RestCall follow_up(const std::string& application, const std::string& token);
// `message`: an id, or "@original".
RestCall edit_answer(const std::string& application, const std::string& token, const std::string& message);
RestCall get_answer(const std::string& application, const std::string& token, const std::string& message);
RestCall delete_answer(const std::string& application, const std::string& token, const std::string& message);
RestCall acknowledge(const std::string& interaction, const std::string& token);
// About ourselves: "/users/@me", "/gateway/bot".
RestCall about_us(std::string method, const std::string& path);

}  // namespace podbrief::discord
