#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

FeedUpdate found(PodcastId podcast, std::vector<IdentifiedEpisode> added) {
    FeedUpdate update;
    update.podcast = podcast;
    update.added = std::move(added);
    update.poll = sample_poll(noon);
    return update;
}

IdentifiedEpisode without_guid(const std::string& title) {
    Episode episode = sample_episode("", noon);
    episode.title = title;
    return identified(episode);
}

TEST_P(StoreContract, KeepsEveryFieldOfAnEpisodeAndItsIdentity) {
    const PodcastId podcast = add_podcast("https://a.example");
    IdentifiedEpisode entry = identified(sample_episode("e1", noon));
    const auto added = get(library.apply(found(podcast, {entry})));
    ASSERT_EQ(added.size(), 1U);
    entry.episode.id = entry.identity.id = added[0].id;
    entry.episode.podcast = podcast;
    EXPECT_TRUE(added[0].id);
    EXPECT_TRUE(same(added[0], entry.episode));
    EXPECT_TRUE(same(*get(library.episode(added[0].id)), entry.episode));
    EXPECT_EQ(get(library.identities(podcast)), std::vector{entry.identity});
}

TEST_P(StoreContract, KeepsWhatAnEpisodeDoesNotSayUnsaid) {
    const PodcastId podcast = add_podcast("https://a.example");
    const auto added = get(library.apply(found(podcast, {IdentifiedEpisode{}})));
    Episode expected;
    expected.id = added.at(0).id;
    expected.podcast = podcast;
    EXPECT_TRUE(same(*get(library.episode(added[0].id)), expected));
    EpisodeIdentity identity;
    identity.id = expected.id;
    EXPECT_EQ(get(library.identities(podcast)), std::vector{identity});
}

TEST_P(StoreContract, TheSamePollAgainAddsNothing) {
    const PodcastId podcast = add_podcast("https://a.example");
    const FeedUpdate update = found(
        podcast, {identified(sample_episode("e1", noon)), identified(sample_episode("e2", noon)), without_guid("t")});
    EXPECT_EQ(get(library.apply(update)).size(), 3U);
    EXPECT_TRUE(get(library.apply(update)).empty());
    EXPECT_EQ(get(library.episodes(podcast)).size(), 3U);
}

TEST_P(StoreContract, OnlyEpisodesThatWereReallyAddedAreReturned) {
    const PodcastId podcast = add_podcast("https://a.example");
    get(library.apply(found(podcast, {identified(sample_episode("e1", noon))})));
    const auto added = get(
        library.apply(found(podcast, {identified(sample_episode("e1", noon)), identified(sample_episode("e2", noon)),
                                      identified(sample_episode("e2", noon + 1h))})));
    ASSERT_EQ(added.size(), 1U);
    EXPECT_EQ(added[0].guid, "e2");
    EXPECT_EQ(get(library.episodes(podcast)).size(), 2U);
}

TEST_P(StoreContract, AnEpisodeWithoutGuidIsRecognisedByEnclosureAndTitle) {
    const PodcastId podcast = add_podcast("https://a.example");
    get(library.apply(found(podcast, {without_guid("one"), identified(sample_episode("g", noon))})));
    IdentifiedEpisode other_enclosure = without_guid("one");
    other_enclosure.identity.enclosure_key = "elsewhere.example/x";
    IdentifiedEpisode lost_its_guid = identified(sample_episode("g", noon));
    lost_its_guid.identity.guid = "";
    const auto added =
        get(library.apply(found(podcast, {without_guid("one"), other_enclosure, without_guid("two"), lost_its_guid})));
    ASSERT_EQ(added.size(), 2U);
    EXPECT_EQ(added[0].title, "one");
    EXPECT_EQ(added[1].title, "two");
}

TEST_P(StoreContract, EpisodesWithDifferentGuidsAreDifferentWhateverElseIsEqual) {
    const PodcastId podcast = add_podcast("https://a.example");
    IdentifiedEpisode one = identified(sample_episode("e1", noon));
    IdentifiedEpisode two = one;
    two.identity.guid = "e2";
    EXPECT_EQ(get(library.apply(found(podcast, {one, two}))).size(), 2U);
}

