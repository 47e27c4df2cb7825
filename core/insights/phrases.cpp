#include "core/insights/phrases.hpp"

#include <algorithm>

namespace podbrief::insights {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool matches(std::span<const std::string_view> phrase, std::span<const Token> words) {
    return phrase.size() <= words.size() &&
           std::equal(phrase.begin(), phrase.end(), words.begin(),
                      [](std::string_view word, const Token& token) { return word == token.lower; });
}

}  // namespace

void PhraseTable::add(std::size_t kind, std::string_view phrases) {
    for (const std::string_view phrase : split(phrases, '|')) {
        std::vector<std::string_view> words = split(phrase, ' ');
        std::vector<Phrase>& with_first = by_first_word_[words.front()];
        with_first.push_back({kind, std::move(words)});
    }
}

void PhraseTable::count(std::span<const Token> words, std::span<double> counts) const {
    std::vector<std::size_t> seen;  // kinds that had a phrase at this word
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto found = by_first_word_.find(words[i].lower);
        if (found == by_first_word_.end()) continue;
        seen.clear();
        for (const Phrase& phrase : found->second) {
            const bool again = std::find(seen.begin(), seen.end(), phrase.kind) != seen.end();
            if (again || !matches(phrase.words, words.subspan(i))) continue;
            seen.push_back(phrase.kind);
            counts[phrase.kind] += 1;
        }
    }
}

}  // namespace podbrief::insights
