#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/transcripts/parse.hpp"

namespace podbrief::transcripts {

// A transcript that must parse; an empty one, and a failed test, when it does not.
inline ParsedTranscript parsed(std::string_view bytes, const ParseHints& hints = {}) {
    auto result = parse_transcript(bytes, hints);
    if (result) return std::move(*result);
    ADD_FAILURE() << result.error().message;
    return {};
}

inline std::string refusal(std::string_view bytes, const ParseHints& hints = {}) {
    const auto result = parse_transcript(bytes, hints);
    return result ? "(it was read)" : result.error().message;
}

// "Ann 0-1500: Hello." a line.
inline std::string shown(const ParsedTranscript& transcript) {
    std::string out;
    for (const Segment& s : transcript.segments) {
        out += s.speaker + " " + std::to_string(s.start.count()) + "-" + std::to_string(s.end.count()) + ": " + s.text;
        out += '\n';
    }
    return out;
}

inline std::string words_of(const ParsedTranscript& transcript) {
    std::string out;
    for (const Segment& s : transcript.segments) {
        if (!out.empty()) out += ' ';
        out += s.text;
    }
    return out;
}

}  // namespace podbrief::transcripts
