#include "core/transcripts/times.hpp"

#include <algorithm>

namespace podbrief::transcripts {

Millis time_at(const Segment& segment, std::size_t byte_offset) {
    if (segment.text.empty() || byte_offset == 0) return segment.start;
    const auto size = static_cast<std::int64_t>(segment.text.size());
    const auto offset = std::min(static_cast<std::int64_t>(std::min(byte_offset, segment.text.size())), size);
    return segment.start + Millis{(segment.end - segment.start).count() * offset / size};
}

}  // namespace podbrief::transcripts
