#include "adapters/index/typed_words.hpp"

#include <gtest/gtest.h>

#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

class TypedWordsTest : public ::testing::Test {
protected:
    // Gives the place of the first word.
    Place say(std::string_view text) {
        places.pause();
        const Place first = places.here();
        for (const text::ByteRange& word : text::words(text)) {
            places.say(word.in(text), vocabulary.term_of_word(word.in(text)));
        }
        return first;
    }
    std::vector<TypedWord> type(std::string_view text, const std::vector<QueryTerm>& terms) const {
        return typed_words(text, terms, vocabulary, places, 100);
    }
    // Of the place given; all zero when nothing asked is said there.
    static Together at(const std::vector<Together>& all, Place place) {
        for (const Together& one : all) {
            if (one.place == place) return one;
        }
        return {place, 0, 0, 0};
    }

    Vocabulary vocabulary;
    WordPlaces places;
};

TEST_F(TypedWordsTest, WhatIsSaidAsItWasTypedIsAllOfTheQuery) {
    const Place exact = say("so do we build or buy that");
    const Place apart = say("we build what nobody would ever want to buy from us");
    const Place turned = say("we buy or build that");
    const auto together = said_together(type("build or buy", {{"build", 1, 0}, {"buy", 1, 1}}));
    const Together best = at(together, exact + 3);
    EXPECT_NEAR(best.in_order, 1, 1e-5);
    EXPECT_LT(at(together, apart + 1).in_order, 0.8);
    EXPECT_LT(at(together, turned + 3).in_order, best.in_order);
    EXPECT_GT(at(together, turned + 3).share, at(together, apart + 1).share);
}

TEST_F(TypedWordsTest, OnlyWhatIsAskedCounts) {
    say("people say the strangest things");
    const auto words = type("what people say about rust", {{"rust", 1, 0}});
    ASSERT_EQ(words.size(), 5U);
    EXPECT_FALSE(words[1].asked);
    EXPECT_TRUE(words[4].asked);
    EXPECT_TRUE(said_together(words).empty());
}

TEST_F(TypedWordsTest, WordsWrittenTogetherAreFoundApartAndTheOtherWayRound) {
    const Place apart = say("we use web components for that");
    const Place whole = say("my startup has no money");
    EXPECT_EQ(type("WebComponents", {{"webcompon", 1, 0}}).front().joined, std::vector<Place>{apart + 2});
    EXPECT_EQ(type("start up", {{"start", 1, 0}}).front().joined, std::vector<Place>{whole + 1});
}

TEST_F(TypedWordsTest, AnotherWordForAWordStandsForIt) {
    const Place there = say("we wrote it in javascript for fun");
    const auto words = type("js fun", {{"js", 1, 0}, {"javascript", 0.9, 0}, {"fun", 1, 1}});
    ASSERT_EQ(words.front().said.size(), 1U);
    EXPECT_EQ(words.front().said.front().place, there + 4);
    EXPECT_FLOAT_EQ(words.front().said.front().weight, 0.9F);
}

TEST_F(TypedWordsTest, WithoutATextTheTermsStandForIt) {
    const Place there = say("cheap batteries");
    const auto together = said_together(type("", {{"cheap", 1, 0}, {"batteri", 1, 1}}));
    EXPECT_NEAR(at(together, there).in_order, 1, 1e-5);
}

TEST_F(TypedWordsTest, WordsOfTwoTalksAreNotTogether) {
    const Place there = say("everything is cheap");
    say("batteries and more");
    const auto together = said_together(type("cheap batteries", {{"cheap", 1, 0}, {"batteri", 1, 1}}));
    EXPECT_FLOAT_EQ(at(together, there + 2).others, 0);
}

TEST_F(TypedWordsTest, AWordTypedAgainCountsOnce) {
    const Place there = say("how people use it");
    const auto words = type("people use people", {{"peopl", 1, 0}, {"use", 1, 1}});
    ASSERT_EQ(words.size(), 3U);
    EXPECT_EQ(words[0].said.size(), 1U);
    EXPECT_TRUE(words[2].said.empty());
    EXPECT_NEAR(at(said_together(words), there + 1).in_order, 1, 1e-5);
}

TEST_F(TypedWordsTest, AVeryLongQueryIsReadToItsTwentyFourthWord) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "word ";
    EXPECT_EQ(type(text, {{"word", 1, 0}}).size(), 24U);
}

}  // namespace
}  // namespace podbrief::index
