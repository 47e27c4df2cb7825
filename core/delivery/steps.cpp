#include "core/delivery/steps.hpp"

#include <algorithm>

namespace podbrief::delivery {
namespace {

bool is_set(WallTime at) {
    return at != WallTime{};
}

Step first_step(const Delivery& d, const PlatformTraits& traits) {
    if (d.kind == DeliveryKind::correction) return Step::edit;
    if (!traits.has_placeholders) return Step::post;
    return d.placeholder_ref.empty() ? Step::reserve : Step::fill;
}

// A brief that came to its end unsent is told by the next one; an answer that comes too late is of no use.
Settle ended(const Delivery& d, std::string reason) {
    const bool brief = d.kind == DeliveryKind::brief;
    return {brief ? DeliveryState::superseded : DeliveryState::dead, {}, std::move(reason)};
}

Settle park(const Delivery& d, const Rules& rules, WallTime now, std::string reason) {
    return {DeliveryState::parked, std::min(std::max(d.expires_at, now), now + rules.park_probe), std::move(reason)};
}

NextStep resolve_doubt(const Delivery& d, const PlatformTraits& traits, const Rules& rules, WallTime now) {
    const bool expired = now >= d.expires_at;
    if (now >= d.expires_at + rules.doubt_lives) return ended(d, "it was never learnt whether it arrived");
    // These change what is visible to the same thing, however often they are done.
    if (d.step == Step::fill || d.step == Step::edit) {
        if (expired) return ended(d, "it was not learnt in time whether it arrived");
        return Attempt{d.step};
    }
    if (d.step == Step::reserve) {  // at worst a line too many
        if (expired) return ended(d, "no answer from the platform in time");
        return Attempt{Step::reserve};
    }
    const bool nonce_holds = now + rules.call_limit <= d.first_unknown_at + traits.nonce_window;
    if (d.step == Step::post && nonce_holds && !expired) return Attempt{Step::post};
    if (traits.has_history) return Attempt{Step::find};
    if (expired) return ended(d, "it was not learnt in time whether it arrived");
    return park(d, rules, now, "it may have arrived, and the platform cannot tell");
}

}  // namespace

NextStep next_step(const Delivery& d, const PlatformTraits& traits, const Rules& rules, WallTime now) {
    if (is_set(d.first_unknown_at)) return resolve_doubt(d, traits, rules, now);
    if (now >= d.expires_at) return ended(d, d.reason.empty() ? "its time had passed" : "gave up: " + d.reason);
    if (d.attempts >= rules.most_attempts) return ended(d, "gave up: " + d.reason);
    if (d.crashes >= rules.crashes_allowed && d.state == DeliveryState::claimed) {
        return Settle{DeliveryState::parked, std::min(d.expires_at, now + rules.quarantine),
                      "every worker that took it in hand died; it waits apart"};
    }
    return Attempt{first_step(d, traits)};
}

Delivery begun(Delivery d, Step step, WallTime now) {
    d.step = step;
    if (!takes_effect(step)) return d;
    d.state = DeliveryState::dispatching;
    d.attempt_at = now;
    ++d.attempts;
    return d;
}

}  // namespace podbrief::delivery
