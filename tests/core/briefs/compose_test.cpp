#include "core/briefs/compose.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/briefs/compose_support.hpp"

namespace podbrief::briefs {
namespace {

std::vector<std::int64_t> ids(const Brief& brief) {
    std::vector<std::int64_t> ids;
    for (const BriefItem& item : brief.items) ids.push_back(item.insight.value);
    return ids;
}

TEST(Brief, TakesTheBestFive) {
    Library library;
    for (int i = 0; i < 9; ++i) library.add(i, {}, 0.4f + 0.05f * static_cast<float>(i));
    const Brief brief = compose(library.input());
    EXPECT_EQ(ids(brief), (std::vector<std::int64_t>{9, 8, 7, 6, 5}));
    EXPECT_EQ(brief.note, "");
    EXPECT_EQ(brief.local_date, "2026-03-12");
    EXPECT_EQ(brief.composed_at, now);
}

TEST(Brief, IsTheSameForTheSameInput) {
    Library library;
    for (int i = 0; i < 40; ++i) library.add(i % 7, {}, 0.5f);
    EXPECT_EQ(compose(library.input()), compose(library.input()));
}

TEST(Brief, HasAtMostTwoOfOneShow) {
    Library library;
    for (int i = 0; i < 10; ++i) library.add(1, {}, 0.9f);
    library.add(2, {}, 0.4f);
    const Brief brief = compose(library.input());
    EXPECT_EQ(brief.items.size(), 3u);
    EXPECT_EQ(brief.note, "Three today instead of five: nothing else new was good enough to send.");
}

TEST(Brief, PutsWhatTheReaderFollowsFirst) {
    Library library;
    for (int i = 0; i < 6; ++i) library.add(i, {}, 0.9f);
    library.add(7, {}, 0.5f).topic_relevance["chips"] = 1;
    const Brief brief = compose(library.input(following("chips")));
    ASSERT_FALSE(brief.items.empty());
    EXPECT_EQ(brief.items.front().insight, InsightId{7});
    EXPECT_EQ(brief.items.front().reason.matched, "chips");
    EXPECT_FALSE(brief.items.front().reason.outside_bubble);
}

TEST(Brief, KeepsOneLabelledSlotForSomethingElse) {
    Library library;
    for (int i = 0; i < 8; ++i) library.add(i, {}, 0.5f).topic_relevance["chips"] = 1;
    for (int i = 10; i < 14; ++i) library.add(i, {}, 0.9f);
    const Brief brief = compose(library.input(following("chips")));
    ASSERT_EQ(brief.items.size(), 5u);
    std::size_t outside = 0;
    for (const BriefItem& item : brief.items) outside += item.reason.outside_bubble ? 1 : 0;
    EXPECT_EQ(outside, 1u);
    EXPECT_TRUE(brief.items.back().reason.outside_bubble);
    EXPECT_EQ(brief.items.back().reason.matched, "");
}

TEST(Brief, HasNoOutsideSlotForAReaderWhoFollowsNothingOrWithFewCandidates) {
    Library library;
    for (int i = 0; i < 4; ++i) library.add(i);
    for (const BriefItem& item : compose(library.input()).items) EXPECT_FALSE(item.reason.outside_bubble);

    const Brief few = compose(library.input(following("chips")));
    EXPECT_TRUE(few.items.empty());
    EXPECT_EQ(few.note,
              "Nothing new on what you follow today: what there is was in your briefs before or is not good enough to "
              "send.");
}

TEST(Brief, FillsTheOutsideSlotWithAMatchWhenThereIsNothingElse) {
    Library library;
    for (int i = 0; i < 8; ++i) library.add(i).topic_relevance["chips"] = 1;
    EXPECT_EQ(compose(library.input(following("chips"))).items.size(), 5u);
}

TEST(Brief, SaysPlainlyWhenThereIsNothing) {
    EXPECT_EQ(compose(Library{}.input()).note,
              "Nothing to send yet: no episode has been read so far. Insights come with the first ones.");
    Library poor;
    poor.add(1, {}, 0.1f);
    const Brief brief = compose(poor.input());
    EXPECT_TRUE(brief.items.empty());
    EXPECT_NE(brief.note, "");
}

TEST(Brief, LeavesOutWhatIsMuted) {
    Library library;
    library.add(1);
    library.add(2).topic_relevance["gossip"] = 1;
    library.add(3);
    library.add(4).insight.topics = {"gossip"};
    library.add(5).topic_relevance["gossip"] = 0.5;
    Profile profile;
    profile.muted_topics = {"gossip"};
    profile.muted_shows = {PodcastId{3}};
    const auto chosen = ids(compose(library.input(profile)));
    EXPECT_EQ(std::set(chosen.begin(), chosen.end()), (std::set<std::int64_t>{1, 5}));
}

TEST(Brief, DoesNotBringTheSameClaimAgainUnlessItsSourcesGrew) {
    const struct {
        const char* name;
        int sources_then;
        int sources_now;
        bool back;
    } cases[] = {
        {"the same", 1, 1, false},
        {"one more independent source", 1, 2, true},
        {"fewer than before", 3, 2, false},
        {"not known how many there were", 0, 4, false},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        Library library;
        Known& candidate = library.add(1);
        candidate.sources = c.sources_now;
        ComposeInput input = library.input();
        input.sent.push_back({candidate.insight.cluster, candidate.stems, c.sources_then});
        const Brief brief = compose(input);
        ASSERT_EQ(brief.items.size(), c.back ? 1u : 0u);
        if (c.back) {
            EXPECT_TRUE(brief.items.front().reason.update);
            EXPECT_EQ(brief.items.front().sources, c.sources_now);
        }
    }
}

TEST(Brief, CountsTheSourcesOfTheLatestTimeAClaimWasSent) {
    Library library;
    Known& candidate = library.add(1);
    candidate.sources = 2;
    ComposeInput input = library.input();
    input.sent.push_back({candidate.insight.cluster, {}, 2});
    input.sent.push_back({candidate.insight.cluster, {}, 1});
    EXPECT_TRUE(compose(input).items.empty());
}

TEST(Brief, DoesNotBringTheSameIdeaInAnotherCluster) {
    Library library;
    library.add(1, "Export controls slow chip makers because tools are missing");
    ComposeInput input = library.input();
    input.sent.push_back(
        {ClaimClusterId{77}, text::unique_stems("Export controls slowed chip makers because tools were missing"), 1});
    EXPECT_TRUE(compose(input).items.empty());
}

TEST(Brief, ShowsOneOfEachClaimAndNoTwoThatSayNearlyTheSame) {
    Library library;
    library.add(1).insight.cluster = ClaimClusterId{5};
    library.add(2).insight.cluster = ClaimClusterId{5};
    library.add(3, "Export controls slow chip makers because tools are missing");
    library.add(4, "Export controls slowed chip makers because tools were missing");
    EXPECT_EQ(compose(library.input()).items.size(), 2u);
}

TEST(Brief, PrefersAnotherSubjectToASecondOnTheSame) {
    Library library;
    auto on = [&](std::int64_t show, const char* topic, float quality) {
        library.add(show, {}, quality).insight.topics = {topic};
    };
    for (int show = 1; show <= 6; ++show) on(show, "chips", 0.70f);
    on(7, "energy", 0.60f);
    on(8, "housing", 0.55f);
    std::set<std::string> subjects;
    const Brief brief = compose(library.input());
    for (const BriefItem& item : brief.items) subjects.insert(library.of(item).topics.front());
    EXPECT_EQ(subjects, (std::set<std::string>{"chips", "energy", "housing"}));
}

TEST(Brief, GivesRareShowsAFairChance) {
    Library library;
    for (int i = 0; i < 60; ++i) library.add(1, {}, 0.60f);
    library.add(2, {}, 0.57f);
    const Brief brief = compose(library.input());
    ASSERT_FALSE(brief.items.empty());
    EXPECT_EQ(library.of(brief.items.front()).podcast, PodcastId{2});
    EXPECT_GT(brief.items.front().reason.fairness, 1);
    EXPECT_LT(brief.items.at(1).reason.fairness, 1);
}

TEST(Brief, BringsNothingThatLeansAgainstTheReader) {
    Library library;
    for (int i = 0; i < 6; ++i) library.add(i);
    Known& disliked = library.add(9, {}, 1.0f);
    disliked.topic_relevance["gossip"] = 1;
    Profile profile;
    profile.topics["gossip"] = -1.5;
    for (const BriefItem& item : compose(library.input(profile)).items) EXPECT_NE(item.insight, disliked.insight.id);
}

TEST(Brief, OnlyPushesDownWhatLeansALittleAgainstTheReader) {
    Library library;
    library.add(1).insight.topics = {"gossip"};
    Profile profile;
    profile.topics["gossip"] = -0.25;
    profile.topics["tea"] = 1;
    for (int i = 2; i < 8; ++i) library.add(i).topic_relevance["tea"] = 1;
    for (const BriefItem& item : compose(library.input(profile)).items) {
        if (item.insight == InsightId{1}) {
            EXPECT_TRUE(item.reason.outside_bubble);
        }
    }
    profile.topics.erase("tea");
    Library alone;
    alone.add(1).insight.topics = {"gossip"};
    EXPECT_EQ(compose(alone.input(profile)).items.size(), 1u);
    profile.topics["gossip"] = -1.5;
    EXPECT_TRUE(compose(alone.input(profile)).items.empty());
}

TEST(Brief, IsFullForAReaderWhoOnlyLikedThings) {
    Library library;
    for (int i = 0; i < 8; ++i) library.add(i);
    ComposeInput input = library.input();
    input.tastes.push_back({true, {}, library.candidates[6].stems, now});
    const Brief brief = compose(input);
    ASSERT_EQ(brief.items.size(), 5u);
    EXPECT_EQ(brief.items.front().insight, InsightId{7});
    for (const BriefItem& item : brief.items) EXPECT_FALSE(item.reason.outside_bubble);
}

TEST(Brief, BringsAClaimBackWhenItHasBeenDisputedSince) {
    Library library;
    Known& candidate = library.add(1);
    candidate.insight.published_at = now - 24h * 8;
    ComposeInput input = library.input();
    input.sent.push_back({candidate.insight.cluster, candidate.stems, 1});
    EXPECT_TRUE(compose(input).items.empty());
    input.disputed[input.pool->claim(candidate.insight.cluster)] = {"Zoe Baker in Show 9", now};
    const Brief brief = compose(input);
    ASSERT_EQ(brief.items.size(), 1u);
    EXPECT_EQ(brief.items.front().reason.disputed_by, "Zoe Baker in Show 9");
    EXPECT_FALSE(brief.items.front().reason.update);
    EXPECT_EQ(brief.items.front().reason.freshness, 1) << "what is new about it is the dispute";
    EXPECT_NEAR(brief.items.front().score, 1.2 * 0.6, 1e-6);
}

TEST(Brief, TellsNothingOfADisputeAboutWhatTheReaderNeverHad) {
    Library library;
    Known& candidate = library.add(1);
    ComposeInput input = library.input();
    input.disputed[input.pool->claim(candidate.insight.cluster)] = {"Zoe Baker in Show 9", now};
    EXPECT_EQ(compose(input).items.front().reason.disputed_by, "");
}

TEST(Brief, BringsNoClaimTheReaderWantedLessOf) {
    Library library;
    const ClaimClusterId cluster = library.add(1).insight.cluster;
    ComposeInput input = library.input();
    input.tastes.push_back({false, cluster, {}, now});
    EXPECT_TRUE(compose(input).items.empty());
}

TEST(Brief, LeavesOutSupersededInsights) {
    Library library;
    library.add(1).insight.superseded = true;
    EXPECT_TRUE(compose(library.input()).items.empty());
}

TEST(Compose, NewsOfAWatchedTopicComesFirstAndIsLabelled) {
    Library library;
    for (int i = 0; i < 8; ++i) library.add(i + 1, {}, 0.9f).topic_relevance["chips"] = 1;
    library.add(20, {}, 0.35f).topic_relevance["kilns"] = 0.7;
    library.add(21, {}, 0.4f).topic_relevance["kilns"] = 0.7;
    Profile profile = following("chips");
    profile.watches = {{"kilns", InsightId{9}}};
    const Brief brief = compose(library.input(profile));
    ASSERT_EQ(brief.items.size(), 5U);
    EXPECT_EQ(brief.items[0].insight, InsightId{10});  // 9 was there when it was asked for
    EXPECT_EQ(brief.items[0].reason.watched, "kilns");
    for (std::size_t i = 1; i < 5; ++i) EXPECT_EQ(brief.items[i].reason.watched, "");
}

TEST(Compose, WatchedTopicsTakeTwoPlacesAtMost) {
    Library library;
    Profile profile;
    for (int i = 0; i < 6; ++i) {
        const std::string topic = "topic " + std::to_string(i);
        library.add(i + 1).topic_relevance[topic] = 1;
        if (i < 4) profile.watches.push_back({topic, {}});
    }
    const Brief brief = compose(library.input(profile));
    int watched = 0;
    for (const BriefItem& item : brief.items) watched += item.reason.watched.empty() ? 0 : 1;
    EXPECT_EQ(watched, 2);
    EXPECT_EQ(brief.items.size(), 5U);
}

TEST(Compose, NewsOfAWatchedTopicThatWasSentIsNotSentAgain) {
    Library library;
    library.add(1).topic_relevance["kilns"] = 1;
    library.add(2);
    Profile profile;
    profile.watches = {{"kilns", {}}};
    ComposeInput input = library.input(profile);
    SentIdea sent;
    sent.cluster = library.candidates[0].insight.cluster;
    sent.stems = library.candidates[0].stems;
    sent.sources = 1;
    input.sent.push_back(sent);
    EXPECT_EQ(ids(compose(input)), std::vector<std::int64_t>{2});
}

}  // namespace
}  // namespace podbrief::briefs
