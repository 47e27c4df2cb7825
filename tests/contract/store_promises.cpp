// What holds for every call: any text, any number of callers, any order of ends.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

asio::awaitable<void> add_and_count(LibraryStore& library, std::string url, int& created, std::vector<PodcastId>& ids) {
    Podcast podcast = sample_podcast(url);
    const PollState poll;
    const auto added = co_await library.add_podcast(std::move(podcast), poll);
    created += added.created ? 1 : 0;
    ids.push_back(added.id);
}

asio::awaitable<void> save_one(LibraryStore& library, EpisodeId episode, std::string hash) {
    Extraction extraction;
    extraction.episode = episode;
    extraction.transcript = sample_transcript(hash);
    extraction.insights = {sample_insight("one"), sample_insight("two")};
    const auto saved = co_await library.save(std::move(extraction));
    if (saved.new_version && saved.insights.size() != 2) throw std::runtime_error("insights missing");
}

asio::awaitable<void> discard(asio::awaitable<Brief> call) {
    co_await std::move(call);
}

TEST_P(StoreContract, KeepsAnyText) {
    const std::pair<const char*, std::string> texts[] = {
        {"empty", ""},
        {"NUL inside", "a\0b\0"s},
        {"quotes and control characters", "';\"\\\r\n\t\x01\x1f"},
        {"accents, wide, emoji, right to left", "Émile 芯片 👩‍🔬 שלום \u202e"},
        {"looks like JSON", "[\"x\"] {\"a\":1} \\u0000"},
        {"a million bytes", std::string(1'000'000, 'x')},
    };
    int number = 0;
    for (const auto& [name, text] : texts) {
        SCOPED_TRACE(name);
        const std::string unique = std::to_string(++number) + text;
        Podcast podcast = sample_podcast("https://" + unique);
        podcast.title = podcast.persons[0].name = text;
        podcast.id = get(library.add_podcast(podcast, {})).id;
        EXPECT_TRUE(same(get(library.subscription(podcast.id))->podcast, podcast));
        EXPECT_FALSE(get(library.add_podcast(podcast, {})).created);

        Episode episode = add_episode(podcast.id, unique, noon);
        episode.last_error = text;
        episode.chapters = {{1s, text}};
        get(library.update_progress(episode));
        EXPECT_TRUE(same(*get(library.episode(episode.id)), episode));

        Extraction extraction;
        extraction.episode = episode.id;
        extraction.transcript = sample_transcript("h" + text);
        extraction.transcript.segments[0].text = extraction.transcript.segments[0].speaker = text;
        extraction.insights = {sample_insight(text)};
        extraction.insights[0].quote = extraction.insights[0].speaker = text;
        extraction.insights[0].topics = extraction.insights[0].entities = {text, "", text};
        const auto saved = get(library.save(extraction));
        EXPECT_EQ(get(library.insights_of(episode.id)), saved.insights);
        EXPECT_EQ(saved.insights[0].topics, extraction.insights[0].topics);
        EXPECT_EQ(get(library.transcript(episode.id))->segments, extraction.transcript.segments);
        EXPECT_FALSE(get(library.save(extraction)).new_version);

        Reader reader = sample_reader(unique);
        reader.profile.topics = {{text, 1.5}};
        reader.profile.persons = {text};
        reader.id = get(readers.save(reader)).id;
        EXPECT_EQ(get(readers.reader_named(unique)), reader);

        const ConversationState state{text, {}, {}};
        get(readers.save_conversation(unique, reader.id, state));
        EXPECT_EQ(get(readers.conversation(unique)), state);
    }
}

TEST_P(StoreContract, KeepsNumbersAtTheirLimits) {
    const PodcastId podcast = add_podcast("https://a.example");
    Episode episode = sample_episode("e", WallTime{Millis{-62'135'596'800'000}});  // year 1
    episode.duration = Millis{INT64_MAX};
    episode.season = INT32_MIN;
    episode.number = -1e300;
    FeedUpdate update;
    update.podcast = podcast;
    update.added = {identified(episode)};
    update.poll.next_poll_at = WallTime{Millis{INT64_MAX}};
    update.poll.consecutive_failures = INT32_MAX;
    episode = get(library.apply(update)).at(0);
    EXPECT_TRUE(same(*get(library.episode(episode.id)), episode));
    EXPECT_EQ(get(library.subscription(podcast))->poll, update.poll);
    EXPECT_EQ(get(library.next_feed_due()), update.poll.next_poll_at);
}

