#include "core/services/indexer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>

#include "adapters/index/snapshot_file.hpp"
#include "core/text/words.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/support/files.hpp"

namespace podbrief::services {
namespace {

using testing::ChatLibrary;
using testing::Claim;

// One process: an index that begins empty, beside a store that was there before.
struct Process {
    Process(ChatLibrary& library, const std::filesystem::path& file, boost::asio::any_io_executor pool)
        : snapshot(std::move(pool), file, index), indexer(library.store, index, &snapshot) {}

    index::MemoryIndex index;
    index::SnapshotFile snapshot;
    Indexer indexer;
};

class IndexerTest : public ::testing::Test {
protected:
    Insight say(ChatLibrary& to, const std::string& text) {
        Claim claim;
        claim.show = "Daily Talk";
        claim.text = text;
        return to.add(claim);
    }
    std::unique_ptr<Process> start(ChatLibrary& beside) {
        return std::make_unique<Process>(beside, file, beside.context.get_executor());
    }
    static std::vector<std::int64_t> found(const Process& process, const char* word) {
        SearchQuery query;
        query.terms = {{text::stem(word), 1, 0}};
        std::vector<std::int64_t> ids;
        for (const SearchHit& hit : process.index.search(query, 10)) ids.push_back(hit.insight.value);
        return ids;
    }

    testing::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "podbrief.db.index";
    ChatLibrary library;
};

TEST_F(IndexerTest, ReadsTheWholeFeedWhereThereIsNoSnapshot) {
    say(library, "Chips are scarce.");
    say(library, "Chips are cheap.");
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 2U);
    EXPECT_EQ(found(*process, "chips").size(), 2U);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 0U);
}

TEST_F(IndexerTest, BeginsWhereTheSnapshotEnds) {
    const Insight first = say(library, "Chips are scarce.");
    const auto before = start(library);
    library.get(before->indexer.catch_up());
    library.get(before->indexer.save());
    const Insight second = say(library, "Chips are cheap.");
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 1U) << "only what is new is read";
    EXPECT_EQ(found(*process, "chips"), (std::vector<std::int64_t>{second.id.value, first.id.value}));
    EXPECT_EQ(found(*process, "talk").size(), 2U) << "titles of shows are known";
}

TEST_F(IndexerTest, HearsOfWhatWasRemovedAfterTheSnapshot) {
    say(library, "Chips are scarce.");
    Claim other;
    other.show = "Gone Soon";
    other.text = "Chips are cheap.";
    library.add(other);
    const auto before = start(library);
    library.get(before->indexer.catch_up());
    library.get(before->indexer.save());
    library.get(library.store.remove_podcast(library.show("Gone Soon")));
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 1U);
    EXPECT_EQ(found(*process, "chips").size(), 1U);
}

TEST_F(IndexerTest, RefusesASnapshotThatKnowsMoreThanTheStore) {
    ChatLibrary ahead;
    for (const char* text : {"Chips are scarce.", "Chips are cheap.", "Chips are late."}) say(ahead, text);
    const auto before = start(ahead);
    ahead.get(before->indexer.catch_up());
    ahead.get(before->indexer.save());
    say(library, "Reactors are slow.");
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 1U);
    EXPECT_TRUE(found(*process, "chips").empty());
    EXPECT_EQ(found(*process, "reactors").size(), 1U);
}

TEST_F(IndexerTest, RefusesASnapshotThatHoldsAnotherNumberOfInsightsThanTheStore) {
    ChatLibrary other;
    Claim gone;
    gone.show = "Gone Soon";
    gone.text = "Chips are cheap.";
    other.add(gone);
    other.get(other.store.remove_podcast(other.show("Gone Soon")));
    say(other, "Chips are scarce.");
    const auto before = start(other);
    other.get(before->indexer.catch_up());
    other.get(before->indexer.save());
    for (int i = 0; i < 6; ++i) say(library, "Reactors are slow.");
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 6U);
    EXPECT_TRUE(found(*process, "chips").empty());
    EXPECT_EQ(process->index.size(), 6U);
}

TEST_F(IndexerTest, ADamagedSnapshotIsAsGoodAsNone) {
    say(library, "Chips are scarce.");
    const auto before = start(library);
    library.get(before->indexer.catch_up());
    library.get(before->indexer.save());
    std::string bytes = testing::read_file(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    testing::write_file(file, bytes);
    const auto process = start(library);
    EXPECT_EQ(library.get(process->indexer.catch_up()), 1U);
    EXPECT_EQ(found(*process, "chips").size(), 1U);
}

TEST_F(IndexerTest, SavesNothingWhereNothingChanged) {
    say(library, "Chips are scarce.");
    const auto process = start(library);
    library.get(process->indexer.catch_up());
    library.get(process->indexer.save());
    std::filesystem::remove(file);
    library.get(process->indexer.save());
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(IndexerTest, SearchesGoOnWhileASnapshotIsSavedAndNewInsightsWait) {
    say(library, "Chips are scarce.");
    boost::asio::io_context pool;  // runs when the test says so
    Process process(library, file, pool.get_executor());
    std::size_t caught_up = 0;
    const auto count = [&](std::exception_ptr, std::size_t) { ++caught_up; };
    const auto work = [&] {
        library.context.restart();
        library.context.poll();
    };
    boost::asio::co_spawn(library.context, process.indexer.catch_up(), count);
    work();
    pool.poll();  // looks for a snapshot
    work();
    ASSERT_EQ(caught_up, 1U);
    bool saved = false;
    boost::asio::co_spawn(library.context, process.indexer.save(), [&](std::exception_ptr) { saved = true; });
    work();
    say(library, "Chips are cheap.");
    boost::asio::co_spawn(library.context, process.indexer.catch_up(), count);
    work();
    EXPECT_EQ(found(process, "chips").size(), 1U);
    EXPECT_EQ(caught_up, 1U);
    pool.restart();
    pool.poll();
    work();
    EXPECT_TRUE(saved);
    EXPECT_EQ(caught_up, 2U);
    EXPECT_EQ(found(process, "chips").size(), 2U);
}

TEST_F(IndexerTest, SavesEveryTenMinutesAndWhenItIsStopped) {
    say(library, "Chips are scarce.");
    const auto process = start(library);
    library.get(process->indexer.catch_up());
    boost::asio::cancellation_signal stop;
    std::exception_ptr ended;
    bool over = false;
    boost::asio::co_spawn(library.context, process->indexer.keep_saved(library.clock),
                          boost::asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e) {
                              ended = e;
                              over = true;
                          }));
    const auto work = [&] {
        library.context.restart();
        library.context.poll();
    };
    work();
    EXPECT_FALSE(std::filesystem::exists(file));
    library.clock.advance(std::chrono::minutes{10});
    work();
    EXPECT_TRUE(std::filesystem::exists(file));
    say(library, "Chips are cheap.");
    library.get(process->indexer.catch_up());
    std::filesystem::remove(file);
    stop.emit(boost::asio::cancellation_type::terminal);
    work();
    EXPECT_TRUE(over);
    EXPECT_TRUE(ended != nullptr);
    const auto next = start(library);
    EXPECT_EQ(library.get(next->indexer.catch_up()), 0U) << "the snapshot has it all";
    EXPECT_EQ(found(*next, "chips").size(), 2U);
}

}  // namespace
}  // namespace podbrief::services
