#include "core/transcripts/phrases.hpp"

#include <algorithm>

#include "core/text/ascii.hpp"

namespace podbrief::transcripts {

std::size_t find_phrase(std::string_view lower, std::string_view phrase, std::size_t from) {
    for (std::size_t at = lower.find(phrase, from); at != std::string_view::npos; at = lower.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        const bool begins = at == 0 || !text::is_ascii_alnum(lower[at - 1]) || !text::is_ascii_alnum(phrase.front());
        const bool ends =
            end == lower.size() || !text::is_ascii_alnum(lower[end]) || !text::is_ascii_alnum(phrase.back());
        if (begins && ends) return at;
    }
    return std::string_view::npos;
}

bool has_phrase(std::string_view lower, std::initializer_list<std::string_view> phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return find_phrase(lower, phrase) != std::string_view::npos; });
}

}  // namespace podbrief::transcripts
