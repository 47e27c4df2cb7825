#pragma once
#include <string_view>

#include "core/text/ascii.hpp"

namespace podbrief::feeds {

// Without ASCII white space at both ends.
constexpr std::string_view trimmed(std::string_view s) {
    while (!s.empty() && text::is_ascii_space(s.front())) s.remove_prefix(1);
    while (!s.empty() && text::is_ascii_space(s.back())) s.remove_suffix(1);
    return s;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (text::ascii_lower(a[i]) != text::ascii_lower(b[i])) return false;
    }
    return true;
}

constexpr bool begins_ignoring_case(std::string_view s, std::string_view prefix) {
    return equal_ignoring_case(s.substr(0, prefix.size()), prefix);
}

}  // namespace podbrief::feeds
