#include "core/briefs/rank.hpp"

#include <gtest/gtest.h>

#include "tests/core/briefs/compose_support.hpp"

namespace podbrief::briefs {
namespace {

struct OneRanked : Reason {
    double score = 0;
};

// How the only insight of a library does.
OneRanked rank(const Library& library, const Profile& profile, const std::vector<Taste>& tastes) {
    const ComposeInput input = library.input(profile);
    const Ranking ranking(*input.pool, input.topics, profile, tastes, now);
    OneRanked ranked;
    static_cast<Reason&>(ranked) = ranking.reason(0);
    ranked.score = ranking[0].score;
    return ranked;
}

TEST(Rank, MultipliesInterestQualityAndFreshness) {
    Library library;
    Known& candidate = library.add(1, {}, 0.5f);
    candidate.topic_relevance["chips"] = 0.8;
    candidate.insight.published_at = now - 96h;
    const OneRanked ranked = rank(library, following("chips"), {});
    EXPECT_DOUBLE_EQ(ranked.interest, 0.8);
    EXPECT_DOUBLE_EQ(ranked.quality, 0.5);
    EXPECT_DOUBLE_EQ(ranked.freshness, 0.5);
    EXPECT_DOUBLE_EQ(ranked.score, (0.2 + 0.8) * 0.5 * 0.5);
}

TEST(Rank, NamesWhatMatchedBest) {
    Library library;
    Known& candidate = library.add(4);
    candidate.insight.speaker = "Zoe Baker";
    candidate.topic_relevance["chips"] = 0.5;
    Profile profile = following("chips");
    EXPECT_EQ(rank(library, profile, {}).matched, "chips");
    profile.shows = {PodcastId{4}};
    EXPECT_EQ(rank(library, profile, {}).matched, "Show 4");
    profile.persons = {"Zoë Baker"};
    EXPECT_EQ(rank(library, profile, {}).matched, "Zoë Baker");
}

Taste taste(bool liked, const char* text, WallTime at = now) {
    Taste taste;
    taste.liked = liked;
    taste.stems = text::unique_stems(text);
    taste.at = at;
    return taste;
}

TEST(Rank, LikesPullAndDislikesPushDown) {
    Library library;
    library.add(1, "Export controls slow chip makers because tools are missing");
    const Profile profile = following("energy");
    const OneRanked plain = rank(library, profile, {});
    const OneRanked liked = rank(library, profile, {taste(true, "Export controls hurt chip makers")});
    const OneRanked disliked = rank(library, profile, {taste(false, "Export controls hurt chip makers")});
    EXPECT_GT(liked.score, plain.score);
    EXPECT_GT(liked.liked, 0);
    EXPECT_EQ(liked.matched, "what you liked");
    EXPECT_LT(disliked.score, plain.score);
    EXPECT_GT(disliked.against, 0);
    EXPECT_LT(disliked.interest, 0);
}

TEST(Rank, LikesOfLongAgoCountLess) {
    Library library;
    library.add(1, "Export controls slow chip makers because tools are missing");
    const char* text = "Export controls hurt chip makers";
    const Profile profile = following("energy");
    const double today = rank(library, profile, {taste(true, text)}).liked;
    const double month_ago = rank(library, profile, {taste(true, text, now - 24h * 30)}).liked;
    EXPECT_LT(month_ago, today);
    EXPECT_GT(month_ago, 0);
    EXPECT_EQ(rank(library, profile, {taste(true, text, now - 24h * 400)}).liked, 0);
}

TEST(Rank, LikingOneInsightSpeaksForOthersOfItsEpisode) {
    Library library;
    library.add(1, "Export controls slow chip makers because tools are missing").insight.episode = EpisodeId{7};
    library.add(1, "Wafer inspection happens twice a shift").insight.episode = EpisodeId{7};
    library.add(1, "Harvest festivals return to the valley").insight.episode = EpisodeId{8};
    ComposeInput input = library.input();
    const std::vector<Taste> tastes = {taste(true, "Export controls hurt chip makers")};
    const Ranking ranking(*input.pool, input.topics, {}, tastes, now);
    EXPECT_GT(ranking[0].liked, ranking[1].liked);
    EXPECT_GT(ranking[1].liked, 0);
    EXPECT_EQ(ranking[2].liked, 0);
}

TEST(Rank, TellsTheWeightOfWhatMatched) {
    Library library;
    library.add(1).topic_relevance["chips"] = 1;
    Profile profile = following("chips");
    profile.learnt["chips"] = {0.5, now};
    EXPECT_EQ(rank(library, profile, {}).weight, 1.5);
    EXPECT_DOUBLE_EQ(rank(library, profile, {}).interest, 1.25) << "beyond 1 a weight counts half";
    profile.learnt["chips"] = {0.5, now - 24h * 30};
    EXPECT_DOUBLE_EQ(rank(library, profile, {}).weight, 1.25);
}

TEST(Rank, WhatWasOnlyLearntHoldsForInsightsOfThatVeryTopic) {
    Library library;
    library.add(1).topic_relevance["chips"] = 1;
    library.add(2).insight.topics = {"chips"};
    Profile profile;
    profile.learnt["chips"] = {1, now};
    const ComposeInput input = library.input(profile);
    const Ranking learnt(*input.pool, input.topics, profile, {}, now);
    EXPECT_FALSE(learnt[0].matched);
    EXPECT_TRUE(learnt[1].matched);
    const Profile said = following("chips");
    const Ranking followed(*input.pool, input.topics, said, {}, now);
    EXPECT_TRUE(followed[0].matched);
}

TEST(Rank, NegativeWeightsPushDown) {
    Library library;
    library.add(1).topic_relevance["gossip"] = 1;
    Profile profile;
    const double plain = rank(library, profile, {}).score;
    profile.topics["gossip"] = -0.5;
    EXPECT_LT(rank(library, profile, {}).score, plain);
    EXPECT_DOUBLE_EQ(rank(library, profile, {}).against, 0.5);
}

TEST(Freshness, HalvesEveryFourDaysAndNeverReachesNothing) {
    EXPECT_DOUBLE_EQ(freshness(now, now), 1);
    EXPECT_DOUBLE_EQ(freshness(now + 5h, now), 1) << "dates of the future are now";
    EXPECT_NEAR(freshness(now - 96h, now), 0.5, 1e-9);
    EXPECT_NEAR(freshness(now - 192h, now), 0.25, 1e-9);
    EXPECT_DOUBLE_EQ(freshness(now - 24h * 3000, now), least_freshness);
}

}  // namespace
}  // namespace podbrief::briefs
