#include "adapters/index/places.hpp"

#include <algorithm>

#include "adapters/index/scoring.hpp"

namespace podbrief::index {
namespace {

std::uint32_t distance(std::uint32_t a, std::uint32_t b) {
    return a > b ? a - b : b - a;
}

using PhraseWords = std::vector<QueryPlan::PhraseWord>;

bool stands_in(const std::vector<Places>& places, const PhraseWords& words) {
    bool found = false;
    places.front().for_each([&](std::uint32_t begin) {
        bool here = true;
        for (std::size_t i = 1; i < words.size() && here; ++i) here = places[i].contain(begin + words[i].place);
        found = found || here;
    });
    return found;
}

}  // namespace

PlacesOfQuery::PlacesOfQuery(const Documents& documents, const QueryPlan& plan)
    : documents_(documents), plan_(plan), of_group_(plan.groups.size()) {}

std::uint32_t PlacesOfQuery::nearness(Document document) {
    if (plan_.pairs.empty()) return 0;
    for (auto& places : of_group_) places.clear();
    auto wanted = plan_.by_number.begin();
    const auto end = plan_.by_number.end();
    documents_.for_each_term(document, [&](const DocumentTerm& held) {
        while (wanted != end && plan_.terms[*wanted].term < held.term) ++wanted;
        for (; wanted != end && plan_.terms[*wanted].term == held.term; ++wanted) {
            auto& places = of_group_[plan_.terms[*wanted].group];
            held.claim.for_each([&](std::uint32_t place) { places.push_back(place); });
        }
        return wanted != end;
    });
    std::uint64_t sum = 0;
    for (const QueryPlan::Pair& pair : plan_.pairs) {
        std::uint32_t best = 0;
        for (const std::uint32_t left : of_group_[pair.left]) {
            for (const std::uint32_t right : of_group_[pair.right]) {
                best = std::max(best, closeness(distance(left, right)));
            }
        }
        sum += std::uint64_t{best} * pair.weight;
    }
    return static_cast<std::uint32_t>(sum / plan_.pairs_weight);
}

bool PlacesOfQuery::holds_phrases(Document document) {
    return std::all_of(plan_.phrases.begin(), plan_.phrases.end(), [&](const PhraseWords& words) {
        in_claim_.assign(words.size(), Places());
        in_quote_.assign(words.size(), Places());
        std::size_t missing = words.size();
        documents_.for_each_term(document, [&](const DocumentTerm& held) {
            for (std::size_t i = 0; i < words.size(); ++i) {
                if (words[i].term != held.term) continue;
                in_claim_[i] = held.claim;
                in_quote_[i] = held.quote;
                --missing;
            }
            return missing > 0;
        });
        return stands_in(in_claim_, words) || stands_in(in_quote_, words);
    });
}

}  // namespace podbrief::index
