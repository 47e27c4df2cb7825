#pragma once
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// Phrases of some kinds, and how often each kind occurs in a text. Views into what was added, which must outlive it.
class PhraseTable {
public:
    // `phrases` in lower case, separated by '|'. A phrase may be of several kinds.
    void add(std::size_t kind, std::string_view phrases);

    // Adds to counts[kind] at how many words a phrase of that kind begins.
    void count(std::span<const Token> words, std::span<double> counts) const;

private:
    struct Phrase {
        std::size_t kind = 0;
        std::vector<std::string_view> words;
    };
    std::unordered_map<std::string_view, std::vector<Phrase>> by_first_word_;
};

}  // namespace podbrief::insights
