#pragma once
#include <string>
#include <vector>

#include "core/ports/audio_tools.hpp"
#include "core/ports/transcriber.hpp"

// What speech recognition made of the parts of a recording becomes one transcript. Recognisers write where nobody
// speaks, and go round in circles; neither must become a quote.
namespace podbrief::transcripts {

// One part; the times of its segments begin with the part. Nothing heard at all because nobody could: `failed`.
struct HeardPart {
    TimeSpan span;
    std::vector<HeardSegment> segments;
    bool failed = false;
};

// How much was left out, and why.
struct HeardReport {
    int kept = 0;
    int silent = 0;    // where the recording is silent, or by the recogniser's own word nobody speaks
    int repeated = 0;  // the same again and again
    int unsure = 0;    // by its own figures unreliable
    // How far what is kept can be relied on, 0..1: the recogniser's own probability of its words where it tells (0.7
    // where it does not), by length; what was repeated, unsure or failed counts as nothing.
    double quality = 0;
};

struct Heard {
    std::vector<HeardSegment> segments;  // on the clock of the recording, in order, no two over one another
    HeardReport report;
};

Heard join_heard(const std::vector<HeardPart>& parts, const std::vector<TimeSpan>& silences);

// As podcasts publish it: {"version":"1.0.0","language":...,"segments":[{"speaker","startTime","endTime","body"}]}.
std::string to_transcript_json(const std::vector<HeardSegment>& segments, const std::string& language);

// The end of what was heard, for the prompt of the next part: whole words, at most so many bytes.
std::string tail_of(const std::vector<HeardSegment>& segments, std::size_t bytes);

}  // namespace podbrief::transcripts
