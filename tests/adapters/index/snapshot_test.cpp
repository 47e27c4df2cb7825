// What is saved of an index is that index, or nothing.
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "adapters/index/snapshot_file.hpp"
#include "core/search/text_vectors.hpp"
#include "tests/adapters/index/exhaustive_index.hpp"
#include "tests/adapters/index/random_library.hpp"
#include "tests/adapters/index/random_queries.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::index {
namespace {

namespace fs = std::filesystem;

constexpr IndexPoint point{77, {5}};

class SnapshotTest : public ::testing::Test {
protected:
    void put(MemoryIndex& index, std::int64_t from, std::int64_t to) {
        for (std::int64_t id = from; id <= to; ++id) {
            const Insight one = library_.insight(id);
            index.put(one, "show w3ab");
            truth_.put(one, "show w3ab");
        }
    }
    void erase(MemoryIndex& index, std::int64_t id) {
        index.erase({id});
        truth_.erase({id});
    }
    void expect_true(const MemoryIndex& index) {
        ASSERT_EQ(index.size(), truth_.size());
        for (int i = 0; i < 20; ++i) {
            const SearchQuery query = random_query(library_);
            expect_same(index.search(query, 12), truth_.search(query, 12));
            const std::string stem = text::stem(library_.word());
            EXPECT_EQ(index.near_stems(stem, 2), truth_.near_stems(stem, 2));
        }
    }
    bool save(MemoryIndex& index) {
        SnapshotFile snapshot(io_.get_executor(), file_, index);
        return testing::run(io_, snapshot.save(point));
    }
    std::optional<IndexPoint> load(MemoryIndex& index) {
        SnapshotFile snapshot(io_.get_executor(), file_, index);
        const auto found = testing::run(io_, snapshot.load());
        if (found) snapshot.adopt();
        return found;
    }