TEST_P(StoreContract, TheSameGuidInAnotherPodcastIsAnotherEpisode) {
    const Episode a = add_episode(add_podcast("https://a.example"), "g", noon);
    const Episode b = add_episode(add_podcast("https://b.example"), "g", noon);
    EXPECT_NE(a.id, b.id);
}

TEST_P(StoreContract, AChangedEpisodeIsWrittenAsGivenButForWhenItWasFirstSeen) {
    const Episode stored = add_episode("e1");
    Episode changed = sample_episode("e1-new", noon + 2h);
    changed.id = stored.id;
    changed.title = "New title";
    changed.season = std::nullopt;
    changed.chapters = {};
    changed.state = EpisodeState::awaiting_transcript;
    changed.next_attempt_at = noon + 5h;
    changed.attempts = 9;
    FeedUpdate update = found(stored.podcast, {});
    update.changed = {identified(changed)};
    update.changed[0].identity.fingerprint = "f2";
    EXPECT_TRUE(get(library.apply(update)).empty());

    Episode expected = changed;
    expected.podcast = stored.podcast;
    expected.first_seen_at = stored.first_seen_at;
    EXPECT_TRUE(same(*get(library.episode(stored.id)), expected));
    EXPECT_EQ(get(library.identities(stored.podcast)), std::vector{update.changed[0].identity});
}

TEST_P(StoreContract, AChangedEpisodeDoesNotTakeTheKeysOfAnother) {
    const PodcastId podcast = add_podcast("https://a.example");
    const Episode one = add_episode(podcast, "e1", noon);
    const Episode two = add_episode(podcast, "e2", noon);
    IdentifiedEpisode changed = identified(two);
    changed.episode.title = "New title";
    changed.identity.guid = "e1";
    changed.identity.fingerprint = "f2";
    FeedUpdate update = found(podcast, {});
    update.changed = {changed};
    get(library.apply(update));
    EXPECT_EQ(get(library.episode(two.id))->title, "New title");
    const auto identities = get(library.identities(podcast));
    ASSERT_EQ(identities.size(), 2U);
    EXPECT_EQ(identities[0].guid, "e1");
    EXPECT_EQ(identities[0].id, one.id);
    EXPECT_EQ(identities[1].guid, "e2");
    EXPECT_EQ(identities[1].fingerprint, "f2");
}

TEST_P(StoreContract, AChangedEpisodeOfAnotherPodcastOrOfNoneIsLeftAlone) {
    const Episode mine = add_episode("mine");
    const Episode other = add_episode("other");
    Episode stolen = other;
    stolen.title = "Stolen";
    Episode unknown = sample_episode("unknown", noon);
    unknown.id = EpisodeId{999};
    FeedUpdate update = found(mine.podcast, {});
    update.changed = {identified(stolen), identified(unknown)};
    get(library.apply(update));
    EXPECT_EQ(get(library.episode(other.id))->title, other.title);
    EXPECT_FALSE(get(library.episode(EpisodeId{999})));
}

TEST_P(StoreContract, ListsEpisodesNewestFirst) {
    const PodcastId podcast = add_podcast("https://a.example");
    const Episode old = add_episode(podcast, "old", noon - 48h);
    const Episode fresh = add_episode(podcast, "new", noon);
    const Episode same_time = add_episode(podcast, "same", noon);
    Episode undated = sample_episode("undated", noon);
    undated.published_at = std::nullopt;  // ordered by when it was first seen
    undated.first_seen_at = noon - 24h;
    Episode future = sample_episode("future", noon - 12h);
    future.published_at = noon + 1000h;
    const auto added = get(library.apply(found(podcast, {identified(undated), identified(future)})));
    EXPECT_EQ(ids_of(get(library.episodes(podcast))),
              (std::vector{same_time.id, fresh.id, added[1].id, added[0].id, old.id}));
}

