#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/lexicon.hpp"

namespace podbrief::insights {

// A word of a text and what stands between it and the next one.
struct Token {
    std::string_view word;   // as spoken
    std::string_view lower;  // with ASCII letters in lower case
    std::string_view after;  // spaces and punctuation up to the next word or the end
    WordClasses classes = 0;

    bool is(WordClasses any_of) const { return (classes & any_of) != 0; }
    bool capital() const { return !word.empty() && word.front() >= 'A' && word.front() <= 'Z'; }
};

inline bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    for (const std::string_view other : words) {
        if (word == other) return true;
    }
    return false;
}

// The words of a text, which must outlive it; apostrophes are expected to be straight.
class Tokens {
public:
    explicit Tokens(std::string_view text);

    std::string_view before;  // what stands before the first word
    std::vector<Token> list;

private:
    std::vector<char> lowered_;  // what `lower` points into; a vector, so that it can be moved
};

// Word i is part of a name: a capital that does not come from the start of a sentence, or one inside the word.
bool is_name(std::span<const Token> words, std::size_t i);

// Neither a function word nor a word of any talk.
bool is_telling(const Token& token);
// "open" says nothing of a subject, but is a part of its name where "source", "data" and the like follow.
bool begins_a_name(std::span<const Token> words, std::size_t i);

bool has_digit(std::string_view word);

// The word at i in lower case; empty past the end.
inline std::string_view lower_at(std::span<const Token> words, std::size_t i) {
    return i < words.size() ? words[i].lower : std::string_view{};
}

// Straight quotes and apostrophes, "..." for the ellipsis character, no stage directions in square brackets.
std::string plain_punctuation(std::string_view text);

}  // namespace podbrief::insights
