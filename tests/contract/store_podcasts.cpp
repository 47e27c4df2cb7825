#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

FeedUpdate poll_of(PodcastId podcast) {
    FeedUpdate update;
    update.podcast = podcast;
    update.poll = sample_poll(noon + 1h);
    return update;
}

TEST_P(StoreContract, KeepsEveryFieldOfAPodcastAndItsPoll) {
    Podcast podcast = sample_podcast("https://a.example/feed");
    const PollState poll = sample_poll(noon);
    const auto added = get(library.add_podcast(podcast, poll));
    EXPECT_TRUE(added.created);
    EXPECT_GT(added.id.value, 0);
    podcast.id = added.id;
    const auto stored = get(library.subscription(added.id));
    ASSERT_TRUE(stored);
    EXPECT_TRUE(same(stored->podcast, podcast));
    EXPECT_EQ(stored->poll, poll);
}

TEST_P(StoreContract, KeepsWhatIsMissingMissing) {
    Podcast podcast;
    podcast.feed_url = "https://a.example/feed";
    const auto added = get(library.add_podcast(podcast, PollState{}));
    podcast.id = added.id;
    const auto stored = get(library.subscription(added.id));
    EXPECT_TRUE(same(stored->podcast, podcast));
    EXPECT_EQ(stored->poll, PollState{});
}

TEST_P(StoreContract, AddingAPodcastAgainReturnsTheOneThatIsThereAndChangesNothing) {
    const auto first = get(library.add_podcast(sample_podcast("https://a.example/feed"), sample_poll(noon)));
    Podcast again = sample_podcast("https://a.example/feed");
    again.title = "Other title";
    const auto second = get(library.add_podcast(again, sample_poll(noon + 5h)));
    EXPECT_FALSE(second.created);
    EXPECT_EQ(second.id, first.id);
    const auto stored = get(library.subscription(first.id));
    EXPECT_EQ(stored->podcast.title, sample_podcast("https://a.example/feed").title);
    EXPECT_EQ(stored->poll.next_poll_at, noon);
}

TEST_P(StoreContract, ListsSubscriptionsByTitleThenId) {
    std::vector<PodcastId> added;
    for (const char* title : {"b", "a", "b", "Z", "ä"}) {
        Podcast podcast = sample_podcast("https://" + std::to_string(added.size()) + ".example");
        podcast.title = title;
        added.push_back(get(library.add_podcast(podcast, {})).id);
    }
    std::vector<PodcastId> listed;
    for (const auto& s : get(library.subscriptions())) listed.push_back(s.podcast.id);
    EXPECT_EQ(listed, (std::vector{added[3], added[1], added[0], added[2], added[4]}));
}

TEST_P(StoreContract, AnUnknownPodcastIsNotThere) {
    EXPECT_FALSE(get(library.subscription(PodcastId{77})));
    EXPECT_FALSE(get(library.remove_podcast(PodcastId{77})));
    EXPECT_TRUE(get(library.subscriptions()).empty());
    EXPECT_TRUE(get(library.identities(PodcastId{77})).empty());
    EXPECT_TRUE(get(library.episodes(PodcastId{77})).empty());
}

TEST_P(StoreContract, FeedsDueComeLongestOverdueFirstAndNoMoreThanTheLimit) {
    const auto add = [&](const std::string& url, WallTime due) {
        return get(library.add_podcast(sample_podcast(url), sample_poll(due))).id;
    };
    const PodcastId now = add("https://now.example", noon);
    add("https://later.example", noon + 1ms);
    const PodcastId long_ago = add("https://long.example", WallTime{});
    const PodcastId ago = add("https://ago.example", noon - 1h);
    const auto due = [&](std::size_t limit) {
        std::vector<PodcastId> ids;
        for (const auto& s : get(library.feeds_due(noon, limit))) ids.push_back(s.podcast.id);
        return ids;
    };
    EXPECT_EQ(due(10), (std::vector{long_ago, ago, now}));
    EXPECT_EQ(due(2), (std::vector{long_ago, ago}));
    EXPECT_TRUE(due(0).empty());
    EXPECT_EQ(due(SIZE_MAX).size(), 3U);
}

TEST_P(StoreContract, TellsWhenTheNextFeedIsDue) {
    EXPECT_FALSE(get(library.next_feed_due()));
    get(library.add_podcast(sample_podcast("https://a.example"), sample_poll(noon + 3h)));
    get(library.add_podcast(sample_podcast("https://b.example"), sample_poll(noon + 2h)));
    EXPECT_EQ(get(library.next_feed_due()), noon + 2h);
}

TEST_P(StoreContract, APollReplacesStateAndTheFeedsOwnFields) {
    const PodcastId id = add_podcast("https://a.example/feed");
    FeedUpdate update = poll_of(id);
    update.metadata = sample_podcast("https://ignored.example");
    update.metadata->id = PodcastId{99};
    update.metadata->title = "New title";
    update.metadata->persons = {};
    update.metadata->added_at = noon + 9h;
    get(library.apply(update));
    Podcast expected = *update.metadata;
    expected.id = id;
    expected.feed_url = "https://a.example/feed";
    expected.added_at = sample_podcast("").added_at;
    EXPECT_TRUE(same(get(library.subscription(id))->podcast, expected));
    EXPECT_EQ(get(library.subscription(id))->poll, update.poll);

    FeedUpdate unchanged = poll_of(id);
    unchanged.poll.next_poll_at = noon + 7h;
    get(library.apply(unchanged));
    EXPECT_TRUE(same(get(library.subscription(id))->podcast, expected));
    EXPECT_EQ(get(library.subscription(id))->poll.next_poll_at, noon + 7h);
}

