#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

Insight by(const std::string& speaker, ClaimClusterId cluster) {
    Insight insight = sample_insight("the same claim");
    insight.speaker = speaker;
    insight.cluster = cluster;
    return insight;
}

TEST_P(StoreContract, DetailsBringAllThatIsNeededToShowAnInsight) {
    const Episode episode = add_episode("e1");
    const auto saved = extract(episode.id, "h1", {sample_insight("one")}).insights;
    const auto details = get(library.details({saved[0].id}));
    ASSERT_EQ(details.size(), 1U);
    const InsightDetail& detail = details[0];
    EXPECT_EQ(detail.insight, saved[0]);
    EXPECT_EQ(detail.show, "Show of https://feeds.example/e1");
    EXPECT_EQ(detail.show_language, "en-us");
    EXPECT_EQ(detail.episode_title, "Episode e1");
    EXPECT_EQ(detail.episode_link, episode.link);
    EXPECT_EQ(detail.enclosure_url, episode.enclosure_url);
    EXPECT_EQ(detail.persons, episode.persons);
    EXPECT_TRUE(detail.timed);
    EXPECT_EQ(detail.cluster_members, ids_of(saved));
    EXPECT_EQ(detail.independent_sources, 1);
}

TEST_P(StoreContract, DetailsNameThePersonsOfTheShowWhereTheEpisodeNamesNone) {
    const PodcastId podcast = add_podcast("https://a.example");
    FeedUpdate update;
    update.podcast = podcast;
    Episode episode = sample_episode("e1", noon);
    episode.persons = {};
    update.added = {identified(episode)};
    const EpisodeId id = get(library.apply(update)).at(0).id;
    const auto saved = extract(id, "h1", {sample_insight("one")}).insights;
    EXPECT_EQ(get(library.details({saved[0].id})).at(0).persons, sample_podcast("").persons);
}

TEST_P(StoreContract, DetailsTellWhetherTheTimesAreTheTranscriptsOwn) {
    const Episode episode = add_episode("e1");
    Extraction extraction;
    extraction.episode = episode.id;
    extraction.transcript = sample_transcript("h1");
    extraction.transcript.timed = false;
    extraction.insights = {sample_insight("one")};
    const auto untimed = get(library.save(extraction)).insights;
    extraction.transcript = sample_transcript("h2");
    const auto timed = get(library.save(extraction)).insights;
    const auto details = get(library.details({untimed[0].id, timed[0].id}));
    EXPECT_FALSE(details.at(0).timed);
    EXPECT_TRUE(details.at(1).timed);
}

TEST_P(StoreContract, DetailsComeInTheOrderAskedForAndUnknownOnesAreLeftOut) {
    const auto saved =
        extract(add_episode("e1").id, "h1", {sample_insight("a"), sample_insight("b"), sample_insight("c")}).insights;
    const auto details =
        get(library.details({saved[2].id, InsightId{999}, saved[0].id, InsightId{}, saved[2].id, InsightId{-1}}));
    std::vector<std::string> texts;
    for (const auto& detail : details) texts.push_back(detail.insight.text);
    EXPECT_EQ(texts, (std::vector<std::string>{"c", "a", "c"}));
    EXPECT_TRUE(get(library.details({})).empty());
}

TEST_P(StoreContract, AnInsightWithoutClusterStartsOneAndOthersJoinIt) {
    const auto first = extract(add_episode("e1").id, "h1", {by("Ada", {}), by("Ada", {})}).insights;
    EXPECT_TRUE(first[0].cluster);
    EXPECT_NE(first[0].cluster, first[1].cluster);
    const auto second = extract(add_episode("e2").id, "h1", {by("Bo", first[0].cluster)}).insights;
    EXPECT_EQ(second[0].cluster, first[0].cluster);
    const auto details = get(library.details({first[0].id, first[1].id, second[0].id}));
    const std::vector<InsightId> both{first[0].id, second[0].id};
    EXPECT_EQ(details[0].cluster_members, both);
    EXPECT_EQ(details[1].cluster_members, std::vector{first[1].id});
    EXPECT_EQ(details[2].cluster_members, both);
    EXPECT_EQ(details[0].independent_sources, 2);
    EXPECT_EQ(details[1].independent_sources, 1);
}

