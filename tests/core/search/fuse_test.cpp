#include "core/search/fuse.hpp"

#include <gtest/gtest.h>

#include "core/text/words.hpp"
#include "tests/core/search/library.hpp"
#include "tests/core/search/vector_file.hpp"

namespace podbrief::search {
namespace {

using Ids = std::vector<std::int64_t>;

// Words with meanings made for these tests: "tea" and "char" mean the same, "pot" lies at a right angle to them.
class FuseTest : public ::testing::Test {
protected:
    std::vector<SearchHit> hits(const char* text, const Fusion& weights = {}) {
        const index::MemoryIndex& index = library_.index();
        SearchQuery query;
        for (const std::string& stem : text::stems(text)) {
            query.terms.push_back({stem, 1, static_cast<int>(query.terms.size())});
        }
        return fuse(index, query, index.search(query, 100), index.vector_of_text(text), weights);
    }
    Ids ids(const char* text, const Fusion& weights = {}) {
        Ids found;
        for (const SearchHit& hit : hits(text, weights)) found.push_back(hit.insight.value);
        return found;
    }

    const std::string file_ = VectorFile(3)
                                  .add("tea", {100, 0, 0})
                                  .add("char", {98, 20, 0})
                                  .add("leaf", {60, 0, 0})
                                  .add("pot", {0, 100, 0})
                                  .add("rocket", {0, 0, 100})
                                  .bytes();
    const AveragedWords vectors_{file_};
    Library library_{&vectors_};
};

TEST_F(FuseTest, WithoutAVectorItIsTheRankingByWordsWithoutWhatHoldsTooFew) {
    library_.add("wind wind");
    library_.add("wind water earth fire");
    library_.add("storm");
    EXPECT_EQ(ids("wind"), (Ids{1, 2}));
    EXPECT_EQ(ids("wind hail snow"), Ids{}) << "a third of the query";
}

TEST_F(FuseTest, WhatIsNearEnoughNeedsNoWords) {
    library_.add("tea");
    library_.add("rocket");
    library_.add("tea rocket rocket");
    EXPECT_EQ(ids("char"), Ids{1});
    const std::vector<SearchHit> found = hits("char");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].coverage, 0) << "it holds none of the words";
}

TEST_F(FuseTest, WhatIsNearToTheFirstHitsStandsBehindThem) {
    library_.add("tea pot");
    library_.add("tea pot pot");
    library_.add("leaf pot pot");
    library_.add("rocket");
    EXPECT_EQ(ids("tea"), (Ids{1, 2, 3}));
    Fusion no_feedback;
    no_feedback.first_hits = 0;
    EXPECT_EQ(ids("tea", no_feedback), (Ids{1, 2}));
}

TEST_F(FuseTest, FirstHitsThatHoldNoWordsDrawNothingAfterThem) {
    library_.add("tea");
    library_.add("tea pot");
    library_.add("leaf pot");
    EXPECT_EQ(ids("char"), (Ids{1, 2})) << "both are near enough by themselves; what is near to them only is not shown";
}

TEST_F(FuseTest, MeaningLiftsTheNearerOfTwoThatHoldTheWordsAlike) {
    library_.add("tea rocket");
    library_.add("tea char");
    library_.add("tea rocket");
    EXPECT_EQ(ids("tea"), (Ids{2, 3, 1}));
}

TEST_F(FuseTest, APartOfTheWordsInAnotherSenseIsNotEnough) {
    library_.add("rocket wind");
    library_.add("rocket wind storm");
    library_.add("tea wind");
    EXPECT_EQ(ids("tea wind storm"), (Ids{3})) << "the second holds two of three words, but means something else";
    library_.add("rocket tea wind storm");
    EXPECT_EQ(ids("tea wind storm"), (Ids{4, 3})) << "what holds all the words needs no nearness";
}

TEST_F(FuseTest, FiltersHoldForWhatIsFoundByMeaningToo) {
    library_.add("tea");
    library_.add("tea").podcast = {2};
    const index::MemoryIndex& index = library_.index();
    SearchQuery query;
    query.podcast = PodcastId{2};
    const std::vector<SearchHit> found = fuse(index, query, {}, index.vector_of_text("char"), {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].insight.value, 2);
}

}  // namespace
}  // namespace podbrief::search