TEST_P(StoreContract, ManyCallersWhoAddTheSameGetTheSame) {
    int created = 0;
    std::vector<PodcastId> ids;
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 30; ++i) {
        calls.push_back(add_and_count(library, "https://" + std::to_string(i % 3) + ".example", created, ids));
    }
    get_all(std::move(calls));
    EXPECT_EQ(created, 3);
    EXPECT_EQ(ids.size(), 30U);
    EXPECT_EQ(get(library.subscriptions()).size(), 3U);
}

TEST_P(StoreContract, TwoBriefsForOneDayAtTheSameTimeAreOne) {
    const ReaderId anna = add_reader("anna").id;
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 10; ++i)
        calls.push_back(discard(readers.save(sample_brief(anna, "2026-03-02", noon + i * 1h))));
    get_all(std::move(calls));
    EXPECT_EQ(get(readers.briefs_since(anna, {})).size(), 1U);
}

TEST_P(StoreContract, ConcurrentExtractionsLeaveAConsistentLibrary) {
    const PodcastId podcast = add_podcast("https://a.example");
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 10; ++i) {
        const EpisodeId episode = add_episode(podcast, std::to_string(i), noon).id;
        for (const char* hash : {"h1", "h1", "h2"}) calls.push_back(save_one(library, episode, hash));
    }
    get_all(std::move(calls));
    const LibraryCounts counts = get(library.counts());
    EXPECT_EQ(counts.transcripts, 20);
    EXPECT_EQ(counts.insights, 20);
    std::int64_t sequence = 0;
    std::size_t present = 0;
    for (const auto& change : all_changes()) {
        EXPECT_GT(change.sequence, sequence);
        sequence = change.sequence;
        present += change.insight.superseded ? 0 : 1;
    }
    EXPECT_EQ(present, 20U);
}

TEST_P(StoreContract, WritesApplyInTheOrderInWhichTheyWereStarted) {
    const ReaderId anna = add_reader("anna").id;
    std::vector<asio::awaitable<void>> calls;
    for (std::int64_t i = 1; i <= 100; ++i) {
        const ConversationState state{std::to_string(i), {InsightId{i}}, {}};
        calls.push_back(readers.save_conversation("terminal:anna", anna, state));
    }
    get_all(std::move(calls));
    EXPECT_EQ(get(readers.conversation("terminal:anna")).topic, "100");
}

asio::awaitable<void> read_own_writes(ReaderStore& readers, std::string key) {
    for (std::int64_t i = 1; i <= 20; ++i) {
        ConversationState state;
        state.listed = {InsightId{i}};
        co_await readers.save_conversation(key, ReaderId{}, state);
        const ConversationState read = co_await readers.conversation(key);
        if (read != state) throw std::runtime_error("an older state was read");
    }
}

TEST_P(StoreContract, WhatWasWrittenIsReadAfterwards) {
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 8; ++i) calls.push_back(read_own_writes(readers, std::to_string(i)));
    EXPECT_NO_THROW(get_all(std::move(calls)));
}

TEST_P(StoreContract, AnAwaitableThatIsNeverAwaitedDoesNothing) {
    {
        const auto unused = readers.save(sample_reader("anna"));
    }
    EXPECT_TRUE(get(readers.readers()).empty());
}

asio::awaitable<Reader> save_in_a_coroutine(ReaderStore& readers) {
    Reader reader = sample_reader("anna");
    co_return co_await readers.save(std::move(reader));
}

TEST_P(StoreContract, ACancelledCallerIsResumedAndTheWriteIsWholeOrNotThere) {
    asio::cancellation_signal stop;
    bool ended = false;
    std::exception_ptr failure;
    Reader saved;
    context.restart();
    asio::co_spawn(context, save_in_a_coroutine(readers),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr f, Reader r) {
                       ended = true;
                       failure = f;
                       saved = std::move(r);
                   }));
    context.poll();  // the write began
    stop.emit(asio::cancellation_type::terminal);
    context.run_for(patience);
    ASSERT_TRUE(ended);
    const auto stored = get(readers.reader_named("anna"));
    if (!failure) {
        EXPECT_EQ(stored, saved);
    } else if (stored) {
        Reader whole = sample_reader("anna");
        whole.id = stored->id;
        EXPECT_EQ(*stored, whole);
    }
}

}  // namespace
}  // namespace podbrief::testing
