#pragma once
#include <gtest/gtest.h>

#include <vector>

#include "core/ports/search_index.hpp"
#include "core/text/words.hpp"
#include "tests/adapters/index/random_library.hpp"

namespace podbrief::index {

// Often one that somebody says.
inline QueryPhrase random_phrase(RandomLibrary& library) {
    Random& random = library.random();
    if (random.below(3) == 0) return {{{"larg", 0}, {"languag", 1}, {"model", 2}}};
    if (random.below(3) == 0) return {{{"artifici", 0}, {"intellig", 1}}};
    if (random.below(3) == 0) return {{{"larg", 0}, {"model", 2}}};
    QueryPhrase phrase{{{text::stem(library.word()), 0}}};
    if (random.below(2) == 0)
        phrase.words.push_back({text::stem(library.word()), 1 + static_cast<unsigned>(random.below(2))});
    return phrase;
}

inline SearchQuery random_query(RandomLibrary& library) {
    Random& random = library.random();
    SearchQuery query;
    // Some have more groups than there are marks for.
    const std::uint64_t groups = random.below(6) == 0 ? 14 : 3;
    const std::size_t terms = 1 + random.below(groups == 3 ? 6 : 20);
    for (std::size_t i = 0; i < terms; ++i) {
        const std::string word = random.below(8) == 0 ? "ai" : random.below(8) == 0 ? "unknownword" : library.word();
        query.terms.push_back({text::stem(word), 0.25 * static_cast<double>(1 + random.below(4)),
                               static_cast<int>(random.below(groups))});
    }
    for (std::size_t i = random.below(4) == 0 ? 1 + random.below(3) : 0; i > 0; --i) {
        const std::vector<std::string> stems = {text::stem(library.word()), text::stem(library.word())};
        query.alternatives.push_back(
            {stems, 0.25 * static_cast<double>(1 + random.below(4)), static_cast<int>(random.below(groups))});
    }
    query.typed = random.below(2) == 0;
    if (random.below(5) == 0) query.phrases.push_back(random_phrase(library));
    if (random.below(3) == 0) query.podcast = PodcastId{static_cast<std::int64_t>(1 + random.below(3))};
    if (random.below(4) == 0) query.speaker = "speaker " + std::to_string(random.below(5));
    if (random.below(4) == 0) query.published_from = from_ms(static_cast<std::int64_t>(random.below(1000)));
    if (random.below(4) == 0) query.published_until = from_ms(static_cast<std::int64_t>(random.below(1000)));
    if (random.below(3) == 0) query.exclude_episodes.push_back({static_cast<std::int64_t>(random.below(20))});
    if (random.below(3) == 0) query.exclude_insights.push_back({static_cast<std::int64_t>(random.below(200))});
    return query;
}

inline void expect_same(const std::vector<SearchHit>& fast, const std::vector<SearchHit>& slow) {
    ASSERT_EQ(fast.size(), slow.size());
    for (std::size_t i = 0; i < fast.size(); ++i) {
        SCOPED_TRACE(i);
        EXPECT_EQ(fast[i].insight, slow[i].insight);
        EXPECT_EQ(fast[i].score, slow[i].score);
        EXPECT_EQ(fast[i].coverage, slow[i].coverage);
        EXPECT_EQ(fast[i].episode, slow[i].episode);
        EXPECT_EQ(fast[i].stance, slow[i].stance);
        EXPECT_EQ(fast[i].negated, slow[i].negated);
        EXPECT_EQ(fast[i].published_at, slow[i].published_at);
    }
}

}  // namespace podbrief::index
