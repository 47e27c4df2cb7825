#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/transcript.hpp"
#include "core/text/sentences.hpp"

namespace podbrief::insights {

// What one speaker says without a break: neighbouring segments, joined with one space, so that a sentence split over
// captions is whole again. What somebody else puts in without taking the word ("Yeah.", "Mm-hmm.") is part of the turn,
// as a sentence of its own. Adverts, intros and outros are left out and end a turn.
struct Turn {
    std::string speaker;
    std::string text;
    std::vector<int> segments;        // indexes, rising by one
    std::vector<std::size_t> begins;  // where each segment starts in `text`
    std::vector<text::ByteRange> sentences;
};

// A turn is closed when it has grown to 64 KiB, at a segment's end. `joined` false: each segment is a turn of its own,
// as the lines of show notes are.
std::vector<Turn> turns_of(std::span<const Segment> segments, bool joined = true);

// Where bytes of a turn lie in the transcript.
struct Span {
    int first_segment = 0;
    int last_segment = 0;
    int begin = 0;  // byte offset into the first segment
    Millis start{};
    Millis end{};
};

// Times by linear interpolation inside the segments. `range` must not be empty.
Span locate(const Turn& turn, std::span<const Segment> segments, text::ByteRange range);

}  // namespace podbrief::insights
