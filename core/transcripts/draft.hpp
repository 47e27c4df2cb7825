#pragma once
#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/time.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::transcripts {

// What the readers of the formats give, before times are settled and segments made.

constexpr Millis unknown_time = Millis::min();

// A caption, a word of a word-by-word transcript, or a paragraph.
struct Cue {
    std::string speaker;  // empty: unknown
    std::string text;     // markup removed, references decoded; white space as it came
    Millis start = unknown_time;
    Millis end = unknown_time;
    bool apart = false;   // never joined with the cue before it
    bool advert = false;  // the file itself says so
};

struct Draft {
    std::vector<Cue> cues;
    std::string language;

    bool full() const { return cues.size() > cue_limit; }  // reading on is of no use: it will be refused
};

using DraftResult = boost::system::result<Draft, TranscriptError>;

// One reader a format. `text` is valid UTF-8 with lines ended by LF and no byte order mark.
DraftResult read_webvtt(std::string_view text);
DraftResult read_srt(std::string_view text);
DraftResult read_json(std::string_view text, Millis episode_duration);
DraftResult read_html(std::string_view text, Millis episode_duration);
DraftResult read_markdown(std::string_view text);
DraftResult read_plain_text(std::string_view text);

}  // namespace podbrief::transcripts
