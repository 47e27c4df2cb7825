#include "core/insights/turns.hpp"

#include <algorithm>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {
namespace {

constexpr std::size_t turn_limit = 64 * 1024;

Millis time_at(const Segment& segment, std::size_t offset) {
    if (segment.text.empty()) return segment.start;
    const auto length = static_cast<std::int64_t>(segment.text.size());
    const auto at = std::min(static_cast<std::int64_t>(offset), length);
    return segment.start + Millis{(segment.end - segment.start).count() * at / length};
}

// "Yeah.", "Right, right.", "Mm-hmm.": the other listens.
bool is_backchannel(std::string_view text) {
    if (text.size() > 24 || text.find('?') != std::string_view::npos) return false;
    const Tokens tokens(text);
    return !tokens.list.empty() && tokens.list.size() <= 3 &&
           std::all_of(tokens.list.begin(), tokens.list.end(), [](const Token& token) {
               return token.is(discourse | discourse_comma | filler) ||
                      one_of(token.lower, {"mm-hmm", "mhm", "uh-huh", "hm", "interesting", "nice", "definitely", "for",
                                           "sure", "of", "course", "wow"});
           });
}

// Segment i is put in by somebody else while the speaker of segment i - 1 goes on.
bool is_put_in(std::span<const Segment> segments, std::size_t i) {
    if (i == 0 || i + 1 >= segments.size()) return false;
    const Segment& before = segments[i - 1];
    const Segment& after = segments[i + 1];
    return after.kind == SegmentKind::speech && !after.speaker.empty() && after.speaker == before.speaker &&
           segments[i].speaker != before.speaker && is_backchannel(segments[i].text);
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
        const bool put_in = open && turns.back().speaker == segments[i - 1].speaker && is_put_in(segments, i);
        const bool full = !turns.empty() && turns.back().text.size() >= turn_limit;
        if (!open || full || (!put_in && turns.back().speaker != segment.speaker)) {
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
