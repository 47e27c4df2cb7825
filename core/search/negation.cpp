#include "core/search/negation.hpp"

#include <algorithm>
#include <array>

#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr auto negators = std::to_array<std::string_view>(
    {"cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"});
static_assert(std::is_sorted(negators.begin(), negators.end()));

bool negates(std::string_view word) {
    return std::binary_search(negators.begin(), negators.end(), word) || word.ends_with("n't") ||
           word.ends_with("n\xE2\x80\x99t");
}

}  // namespace

bool is_negated(std::string_view text) {
    bool odd = false;
    for (const text::ByteRange& range : text::words(text)) {
        if (range.size() < 2 || range.size() > 12) continue;
        char lower[12];
        std::transform(text.begin() + static_cast<std::ptrdiff_t>(range.begin),
                       text.begin() + static_cast<std::ptrdiff_t>(range.end), lower,
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
        odd ^= negates({lower, range.size()});
    }
    return odd;
}

}  // namespace podbrief::search
