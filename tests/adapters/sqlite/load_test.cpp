// Many readers, one writer, and guests, all at once.
#include "tests/adapters/sqlite/faulty_disk.hpp"
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

struct Load {
    LibraryStore& library;
    int writers_left = 0;
    std::size_t reads = 0;
};

asio::awaitable<void> write_episodes(Load& load, std::string show, int count) {
    Podcast podcast = sample_podcast("https://" + show);
    FeedUpdate update;
    update.podcast = (co_await load.library.add_podcast(std::move(podcast), PollState())).id;
    for (int i = 0; i < count; ++i) update.added.push_back(identified(sample_episode(std::to_string(i), noon)));
    const auto episodes = co_await load.library.apply(std::move(update));
    for (const Episode& episode : episodes) {
        Extraction extraction;
        extraction.episode = episode.id;
        extraction.transcript = sample_transcript("h1");
        extraction.transcript.segments[1].text = std::string(60'000, 'x');
        extraction.insights = std::vector<Insight>(15, sample_insight("one"));
        co_await load.library.save(std::move(extraction));
    }
    --load.writers_left;
}

// A follower of the change feed that looks at every insight: never one that is not whole.
asio::awaitable<void> read_until_written(Load& load) {
    std::int64_t sequence = 0;
    while (load.writers_left > 0) {
        const auto changes = co_await load.library.changes_since(sequence, 20);
        std::vector<InsightId> ids;
        for (const auto& change : changes) {
            if (change.sequence <= sequence) throw std::runtime_error("the change feed went back");
            sequence = change.sequence;
            ids.push_back(change.insight.id);
        }
        const std::size_t expected = ids.size();
        const auto details = co_await load.library.details(std::move(ids));
        if (details.size() != expected) throw std::runtime_error("an insight of the change feed is not there");
        const auto counts = co_await load.library.counts();
        if (counts.insights != counts.transcripts * 15) throw std::runtime_error("half an episode was read");
        ++load.reads;
    }
}

class UnderLoad : public SqliteTest {
protected:
    void run_all(Load& load, int shows, int episodes, int readers) {
        load.writers_left = shows;
        int running = shows + readers;
        std::vector<std::exception_ptr> failures;
        const auto ended = [&](std::exception_ptr failure) {
            if (failure) failures.push_back(failure);
            --running;
        };
        context.restart();
        const std::string prefix = std::to_string(++runs_) + "-";
        for (int i = 0; i < shows; ++i) {
            asio::co_spawn(context, write_episodes(load, prefix + std::to_string(i), episodes), ended);
        }
        for (int i = 0; i < readers; ++i) asio::co_spawn(context, read_until_written(load), ended);
        context.run_for(patience);
        EXPECT_EQ(running, 0);
        for (const auto& failure : failures) EXPECT_NO_THROW(std::rethrow_exception(failure));
    }

    int runs_ = 0;
};

TEST_F(UnderLoad, EightReadersSeeWholeEpisodesAndOnlyTheWriterCheckpoints) {
    FaultyDisk disk;
    const auto database = open(true, 8);
    get(database->library().counts());
    disk.forget_writers();
    Load load{database->library()};
    run_all(load, 4, 40, 8);
    EXPECT_GT(load.reads, 0U);
    EXPECT_GE(database->activity().checkpoints, 3U);
    EXPECT_LE(database->activity().wal_bytes, 64U << 20);
    const auto threads = disk.writers_of_database();
    EXPECT_EQ(threads.size(), 1U) << "checkpoints from more than one thread";
    EXPECT_FALSE(threads.contains(std::this_thread::get_id()));
    EXPECT_NO_THROW(get(database->check()));
    EXPECT_EQ(get(database->library().counts()).insights, 4 * 40 * 15);
}

TEST_F(UnderLoad, AGuestNeverCheckpointsAndTheOwnerDoesItForAll) {
    FaultyDisk disk;
    const auto owner = open();
    const auto guest = open(false, 4);
    disk.forget_writers();
    Load load{guest->library()};
    run_all(load, 2, 40, 2);
    EXPECT_EQ(guest->activity().checkpoints, 0U);
    EXPECT_GT(guest->activity().wal_bytes, 4U << 20);
    EXPECT_TRUE(disk.writers_of_database().empty());
    get(owner->readers().save(sample_reader("anna")));  // its next write sees how much there is
    get(owner->readers().save(sample_reader("bo")));
    EXPECT_GE(owner->activity().checkpoints, 1U);
    EXPECT_EQ(get(owner->library().counts()).episodes, 80);
    EXPECT_NO_THROW(get(owner->check()));
}

TEST_F(UnderLoad, AContextThatIsRunAgainAtOnceIsNeverCutShort) {
    const auto database = open();
    for (int i = 0; i < 5000; ++i) ASSERT_NO_THROW(get(database->library().next_feed_due())) << i;
}

TEST_F(UnderLoad, OwnerAndGuestWriteAtTheSameTime) {
    const auto owner = open();
    const auto guest = open(false);
    Load mine{owner->library()};
    Load theirs{guest->library()};
    mine.writers_left = theirs.writers_left = 1;
    std::vector<std::exception_ptr> failures;
    int running = 2;
    const auto ended = [&](std::exception_ptr failure) {
        if (failure) failures.push_back(failure);
        --running;
    };
    context.restart();
    asio::co_spawn(context, write_episodes(mine, "mine", 60), ended);
    asio::co_spawn(context, write_episodes(theirs, "theirs", 60), ended);
    context.run_for(patience);
    EXPECT_EQ(running, 0);
    for (const auto& failure : failures) EXPECT_NO_THROW(std::rethrow_exception(failure));
    EXPECT_EQ(get(guest->library().counts()).transcripts, 120);
    EXPECT_GE(owner->activity().checkpoints, 1U);
    EXPECT_NO_THROW(get(owner->check()));
}

}  // namespace
}  // namespace podbrief::testing
