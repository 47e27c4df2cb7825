#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

enum class TranscriptFormat { json, webvtt, srt, html, markdown, text, show_notes };
std::string_view to_string(TranscriptFormat);
std::optional<TranscriptFormat> transcript_format_from(std::string_view);

enum class SegmentKind { speech, advert, intro, outro };

// A speaker turn (or a part of a long one) with its times. `text` is what the transcript says with markup removed and
// white space folded to single spaces; a quote is a byte range of it.
struct Segment {
    std::string speaker;  // empty: unknown
    std::string text;     // UTF-8
    Millis start{};
    Millis end{};  // >= start
    SegmentKind kind = SegmentKind::speech;
    bool operator==(const Segment&) const = default;
};

// One version of an episode's transcript. A changed transcript makes a new version; the insights of the old one are
// superseded.
struct Transcript {
    TranscriptId id;
    EpisodeId episode;
    int version = 0;  // from 1, given by the store
    TranscriptFormat format = TranscriptFormat::text;
    std::string source_url;    // where it came from; empty for show notes
    std::string content_hash;  // SHA-256 hex of the bytes it was parsed from
    std::string language;
    bool timed = false;  // false: the times of the segments are estimated from the duration and the length of the text
    std::vector<Segment> segments;
    WallTime fetched_at{};
};

}  // namespace podbrief
