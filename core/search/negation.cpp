#include "core/search/negation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace podbrief::search {
namespace {

constexpr auto negators = std::to_array<std::string_view>(
    {"cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"});
static_assert(std::is_sorted(negators.begin(), negators.end()));

bool is_letter(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool negates(std::string_view word) {
    if (word.size() < 2 || word.size() > 12) return false;
    char buffer[12];
    std::transform(word.begin(), word.end(), buffer,
                   [](char c) { return is_letter(c) ? static_cast<char>(c | 0x20) : c; });
    const std::string_view lower(buffer, word.size());
    return std::binary_search(negators.begin(), negators.end(), lower) || lower.ends_with("n't") ||
           lower.ends_with("n\xE2\x80\x99t");
}

}  // namespace

// Its own walk over runs of letters: this is asked of every insight that is indexed, and only English is known.
bool is_negated(std::string_view text) {
    const auto in_word = [&](std::size_t at) {
        const char c = text[at];
        return is_letter(c) || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
    };
    bool odd = false;
    for (std::size_t at = 0; at < text.size();) {
        if (!in_word(at)) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && in_word(at)) ++at;
        odd ^= negates(text.substr(begin, at - begin));
    }
    return odd;
}

}  // namespace podbrief::search
