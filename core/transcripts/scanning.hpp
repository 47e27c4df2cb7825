#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/text/ascii.hpp"

namespace podbrief::transcripts {

// Small tools for reading text by hand. All views are into what was passed.

// The lines of a text whose line ends are LF.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text), more_(!text.empty()) {}

    bool next(std::string_view& line) {
        if (!more_) return false;
        const std::size_t end = rest_.find('\n');
        more_ = end != std::string_view::npos;
        line = rest_.substr(0, end);
        rest_.remove_prefix(more_ ? end + 1 : rest_.size());
        return true;
    }

private:
    std::string_view rest_;
    bool more_;
};

inline std::string_view trimmed(std::string_view s) {
    while (!s.empty() && text::is_ascii_space(s.front())) s.remove_prefix(1);
    while (!s.empty() && text::is_ascii_space(s.back())) s.remove_suffix(1);
    return s;
}

// `prefix` is lower case.
inline bool starts_with_any_case(std::string_view s, std::string_view prefix) {
    if (s.size() < prefix.size()) return false;
    return std::equal(prefix.begin(), prefix.end(), s.begin(),
                      [](char p, char c) { return p == text::ascii_lower(c); });
}

inline bool equals_any_case(std::string_view s, std::string_view lower) {
    return s.size() == lower.size() && starts_with_any_case(s, lower);
}

inline bool take(std::string_view& s, std::string_view prefix) {
    if (!s.starts_with(prefix)) return false;
    s.remove_prefix(prefix.size());
    return true;
}

}  // namespace podbrief::transcripts
