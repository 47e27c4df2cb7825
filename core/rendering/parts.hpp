#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::rendering {

// What one block takes of a message.
struct Size {
    std::size_t text = 0;        // by the platform's measure, with what stands between blocks
    std::size_t components = 0;  // blocks, rows, buttons: whatever the platform counts
};

struct MessageLimits {
    std::size_t text = 0;
    std::size_t components = 0;
};

struct PartSizes {
    std::function<Size(const ReplyBlock&)> block;
    std::function<Size(const Reply&)> closing;  // of what stands for the suggestions at the end of a message
    // A paragraph or table that is too long for one message, as several blocks that are not; empty: it cannot happen.
    std::function<std::vector<ReplyBlock>(const ReplyBlock&)> divide;
};

// One message each: never cut inside an insight; a heading stays with what follows it; choices stay with what they
// follow; the suggestions go with the last. Under insights, which have buttons of their own, only suggestions that say
// more than those are kept, and they make no message of their own. At least one part.
std::vector<Reply> split_into_parts(const Reply& reply, const MessageLimits& limits, const PartSizes& sizes);

}  // namespace podbrief::rendering
