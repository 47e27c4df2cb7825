#pragma once
#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/doubles/fault.hpp"
#include "core/ports/random.hpp"

namespace podbrief::doubles {

// Decides what goes wrong: on order, in outages, and by chance. Same seed and same calls: same faults.
class Trouble {
public:
    explicit Trouble(Random& random) : random_(random) {}

    // Of each call; kinds that mean nothing for a call are passed over. Their sum is at most 1.
    void set_chance(FaultKind kind, double chance) { chances_[static_cast<std::size_t>(kind)] = chance; }
    // The same for every kind but none, people's doings left out.
    void set_chance_of_all(double chance);
    void calm();  // no chances and no orders any more; outages end

    // The next call of that platform and operation ("post", "edit", "reserve", "find"; empty: any) has that fault,
    // after `skip` others. Orders go first and each is used once.
    void order(Fault fault, std::string platform = {}, std::string op = {}, int skip = 0);
    std::size_t open_orders() const { return orders_.size(); }

    enum class OutageKind { refuse, http_5xx, blackhole };
    struct Outage {
        std::string platform;  // empty: all
        WallTime begin{};
        WallTime end{};
        OutageKind kind = OutageKind::refuse;
    };
    void outage(Outage outage) { outages_.push_back(std::move(outage)); }

    Fault next(std::string_view platform, std::string_view op, WallTime now);

    // Of one call, there and back, when nothing is wrong.
    Millis latency();
    void set_latency(Millis shortest, Millis longest);
    bool chance(double p) { return random_.unit() < p; }

    // How often each kind was given.
    const std::array<std::uint64_t, fault_kinds>& given() const { return given_; }
    std::uint64_t faults_given() const;  // all but none

private:
    struct Order {
        Fault fault;
        std::string platform;
        std::string op;
        int skip = 0;
    };
    Fault drawn(FaultKind kind, std::string_view platform);
    Fault choose(std::string_view platform, std::string_view op, WallTime now);

    Random& random_;
    std::array<double, fault_kinds> chances_{};
    std::deque<Order> orders_;
    std::vector<Outage> outages_;
    Millis shortest_{30};
    Millis longest_{300};
    std::array<std::uint64_t, fault_kinds> given_{};
};

}  // namespace podbrief::doubles
