#pragma once
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// Limits on what is read; beyond them parsing fails with one clear line.
constexpr std::size_t size_limit = 8 * 1024 * 1024;  // bytes of a transcript file
constexpr std::size_t cue_limit = 300'000;           // captions, words or paragraphs of a file
constexpr std::size_t segment_limit = 100'000;

// What is known from outside. Everything may be missing or wrong.
struct ParseHints {
    std::string content_type;   // as offered or answered; a charset parameter is used when the bytes are not UTF-8
    std::string url;            // for its extension; a file name will do
    Millis episode_duration{};  // 0: unknown
};

// Segments have folded, non-empty text, kind speech (advert where the file itself says so), start <= end, and starts
// that never go back.
struct ParsedTranscript {
    TranscriptFormat format = TranscriptFormat::text;
    std::vector<Segment> segments;
    bool timed = false;    // false: every time is estimated
    std::string language;  // as the file says it; mostly empty
};

// Why bytes are not a transcript: one line for people.
struct TranscriptError {
    std::string message;
};

// Makes result<T, TranscriptError>::value() throw invalid_argument with the message.
[[noreturn]] void throw_exception_from_error(const TranscriptError& error, const boost::source_location& where);

// Reads a transcript of any of the formats. What it is, is told by the bytes first, then by the hints. Encodings are
// repaired; broken captions lose their times, not their words. Pure; never throws on bad input.
boost::system::result<ParsedTranscript, TranscriptError> parse_transcript(std::string_view bytes,
                                                                          const ParseHints& hints);

}  // namespace podbrief::transcripts
