#pragma once
#include <optional>

#include "core/model/delivery.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// How far apart two briefs are when the reader changes zone between them.
struct Spacing {
    Millis least{};
    std::optional<Millis> most;
};
Spacing spacing_of(Cadence cadence);

// From when spacing counts: when the reader got it, or would have.
WallTime served_at(const Slot& slot);

// After a move, a slot whose hour had passed in the new zone: due when it was planned.
bool is_made_at_once(const Slot& slot);

}  // namespace podbrief::briefs
