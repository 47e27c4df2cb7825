#include "core/insights/turns.hpp"

#include <algorithm>

namespace podbrief::insights {
namespace {

constexpr std::size_t turn_limit = 64 * 1024;

Millis time_at(const Segment& segment, std::size_t offset) {
    if (segment.text.empty()) return segment.start;
    const auto length = static_cast<std::int64_t>(segment.text.size());
    const auto at = std::min(static_cast<std::int64_t>(offset), length);
    return segment.start + Millis{(segment.end - segment.start).count() * at / length};
}

}  // namespace

std::vector<Turn> turns_of(std::span<const Segment> segments, bool joined) {
    std::vector<Turn> turns;
    bool open = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        if (segment.kind != SegmentKind::speech || segment.text.empty()) {
            open = false;
            continue;
        }
        if (!open || turns.back().speaker != segment.speaker || turns.back().text.size() >= turn_limit) {
            turns.push_back({segment.speaker, {}, {}, {}, {}});
            open = joined;
        }
        Turn& turn = turns.back();
        if (!turn.text.empty()) turn.text += ' ';
        turn.segments.push_back(static_cast<int>(i));
        turn.begins.push_back(turn.text.size());
        turn.text += segment.text;
    }
    for (Turn& turn : turns) turn.sentences = text::sentences(turn.text);
    return turns;
}

Span locate(const Turn& turn, std::span<const Segment> segments, text::ByteRange range) {
    const auto segment_of = [&](std::size_t offset) {
        const auto after = std::upper_bound(turn.begins.begin(), turn.begins.end(), offset);
        return static_cast<std::size_t>(after - turn.begins.begin()) - 1;
    };
    const std::size_t first = segment_of(range.begin);
    const std::size_t last = segment_of(range.end - 1);
    Span span;
    span.first_segment = turn.segments[first];
    span.last_segment = turn.segments[last];
    span.begin = static_cast<int>(range.begin - turn.begins[first]);
    span.start = time_at(segments[static_cast<std::size_t>(span.first_segment)], range.begin - turn.begins[first]);
    span.end = time_at(segments[static_cast<std::size_t>(span.last_segment)], range.end - turn.begins[last]);
    span.end = std::max(span.end, span.start);
    return span;
}

}  // namespace podbrief::insights
