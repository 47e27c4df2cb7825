#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// A sentence as a list of words that can be deleted or replaced one by one. Views into the tokens' text, which must
// outlive it.
class Draft {
public:
    explicit Draft(const Tokens& tokens) : list_(tokens.list), opening_(tokens.before) {}

    std::size_t size() const { return list_.size(); }
    Token& operator[](std::size_t i) { return list_[i]; }
    const Token& operator[](std::size_t i) const { return list_[i]; }
    std::string_view lower(std::size_t i) const { return lower_at(list_, i); }
    std::span<const Token> words() const { return list_; }
    std::string_view gap_before(std::size_t i) const { return i == 0 ? opening_ : list_[i - 1].after; }
    // Whether the words from i on are these, separated by single spaces in `phrase`.
    bool says(std::size_t i, std::string_view phrase) const;

    // Deletes words [i, i + count); the punctuation around them becomes what it would be without them.
    void drop(std::size_t i, std::size_t count);

    std::string text() const;

private:
    void drop_front(std::size_t count);

    std::vector<Token> list_;
    std::string_view opening_;
};

// What stands between two words.
bool has_comma_or_stop(std::string_view gap);  // begins with one
bool has_dash(std::string_view gap);           // "--": a false start or a break

// Spaces and punctuation as they are written: no doubled commas, one end mark, no ellipses, a capital first.
std::string tidy(std::string_view text);

}  // namespace podbrief::insights
