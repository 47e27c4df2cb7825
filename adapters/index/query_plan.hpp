#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "adapters/index/documents.hpp"
#include "adapters/index/impacts.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::index {

// What is searched.
struct Library {
    const Vocabulary& vocabulary;
    const Documents& documents;
    const ListsByTerm<ImpactList>& postings;
};

// A query with its words looked up. Reads at most most_terms of them.
struct QueryPlan {
    struct Term {
        TermId term;          // no_term: an alternative, of several words
        std::uint32_t group;  // index into groups
        std::uint32_t worth;  // scoring.hpp
        const ImpactList* list;
    };
    struct Group {
        int number;              // as the query gives it
        std::uint32_t full = 0;  // what its weightiest word is worth, be it known or not
        std::size_t first = 0;   // of its terms, and past them
        std::size_t last = 0;
    };
    // Groups that follow each other, and what their standing near each other is worth.
    struct Pair {
        std::uint32_t left;
        std::uint32_t right;
        std::uint32_t weight;
    };
    struct PhraseWord {
        TermId term;
        unsigned place;
    };

    QueryPlan(const Library& library, const SearchQuery& query);
    QueryPlan(const QueryPlan&) = delete;
    QueryPlan& operator=(const QueryPlan&) = delete;

    // Marks of the groups that an insight holds: one bit each, those beyond the seventh share the last.
    static std::uint8_t mark_of(std::uint32_t group) { return static_cast<std::uint8_t>(1U << std::min(group, 7U)); }
    // How near the words of an insight with these marks may stand, at the most (scoring.hpp).
    std::uint32_t most_nearness(std::uint8_t marks) const;

    std::vector<Term> terms;             // by group
    std::vector<ImpactList> together;    // who holds all words of an alternative, and what the least of them is worth
    std::vector<Group> groups;           // in the order of the query
    std::vector<std::size_t> by_number;  // indices into terms, by TermId: the order of an insight's terms
    std::vector<Pair> pairs;             // none unless the query was typed
    std::uint64_t pairs_weight = 0;
    std::uint64_t full_cover = 0;
    std::vector<std::vector<PhraseWord>> phrases;
    bool has_unknown_phrase = false;  // nobody says one of its words: nothing can be found

private:
    void read_terms(const Library& library, const SearchQuery& query);
    void read_alternatives(const Library& library, const SearchQuery& query);
    void read_phrases(const Library& library, const SearchQuery& query);
    void pair_neighbours();
};

}  // namespace podbrief::index
