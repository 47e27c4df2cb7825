#include <gtest/gtest.h>

#include "adapters/index/memory_index.hpp"

namespace podbrief::index {
namespace {

MemoryIndex& put(MemoryIndex& index, std::int64_t id, std::string text) {
    Insight one;
    one.id = {id};
    one.text = std::move(text);
    index.put(one, "");
    return index;
}

TEST(NearWords, RepairASlipInTheEndingThatChangesTheStem) {
    MemoryIndex index;
    put(index, 1, "Regulation is late.");
    EXPECT_EQ(index.near_words("regulaton", 1), (std::vector<KnownWord>{{"regulation", "regul"}}));
}

TEST(NearWords, GiveTheNearestFirstThenTheMoreFrequent) {
    MemoryIndex index;
    put(index, 1, "controls");
    put(index, 2, "contrails");
    put(index, 3, "contrails");
    EXPECT_EQ(index.near_words("contrils", 2).at(0).word, "contrails");
    EXPECT_EQ(index.near_words("contrlos", 2).at(0).word, "controls");
}

TEST(NearWords, KnowWordsWrittenInCapitalsOnly) {
    MemoryIndex index;
    put(index, 1, "NVIDIA leads.");
    EXPECT_EQ(index.near_words("nvidea", 1), (std::vector<KnownWord>{{"nvidia", "nvidia"}}));
}

TEST(NearWords, CountLettersNotBytes) {
    MemoryIndex index;
    put(index, 1, "микросхемы");
    EXPECT_EQ(index.near_words("микросхема", 1).size(), 1U);
    EXPECT_EQ(index.near_words("микрасхема", 1).size(), 0U);
    EXPECT_EQ(index.near_words("микрасхема", 2).size(), 1U);
}

TEST(NearWords, ForgetErasedInsights) {
    MemoryIndex index;
    put(index, 1, "Regulation is late.");
    index.erase({1});
    EXPECT_TRUE(index.near_words("regulaton", 1).empty());
}

TEST(Phrases, AreFoundByTheirShortNamesAndTheCountryIsNotThePronoun) {
    MemoryIndex index;
    put(index, 1, "Large language models are costly.");
    put(index, 2, "The US leads.");
    put(index, 3, "They told us.");
    put(index, 4, "The United States lead.");
    EXPECT_EQ(index.document_frequency("llm"), 1U);
    EXPECT_EQ(index.document_frequency("usa"), 2U);
}

}  // namespace
}  // namespace podbrief::index