TEST_P(StoreContract, EpisodesAreDueByStateAndTimeNewestFirst) {
    struct Case {
        const char* name;
        EpisodeState state;
        WallTime next_attempt_at;
        bool due;
    };
    const Case cases[] = {
        {"new", EpisodeState::discovered, WallTime{}, true},
        {"new, in a moment", EpisodeState::discovered, noon + 1ms, false},
        {"waits", EpisodeState::awaiting_transcript, noon, true},
        {"waits, later", EpisodeState::awaiting_transcript, noon + 1ms, false},
        {"waits for nothing", EpisodeState::awaiting_transcript, WallTime{}, false},
        {"from notes", EpisodeState::from_notes, noon - 1h, true},
        {"from notes, for good", EpisodeState::from_notes, WallTime{}, false},
        {"without", EpisodeState::without_transcript, noon - 1h, true},
        {"without, for good", EpisodeState::without_transcript, WallTime{}, false},
        {"extracted", EpisodeState::extracted, noon, true},
        {"extracted, for good", EpisodeState::extracted, WallTime{}, false},
        {"skipped", EpisodeState::skipped, noon - 1h, false},
    };
    const PodcastId podcast = add_podcast("https://a.example");
    std::vector<EpisodeId> expected;
    WallTime published = noon;
    for (const Case& c : cases) {
        Episode episode = add_episode(podcast, c.name, published -= 1h);
        episode.state = c.state;
        episode.next_attempt_at = c.next_attempt_at;
        get(library.update_progress(episode));
        if (c.due) expected.push_back(episode.id);
    }
    EXPECT_EQ(ids_of(get(library.episodes_due(noon, 100))), expected);
    expected.resize(2);
    EXPECT_EQ(ids_of(get(library.episodes_due(noon, 2))), expected);
    EXPECT_TRUE(get(library.episodes_due(noon, 0)).empty());
}

TEST_P(StoreContract, TellsWhenTheNextEpisodeIsDue) {
    EXPECT_FALSE(get(library.next_episode_due()));
    const PodcastId podcast = add_podcast("https://a.example");
    Episode episode = add_episode(podcast, "e1", noon);
    const auto next_with = [&](EpisodeState state, WallTime next) {
        episode.state = state;
        episode.next_attempt_at = next;
        get(library.update_progress(episode));
        return get(library.next_episode_due());
    };
    EXPECT_EQ(next_with(EpisodeState::awaiting_transcript, noon + 3h), noon + 3h);
    EXPECT_EQ(next_with(EpisodeState::extracted, WallTime{}), std::nullopt);
    EXPECT_EQ(next_with(EpisodeState::skipped, noon), std::nullopt);
    EXPECT_EQ(next_with(EpisodeState::discovered, WallTime{}), WallTime{});
    EXPECT_EQ(next_with(EpisodeState::from_notes, noon + 2h), noon + 2h);
}

TEST_P(StoreContract, ProgressChangesStateAttemptsErrorAndChaptersAndNothingElse) {
    const Episode stored = add_episode("e1");
    Episode progress = sample_episode("other guid", noon + 7h);
    progress.id = stored.id;
    progress.state = EpisodeState::without_transcript;
    progress.next_attempt_at = noon + 4h;
    progress.attempts = 7;
    progress.last_error = "timed out";
    progress.chapters = {{5s, "Only"}};
    get(library.update_progress(progress));
    Episode expected = stored;
    expected.state = progress.state;
    expected.next_attempt_at = progress.next_attempt_at;
    expected.attempts = progress.attempts;
    expected.last_error = progress.last_error;
    expected.chapters = progress.chapters;
    EXPECT_TRUE(same(*get(library.episode(stored.id)), expected));
}

TEST_P(StoreContract, ProgressOfAnEpisodeThatWasRemovedMeanwhileIsNothing) {
    Episode unknown = sample_episode("e", noon);
    unknown.id = EpisodeId{999};
    get(library.update_progress(unknown));
    EXPECT_FALSE(get(library.episode(EpisodeId{999})));
    EXPECT_EQ(get(library.counts()).episodes, 0);
}

}  // namespace
}  // namespace podbrief::testing
