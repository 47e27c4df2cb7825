#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <deque>
#include <map>
#include <string>

#include "adapters/telegram/api.hpp"
#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"

namespace podbrief::telegram {

// Presses of buttons that wait for an answer: their buttons keep spinning until there is one. Each is answered once,
// with words if some come in time, else with none. In memory: what a crash leaves open, Telegram ends by itself.
class Callbacks {
public:
    static constexpr Millis patience{2'000};
    static constexpr std::size_t most_open = 10'000;
    static constexpr std::size_t most_remembered = 10'000;

    Callbacks(Api& api, Clock& clock, Log& log, Metrics& metrics)
        : api_(api), clock_(clock), log_(log), metrics_(metrics) {}

    // `wait`: how long words may take to come. One that is known already, answered or not, is left as it is.
    void open(const std::string& event_id, const std::string& query_id, Millis wait = patience);
    // Will come again: nothing was kept of it.
    void forget(const std::string& event_id);
    // Words of at most 200 characters are shown; empty: none. Of one that is not open (any more): nothing is done.
    asio::awaitable<void> answer(std::string event_id, std::string words);
    // Answers those for whom nothing came in time. Until cancelled: throws operation_aborted then.
    asio::awaitable<void> run();

    bool is_open(const std::string& event_id) const { return open_.count(event_id) != 0; }
    std::size_t count() const { return open_.size(); }

private:
    struct Open {
        std::string query_id;
        SteadyTime due{};
    };
    asio::awaitable<void> send(std::string query_id, std::string words);
    asio::awaitable<void> wait_for_due(Wakeup& news, TaskScope& answers);
    void remember(const std::string& event_id);

    Api& api_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
    std::map<std::string, Open> open_;
    std::map<std::string, bool> answered_;  // events, so that what comes twice is not answered twice
    std::deque<std::string> answered_in_order_;
    Wakeup* news_ = nullptr;  // while run() waits
};

}  // namespace podbrief::telegram
