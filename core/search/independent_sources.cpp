#include "core/search/independent_sources.hpp"

#include <algorithm>
#include <numeric>

#include "core/insights/names.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t telling_words = 8;  // fewer may be said alike by chance

bool same_recording(const ClaimSource& a, const ClaimSource& b) {
    if (!a.enclosure_key.empty() && a.enclosure_key == b.enclosure_key) return true;
    // Guids are meant to be unique in the world; "1" and "episode-12" are not.
    if (!a.guid.empty() && a.guid == b.guid && !a.title_key.empty() && a.title_key == b.title_key) return true;
    return !a.quote.empty() && a.quote == b.quote && text::words(a.quote).size() >= telling_words;
}

bool depend(const ClaimSource& a, const ClaimSource& b) {
    return a.podcast == b.podcast || insights::same_person(a.speaker, b.speaker) || same_recording(a, b);
}

}  // namespace

int independent_sources(const std::vector<ClaimSource>& members) {
    // Those that depend on one another, directly or through others, are one.
    std::vector<std::size_t> parent(members.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&parent](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (root(i) != root(k) && depend(members[i], members[k])) parent[root(i)] = root(k);
        }
    }
    int groups = 0;
    for (std::size_t i = 0; i < members.size(); ++i) groups += root(i) == i ? 1 : 0;
    return std::max(1, groups);
}

}  // namespace podbrief::search
