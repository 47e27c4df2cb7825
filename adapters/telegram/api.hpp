#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>

#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::telegram {

namespace asio = boost::asio;

// What the API answered (core.telegram.org/bots/api "Making requests").
struct ApiAnswer {
    int status = 200;       // equals error_code
    bool readable = false;  // the body is JSON of the documented shape
    bool ok = false;
    std::string description;
    Millis retry_after{0};                         // of the parameters or the header, whichever is longer; 0: none
    std::string migrate_to_chat_id;                // empty: absent
    std::shared_ptr<const nlohmann::json> result;  // only of what went well
    std::optional<WallTime> date;                  // when, by their clock

    bool worked() const { return status == 200 && readable && ok; }
};
struct NoAnswer {
    HandedOver handed_over = HandedOver::nothing;
    std::string reason;
};
using Called = std::variant<ApiAnswer, NoAnswer>;

// One line for logs and findings; what it says came from outside, and holds no secret.
std::string problem_of(const Called& called);
// Of what went well; else nullptr.
const ApiAnswer* worked(const Called& called);

struct CallOptions {
    Millis deadline{8'000};
    std::size_t longest_answer = 1 << 20;  // bytes
    std::function<bool()> may_begin;
};

// Calls methods of the Bot API for one bot. The token is part of every address, so no address leaves this class, and
// the token is taken out of whatever is told.
class Api {
public:
    Api(HttpClient& http, Clock& clock, std::string base_url, std::string token);

    // `fields`: an object. Cancellation: throws operation_aborted.
    asio::awaitable<Called> call(std::string method, nlohmann::json fields, CallOptions options);
    asio::awaitable<Called> call(std::string method, nlohmann::json fields);

private:
    std::string without_token(std::string text) const;

    HttpClient& http_;
    Clock& clock_;
    std::string base_url_;
    std::string token_;
};

// What an HTTP response says; pure. `now` where it has no date.
ApiAnswer answer_from(const HttpResponse& response, WallTime now);

}  // namespace podbrief::telegram
