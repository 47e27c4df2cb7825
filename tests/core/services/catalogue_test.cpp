#include "core/services/catalogue.hpp"

#include <gmock/gmock.h>

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class KnownCatalogue : public ::testing::Test {
protected:
    Insight insight(std::int64_t id, std::vector<std::string> topics, std::chrono::hours at = 1h,
                    float quality = 0.5F) {
        Insight made;
        made.id = InsightId{id};
        made.podcast = PodcastId{1 + id % 2};
        made.episode = EpisodeId{id};
        made.cluster = ClaimClusterId{id};
        made.text = "Claim number " + std::to_string(id);
        made.topics = std::move(topics);
        made.published_at = WallTime{} + at;
        made.scores.quality = quality;
        return made;
    }
    void hear(Insight one) { catalogue.heard({++sequence, std::move(one)}); }

    Catalogue catalogue;
    std::int64_t sequence = 0;
};

TEST_F(KnownCatalogue, SingularAndPluralAreOneTopicCalledAsItIsWrittenMostOften) {
    Insight one = insight(1, {"llm"});
    one.text = "One LLM is enough.";
    Insight two = insight(2, {"llms"});
    two.text = "Few trust LLMs.";
    Insight three = insight(3, {"llms", "llm"});
    three.text = "Many use LLMs.";
    hear(one);
    hear(two);
    hear(three);
    ASSERT_EQ(catalogue.topic_count(), 1U);
    const Catalogue::Topic* topic = catalogue.topic("llms");
    ASSERT_NE(topic, nullptr);
    EXPECT_EQ(catalogue.topic("llm"), topic);
    EXPECT_EQ(topic->key, "llm");
    EXPECT_EQ(topic->name, "LLMs");
    EXPECT_THAT(topic->insights, ElementsAre(InsightId{1}, InsightId{2}, InsightId{3}));
}

TEST_F(KnownCatalogue, OneTopicHasOneKeyHoweverItIsSpelt) {
    EXPECT_EQ(Catalogue::key_of("Open Source"), "open-source");
    EXPECT_EQ(Catalogue::key_of("  open-source!  "), "open-source");
    EXPECT_EQ(Catalogue::key_of("Émile's café"), "emiles-cafe");
    EXPECT_EQ(Catalogue::key_of("C++"), "c-plus-plus");
    EXPECT_EQ(Catalogue::key_of("C#"), "c-sharp");
    EXPECT_EQ(Catalogue::key_of("CI/CD"), "ci-cd");
    EXPECT_EQ(Catalogue::key_of("日本 経済"), "日本-経済");
    EXPECT_EQ(Catalogue::key_of("?!"), "");
    EXPECT_EQ(Catalogue::key_of("one two three", 8), "one-two");
    hear(insight(1, {"open source", "Open-Source"}));
    hear(insight(2, {"open-source"}));
    ASSERT_NE(catalogue.topic("open-source"), nullptr);
    EXPECT_EQ(catalogue.topic("open-source")->name, "open source");
    EXPECT_THAT(catalogue.topic("open-source")->insights, ElementsAre(InsightId{1}, InsightId{2}));
    EXPECT_EQ(catalogue.topic_count(), 1U);
}

TEST_F(KnownCatalogue, WhatIsWithdrawnLeavesAllLists) {
    hear(insight(1, {"chips"}));
    hear(insight(2, {"chips", "energy"}));
    EXPECT_EQ(catalogue.removals(), 0U);
    Insight gone = insight(2, {"chips", "energy"});
    gone.superseded = true;
    hear(gone);
    EXPECT_EQ(catalogue.removals(), 1U);
    EXPECT_EQ(catalogue.topic("energy"), nullptr);
    EXPECT_THAT(catalogue.topic("chips")->insights, ElementsAre(InsightId{1}));
    EXPECT_THAT(catalogue.of_show(PodcastId{1}), IsEmpty());
    EXPECT_EQ(catalogue.find(InsightId{2}), nullptr);
    EXPECT_EQ(catalogue.size(), 1U);
    hear(gone);
    EXPECT_EQ(catalogue.removals(), 1U) << "heard twice is gone once";
}

TEST_F(KnownCatalogue, WhatChangedIsKnownAsItIsNow) {
    hear(insight(1, {"chips"}, 1h));
    hear(insight(1, {"energy"}, 5h));
    EXPECT_EQ(catalogue.topic("chips"), nullptr);
    EXPECT_THAT(catalogue.topic("energy")->insights, ElementsAre(InsightId{1}));
    EXPECT_EQ(catalogue.newest_at(), WallTime{} + 5h);
    EXPECT_EQ(catalogue.removals(), 1U);
}

TEST_F(KnownCatalogue, TheBestAreOfDifferentEpisodesAndClaims) {
    hear(insight(1, {}, 10h, 0.9F));
    Insight same_episode = insight(2, {}, 10h, 0.8F);
    same_episode.episode = EpisodeId{1};
    hear(same_episode);
    Insight same_claim = insight(3, {}, 11h, 0.7F);
    same_claim.cluster = ClaimClusterId{1};
    hear(same_claim);
    hear(insight(4, {}, 12h, 0.6F));
    hear(insight(5, {}, 1h, 1.0F));
    Insight asked = insight(6, {}, 12h, 1.0F);
    asked.origin = InsightOrigin::asked;
    hear(asked);
    EXPECT_THAT(catalogue.best_since(WallTime{} + 9h, 5), ElementsAre(InsightId{1}, InsightId{4}));
    EXPECT_THAT(catalogue.best_since(WallTime{}, 1), ElementsAre(InsightId{5}));
}

TEST_F(KnownCatalogue, ListsGoByTimeAndInPages) {
    for (int id = 1; id <= 5; ++id) hear(insight(id, {"chips"}, std::chrono::hours{id == 2 ? 100 : id}));
    const auto& ids = catalogue.topic("chips")->insights;
    EXPECT_THAT(catalogue.newest(ids, 0, 2), ElementsAre(InsightId{2}, InsightId{5}));
    EXPECT_THAT(catalogue.newest(ids, 2, 10), ElementsAre(InsightId{4}, InsightId{3}, InsightId{1}));
    EXPECT_THAT(catalogue.newest(ids, 10, 10), IsEmpty());
    EXPECT_EQ(catalogue.slice(3, 10).size(), 2U);
    EXPECT_EQ(catalogue.slice(3, 10).front()->slug, "claim-number-4");
    EXPECT_THAT(catalogue.slice(9, 10), IsEmpty());
}

TEST_F(KnownCatalogue, CommonTopicsComeFirst) {
    hear(insight(1, {"rare", "common"}));
    hear(insight(2, {"common", "usual"}));
    hear(insight(3, {"common", "usual"}));
    std::vector<std::string> names;
    for (const Catalogue::Topic* topic : catalogue.common_topics(2)) names.push_back(topic->name);
    EXPECT_THAT(names, ElementsAre("common", "usual"));
}

}  // namespace
}  // namespace podbrief::services