TEST_P(StoreContract, AConfirmedMoveChangesTheAddressAndKeepsTheOldOneAsAlias) {
    const PodcastId id = add_podcast("https://old.example");
    FeedUpdate update = poll_of(id);
    update.confirmed_url = "https://new.example";
    get(library.apply(update));
    get(library.apply(update));  // repeated
    EXPECT_EQ(get(library.subscription(id))->podcast.feed_url, "https://new.example");
    for (const char* url : {"https://old.example", "https://new.example"}) {
        const auto again = get(library.add_podcast(sample_podcast(url), {}));
        EXPECT_EQ(again.id, id) << url;
        EXPECT_FALSE(again.created) << url;
    }
    update.confirmed_url = "https://old.example";
    get(library.apply(update));
    EXPECT_EQ(get(library.subscription(id))->podcast.feed_url, "https://old.example");
    EXPECT_EQ(get(library.subscriptions()).size(), 1U);
}

TEST_P(StoreContract, AMoveToTheAddressOfAnotherPodcastIsNotTaken) {
    const PodcastId a = add_podcast("https://a.example");
    const PodcastId b = add_podcast("https://b.example");
    FeedUpdate update = poll_of(a);
    update.confirmed_url = "https://b.example";
    get(library.apply(update));
    EXPECT_EQ(get(library.subscription(a))->podcast.feed_url, "https://a.example");
    EXPECT_EQ(get(library.subscription(a))->poll, update.poll);
    EXPECT_EQ(get(library.add_podcast(sample_podcast("https://b.example"), {})).id, b);
}

TEST_P(StoreContract, RemovingAPodcastTakesAllOfItAndTheChangeFeedSaysSo) {
    const Episode gone = add_episode("gone");
    const Episode stays = add_episode("stays");
    const auto removed = extract(gone.id, "h1", {sample_insight("one"), sample_insight("two")}).insights;
    const auto kept = extract(stays.id, "h2", {sample_insight("three")}).insights;
    const std::int64_t before = all_changes().back().sequence;

    EXPECT_TRUE(get(library.remove_podcast(gone.podcast)));
    EXPECT_FALSE(get(library.remove_podcast(gone.podcast)));

    EXPECT_FALSE(get(library.subscription(gone.podcast)));
    EXPECT_FALSE(get(library.episode(gone.id)));
    EXPECT_FALSE(get(library.transcript(gone.id)));
    EXPECT_TRUE(get(library.identities(gone.podcast)).empty());
    EXPECT_TRUE(get(library.insights_of(gone.id)).empty());
    EXPECT_TRUE(get(library.details(ids_of(removed))).empty());
    const auto changes = get(library.changes_since(before, 10));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].insight.id, removed[0].id);
    EXPECT_EQ(changes[1].insight.id, removed[1].id);
    for (const auto& change : changes) EXPECT_TRUE(change.insight.superseded);
    EXPECT_EQ(get(library.insights_since({}, 10)), kept);
    const LibraryCounts counts = get(library.counts());
    EXPECT_EQ(counts.podcasts, 1);
    EXPECT_EQ(counts.episodes, 1);
    EXPECT_EQ(counts.transcripts, 1);
    EXPECT_EQ(counts.insights, 1);
}

TEST_P(StoreContract, IdsOfWhatWasRemovedAreNotGivenAgain) {
    const Episode gone = add_episode("only");
    const auto saved = extract(gone.id, "h1", {sample_insight("one")});
    get(library.remove_podcast(gone.podcast));
    const Episode again = add_episode("only");
    const auto saved_again = extract(again.id, "h1", {sample_insight("one")});
    EXPECT_GT(again.podcast, gone.podcast);
    EXPECT_GT(again.id, gone.id);
    EXPECT_GT(saved_again.transcript, saved.transcript);
    EXPECT_GT(saved_again.insights[0].id, saved.insights[0].id);
    EXPECT_GT(saved_again.insights[0].cluster, saved.insights[0].cluster);
}

TEST_P(StoreContract, APollOfAPodcastThatWasRemovedMeanwhileWritesNothing) {
    const PodcastId id = add_podcast("https://a.example");
    get(library.remove_podcast(id));
    FeedUpdate update = poll_of(id);
    update.metadata = sample_podcast("https://a.example");
    update.added = {identified(sample_episode("e", noon))};
    update.confirmed_url = "https://b.example";
    EXPECT_TRUE(get(library.apply(update)).empty());
    EXPECT_TRUE(get(library.subscriptions()).empty());
    EXPECT_TRUE(get(library.add_podcast(sample_podcast("https://b.example"), {})).created);
}

}  // namespace
}  // namespace podbrief::testing
