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
    return {DeliveryState::parked, parked_until(d, rules.park_probe, rules, now), std::move(reason)};
}

NextStep resolve_doubt(const Delivery& d, const PlatformTraits& traits, const Rules& rules, WallTime now) {
    const bool expired = now >= d.expires_at;
    if (now >= d.expires_at + rules.doubt_lives) return ended(d, "it was never learnt whether it arrived");
    const bool may_try = d.attempts < rules.most_attempts;
    // These change what is visible to the same thing, however often they are done.
    const bool repeatable = d.step == Step::edit || (traits.has_placeholders && !d.placeholder_ref.empty());
    if (repeatable) {
        if (expired) return ended(d, "it was not learnt in time whether it arrived");
        return Attempt{d.step == Step::edit ? Step::edit : Step::fill};
    }
    // At worst a line too many. Without an attempt of ours the doubt is about what another copy of the store did after
    // a backup, which may have been more than a line.
    if (d.step == Step::reserve && d.attempts > 0) {
        if (expired) return ended(d, "no answer from the platform in time");
        if (!may_try) return ended(d, "gave up: " + d.reason);
        return Attempt{Step::reserve};
    }
    // A clock that went back says nothing of how old the key is.
    const bool nonce_holds =
        now >= d.first_unknown_at && now + rules.call_limit <= d.first_unknown_at + traits.nonce_window;
    if (d.step == Step::post && nonce_holds && !expired && may_try) return Attempt{Step::post};
    if (traits.has_history) return Attempt{Step::find};
    if (expired) return ended(d, "it was not learnt in time whether it arrived");
    return park(d, rules, now, "it may have arrived, and the platform cannot tell");
}

}  // namespace

NextStep next_step(const Delivery& d, const PlatformTraits& traits, const Rules& rules, WallTime now) {
    if (d.crashes >= rules.crashes_allowed && now < d.expires_at) {
        return Settle{DeliveryState::parked, parked_until(d, rules.quarantine, rules, now),
                      "every worker that took it in hand died; it waits apart", rules.crashes_allowed - 1};
    }
    if (is_set(d.first_unknown_at)) return resolve_doubt(d, traits, rules, now);
    if (now >= d.expires_at) return ended(d, d.reason.empty() ? "its time had passed" : "gave up: " + d.reason);
    if (d.attempts >= rules.most_attempts) return ended(d, "gave up: " + d.reason);
    return Attempt{first_step(d, traits)};
}

WallTime parked_until(const Delivery& d, Millis wait, const Rules& rules, WallTime now) {
    const WallTime end = now < d.expires_at ? d.expires_at : d.expires_at + rules.doubt_lives;
    return std::max(now, std::min(end, now + wait));
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
