#include "core/transcripts/labels.hpp"

#include <algorithm>
#include <array>

#include "core/text/abbreviations.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_label = 80;
constexpr std::size_t least_said = 60;  // bytes after a first label, to tell it from "The Show: its title"

bool is_particle(std::string_view word) {
    for (const std::string_view particle :
         {"de", "da", "di", "du", "del", "der", "den", "la", "le",     "van",  "von",  "bin",
          "al", "el", "y",  "e",  "of",  "the", "and", "&",  "member", "host", "guest"}) {
        if (word == particle) return true;
    }
    return false;
}

// What stands before colons in talk and notes and is no speaker; folded.
bool is_no_name(std::string_view folded) {
    static constexpr std::array<std::string_view, 28> words = {
        "answer",  "basically", "chapter", "date", "episode", "example",    "fact",     "important", "link",  "links",
        "note",    "notes",     "number",  "okay", "part",    "ps",         "question", "remember",  "right", "source",
        "sources", "spoiler",   "step",    "tip",  "title",   "transcript", "update",   "warning"};
    const std::string_view first = folded.substr(0, folded.find(' '));
    return std::binary_search(words.begin(), words.end(), first);
}

bool is_name_byte(char c) {
    return !text::is_ascii(c) || text::is_ascii_alnum(c) || c == ' ' || c == '.' || c == '\'' || c == '-' || c == '&' ||
           c == '(' || c == ')' || c == '/' || c == '_' || c == '#';
}

bool could_be_name_word(std::string_view word) {
    if (is_particle(word)) return true;
    if (word.front() == '(' || word.front() == '#') word.remove_prefix(1);
    if (word.empty()) return false;
    if (word.back() == '.' && word.size() > 4) return false;
    const char c = word.front();
    return text::is_ascii_upper(c) || !text::is_ascii(c) || text::is_ascii_digit(c);
}

std::size_t word_count(std::string_view name) {
    return static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
}

}  // namespace

bool could_be_name(std::string_view name) {
    if (name.empty() || name.size() > longest_label || name.front() == ' ' || name.back() == ' ') return false;
    if (!std::all_of(name.begin(), name.end(), is_name_byte)) return false;
    if (text::is_ascii_digit(name.front()) || is_particle(name.substr(0, name.find(' ')))) return false;
    std::size_t words = 0;
    while (!name.empty()) {
        const std::size_t end = std::min(name.find(' '), name.size());
        if (end == 0 || ++words > 5 || !could_be_name_word(name.substr(0, end))) return false;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return true;
}

std::optional<Label> label_at(std::string_view s) {
    const std::size_t colon = s.substr(0, longest_label + 1).find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    if (colon + 1 < s.size() && !text::is_ascii_space(s[colon + 1])) return std::nullopt;
    const std::string_view name = s.substr(0, colon);
    if (!could_be_name(name)) return std::nullopt;
    std::size_t size = colon + 1;
    while (size < s.size() && text::is_ascii_space(s[size])) ++size;
    return Label{name, size};
}

void LabelBook::note(std::string_view s) {
    ++texts_;
    const auto found = label_at(s);
    if (!found) return;
    ++labels_;
    if (texts_ == 1 && s.size() >= found->size + least_said) opening_ = found->name;
    const auto at = counts_.find(found->name);
    if (at == counts_.end()) {
        counts_.emplace(std::string(found->name), 1);
    } else {
        ++at->second;
    }
}

std::optional<Label> LabelBook::label(std::string_view s) const {
    const auto found = label_at(s);
    if (!found || !is_speaker(found->name)) return std::nullopt;
    return found;
}

bool LabelBook::is_speaker(std::string_view name) const {
    const auto at = counts_.find(name);
    if (at == counts_.end()) return false;
    const std::string folded = text::fold(name);
    if (is_no_name(folded)) return false;
    const std::string_view first = name.substr(0, name.find(' '));
    const bool opens_sentence = text::starts_a_sentence(first) || text::is_stop_word(folded.substr(0, first.size()));
    // Q and A are names only where they come again and again.
    if (name.size() == 1) return at->second >= 3;
    // "But:" never is; "Will Lee" and "Till Doe" are where they come again.
    if (opens_sentence && (first.size() == name.size() || at->second == 1)) return false;
    if (at->second >= 2) return true;
    // Said once: a full name does where there are other labels, a single word only where nearly all have one.
    // A talk by one person may be labelled once, at its beginning.
    if (labels_ < 2) return name == opening_ && word_count(name) >= 2 && word_count(name) <= 3;
    return word_count(name) >= 2 || labels_ * 3 >= texts_;
}

void take_labels(std::vector<Cue>& cues) {
    LabelBook book;
    for (const Cue& cue : cues) book.note(cue.text);
    std::string speaker;
    for (Cue& cue : cues) {
        if (const auto found = book.label(cue.text)) {
            speaker = found->name;
            cue.text.erase(0, found->size);
        }
        cue.speaker = speaker;
    }
}

}  // namespace podbrief::transcripts
