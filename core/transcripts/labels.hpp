#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {

// "Name: what they say" at the start of a text.
struct Label {
    std::string_view name;
    std::size_t size = 0;  // bytes up to what is said
};

// The label at the front, if what stands before the colon could be a name.
std::optional<Label> label_at(std::string_view text);

// True for one to five words that could be a person's name or a role: "Ann Lee", "Speaker 1", "Ludwig van Beethoven".
bool could_be_name(std::string_view text);

// Tells labels from sentences that begin like one ("Remember: ..."), by how often each occurs in the whole text.
class LabelBook {
public:
    void note(std::string_view text);  // the start of a paragraph or caption; to be called for all before `label`
    std::optional<Label> label(std::string_view text) const;

private:
    bool is_speaker(std::string_view name) const;

    std::map<std::string, int, std::less<>> counts_;
    std::string opening_;  // the label that the whole text begins with, where much is said after it
    int labels_ = 0;
    int texts_ = 0;
};

// For captions without voices: labels at their starts become speakers, which hold until the next label.
void take_labels(std::vector<Cue>& cues);

}  // namespace podbrief::transcripts
