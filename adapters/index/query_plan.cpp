#include "adapters/index/query_plan.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "adapters/index/scoring.hpp"

namespace podbrief::index {

namespace {

// Who holds every word, with what the least of them is worth there.
ImpactList held_together(const Library& library, const std::vector<std::string>& stems) {
    std::vector<const ImpactList*> lists;
    for (const std::string& stem : stems) {
        const TermId term = library.vocabulary.find(stem);
        if (term == no_term || library.vocabulary[term].insights == 0) return {};
        lists.push_back(&library.postings[term]);
    }
    ImpactList together;
    if (lists.empty()) return together;
    std::sort(lists.begin(), lists.end(), [](auto* a, auto* b) { return a->size() < b->size(); });
    std::vector<std::size_t> read(lists.size(), 0);
    for (const std::uint32_t packed : lists.front()->entries()) {
        const Document document = ImpactList::document(packed);
        std::uint32_t least = ImpactList::impact(packed);
        bool all = !library.documents[document].erased;
        for (std::size_t l = 1; l < lists.size() && all; ++l) {
            const ImpactList& list = *lists[l];
            read[l] = list.find(document, read[l], list.size());
            all = read[l] < list.size() && ImpactList::document(list[read[l]]) == document;
            if (all) least = std::min(least, ImpactList::impact(list[read[l]]));
        }
        if (all) together.add(document, static_cast<std::uint8_t>(least));
    }
    return together;
}

}  // namespace

QueryPlan::QueryPlan(const Library& library, const SearchQuery& query) {
    read_alternatives(library, query);
    read_terms(library, query);
    read_phrases(library, query);
    if (query.typed) pair_neighbours();
}

void QueryPlan::read_alternatives(const Library& library, const SearchQuery& query) {
    const std::size_t count = std::min(most_alternatives, query.alternatives.size());
    for (const QueryAlternative& wanted : std::span(query.alternatives).first(count)) {
        together.push_back(wanted.weight > 0 ? held_together(library, wanted.stems) : ImpactList());
    }
}

void QueryPlan::read_terms(const Library& library, const SearchQuery& query) {
    struct Known {
        TermId term;
        double weight;
        const ImpactList* list;
    };
    struct Gathered {
        double heaviest = 0;
        std::size_t commonest = 0;
        std::vector<Known> terms;
    };
    std::vector<Gathered> gathered;
    for (const QueryTerm& wanted : std::span(query.terms).first(std::min(most_terms, query.terms.size()))) {
        if (!(wanted.weight > 0)) continue;
        const auto same = [&](const Group& group) { return group.number == wanted.group; };
        const auto at = static_cast<std::size_t>(std::find_if(groups.begin(), groups.end(), same) - groups.begin());
        if (at == groups.size()) {
            groups.push_back({.number = wanted.group});
            gathered.emplace_back();
        }
        Gathered& group = gathered[at];
        group.heaviest = std::max(group.heaviest, wanted.weight);
        const TermId term = library.vocabulary.find(wanted.stem);
        if (term == no_term || library.vocabulary[term].insights == 0) continue;  // or held by erased ones only
        group.commonest = std::max<std::size_t>(group.commonest, library.vocabulary[term].insights);
        group.terms.push_back({term, wanted.weight, &library.postings[term]});
    }
    for (std::size_t i = 0; i < together.size(); ++i) {
        const QueryAlternative& wanted = query.alternatives[i];
        const auto same = [&](const Group& group) { return group.number == wanted.group; };
        const auto at = static_cast<std::size_t>(std::find_if(groups.begin(), groups.end(), same) - groups.begin());
        if (at == groups.size() || together[i].empty()) continue;
        gathered[at].heaviest = std::max(gathered[at].heaviest, wanted.weight);
        gathered[at].commonest = std::max(gathered[at].commonest, together[i].size());
        gathered[at].terms.push_back({no_term, wanted.weight, &together[i]});
    }
    for (std::size_t at = 0; at < groups.size(); ++at) {
        Group& group = groups[at];
        const float rare = rarity(gathered[at].commonest, library.documents.live());
        group.full = worth_of(gathered[at].heaviest, rare);
        full_cover += group.full;
        group.first = terms.size();
        for (const Known& one : gathered[at].terms) {
            terms.push_back({one.term, static_cast<std::uint32_t>(at), worth_of(one.weight, rare), one.list});
        }
        group.last = terms.size();
    }
    by_number.resize(terms.size());
    std::iota(by_number.begin(), by_number.end(), std::size_t{0});
    std::sort(by_number.begin(), by_number.end(),
              [this](std::size_t a, std::size_t b) { return terms[a].term < terms[b].term; });
}

void QueryPlan::read_phrases(const Library& library, const SearchQuery& query) {
    for (const QueryPhrase& phrase : query.phrases) {
        if (phrase.words.empty()) continue;
        std::vector<PhraseWord>& words = phrases.emplace_back();
        for (const QueryPhrase::Word& word : phrase.words) {
            const TermId term = library.vocabulary.find(word.stem);
            has_unknown_phrase = has_unknown_phrase || term == no_term || library.vocabulary[term].insights == 0;
            words.push_back({term, word.place});
        }
    }
}

void QueryPlan::pair_neighbours() {
    std::uint32_t before = UINT32_MAX;
    for (std::uint32_t at = 0; at < groups.size(); ++at) {
        if (groups[at].first == groups[at].last) continue;  // a word nobody said parts no others
        if (before != UINT32_MAX) {
            // As telling as the commoner of the two.
            const std::uint32_t weight = std::min(groups[before].full, groups[at].full);
            pairs.push_back({before, at, weight});
            pairs_weight += weight;
        }
        before = at;
    }
}

std::uint32_t QueryPlan::most_nearness(std::uint8_t marks) const {
    const bool of_one_group = (marks & (marks - 1)) == 0 && marks != mark_of(UINT32_MAX);
    if (of_one_group) return 0;
    std::uint64_t sum = 0;
    for (const Pair& pair : pairs) {
        const unsigned both = mark_of(pair.left) | mark_of(pair.right);
        if ((marks & both) == both) sum += std::uint64_t{nearest} * pair.weight;
    }
    return sum == 0 ? 0 : static_cast<std::uint32_t>(sum / pairs_weight);
}

}  // namespace podbrief::index
