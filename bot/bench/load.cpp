#include "bot/bench/load.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <numeric>

#include "adapters/system/real_clock.hpp"
#include "bot/bench/line.hpp"
#include "core/async/parallel.hpp"

namespace podbrief::bot::bench {
namespace {

constexpr Millis longest_answer{20'000};
constexpr Millis between_looks{20};

Micros micros_of(double seconds) {
    return Micros{static_cast<std::int64_t>(seconds * 1e6)};
}

}  // namespace

void Load::note(int status) {
    if (status >= 200 && status < 300) {
        ++measured_.taken;
    } else if (status == 401) {
        ++measured_.refused;
    } else if (status == 503) {
        ++measured_.unavailable;
    } else {
        ++measured_.errors;
    }
}

void Load::forget(std::size_t person, Micros since) {
    auto& asked = open_[person];
    const auto found = std::find(asked.begin(), asked.end(), since);
    if (found == asked.end()) return;
    asked.erase(found);
    --open_count_;
}

// What people ask is answered in order.
void Load::answered(std::size_t person) {
    auto& asked = open_[person];
    if (asked.empty()) return;
    measured_.answered.add(system::stopwatch() - asked.front());
    ++measured_.answers;
    asked.pop_front();
    --open_count_;
    if (const auto waiting = waiting_.find(person); waiting != waiting_.end()) waiting->second->notify();
}

asio::awaitable<bool> Load::ask(Line& line, std::size_t person, const std::string& request, Micros since) {
    ++measured_.requests;
    if (plan_.shown) {
        open_[person].push_back(since);
        ++open_count_;
    }
    const Line::Answer answer = co_await line.exchange(request);
    measured_.acknowledged.add(system::stopwatch() - since);
    note(answer.status);
    const bool taken = answer.status >= 200 && answer.status < 300;
    if (!taken && plan_.shown) forget(person, since);
    co_return taken;
}

// A person a connection: who asks again when the answer is there.
asio::awaitable<void> Load::ask_in_turn(std::size_t person, Micros until) {
    Line line(ports_.io);
    co_await line.open(ports_.port);
    Wakeup& answer_is_there = *waiting_.at(person);
    while (system::stopwatch() < until) {
        const std::string request = ports_.asking.request(person, ++number_, "more on " + ports_.topics.query());
        const bool taken = co_await ask(line, person, request, system::stopwatch());
        const SteadyTime limit = ports_.clock.steady_now() + longest_answer;
        while (taken && !open_[person].empty() && ports_.clock.steady_now() < limit) {
            co_await answer_is_there.wait_for(ports_.clock, limit - ports_.clock.steady_now());
        }
    }
}

// Whichever connection is free sends the next; a time that was missed because none was is part of what was waited.
asio::awaitable<void> Load::ask_on_time(Micros begin) {
    Line line(ports_.io);
    co_await line.open(ports_.port);
    asio::steady_timer timer(ports_.io);
    while (next_ < ready_.size()) {
        const std::size_t mine = next_++;
        const Micros due = begin + micros_of(static_cast<double>(mine) / plan_.rate);
        const Micros wait = due - system::stopwatch();
        if (wait > Micros{0}) {
            timer.expires_after(wait);
            co_await timer.async_wait(asio::use_awaitable);
        }
        co_await ask(line, mine % plan_.people, ready_[mine], due);
    }
}

asio::awaitable<void> Load::wait_for_answers(SteadyTime until) {
    while (open_count_ > 0 && ports_.clock.steady_now() < until) co_await ports_.clock.sleep_for(between_looks);
}

asio::awaitable<void> Load::on_a_connection(std::size_t connection, Micros begin) {
    try {
        if (plan_.rate > 0) {
            co_await ask_on_time(begin);
        } else {
            co_await ask_in_turn(connection, begin + micros_of(plan_.seconds));
        }
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        ++measured_.errors;
    }
}

asio::awaitable<Measured> Load::run(Plan plan) {
    plan_ = plan;
    measured_ = Measured();
    open_.clear();
    open_count_ = 0;
    next_ = 0;
    ready_.clear();
    const auto count = static_cast<std::size_t>(plan.rate * plan.seconds);
    for (std::size_t i = 0; i < count; ++i) {
        ready_.push_back(ports_.asking.request(i % plan.people, ++number_, "more on " + ports_.topics.query()));
    }
    std::vector<std::size_t> connections(plan.connections);
    std::iota(connections.begin(), connections.end(), std::size_t{0});
    for (const std::size_t person : connections) waiting_[person] = std::make_unique<Wakeup>(ports_.io);
    const Micros begin = system::stopwatch();
    auto work = [this, begin](std::size_t connection) { return on_a_connection(connection, begin); };
    co_await for_each_parallel(std::move(connections), plan.connections, std::move(work));
    measured_.seconds = static_cast<double>((system::stopwatch() - begin).count()) / 1e6;
    if (plan.shown) co_await wait_for_answers(ports_.clock.steady_now() + plan.patience);
    co_return std::move(measured_);
}

}  // namespace podbrief::bot::bench
