#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <string>

#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/delivery/clock_watch.hpp"
#include "core/services/compose_ahead.hpp"
#include "core/services/lane.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Runs the lanes that have something to do and nobody else runs.
class Dispatcher {
public:
    struct Ports {
        OutboxStore& outbox;
        Messengers& messengers;
        const delivery::ClockWatch& clock_watch;  // of `clock`
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
        std::function<asio::awaitable<void>(Delivery)> on_sent;  // may be null
    };
    struct Settings {
        Lane::Settings lane;
        Millis ahead{3'000};            // how long before its first delivery a lane is taken
        Millis longest_sleep{2'000};    // others may have stored something, or left a lane
        Millis longest_closed{30'000};  // a lane that must wait for longer is looked at again
        Millis grace{9'000};            // for sends under way when it is stopped
    };

    Dispatcher(std::string worker, Ports ports, Settings settings);

    // For ever, until cancelled: then nothing more is begun, and sends under way get the grace to end.
    asio::awaitable<void> run();
    // Whether nothing is sent to that platform for now, after failures in a row.
    bool is_held_back(const std::string& platform) const;
    // Something new is in the outbox.
    void wake();

private:
    asio::awaitable<Millis> start_lanes();
    // When it may be taken, as far as earlier runs tell.
    SteadyTime open_from(const std::string& lane) const;
    asio::awaitable<void> run_lane(std::shared_ptr<Lane> lane, std::string name);
    asio::awaitable<void> stop_lanes();

    std::string worker_;
    Ports ports_;
    Settings settings_;
    Wakeup wakeup_;
    std::map<std::string, std::shared_ptr<Lane>> running_;
    std::map<std::string, SteadyTime> closed_;   // lanes that were given up until then
    std::map<std::string, SteadyTime> resting_;  // the same, unless something new is stored
    std::map<std::string, PlatformHealth> health_;
    TaskScope lanes_;
};

}  // namespace podbrief::services
