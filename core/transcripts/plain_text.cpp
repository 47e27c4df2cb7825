#include "core/transcripts/draft.hpp"
#include "core/transcripts/local.hpp"
#include "core/transcripts/paragraphs.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {

DraftResult read_plain_text(std::string_view text) {
    text.remove_prefix(front_matter_size(text));
    std::vector<std::string_view> paragraphs;
    std::string_view line;
    for (Lines lines(text); lines.next(line);) {
        line = trimmed(line);
        if (!line.empty()) paragraphs.push_back(line);
        if (paragraphs.size() > cue_limit) break;
    }
    Draft draft;
    draft.cues = cues_of_paragraphs(paragraphs);
    return draft;
}

}  // namespace podbrief::transcripts