    testing::TemporaryFolder folder_;
    fs::path file_ = folder_.path() / "podbrief.db.index";
    boost::asio::io_context io_;
    RandomLibrary library_{5, 150};
    ExhaustiveIndex truth_;
};

TEST_F(SnapshotTest, IsTheIndexThatWasSaved) {
    MemoryIndex index;
    put(index, 1, 300);
    for (std::int64_t id = 10; id < 60; ++id) erase(index, id);
    ASSERT_TRUE(save(index));
    MemoryIndex other;
    EXPECT_EQ(load(other), point);
    expect_true(other);
    EXPECT_EQ(other.near_words("w3a", 1), index.near_words("w3a", 1));
    EXPECT_EQ(other.stems_of({3}), index.stems_of({3}));
}

TEST_F(SnapshotTest, HoldsTheVectorsOfTheClaims) {
    MemoryIndex index(&search::built_in_vectors());
    Insight one = library_.insight(1);
    one.text = "Export controls slow the makers of chips.";
    index.put(one, "show");
    one.id = InsightId{2};
    one.text = "Gardeners water their roses in the evening.";
    index.put(one, "show");
    ASSERT_TRUE(save(index));
    MemoryIndex other(&search::built_in_vectors());
    ASSERT_EQ(load(other), point);
    const std::vector<float> asked = other.vector_of_text("semiconductor restrictions");
    const std::vector<SearchHit> near = other.nearest(asked, {}, 2);
    const std::vector<SearchHit> before = index.nearest(asked, {}, 2);
    ASSERT_EQ(near.size(), 2U);
    for (std::size_t i = 0; i < near.size(); ++i) {
        EXPECT_EQ(near[i].insight, before[i].insight);
        EXPECT_EQ(near[i].score, before[i].score);
    }
    EXPECT_EQ(near.front().insight, InsightId{1});
    other.erase(InsightId{1});
    EXPECT_EQ(other.nearest(asked, {}, 2).size(), 1U);
}

TEST_F(SnapshotTest, WithVectorsOfAnotherModelIsRefused) {
    MemoryIndex words;
    put(words, 1, 20);
    ASSERT_TRUE(save(words));
    MemoryIndex meaning(&search::built_in_vectors());
    EXPECT_EQ(load(meaning), std::nullopt);
}

TEST_F(SnapshotTest, OfAnEmptyIndexIsEmpty) {
    MemoryIndex index;
    ASSERT_TRUE(save(index));
    MemoryIndex other;
    EXPECT_EQ(load(other), point);
    EXPECT_EQ(other.size(), 0U);
}

TEST_F(SnapshotTest, CanBeGoneOnWithAsIfNothingHadBeen) {
    MemoryIndex index;
    put(index, 1, 3000);
    ASSERT_TRUE(save(index));
    MemoryIndex other;
    ASSERT_TRUE(load(other));
    put(other, 2000, 5000);
    for (std::int64_t id = 1; id < 3000; id += 2) erase(other, id);  // sweeps
    expect_true(other);
}

TEST_F(SnapshotTest, TakesThePlaceOfWhatWasInTheIndexAndSaysSo) {
    MemoryIndex index;
    put(index, 1, 5);
    ASSERT_TRUE(save(index));
    MemoryIndex other;
    Insight stranger = library_.insight(900);
    for (int i = 0; i < 9; ++i) other.put(stranger, "show");
    const std::uint64_t before = other.changes();
    ASSERT_TRUE(load(other));
    EXPECT_GT(other.changes(), before);
    expect_true(other);
}

TEST_F(SnapshotTest, OfNoFileIsNone) {
    MemoryIndex index;
    EXPECT_EQ(load(index), std::nullopt);
}

TEST_F(SnapshotTest, IsNoneWhereverOneByteIsAnother) {
    MemoryIndex index;
    put(index, 1, 60);
    ASSERT_TRUE(save(index));
    const std::string whole = testing::read_file(file_);
    Random& random = library_.random();
    for (int i = 0; i < 400; ++i) {
        std::string damaged = whole;
        // The head and the end are few bytes: each of them is tried.
        const std::size_t at = i < 60   ? static_cast<std::size_t>(i)
                               : i < 70 ? damaged.size() - 70 + static_cast<std::size_t>(i)
                                        : random.below(damaged.size());
        damaged[at] = static_cast<char>(damaged[at] ^ (1 + random.below(255)));
        testing::write_file(file_, damaged);
        MemoryIndex other;
        EXPECT_EQ(load(other), std::nullopt) << "byte " << at;
        EXPECT_EQ(other.size(), 0U);
    }
}

TEST_F(SnapshotTest, IsNoneWhereAnythingIsMissingAddedOrOverwritten) {
    MemoryIndex index;
    put(index, 1, 60);
    ASSERT_TRUE(save(index));
    const std::string whole = testing::read_file(file_);
    Random& random = library_.random();
    const auto refused = [&](const std::string& bytes) {
        testing::write_file(file_, bytes);
        MemoryIndex other;
        return load(other) == std::nullopt && other.size() == 0;
    };
    for (int i = 0; i < 100; ++i) {
        const std::size_t at = random.below(whole.size());
        EXPECT_TRUE(refused(whole.substr(0, at))) << at;
        std::string longer = whole;
        longer.insert(at, 1 + random.below(9), static_cast<char>(random.below(256)));
        EXPECT_TRUE(refused(longer)) << at;
        std::string block = whole;
        const std::size_t length = std::min<std::size_t>(512, whole.size() - at);
        for (std::size_t b = 0; b < length; ++b) block[at + b] = static_cast<char>(0x5A);
        EXPECT_EQ(refused(block), block != whole) << at;
    }
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused(whole + whole));
    EXPECT_TRUE(refused(std::string(1 << 16, '\xFF')));
}

TEST_F(SnapshotTest, ThatCannotBeWrittenLeavesTheOldOne) {
    MemoryIndex index;
    put(index, 1, 20);
    ASSERT_TRUE(save(index));
    fs::create_directory(file_.string() + ".new");  // in the way
    MemoryIndex more;
    EXPECT_FALSE(save(more));
    MemoryIndex other;
    EXPECT_EQ(load(other), point);
    expect_true(other);
}

TEST_F(SnapshotTest, IsReadableByItsOwnerOnlyAndLeavesNoOtherFile) {
    MemoryIndex index;
    ASSERT_TRUE(save(index));
    EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace podbrief::index
