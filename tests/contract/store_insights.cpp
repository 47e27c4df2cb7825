#include <numeric>

#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

TEST_P(StoreContract, KeepsEveryFieldOfATranscriptAndItsInsights) {
    const Episode episode = add_episode("e1");
    Extraction extraction;
    extraction.episode = episode.id;
    extraction.transcript = sample_transcript("h1");
    extraction.insights = {sample_insight("one"), Insight{}};
    extraction.state = EpisodeState::from_notes;
    extraction.next_attempt_at = noon + 6h;
    const ExtractionSaved saved = get(library.save(extraction));
    EXPECT_TRUE(saved.new_version);
    EXPECT_TRUE(saved.superseded.empty());

    Transcript transcript = extraction.transcript;
    transcript.id = saved.transcript;
    transcript.episode = episode.id;
    transcript.version = 1;
    EXPECT_TRUE(transcript.id);
    EXPECT_TRUE(same(*get(library.transcript(episode.id)), transcript));

    ASSERT_EQ(saved.insights.size(), 2U);
    std::vector<Insight> expected = extraction.insights;
    for (std::size_t i = 0; i < 2; ++i) {
        expected[i].id = saved.insights[i].id;
        expected[i].cluster = saved.insights[i].cluster;
        expected[i].episode = episode.id;
        expected[i].podcast = episode.podcast;
        expected[i].transcript = saved.transcript;
    }
    EXPECT_EQ(saved.insights, expected);
    EXPECT_LT(saved.insights[0].id, saved.insights[1].id);
    EXPECT_EQ(get(library.insights_since({}, 10)), expected);

    const auto stored = get(library.episode(episode.id));
    EXPECT_EQ(stored->state, EpisodeState::from_notes);
    EXPECT_EQ(stored->next_attempt_at, noon + 6h);
}

TEST_P(StoreContract, KeepsEveryValueOfTheEnumerations) {
    const Episode episode = add_episode("e1");
    std::vector<Insight> insights;
    for (const Stance stance : {Stance::neutral, Stance::favourable, Stance::critical}) {
        for (const Modality modality : {Modality::said, Modality::argued, Modality::alleged, Modality::inferred}) {
            Insight insight = sample_insight("i");
            insight.stance = stance;
            insight.modality = modality;
            insight.origin = static_cast<InsightOrigin>(insights.size() % 3);
            insights.push_back(insight);
        }
    }
    const auto saved = extract(episode.id, "h1", insights).insights;
    EXPECT_EQ(get(library.insights_of(episode.id)), saved);
    EXPECT_EQ(saved[7].stance, insights[7].stance);

    int version = 0;
    for (const TranscriptFormat format :
         {TranscriptFormat::json, TranscriptFormat::webvtt, TranscriptFormat::srt, TranscriptFormat::html,
          TranscriptFormat::markdown, TranscriptFormat::text, TranscriptFormat::show_notes}) {
        Extraction extraction;
        extraction.episode = episode.id;
        extraction.transcript = sample_transcript("version " + std::to_string(++version));
        extraction.transcript.format = format;
        get(library.save(extraction));
        EXPECT_EQ(get(library.transcript(episode.id))->format, format);
    }
}

TEST_P(StoreContract, TheSameContentAgainOnlyWritesTheState) {
    const Episode episode = add_episode("e1");
    const ExtractionSaved first = extract(episode.id, "h1", {sample_insight("one")});
    const auto changes = all_changes();
    Extraction again;
    again.episode = episode.id;
    again.transcript = sample_transcript("h1");
    again.transcript.language = "de";
    again.insights = {sample_insight("two")};
    again.state = EpisodeState::awaiting_transcript;
    again.next_attempt_at = noon + 8h;
    const ExtractionSaved second = get(library.save(again));
    EXPECT_FALSE(second.new_version);
    EXPECT_EQ(second.transcript, first.transcript);
    EXPECT_TRUE(second.insights.empty());
    EXPECT_TRUE(second.superseded.empty());
    EXPECT_EQ(get(library.transcript(episode.id))->language, "en");
    EXPECT_EQ(get(library.insights_of(episode.id)), first.insights);
    EXPECT_EQ(all_changes().size(), changes.size());
    EXPECT_EQ(get(library.episode(episode.id))->state, EpisodeState::awaiting_transcript);
    EXPECT_EQ(get(library.episode(episode.id))->next_attempt_at, noon + 8h);
}

