#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/model/transcript.hpp"

namespace podbrief::insights {

// A stretch of a transcript as a model is shown it: one line for a segment, "[12] Ada: The export rule ...". What
// stands in a segment cannot make a line of its own.
struct ModelWindow {
    std::string text;
    std::set<int> segments;  // indexes of those shown
};

struct WindowLimits {
    std::int64_t tokens = 6'000;  // of one window, estimated
    std::size_t most = 24;        // windows of an episode; of more, so many are taken evenly
};

// All speech, in order; adverts, intros and outros are left out. A segment that is larger than a window stands in
// several.
std::vector<ModelWindow> windows_of(std::span<const Segment> segments, const WindowLimits& limits);

}  // namespace podbrief::insights
