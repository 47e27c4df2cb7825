#pragma once
#include "adapters/slack/client.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"

namespace podbrief::slack {

// Notices (seen by one person only) and the App Home.
class SlackFrontend final : public Frontend {
public:
    SlackFrontend(Api& api, Client& client, People& people, ResponseRoutes& routes, Clock& clock, Log& log,
                  Metrics& metrics)
        : api_(api), client_(client), people_(people), routes_(routes), clock_(clock), log_(log), metrics_(metrics) {}

    asio::awaitable<void> notice(Incoming about, std::string text) override;
    asio::awaitable<void> settled(Incoming about) override;
    asio::awaitable<void> show_home(Incoming about, Reply page) override;

private:
    void failed(std::string_view what, const std::string& problem);

    Api& api_;
    Client& client_;
    People& people_;
    ResponseRoutes& routes_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
};

}  // namespace podbrief::slack