TEST_P(StoreContract, InsightsAreAddedToTheNewestTranscriptOnceEach) {
    const Episode episode = add_episode("e1");
    const auto first = extract(episode.id, "h1", {sample_insight("one")});
    Insight asked = sample_insight("looked up");
    asked.origin = InsightOrigin::asked;
    asked.quote = "other words";
    asked.quote_begin = 900;
    Insight known = sample_insight("the same words, said anew");
    const std::int64_t before = all_changes().back().sequence;

    const auto added = get(library.add_insights(episode.id, first.transcript, {asked, known}));
    ASSERT_EQ(added.size(), 2U);
    EXPECT_GT(added[0].id, first.insights[0].id);
    EXPECT_EQ(added[0].episode, episode.id);
    EXPECT_EQ(added[0].podcast, episode.podcast);
    EXPECT_EQ(added[0].transcript, first.transcript);
    EXPECT_TRUE(added[0].cluster);
    EXPECT_EQ(added[1], first.insights[0]);
    const auto changes = get(library.changes_since(before, 10));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].insight, added[0]);

    EXPECT_EQ(get(library.add_insights(episode.id, first.transcript, {asked, known})), added);
    EXPECT_EQ(get(library.insights_of(episode.id)).size(), 2U);
    EXPECT_EQ(get(library.details({added[0].id})).at(0).insight, added[0]);
}

TEST_P(StoreContract, NothingIsAddedToATranscriptThatIsNotTheNewest) {
    const Episode episode = add_episode("e1");
    const auto old = extract(episode.id, "h1", {sample_insight("one")});
    const auto fresh = extract(episode.id, "h2", {sample_insight("two")});
    Insight late = sample_insight("late");
    late.quote_begin = 900;
    EXPECT_TRUE(get(library.add_insights(episode.id, old.transcript, {late})).empty());
    EXPECT_TRUE(get(library.add_insights(EpisodeId{9999}, old.transcript, {late})).empty());
    EXPECT_EQ(get(library.insights_of(episode.id)), fresh.insights);
    // And a new version takes with it what was added to the one before.
    const auto added = get(library.add_insights(episode.id, fresh.transcript, {late}));
    const auto third = extract(episode.id, "h3", {});
    EXPECT_EQ(third.superseded, (std::vector<InsightId>{fresh.insights[0].id, added.at(0).id}));
}

TEST_P(StoreContract, NewContentMakesANewVersionAndSupersedesTheInsightsOfTheOld) {
    const Episode episode = add_episode("e1");
    const Episode bystander = add_episode("e2");
    extract(bystander.id, "h1", {sample_insight("unconcerned")});
    const auto old = extract(episode.id, "h1", {sample_insight("one"), sample_insight("two")});
    const std::int64_t before = all_changes().back().sequence;
    const auto fresh = extract(episode.id, "h2", {sample_insight("three")});

    EXPECT_TRUE(fresh.new_version);
    EXPECT_EQ(fresh.superseded, ids_of(old.insights));
    EXPECT_GT(fresh.transcript, old.transcript);
    EXPECT_EQ(get(library.transcript(episode.id))->version, 2);
    EXPECT_EQ(get(library.transcript(episode.id))->content_hash, "h2");
    EXPECT_EQ(get(library.insights_of(episode.id)), fresh.insights);
    EXPECT_EQ(get(library.insights_since({}, 10)).size(), 2U);

    const auto changes = get(library.changes_since(before, 10));
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].insight.id, old.insights[0].id);
    EXPECT_EQ(changes[0].insight.text, "one");
    EXPECT_TRUE(changes[0].insight.superseded);
    EXPECT_EQ(changes[1].insight.id, old.insights[1].id);
    EXPECT_TRUE(changes[1].insight.superseded);
    EXPECT_EQ(changes[2].insight, fresh.insights[0]);

    // What was sent before can still be shown.
    const auto details = get(library.details({old.insights[0].id}));
    ASSERT_EQ(details.size(), 1U);
    EXPECT_TRUE(details[0].insight.superseded);
}

TEST_P(StoreContract, ContentThatComesBackIsANewVersionAgain) {
    const Episode episode = add_episode("e1");
    extract(episode.id, "h1", {sample_insight("one")});
    extract(episode.id, "h2", {sample_insight("two")});
    const auto back = extract(episode.id, "h1", {sample_insight("one")});
    EXPECT_TRUE(back.new_version);
    EXPECT_EQ(back.superseded.size(), 1U);
    EXPECT_EQ(get(library.transcript(episode.id))->version, 3);
    EXPECT_EQ(get(library.counts()).transcripts, 3);
}

TEST_P(StoreContract, AnExtractionForAnEpisodeThatWasRemovedMeanwhileWritesNothing) {
    const auto saved = extract(EpisodeId{999}, "h1", {sample_insight("one")});
    EXPECT_FALSE(saved.new_version);
    EXPECT_FALSE(saved.transcript);
    EXPECT_TRUE(saved.insights.empty());
    EXPECT_FALSE(get(library.transcript(EpisodeId{999})));
    EXPECT_TRUE(all_changes().empty());
    EXPECT_EQ(get(library.counts()).insights, 0);
}

TEST_P(StoreContract, AnEpisodeWithoutTranscriptHasNone) {
    EXPECT_FALSE(get(library.transcript(add_episode("e1").id)));
}

