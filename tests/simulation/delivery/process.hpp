#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <string>

#include "core/model/time.hpp"
#include "core/ports/clock.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {

namespace asio = boost::asio;

// Goes up through the coroutines of a process that died. Not a std::exception: nobody handles it.
struct Died {};

// One worker as its machine sees it. It touches the world only through its ports, and every port passes through here:
// before and after each call to the store, and at each phase of a call to a platform. So these points are all the
// places at which a crash, or a stop, makes a difference; what a process computes in between is gone with it.
class Process {
public:
    Process(asio::any_io_executor io, std::string name)
        : name_(std::move(name)), resumed_(io, asio::steady_timer::time_point::max()) {}

    const std::string& name() const { return name_; }
    bool dead() const { return dead_; }
    bool stopped() const { return stopped_; }

    // SIGKILL: nothing of it has an effect any more. (Its coroutines unwind as they come to a port.)
    void kill();
    // SIGSTOP and SIGCONT.
    void stop() { stopped_ = true; }
    void resume();

    // A point in the life of the process, "store.advance before" or "post written"; called by its ports.
    asio::awaitable<void> pass(const char* call, const char* moment);
    // Hears of every point; may kill or stop.
    std::function<void(Process&, const char* call, const char* moment)> on_point;
    std::uint64_t points() const { return points_; }

private:
    void die_if_dead() const {
        if (dead_) throw Died{};
    }

    std::string name_;
    asio::steady_timer resumed_;  // never expires: a condition variable
    bool dead_ = false;
    bool stopped_ = false;
    std::uint64_t points_ = 0;
};

// The clocks of a process: its wall clock may be wrong.
class ProcessClock final : public Clock {
public:
    ProcessClock(ManualClock& truth, Process& process) : truth_(truth), process_(process) {}
    WallTime wall_now() const override { return truth_.wall_now() + skew_; }
    SteadyTime steady_now() const override { return truth_.steady_now(); }
    asio::awaitable<void> sleep_for(Millis wait) override;
    void set_skew(Millis skew) { skew_ = skew; }

private:
    ManualClock& truth_;
    Process& process_;
    Millis skew_{0};
};

}  // namespace podbrief::testing
