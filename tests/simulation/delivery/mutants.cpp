#include "tests/simulation/delivery/mutants.hpp"

namespace podbrief::testing {

MutantOutbox::MutantOutbox(OutboxStore& inner, Process& process, const Clock& truth, Hooks hooks)
    : GuardedOutbox(inner, process, truth), hooks_(std::move(hooks)) {}

asio::awaitable<bool> MutantOutbox::advance(Advance step) {
    if (hooks_.before_advance) hooks_.before_advance(step);
    if (hooks_.commits_are_lost && ++advances_ % 7 == 0) co_return true;
    co_return co_await inner_.advance(std::move(step));
}

asio::awaitable<std::vector<Delivery>> MutantOutbox::claim(std::string lane, std::int64_t epoch, std::string worker,
                                                           std::vector<DeliveryId> ids, WallTime now) {
    std::vector<Delivery> claimed =
        co_await inner_.claim(std::move(lane), epoch, std::move(worker), std::move(ids), now);
    if (hooks_.after_claim) co_await hooks_.after_claim(inner_, claimed);
    if (hooks_.claimed) {
        for (Delivery& d : claimed) hooks_.claimed(d);
    }
    co_return claimed;
}

asio::awaitable<bool> MutantOutbox::freeze(FrozenSlot frozen, WallTime now) {
    if (hooks_.before_freeze) hooks_.before_freeze(frozen);
    co_return co_await inner_.freeze(std::move(frozen), now);
}

asio::awaitable<bool> MutantOutbox::plan(PlannedSlots planned, WallTime now) {
    if (hooks_.before_plan) hooks_.before_plan(planned);
    co_return co_await inner_.plan(std::move(planned), now);
}

asio::awaitable<std::optional<LaneLease>> MutantOutbox::acquire_lane(std::string lane, std::string worker, WallTime now,
                                                                     WallTime until) {
    // An hour from now everybody's lease has run out.
    const Millis ahead = hooks_.steals_leases ? Millis{3'600'000} : Millis{0};
    std::optional<LaneLease> lease =
        co_await inner_.acquire_lane(std::move(lane), std::move(worker), now + ahead, until);
    if (lease && hooks_.forgets_lane_holds) lease->not_before = {};
    co_return lease;
}

asio::awaitable<std::vector<LaneWork>> MutantOutbox::lanes_with_work() {
    std::vector<LaneWork> works = co_await inner_.lanes_with_work();
    if (hooks_.steals_leases) {
        for (LaneWork& work : works) work.leased_until = {};
    }
    co_return works;
}

asio::awaitable<Recovered> MutantOutbox::recover_lane(std::string lane, std::int64_t epoch, WallTime now) {
    if (hooks_.forgets_recovery) co_return Recovered{};
    std::string name = lane;
    const Recovered found = co_await inner_.recover_lane(std::move(lane), epoch, now);
    if (!hooks_.recovers_as_ready) co_return found;
    const std::vector<Delivery> unknown = co_await inner_.due(std::move(name), now, "", 1'000, 1'000);
    for (const Delivery& d : unknown) {
        if (d.state != DeliveryState::unknown) continue;
        Advance back;
        back.from = DeliveryState::unknown;
        back.epoch = d.epoch;
        back.next = d;
        back.next.state = DeliveryState::ready;
        back.next.first_unknown_at = {};
        back.event = "taken for ready";
        back.at = now;
        co_await inner_.advance(std::move(back));
    }
    co_return found;
}

MutantMessenger::MutantMessenger(Messenger& inner, Hooks hooks)
    : inner_(inner), hooks_(std::move(hooks)), traits_(inner.traits()) {
    if (hooks_.traits) hooks_.traits(traits_);
}

asio::awaitable<SendOutcome> MutantMessenger::post(OutgoingMessage message) {
    if (hooks_.before) hooks_.before(message);
    OutgoingMessage again = message;
    again.key = "again" + again.key.substr(5);
    SendOutcome outcome = co_await inner_.post(std::move(message));
    if (hooks_.twice && std::holds_alternative<OutcomeUnknown>(outcome))
        outcome = co_await inner_.post(std::move(again));
    co_return looked("post", std::move(outcome));
}

asio::awaitable<SendOutcome> MutantMessenger::edit(OutgoingMessage message, std::string message_ref) {
    if (hooks_.before) hooks_.before(message);
    if (hooks_.forgets_to_fill) {
        Sent sent{message_ref};
        co_return sent;
    }
    SendOutcome outcome = co_await inner_.edit(std::move(message), std::move(message_ref));
    co_return looked("edit", std::move(outcome));
}

asio::awaitable<SendOutcome> MutantMessenger::reserve(OutgoingMessage message) {
    if (hooks_.before) hooks_.before(message);
    SendOutcome outcome = co_await inner_.reserve(std::move(message));
    co_return looked("reserve", std::move(outcome));
}

asio::awaitable<SendOutcome> MutantMessenger::find(OutgoingMessage message, WallTime since) {
    if (hooks_.before) hooks_.before(message);
    SendOutcome outcome = co_await inner_.find(std::move(message), since);
    co_return looked("find", std::move(outcome));
}

namespace {

class LateFolds final : public briefs::Zone {
public:
    explicit LateFolds(const briefs::Zone& zone) : Zone(zone) {}
    Place place_of(briefs::local_days day, Millis since_midnight) const override {
        const Place first = Zone::place_of(day, since_midnight);
        for (const Change& change : changes()) {
            if (change.at <= first.at || change.at > first.at + std::chrono::hours{3}) continue;
            const Millis before = offset_at(change.at - Millis{1});
            const WallTime second = first.at + (before - change.offset);
            const auto local = to_local(second);
            if (change.offset < before && second >= change.at && local.day == day &&
                local.since_midnight == since_midnight)
                return {second, true};
        }
        return first;
    }
};

std::vector<briefs::Zone::Change> an_hour_later(const briefs::Zone& zone) {
    std::vector<briefs::Zone::Change> changes(zone.changes().begin() + 1, zone.changes().end());
    for (auto& change : changes) change.at += std::chrono::hours{24};
    return changes;
}

}  // namespace

std::shared_ptr<const briefs::Zone> MutantZones::find(std::string_view name) const {
    if (const auto known = zones_.find(name); known != zones_.end()) return known->second;
    auto zone = inner_.find(name);
    if (!zone) return zone;
    switch (mistake_) {
        case Mistake::second_of_fold:
            zone = std::make_shared<LateFolds>(*zone);
            break;
        case Mistake::all_is_utc:
            zone = std::make_shared<briefs::Zone>();
            break;
        case Mistake::an_hour_off:
            zone = std::make_shared<briefs::Zone>(zone->changes().front().offset, an_hour_later(*zone));
            break;
    }
    zones_.emplace(name, zone);
    return zone;
}

SteadyTime MutantClock::steady_now() const {
    const SteadyTime now = inner_.steady_now();
    // Nobody who runs leaves so long between two looks.
    if (last_ != SteadyTime{} && now - last_ > std::chrono::seconds{40}) hidden_ += now - last_;
    last_ = now;
    return now - hidden_;
}

}  // namespace podbrief::testing