TEST_P(StoreContract, TheChangeFeedTellsEveryChangeInOrderAndCanBeReadInParts) {
    EXPECT_TRUE(all_changes().empty());
    std::vector<InsightId> expected;
    for (int episode = 0; episode < 3; ++episode) {
        std::vector<Insight> insights(4, sample_insight("i"));
        for (const auto& insight :
             extract(add_episode("e" + std::to_string(episode)).id, "h", std::move(insights)).insights) {
            expected.push_back(insight.id);
        }
    }
    std::vector<InsightId> read;
    std::int64_t sequence = 0;
    while (true) {
        const auto part = get(library.changes_since(sequence, 5));
        if (part.empty()) break;
        EXPECT_LE(part.size(), 5U);
        for (const auto& change : part) {
            EXPECT_GT(change.sequence, sequence);
            sequence = change.sequence;
            read.push_back(change.insight.id);
        }
    }
    EXPECT_EQ(read, expected);
    EXPECT_TRUE(get(library.changes_since(sequence, 5)).empty());
    EXPECT_TRUE(get(library.changes_since(0, 0)).empty());
}

TEST_P(StoreContract, WhoFollowsTheChangeFeedKnowsExactlyTheInsightsThatAreThere) {
    std::map<InsightId, Insight> known;
    std::int64_t sequence = 0;
    const auto follow = [&] {
        for (const auto& change : get(library.changes_since(sequence, 1000))) {
            EXPECT_GT(change.sequence, sequence);
            sequence = change.sequence;
            known.erase(change.insight.id);
            if (!change.insight.superseded) known.emplace(change.insight.id, change.insight);
        }
    };
    const auto expect_in_step = [&] {
        follow();
        const auto stored = get(library.insights_since({}, 1000));
        EXPECT_EQ(known.size(), stored.size());
        for (const Insight& insight : stored) EXPECT_EQ(known[insight.id], insight);
    };
    const Episode a = add_episode("a");
    const Episode b = add_episode("b");
    extract(a.id, "h1", {sample_insight("one"), sample_insight("two")});
    extract(b.id, "h1", {sample_insight("three")});
    expect_in_step();
    extract(a.id, "h2", {sample_insight("four")});
    extract(a.id, "h3", {});
    expect_in_step();
    extract(a.id, "h4", {sample_insight("five")});
    get(library.remove_podcast(a.podcast));
    expect_in_step();
    get(library.remove_podcast(b.podcast));
    const Episode c = add_episode("c");
    extract(c.id, "h1", {sample_insight("six")});
    expect_in_step();
    EXPECT_EQ(known.size(), 1U);

    // And so does who comes late.
    known.clear();
    sequence = 0;
    expect_in_step();
}

TEST_P(StoreContract, InsightsSinceAreNewestFirstAndNoMoreThanTheLimit) {
    std::vector<Insight> insights(5, sample_insight("i"));
    const Millis offsets[] = {0h, 2h, -1h, 2h, -1ms};
    for (std::size_t i = 0; i < 5; ++i) insights[i].published_at = noon + offsets[i];
    const auto saved = extract(add_episode("e1").id, "h1", insights).insights;
    const std::vector<InsightId> expected{saved[3].id, saved[1].id, saved[0].id};
    EXPECT_EQ(ids_of(get(library.insights_since(noon, 10))), expected);
    EXPECT_EQ(ids_of(get(library.insights_since(noon, 2))), (std::vector{saved[3].id, saved[1].id}));
    EXPECT_EQ(get(library.insights_since({}, SIZE_MAX)).size(), 5U);
    EXPECT_TRUE(get(library.insights_since(noon + 3h, 10)).empty());
}

TEST_P(StoreContract, InsightsOfAnEpisodeComeByTheirStart) {
    std::vector<Insight> insights(3, sample_insight("i"));
    insights[0].start = 30s;
    insights[1].start = 10s;
    insights[2].start = 30s;
    const Episode episode = add_episode("e1");
    const auto saved = extract(episode.id, "h1", insights).insights;
    EXPECT_EQ(ids_of(get(library.insights_of(episode.id))), (std::vector{saved[1].id, saved[0].id, saved[2].id}));
}

TEST_P(StoreContract, CountsWhatIsThere) {
    const LibraryCounts nothing = get(library.counts());
    EXPECT_EQ(nothing.podcasts + nothing.episodes + nothing.transcripts + nothing.insights, 0);

    const PodcastId podcast = add_podcast("https://a.example");
    const Episode first = add_episode(podcast, "e1", noon);
    add_episode(podcast, "e2", noon);
    add_episode(podcast, "e3", noon);
    extract(first.id, "h1", {sample_insight("one"), sample_insight("two")});
    extract(first.id, "h2", {sample_insight("three")});
    const LibraryCounts counts = get(library.counts());
    EXPECT_EQ(counts.podcasts, 1);
    EXPECT_EQ(counts.episodes, 3);
    EXPECT_EQ(counts.transcripts, 2);
    EXPECT_EQ(counts.insights, 1);
    const std::map<EpisodeState, std::int64_t> by_state{{EpisodeState::discovered, 2}, {EpisodeState::extracted, 1}};
    EXPECT_EQ(counts.episodes_by_state, by_state);
}

}  // namespace
}  // namespace podbrief::testing
