#include "core/transcripts/rolling.hpp"

#include <algorithm>

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_caption = 1000;  // bytes; longer cues are paragraphs and do not roll
constexpr std::size_t enough_pairs = 500;      // to judge a file by

bool at_word_end(std::string_view s, std::size_t at) {
    return at == s.size() || s[at] == ' ';
}

// Bytes at the front of `next` that repeat the end of `before`, whole words; at least `least` words.
std::size_t repeated(std::string_view before, std::string_view next, std::ptrdiff_t least) {
    if (before.size() > longest_caption || next.size() > longest_caption) return 0;
    // From the longest possible overlap down: each start of a word in `before`.
    std::size_t from = before.size() > next.size() ? before.size() - next.size() : 0;
    if (from > 0 && before[from - 1] != ' ') from = before.find(' ', from);
    while (from < before.size()) {
        const std::string_view tail = before.substr(from);
        if (next.starts_with(tail) && at_word_end(next, tail.size())) {
            return std::count(tail.begin(), tail.end(), ' ') + 1 >= least ? tail.size() : 0;
        }
        const std::size_t space = before.find(' ', from);
        if (space == std::string_view::npos) break;
        from = space + 1;
    }
    return 0;
}

bool follows(const Cue& before, const Cue& next) {
    if (before.end == unknown_time || next.start == unknown_time) return false;
    return next.start <= before.end + std::chrono::milliseconds{500} && before.speaker == next.speaker;
}

bool rolls(const std::vector<Cue>& cues) {
    std::size_t pairs = 0;
    std::size_t overlaps = 0;
    for (std::size_t i = 1; i < cues.size() && pairs < enough_pairs; ++i) {
        if (cues[i - 1].text.empty() || cues[i].text.empty()) continue;
        ++pairs;
        if (follows(cues[i - 1], cues[i]) && repeated(cues[i - 1].text, cues[i].text, 2) > 0) ++overlaps;
    }
    return overlaps >= 3 && overlaps * 3 >= pairs;
}

}  // namespace

void remove_repeats(std::vector<Cue>& cues) {
    const bool rolling = rolls(cues);
    std::string before;
    for (std::size_t i = 1; i < cues.size(); ++i) {
        if (rolling) {
            if (i == 1) before = cues[0].text;
            if (cues[i].text.empty()) continue;
            const std::size_t size = follows(cues[i - 1], cues[i]) ? repeated(before, cues[i].text, 1) : 0;
            before = cues[i].text;
            cues[i].text.erase(0, std::min(size + 1, size == 0 ? 0 : cues[i].text.size()));
            continue;
        }
        const Cue& last = cues[i - 1];
        const bool same = last.start == cues[i].start && last.end == cues[i].end && last.text == cues[i].text;
        if (same && last.start != unknown_time) cues[i - 1].text.clear();
    }
}

}  // namespace podbrief::transcripts
