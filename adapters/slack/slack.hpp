#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <vector>

#include "adapters/slack/options.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/platform.hpp"
#include "core/ports/random.hpp"
#include "core/ports/tenant_store.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::slack {

// Slack, whole: what comes in goes to the intake, what is to be said leaves by the messenger.
class Slack {
public:
    struct Ports {
        asio::any_io_executor executor;
        HttpClient& http;
        WebSocketClient* sockets = nullptr;  // needed with an app token
        Intake& intake;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        TenantStore* tenants = nullptr;          // needed without a bot token
        const crypto::SecretBox* box = nullptr;  // likewise
    };
    // Throws std::invalid_argument, fit for people, where options need a port that is not there.
    Slack(Ports ports, Options options);
    ~Slack();

    Messenger& messenger();
    Frontend& frontend();
    // What Slack and browsers call: with signing secrets the three addresses of events, commands and interactivity;
    // with a client id those of installing.
    std::vector<WebRoute> routes();
    // Socket Mode, where there is an app token; else only waits. Until cancelled; where Slack refuses the token for
    // good or Socket Mode is switched off, that is logged and it waits.
    asio::awaitable<void> run();
    asio::awaitable<std::vector<Finding>> check();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace podbrief::slack
