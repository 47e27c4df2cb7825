#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/insight.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// A word of a query as the index knows words: folded and stemmed (core/text/words.hpp).
struct QueryTerm {
    std::string stem;
    double weight = 1;  // 1: typed; less: added by us (synonym, repaired spelling)
    int group = 0;      // terms of one group are ways to say the same thing: the best of them counts
    bool operator==(const QueryTerm&) const = default;
};

// Words that must stand together, in this order, in the claim or in the quote.
struct QueryPhrase {
    struct Word {
        std::string stem;
        unsigned place = 0;  // words between the first one and this, and one more: small words count, whatever they are
        bool operator==(const Word&) const = default;
    };
    std::vector<Word> words;  // by place, the first at 0
    bool operator==(const QueryPhrase&) const = default;
};

// Words that say together what a group says: an insight that holds all of them, wherever, holds the group. For what
// stands behind a short form; one word more is a QueryTerm.
struct QueryAlternative {
    std::vector<std::string> stems;
    double weight = 1;  // as a term's
    int group = 0;      // one that has a term
    bool operator==(const QueryAlternative&) const = default;
};

struct SearchQuery {
    std::vector<QueryTerm> terms;
    std::vector<QueryAlternative> alternatives;  // the first few count
    std::vector<QueryPhrase> phrases;            // an insight must hold all of them
    bool typed = false;  // groups follow each other as in what was typed: neighbours near each other count a bit more
    std::vector<EpisodeId> exclude_episodes;
    std::vector<InsightId> exclude_insights;
    std::optional<PodcastId> podcast;
    std::string speaker;  // folded; empty: any
    std::optional<WallTime> published_from;
    std::optional<WallTime> published_until;  // itself not among them
};

struct SearchHit {
    InsightId insight;
    EpisodeId episode;
    PodcastId podcast;
    ClaimClusterId cluster;
    double score = 0;     // BM25; comparable within one result only
    double coverage = 0;  // 0..1: share of the query's weight (by rarity) that the insight contains
    Stance stance = Stance::neutral;
    bool negated = false;  // the claim denies something: an odd number of "not", "never", "without" and the like
    WallTime published_at{};
};

// A word as the library writes it (folded), and its stem.
struct KnownWord {
    std::string word;
    std::string stem;
    bool operator==(const KnownWord&) const = default;
};

// The words of what was indexed: for mending the spelling of a query and for telling what is known at all.
class KnownWords {
public:
    virtual ~KnownWords() = default;

    // In how many documents a stem occurs.
    virtual std::size_t document_frequency(std::string_view stem) const = 0;
    // Known stems within `distance` edits (1 or 2), more frequent first, at most 5.
    virtual std::vector<std::string> near_stems(std::string_view stem, int distance) const = 0;
    // The same for whole words, because a slip in an ending changes the stem altogether ("regulaton"): known words
    // within `distance` edits of a folded one, nearest first, then the more frequent stem, at most 5. An index that
    // keeps no words gives the stems for words.
    virtual std::vector<KnownWord> near_words(std::string_view folded, int distance) const {
        std::vector<KnownWord> found;
        for (std::string& stem : near_stems(folded, distance)) found.push_back({stem, stem});
        return found;
    }
};

// Insights by meaning: vectors of unit length, all of one model. An index without vectors keeps what stands here.
class VectorIndex {
public:
    virtual ~VectorIndex() = default;

    virtual std::vector<float> vector_of(InsightId) const { return {}; }  // empty: it has none
    // The insights nearest to a vector that pass the filters of `filters` (its terms are not looked at), best first,
    // equal ones by newer id. `score` is the cosine; `coverage` is 0. The last places may not be exact.
    virtual std::vector<SearchHit> nearest(const std::vector<float>&, const SearchQuery& /*filters*/,
                                           std::size_t /*limit*/) const {
        return {};
    }
    // The cosine to each of some insights; 0: it has no vector.
    virtual std::vector<float> similarities(const std::vector<float>&, const std::vector<InsightId>& insights) const {
        return std::vector<float>(insights.size());
    }
};

// The local index over insights: in memory, rebuildable from the store; its documents are insights. Calls do not wait.
// Used by one thread, or read by several while none writes. As a VectorIndex it has the vectors that are built in.
class SearchIndex : public KnownWords, public VectorIndex {
public:
    virtual void put(const Insight& insight, std::string_view show) = 0;  // replaces the one with the same id
    virtual void erase(InsightId id) = 0;                                 // unknown: nothing happens
    virtual std::size_t size() const = 0;
    // Grows with every put, and every erase of something: what was made of the index is stale when it differs.
    virtual std::uint64_t changes() const = 0;

    // Best first; equal scores by newer id.
    virtual std::vector<SearchHit> search(const SearchQuery& query, std::size_t limit) const = 0;

    // The stored words of one insight, for comparing claims: sorted, unique stems; empty when unknown.
    virtual std::vector<std::string> stems_of(InsightId id) const = 0;

    // A text as a vector of the model that the index has built in; empty: nothing in it is known.
    virtual std::vector<float> vector_of_text(std::string_view) const { return {}; }
};

}  // namespace podbrief
