#include "core/transcripts/markings.hpp"

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/transcripts/times.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t scrap_size = 24;  // bytes: "Okay.", "Right, we're back."

// The bytes [begin, end) of a segment as a segment of its own, without white space around.
Segment piece_of(const Segment& whole, std::size_t begin, std::size_t end, SegmentKind kind) {
    while (begin < end && whole.text[begin] == ' ') ++begin;
    while (end > begin && whole.text[end - 1] == ' ') --end;
    return {whole.speaker, whole.text.substr(begin, end - begin), time_at(whole, begin), time_at(whole, end), kind};
}

}  // namespace

Markings::Markings(std::vector<Segment>& segments) : segments_(segments), stretches_(segments.size()) {
    lower_.reserve(segments.size());
    for (const Segment& segment : segments) {
        std::string& lower = lower_.emplace_back(segment.text);
        std::transform(lower.begin(), lower.end(), lower.begin(), text::ascii_lower);
    }
}

void Markings::mark(std::size_t i, std::size_t begin, std::size_t end, SegmentKind kind) {
    if (is_marked(i) || begin >= end) return;
    if (begin <= scrap_size) begin = 0;
    if (segments_[i].text.size() - end <= scrap_size) end = segments_[i].text.size();
    stretches_[i] = Stretch{begin, end, kind};
}

void Markings::apply() {
    std::vector<Segment> out;
    out.reserve(segments_.size());
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        Segment& segment = segments_[i];
        const auto& stretch = stretches_[i];
        if (!stretch || (stretch->begin == 0 && stretch->end == segment.text.size())) {
            if (stretch) segment.kind = stretch->kind;
            out.push_back(std::move(segment));
            continue;
        }
        if (stretch->begin > 0) out.push_back(piece_of(segment, 0, stretch->begin, segment.kind));
        out.push_back(piece_of(segment, stretch->begin, stretch->end, stretch->kind));
        if (stretch->end < segment.text.size()) {
            out.push_back(piece_of(segment, stretch->end, segment.text.size(), segment.kind));
        }
    }
    // A piece that another speaker's turn overlaps may begin after it.
    Millis last{};
    for (Segment& segment : out) {
        segment.start = last = std::max(segment.start, last);
        segment.end = std::max(segment.end, segment.start);
    }
    segments_ = std::move(out);
}

}  // namespace podbrief::transcripts
