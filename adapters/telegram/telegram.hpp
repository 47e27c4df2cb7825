#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/platform.hpp"
#include "core/ports/random.hpp"

namespace podbrief::telegram {

namespace asio = boost::asio;

struct Options {
    enum class Mode { polling, webhook };

    std::string token;  // secret
    std::string base_url = "https://api.telegram.org";
    Mode mode = Mode::polling;
    bool strict = true;  // reserve a line and fill it: certain to be there once, at half the rate

    Millis poll_hold{50'000};  // for how long Telegram holds an empty answer back (at most 50 s)

    // Webhook mode. Telegram wants https on port 443, 80, 88 or 8443.
    std::string public_url;            // "https://brief.example", without path
    std::string webhook_path;          // unguessable; empty: made of the token
    std::vector<std::string> secrets;  // of the header, the one in use first; empty: made of the token
    int max_connections = 40;
};

// What is wrong with them; empty: nothing.
std::string problem_with(const Options& options);

struct Ports {
    HttpClient& http;
    Intake& intake;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
};

// One bot on Telegram (Bot API). Everything runs on one executor; the ports outlive it.
class Telegram {
public:
    // Throws std::invalid_argument for options with a problem.
    Telegram(Options options, Ports ports);
    ~Telegram();
    Telegram(const Telegram&) = delete;
    Telegram& operator=(const Telegram&) = delete;

    Messenger& messenger();
    Frontend& frontend();
    // The webhook; none when updates are polled.
    std::vector<WebRoute> routes();
    std::string bot_name() const;  // without @, for https://t.me/...; empty until it is known
    // Finds out the bot's name, polls (the webhook answers 503 until the name is known), and answers buttons for which
    // no words came. Until cancelled (throws operation_aborted), also when the token is refused: then it only waits.
    asio::awaitable<void> run();
    // For `podbrief doctor`.
    asio::awaitable<std::vector<Finding>> check();
    // For `podbrief platforms setup telegram`: commands, descriptions, webhook set or removed.
    asio::awaitable<std::vector<Finding>> setup();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace podbrief::telegram
