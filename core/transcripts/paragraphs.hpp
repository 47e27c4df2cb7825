#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {

// Lines or paragraphs of running text -> cues: "Name: ..." labels, which hold until the next one, headings such as
// "Ann Lee (12:34)", and marks of time at the start or in square brackets anywhere.
std::vector<Cue> cues_of_paragraphs(const std::vector<std::string_view>& paragraphs);

// Adds `text` to `cues`, cut at its marks of time; `first` carries what is known of the first piece.
void add_marked_text(std::vector<Cue>& cues, std::string_view text, Cue first);

}  // namespace podbrief::transcripts
