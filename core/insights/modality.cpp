#include "core/insights/modality.hpp"

#include <algorithm>
#include <array>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {
namespace {

constexpr std::array<std::string_view, 12> alleging = {"allege",     "alleges", "alleged", "allegedly",
                                                       "allegation", "accuse",  "accuses", "accused",
                                                       "reportedly", "rumored", "rumours", "rumors"};
constexpr std::array<std::string_view, 9> arguing = {"argue", "argues", "argued", "should",  "shouldn't",
                                                     "must",  "ought",  "thinks", "believes"};

template <std::size_t N>
bool has_any(const Tokens& tokens, const std::array<std::string_view, N>& words) {
    return std::any_of(tokens.list.begin(), tokens.list.end(), [&](const Token& token) {
        return std::find(words.begin(), words.end(), token.lower) != words.end();
    });
}

}  // namespace

Modality modality_of(std::string_view text, bool attributed) {
    const Tokens tokens(text);
    if (has_any(tokens, alleging)) return Modality::alleged;
    if (attributed || has_any(tokens, arguing)) return Modality::argued;
    return Modality::said;
}

}  // namespace podbrief::insights
