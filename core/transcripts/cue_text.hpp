#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::transcripts {

// What one voice says within a caption.
struct VoicePiece {
    std::optional<std::string> voice;  // set where a <v Name> opens; without it the speaker goes on
    std::string text;
};

enum class CaptionMarkup {
    webvtt,  // every tag is markup
    srt,     // only the tags that players know are; others are words, as in talk about HTML
};

// Reads a caption's payload (its lines joined by LF): tags dropped, voices told apart, references decoded once.
std::vector<VoicePiece> read_cue_text(std::string_view payload, CaptionMarkup markup);

}  // namespace podbrief::transcripts
