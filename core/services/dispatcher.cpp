#include "core/services/dispatcher.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include "core/async/with_timeout.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::services {
namespace {

std::string platform_of(const std::string& lane) {
    return lane.substr(0, lane.find(':'));
}

}  // namespace

Dispatcher::Dispatcher(std::string worker, Ports ports, Settings settings)
    : worker_(std::move(worker)),
      ports_(std::move(ports)),
      settings_(settings),
      wakeup_(ports_.io),
      lanes_(ports_.io, [this](const std::string&, std::exception_ptr) { wakeup_.notify(); }) {}

bool Dispatcher::is_held_back(const std::string& platform) const {
    const auto found = health_.find(platform);
    return found != health_.end() && found->second.breaker.is_open();
}

void Dispatcher::wake() {
    resting_.clear();
    wakeup_.notify();
    for (const auto& [name, lane] : running_) lane->wake();
}

asio::awaitable<void> Dispatcher::run() {
    std::exception_ptr failure;
    try {
        for (;;) {
            Millis wait = settings_.longest_sleep;
            try {
                wait = co_await start_lanes();
            } catch (const StoreFailure& store) {
                if (!store.may_pass()) throw;
                ports_.log.error("store failed", {{"error", store.what()}});
            }
            co_await wakeup_.wait_for(ports_.clock, wait);
        }
    } catch (...) {
        failure = std::current_exception();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await stop_lanes();
    std::rethrow_exception(failure);
}

asio::awaitable<Millis> Dispatcher::start_lanes() {
    const WallTime now = ports_.clock.wall_now();
    Millis wait = settings_.longest_sleep;
    if (ports_.clock_watch.latest()) {
        for (const auto& [name, lane] : running_) lane->finish();
        co_return wait;
    }
    const SteadyTime steady = ports_.clock.steady_now();
    for (auto* lanes : {&closed_, &resting_}) std::erase_if(*lanes, [&](const auto& l) { return l.second <= steady; });
    const std::vector<LaneWork> works = co_await ports_.outbox.lanes_with_work();
    for (const LaneWork& work : works) {
        const std::string platform = platform_of(work.lane);
        const auto messenger = ports_.messengers.find(platform);
        if (running_.contains(work.lane) || messenger == ports_.messengers.end()) continue;
        const bool others = work.leased_until > now && work.worker != worker_;
        WallTime take_at = std::max(work.next_at - settings_.ahead, others ? work.leased_until : now);
        take_at = std::max(take_at, now + (open_from(work.lane) - steady));
        if (take_at > now) {
            wait = std::min<Millis>(wait, take_at - now);
            continue;
        }
        PlatformHealth& health = health_.try_emplace(platform, settings_.lane.rules).first->second;
        Lane::Ports ports{ports_.outbox, *messenger->second, health,    ports_.clock,  ports_.random,
                          ports_.log,    ports_.metrics,     ports_.io, ports_.on_sent};
        auto lane = std::make_shared<Lane>(work.lane, worker_, std::move(ports), settings_.lane);
        running_.emplace(work.lane, lane);
        lanes_.spawn(work.lane, run_lane(std::move(lane), work.lane));
    }
    co_return std::max(wait, Millis{5});
}

SteadyTime Dispatcher::open_from(const std::string& lane) const {
    SteadyTime from = SteadyTime::min();
    for (const auto* lanes : {&closed_, &resting_}) {
        const auto found = lanes->find(lane);
        if (found != lanes->end()) from = std::max(from, found->second);
    }
    return std::max(from, ports_.clock.steady_now());
}

// A lane that fails is begun again, after a moment; its lease has run out or is ours.
asio::awaitable<void> Dispatcher::run_lane(std::shared_ptr<Lane> lane, std::string name) {
    std::exception_ptr failure;
    std::string problem;
    try {
        co_await lane->run();
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) failure = std::current_exception();
        problem = error.what();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    if (!failure && !problem.empty()) {
        ports_.log.error("lane failed", {{"lane", name}, {"error", problem}});
        try {
            co_await ports_.clock.sleep_for(Millis{1'000});
        } catch (...) {
            failure = std::current_exception();
        }
    }
    // What the platform asked for is kept by the wall clock, which may be set meanwhile: it is read again now and then.
    closed_[name] = std::min(lane->closed_until(), ports_.clock.steady_now() + settings_.longest_closed);
    resting_[name] = lane->rest_until();
    running_.erase(name);
    if (failure) std::rethrow_exception(failure);
}

asio::awaitable<void> Dispatcher::stop_lanes() {
    for (const auto& [name, lane] : running_) lane->finish();
    auto drained = [](TaskScope& scope) -> asio::awaitable<Result<bool>> {
        co_await scope.drained();
        co_return true;
    };
    const auto ended = co_await with_timeout(ports_.clock, settings_.grace, drained(lanes_));
    if (!ended) lanes_.request_stop();
    co_await lanes_.drained();
}

}  // namespace podbrief::services
