#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "tests/simulation/delivery/guarded_outbox.hpp"
#include "tests/simulation/delivery/worker.hpp"

// Ports that pass everything on, and so can be wrong in one thing.
namespace podbrief::testing {

// An outbox over another one; the hooks may change what goes in and what comes out.
class MutantOutbox final : public GuardedOutbox {
public:
    struct Hooks {
        std::function<void(Advance&)> before_advance;
        std::function<void(Delivery&)> claimed;  // each delivery that claim() gives
        std::function<void(FrozenSlot&)> before_freeze;
        std::function<void(PlannedSlots&)> before_plan;
        std::function<asio::awaitable<void>(OutboxStore&, const std::vector<Delivery>&)> after_claim;
        bool steals_leases = false;       // acquires though another's lease holds
        bool forgets_recovery = false;    // recover_lane does nothing
        bool recovers_as_ready = false;   // what was dispatching becomes ready
        bool forgets_lane_holds = false;  // not_before is not given to the next owner
        bool composes_twice = false;      // slots of others are claimed too
        bool commits_are_lost = false;    // every seventh advance is said to be written and is not
    };
    MutantOutbox(OutboxStore& inner, Process& process, const Clock& truth, Hooks hooks);

    asio::awaitable<WallTime> time(WallTime callers) override { return inner_.time(callers); }
    asio::awaitable<bool> advance(Advance step) override;
    asio::awaitable<std::vector<Delivery>> claim(std::string lane, std::int64_t epoch, std::string worker,
                                                 std::vector<DeliveryId> ids, WallTime now) override;
    asio::awaitable<bool> freeze(FrozenSlot frozen, WallTime now) override;
    asio::awaitable<bool> plan(PlannedSlots planned, WallTime now) override;
    asio::awaitable<std::optional<LaneLease>> acquire_lane(std::string lane, std::string worker, WallTime now,
                                                           WallTime until) override;
    asio::awaitable<std::vector<LaneWork>> lanes_with_work() override;
    asio::awaitable<Recovered> recover_lane(std::string lane, std::int64_t epoch, WallTime now) override;

private:
    Hooks hooks_;
    std::uint64_t advances_ = 0;
};

// A messenger over another one.
class MutantMessenger final : public Messenger {
public:
    struct Hooks {
        std::function<void(PlatformTraits&)> traits;
        std::function<void(OutgoingMessage&)> before;  // each call
        std::function<SendOutcome(const char* op, SendOutcome)> after;
        bool twice = false;            // posts once more when the outcome is unknown
        bool forgets_to_fill = false;  // the placeholder is taken for the message
    };
    MutantMessenger(Messenger& inner, Hooks hooks);
    const PlatformTraits& traits() const override { return traits_; }
    Rate chat_rate(const Destination& to) const override { return inner_.chat_rate(to); }
    std::vector<Reply> split(const Reply& reply) const override { return inner_.split(reply); }
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

private:
    SendOutcome looked(const char* op, SendOutcome outcome) const {
        return hooks_.after ? hooks_.after(op, std::move(outcome)) : outcome;
    }

    Messenger& inner_;
    Hooks hooks_;
    PlatformTraits traits_;
};

// Zones whose folds give the second hour, or whose gaps give the hour after.
class MutantZones final : public briefs::Zones {
public:
    enum class Mistake { second_of_fold, all_is_utc, an_hour_off };
    MutantZones(briefs::Zones& inner, Mistake mistake) : inner_(inner), mistake_(mistake) {}
    std::shared_ptr<const briefs::Zone> find(std::string_view name) const override;
    std::string version() const override { return inner_.version(); }
    bool refresh() override { return inner_.refresh(); }

private:
    briefs::Zones& inner_;
    Mistake mistake_;
    mutable std::map<std::string, std::shared_ptr<const briefs::Zone>, std::less<>> zones_;
};

// A steady clock that stands still while the process is stopped, as CLOCK_MONOTONIC does while a machine sleeps.
class MutantClock final : public Clock {
public:
    explicit MutantClock(Clock& inner) : inner_(inner) {}
    WallTime wall_now() const override { return inner_.wall_now(); }
    SteadyTime steady_now() const override;
    asio::awaitable<void> sleep_for(Millis wait) override { return inner_.sleep_for(wait); }

private:
    Clock& inner_;
    mutable SteadyTime last_{};
    mutable Millis hidden_{0};
};

}  // namespace podbrief::testing
