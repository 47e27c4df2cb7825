#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "bot/bench/asking.hpp"
#include "bot/bench/figures.hpp"
#include "bot/bench/library.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"

namespace podbrief::bot::bench {

class Line;

// Sends what people ask over connections that stay open, and takes down when it was acknowledged and answered.
class Load {
public:
    struct Ports {
        asio::any_io_executor io;
        Clock& clock;
        const Asking& asking;
        InventedLibrary& topics;
        std::uint16_t port = 0;  // of the server that is measured
    };
    struct Plan {
        std::size_t connections = 32;
        std::size_t people = 1000;
        double seconds = 3;
        double rate = 0;     // requests a second, whatever becomes of them; 0: each connection asks in turn
        bool shown = false;  // answers come by the platform's API, and are waited for
        Millis patience{0};  // for answers that are missing at the end
    };
    explicit Load(Ports ports) : ports_(std::move(ports)) {}

    // Measures once. Throws system_error where the server is not there.
    asio::awaitable<Measured> run(Plan plan);
    // An answer came to that person.
    void answered(std::size_t person);

private:
    asio::awaitable<void> on_a_connection(std::size_t connection, Micros begin);
    asio::awaitable<void> ask_in_turn(std::size_t person, Micros until);
    asio::awaitable<void> ask_on_time(Micros begin);
    // Sends it; `since`: when it was to be sent. Gives whether it was taken.
    asio::awaitable<bool> ask(Line& line, std::size_t person, const std::string& request, Micros since);
    asio::awaitable<void> wait_for_answers(SteadyTime until);
    void note(int status);
    void forget(std::size_t person, Micros since);

    Ports ports_;
    Plan plan_;
    Measured measured_;
    std::int64_t number_ = 0;                         // of the latest request; grows by each, whatever is measured
    std::size_t next_ = 0;                            // of the requests that are made ready
    std::vector<std::string> ready_;                  // for those that are sent on time
    std::map<std::size_t, std::deque<Micros>> open_;  // by person: asked when, and not answered; in order
    std::size_t open_count_ = 0;
    std::map<std::size_t, std::unique_ptr<Wakeup>> waiting_;
};

}  // namespace podbrief::bot::bench