TEST_P(StoreContract, AClusterThatIsGoneIsStartedAnew) {
    const Episode gone = add_episode("e1");
    const auto first = extract(gone.id, "h1", {by("Ada", {})}).insights;
    get(library.remove_podcast(gone.podcast));
    const auto second = extract(add_episode("e2").id, "h1", {by("Bo", first[0].cluster)}).insights;
    EXPECT_TRUE(second[0].cluster);
    EXPECT_NE(second[0].cluster, first[0].cluster);
    EXPECT_EQ(get(library.details({second[0].id})).at(0).cluster_members, std::vector{second[0].id});
}

TEST_P(StoreContract, SupersededInsightsLeaveTheirClusterButKeepItInBeing) {
    const Episode one = add_episode("e1");
    const auto old = extract(one.id, "h1", {by("Ada", {})}).insights;
    const auto other = extract(add_episode("e2").id, "h1", {by("Bo", old[0].cluster)}).insights;
    const auto fresh = extract(one.id, "h2", {by("Ada", old[0].cluster)}).insights;
    EXPECT_EQ(fresh[0].cluster, old[0].cluster);
    const auto details = get(library.details({old[0].id, other[0].id}));
    const std::vector<InsightId> members{other[0].id, fresh[0].id};
    EXPECT_EQ(details[0].cluster_members, members);
    EXPECT_EQ(details[1].cluster_members, members);
    EXPECT_EQ(details[1].independent_sources, 2);
}

TEST_P(StoreContract, OneGuestOnSeveralShowsIsOneSource) {
    struct Case {
        const char* name;
        std::vector<std::vector<std::string>> speakers_by_show;
        int sources;
    };
    const Case cases[] = {
        {"one show, twice", {{"Ada", "Bo"}}, 1},
        {"two shows, two people", {{"Ada"}, {"Bo"}}, 2},
        {"a guest on tour", {{"Émile Zola"}, {"EMILE ZOLA"}, {"emile zola"}}, 1},
        {"a guest on tour and a host", {{"Ada"}, {"ada"}, {"Bo"}}, 2},
        {"unknown speakers are not the same one", {{""}, {""}, {""}}, 3},
        {"shows joined through two guests", {{"Ada"}, {"Ada", "Bo"}, {"Bo"}, {"Cy"}}, 2},
    };
    int number = 0;
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name);
        ClaimClusterId cluster;
        InsightId last;
        for (const auto& speakers : c.speakers_by_show) {
            const Episode episode = add_episode("e" + std::to_string(++number));
            std::vector<Insight> insights;
            for (const auto& speaker : speakers) insights.push_back(by(speaker, cluster));
            // The first of all starts the cluster; a second of the same show joins it with the next version.
            if (!cluster) cluster = extract(episode.id, "h0", {by(speakers[0], {})}).insights[0].cluster;
            for (auto& insight : insights) insight.cluster = cluster;
            last = extract(episode.id, "h1", insights).insights.back().id;
        }
        EXPECT_EQ(get(library.details({last})).at(0).independent_sources, c.sources);
    }
}

TEST_P(StoreContract, AMisspeltSpeakerIsNoSecondSource) {
    const auto first = extract(add_episode("e1").id, "h1", {by("Gregory Allen", {})}).insights;
    const auto second = extract(add_episode("e2").id, "h1", {by("Gregory Alen", first[0].cluster)}).insights;
    const auto third = extract(add_episode("e3").id, "h1", {by("Gregory Alvin", first[0].cluster)}).insights;
    EXPECT_EQ(get(library.details({second[0].id})).at(0).independent_sources, 2);
    EXPECT_EQ(get(library.details({third[0].id})).at(0).cluster_members.size(), 3u);
}

TEST_P(StoreContract, OneRecordingInTwoFeedsIsOneSource) {
    Insight insight = by("", {});
    insight.quote = "We moved the whole of it back into one building and nobody has complained since.";
    const auto first = extract(add_episode("e1").id, "h1", {insight}).insights;
    insight.cluster = first[0].cluster;
    const auto second = extract(add_episode("e2").id, "h1", {insight}).insights;
    EXPECT_EQ(get(library.details({second[0].id})).at(0).independent_sources, 1);
    insight.quote = "They moved the whole of it back into one building, and not one person complained.";
    const auto third = extract(add_episode("e3").id, "h1", {insight}).insights;
    EXPECT_EQ(get(library.details({third[0].id})).at(0).independent_sources, 2);
}

}  // namespace
}  // namespace podbrief::testing
