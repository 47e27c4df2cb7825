// MemoryIndex gives what scoring every insight gives, whatever was put, replaced and erased before.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/index/edit_distance.hpp"
#include "adapters/index/memory_index.hpp"
#include "core/text/words.hpp"
#include "tests/adapters/index/exhaustive_index.hpp"
#include "tests/adapters/index/random_library.hpp"
#include "tests/adapters/index/random_queries.hpp"

namespace podbrief::index {
namespace {

RC_GTEST_PROP(MemoryIndexAgainstExhaustive, GivesTheSameAfterAnyHistory, (std::uint64_t seed)) {
    RandomLibrary library(seed, 120);
    MemoryIndex fast;
    ExhaustiveIndex slow;
    const std::size_t steps = 1 + library.random().below(60);
    for (std::size_t step = 0; step < steps; ++step) {
        const auto id = static_cast<std::int64_t>(1 + library.random().below(100));
        if (library.random().below(5) == 0) {
            fast.erase({id});
            slow.erase({id});
        } else {
            const Insight one = library.insight(id);
            fast.put(one, "show w3ab");
            slow.put(one, "show w3ab");
        }
    }
    RC_ASSERT(fast.size() == slow.size());
    for (int i = 0; i < 5; ++i) {
        const SearchQuery query = random_query(library);
        const std::size_t limit = library.random().below(12);
        expect_same(fast.search(query, limit), slow.search(query, limit));
        const std::string stem = text::stem(library.word());
        RC_ASSERT(fast.document_frequency(stem) == slow.document_frequency(stem));
        const int distance = static_cast<int>(1 + library.random().below(2));
        RC_ASSERT(fast.near_stems(stem, distance) == slow.near_stems(stem, distance));
    }
    RC_ASSERT(!::testing::Test::HasFailure());
}

// More insights than a window holds, lists of many blocks, few hits wanted: so that much is left out. Words are
// squeezed into few, so that many scores are equal.
TEST(MemoryIndexAgainstExhaustive, LeavingOutWhatCannotBeAmongTheBestChangesNothing) {
    for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
        SCOPED_TRACE(seed);
        RandomLibrary library(seed, 10 * seed * seed * seed);
        MemoryIndex pruned;
        MemoryIndex whole(nullptr, Scoring::exhaustive);
        ExhaustiveIndex slow;
        for (std::int64_t i = 1; i <= 9000; ++i) {
            // Not in the order of ids, as after replacements.
            const auto id = i % 5 == 0 ? static_cast<std::int64_t>(1 + library.random().below(9000)) : i;
            const Insight one = library.insight(id);
            pruned.put(one, "show");
            whole.put(one, "show");
            slow.put(one, "show");
        }
        for (int i = 0; i < 60; ++i) {
            const SearchQuery query = random_query(library);
            const std::size_t limit = 1 + library.random().below(30);
            const auto hits = pruned.search(query, limit);
            expect_same(hits, whole.search(query, limit));
            if (i % 10 == 0) expect_same(hits, slow.search(query, limit));
        }
    }
}

TEST(MemoryIndexAgainstExhaustive, CommonWordsCountForThoseThatHoldARareOne) {
    RandomLibrary library(9, 500);
    Random& random = library.random();
    MemoryIndex pruned;
    ExhaustiveIndex slow;
    for (std::int64_t id = 1; id <= 13'000; ++id) {
        Insight one = library.insight(id);
        for (const char* common : {" plenty", " many"}) one.text += random.below(3) == 0 ? common : "";
        if (random.below(150) == 0) one.text += random.below(2) == 0 ? " seldom" : " " + library.word() + " seldom";
        pruned.put(one, "show");
        slow.put(one, "show");
    }
    for (int i = 0; i < 30; ++i) {
        SearchQuery query;
        query.terms = {
            {text::stem("plenty"), 1, 0}, {text::stem("seldom"), 1, 1}, {text::stem("many"), 0.8, i % 2 * 2}};
        query.typed = random.below(2) == 0;
        if (random.below(3) == 0) query.podcast = PodcastId{2};
        const std::size_t limit = 1 + random.below(15);
        expect_same(pruned.search(query, limit), slow.search(query, limit));
    }
}

TEST(MemoryIndexAgainstExhaustive, AgreesOverSeveralWindowsAndSweeps) {
    RandomLibrary library(7, 3000);
    MemoryIndex fast;
    ExhaustiveIndex slow;
    // More than one scoring window of documents, and enough replacements to sweep tombstones out several times.
    for (int round = 0; round < 2; ++round) {
        for (std::int64_t id = 1; id <= 4500; ++id) {
            if (round > 0 && id % 3 == 0) {
                fast.erase({id});
                slow.erase({id});
                continue;
            }
            const Insight one = library.insight(id);
            fast.put(one, "show");
            slow.put(one, "show");
        }
        ASSERT_EQ(fast.size(), slow.size());
        for (int i = 0; i < 4; ++i) {
            const SearchQuery query = random_query(library);
            expect_same(fast.search(query, 20), slow.search(query, 20));
        }
    }
    for (std::int64_t id = 1; id <= 4500; id += 97) EXPECT_EQ(fast.stems_of({id}), slow.stems_of({id}));
}

TEST(MemoryIndexSweep, GivesMemoryBack) {
    RandomLibrary library(11, 20000);
    MemoryIndex index;
    for (std::int64_t id = 1; id <= 6000; ++id) index.put(library.insight(id), "show");
    const std::size_t full = index.memory_use().total();
    for (std::int64_t id = 1; id <= 5900; ++id) index.erase({id});
    EXPECT_EQ(index.size(), 100U);
    EXPECT_LT(index.memory_use().total(), full / 2);
}

RC_GTEST_PROP(EditDistance, IsWithinTheLimitExactlyWhenTheTableSaysSo, (std::uint64_t seed)) {
    Random random(seed);
    const auto word = [&] {
        std::string letters;
        for (std::size_t i = 1 + random.below(9); i > 0; --i) letters += static_cast<char>('a' + random.below(3));
        return letters;
    };
    const std::string a = word();
    const std::string b = word();
    ExhaustiveIndex reference;  // its near_stems counts by the book
    Insight one;
    one.id = {1};
    one.text = b;
    reference.put(one, "");
    const std::vector<std::string> stems = reference.stems_of({1});
    if (stems.empty() || stems.front() == a) return;
    const Spelling left(a);
    const Spelling right(stems.front());
    for (int limit = 1; limit <= 2; ++limit) {
        const bool near = !reference.near_stems(a, limit).empty();
        RC_ASSERT((edits_between(left, right, limit) <= limit) == near);
        if (near) RC_ASSERT(may_be_near(left.mask, left.size, right.mask, right.size, limit));
    }
}

}  // namespace
}  // namespace podbrief::index
