#include "core/search/balance.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/search/library.hpp"

namespace podbrief::search {
namespace {

std::vector<Candidate> candidates_of(const Library& library) {
    std::vector<Candidate> candidates;
    for (const Insight& one : library.all()) {
        candidates.push_back({one, 100.0 - static_cast<double>(one.id.value), {}});
    }
    return candidates;
}

Library debate() {
    Library library;
    library.add("Chip export controls work: they slow rivals by years.");
    library.add("Chip export controls are effective and deter smugglers.");
    library.add("Chip export controls protect security.");
    library.add("Chip export controls have backfired.");
    library.add("Chip export controls hurt American firms and destroy jobs.");
    library.add("Chip export controls cover parts above a certain speed.");
    library.add("Chip export controls are administered by a bureau in Washington.");
    return library;
}

std::string labels(const std::vector<Candidate>& items) {
    std::string all;
    for (const Candidate& item : items) {
        all += !item.relation.relation                         ? '-'
               : *item.relation.relation == Relation::supports ? 'S'
               : *item.relation.relation == Relation::disputes ? 'D'
                                                               : 'C';
    }
    return all;
}

TEST(Balance, AlternatesTheSidesWhileThereAreSome) {
    const BalancedViews views = balance("chip export controls", candidates_of(debate()), 7);
    EXPECT_EQ(labels(views.items), "SDCSDCS");
    EXPECT_TRUE(views.both_sides);
}

TEST(Balance, ShowsTheOtherSideWithinTwoEvenWhereItMatchesWorst) {
    Library library;
    for (int i = 0; i < 10; ++i)
        library.add("Chip export controls are effective, study " + std::to_string(i) + " says.");
    library.add("Chip export controls have backfired.");
    const BalancedViews views = balance("chip export controls", candidates_of(library), 2);
    EXPECT_EQ(labels(views.items), "SD");
}

TEST(Balance, SaysWhenThereIsNoOpposingView) {
    Library library;
    library.add("Chip export controls are effective.");
    library.add("Chip export controls cover parts above a certain speed.");
    const BalancedViews views = balance("chip export controls", candidates_of(library), 5);
    EXPECT_FALSE(views.both_sides);
    EXPECT_EQ(views.items.size(), 2U);
    EXPECT_FALSE(balance("chip export controls", {}, 5).both_sides);
}

TEST(Balance, TakesEachViewFromAnotherEpisodeWhileOthersRemain) {
    Library library = debate();
    std::vector<Candidate> candidates = candidates_of(library);
    for (Candidate& one : candidates) one.insight.episode = {one.insight.id.value <= 5 ? 1 : one.insight.id.value};
    const BalancedViews views = balance("chip export controls", candidates, 7);
    ASSERT_EQ(views.items.size(), 7U);
    std::set<EpisodeId> first_three;
    for (int i = 0; i < 3; ++i) first_three.insert(views.items[static_cast<std::size_t>(i)].insight.episode);
    EXPECT_EQ(first_three.size(), 3U);
}

TEST(Balance, ShowsAClusterOnceAndNeverTheHead) {
    Library library = debate();
    std::vector<Candidate> candidates = candidates_of(library);
    candidates[1].insight.cluster = candidates[0].insight.cluster;
    EXPECT_EQ(balance("chip export controls", candidates, 10).items.size(), 6U);
    const BalancedViews views = balance(library[1], candidates, 10);
    EXPECT_EQ(views.items.size(), 5U);
    for (const Candidate& item : views.items) EXPECT_NE(item.insight.cluster, library[1].cluster);
}

TEST(Against, GivesOnlyWhatDisputesTheHead) {
    const Library library = debate();
    const Opposition opposition = against(library[1], candidates_of(library), 10);
    EXPECT_FALSE(opposition.by_stance_only);
    EXPECT_EQ(labels(opposition.items), "DD");
    EXPECT_EQ(against(library[1], candidates_of(library), 1).items.size(), 1U);
}

TEST(Against, FallsBackToTheOppositeStanceOnASharedTopic) {
    Library library;
    library.add("Meal kits work.", {"cooking"});
    library.add("Delivered recipes backfired.", {"cooking"});
    library.add("Trams backfired.", {"traffic"});
    const Opposition opposition = against(library[1], candidates_of(library), 10);
    EXPECT_TRUE(opposition.by_stance_only);
    ASSERT_EQ(opposition.items.size(), 1U);
    EXPECT_EQ(opposition.items[0].insight.id.value, 2);
}

TEST(Against, IsEmptyWhereNobodyDisagrees) {
    Library library;
    library.add("Trams work.", {"traffic"});
    library.add("Trams are effective in dense towns.", {"traffic"});
    const Opposition opposition = against(library[1], candidates_of(library), 10);
    EXPECT_TRUE(opposition.items.empty());
    EXPECT_FALSE(opposition.by_stance_only);
}

TEST(Disagreement, ListsTheTwoSides) {
    const Disagreement both = disagreement("chip export controls", candidates_of(debate()), 2);
    EXPECT_EQ(labels(both.supporting), "SS");
    EXPECT_EQ(labels(both.disputing), "DD");
    EXPECT_TRUE(disagreement("gardening", candidates_of(debate()), 2).supporting.empty());
}

}  // namespace
}  // namespace podbrief::search
