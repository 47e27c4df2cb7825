#pragma once
#include <optional>
#include <string>
#include <variant>

#include "core/delivery/rules.hpp"
#include "core/model/delivery.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::delivery {

// What to do with a delivery that was claimed.
struct Attempt {
    Step step = Step::post;
};
// Nothing is called: it moves on to this state.
struct Settle {
    DeliveryState state = DeliveryState::superseded;
    WallTime next_at{};  // for parked
    std::string reason;
    std::optional<int> crashes{};  // what Delivery::crashes becomes; nullopt: it stays
};
using NextStep = std::variant<Attempt, Settle>;

// Pure. `delivery` as claimed: state claimed (it was ready: nothing of it can be in the chat) or reconciling (it was
// unknown or parked: it may be). The table of RELIABILITY.md (b):
//   nonce      within the window of the first byte the same key is posted again; later the history is read
//   history    the history is read
//   placeholder a reserved line is filled; filling may be repeated; an unknown reserve is reserved again
//   neither    parked
// Calls that may leave another line in the chat are limited by number and time, what may be repeated unseen (a fill, an
// edit, a find) by time only. Who has killed enough workers is parked a while, whatever else may be open; then it has
// one more try.
NextStep next_step(const Delivery& delivery, const PlatformTraits& traits, const Rules& rules, WallTime now);

// True: a call of this step may make something visible, so that its begin is written before its first byte.
constexpr bool takes_effect(Step step) {
    return step != Step::find && step != Step::none;
}

// When one that is parked at `now` is looked at again: after `wait`, or when its time or the time of its doubt is over.
WallTime parked_until(const Delivery& delivery, Millis wait, const Rules& rules, WallTime now);

// The delivery as it is written when the attempt begins: dispatching, or reconciling for a find.
Delivery begun(Delivery delivery, Step step, WallTime now);

}  // namespace podbrief::delivery
