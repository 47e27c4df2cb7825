#pragma once
#include <string>

#include "core/delivery/outcomes.hpp"
#include "core/delivery/steps.hpp"

// The kinds of platform that delivery tells apart, and a delivery of each.
namespace podbrief::delivery {

using namespace std::chrono_literals;

inline const WallTime eight = from_ms(1'780'000'000'000);

inline PlatformTraits discord() {
    PlatformTraits traits;
    traits.platform = "discord";
    traits.nonce_window = 60s;
    traits.has_history = true;
    return traits;
}
inline PlatformTraits slack() {
    PlatformTraits traits;
    traits.platform = "slack";
    traits.lane_per_workspace = true;
    traits.has_history = true;
    return traits;
}
inline PlatformTraits telegram() {
    PlatformTraits traits;
    traits.platform = "telegram";
    traits.has_placeholders = true;
    return traits;
}
inline PlatformTraits telegram_fast() {
    PlatformTraits traits;
    traits.platform = "telegram";
    return traits;
}

// Due at `eight`, claimed, never tried.
inline Delivery claimed() {
    Delivery d;
    d.id = DeliveryId{7};
    d.sequence = 3;
    d.address = {"discord", "G1", "C1", ""};
    d.key = "abcdefghijklmnopqrstuvwx";
    d.send_at = eight;
    d.next_at = eight;
    d.expires_at = eight + 18h;
    d.state = DeliveryState::claimed;
    d.epoch = 4;
    d.worker = "w1";
    return d;
}

// A call of `step` is under way since `at`.
inline Delivery during(Step step, WallTime at = eight) {
    Delivery d = begun(claimed(), step, at);
    if (step == Step::fill) d.placeholder_ref = "p1";
    if (step == Step::edit) {
        d.kind = DeliveryKind::correction;
        d.message_ref = "m0";
    }
    return d;
}

// A call of `step` began at `since` and may have taken effect; it is looked into.
inline Delivery in_doubt(Step step, WallTime since = eight) {
    Delivery d = during(step, since);
    d.state = DeliveryState::reconciling;
    d.first_unknown_at = since;
    return d;
}

// The same, while the history is read.
inline Delivery while_finding(WallTime since = eight) {
    Delivery d = begun(in_doubt(Step::post, since), Step::find, since);
    d.attempt_at = since;
    return d;
}

}  // namespace podbrief::delivery
