#include "core/insights/worth.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>

#include "core/insights/phrases.hpp"

namespace podbrief::insights {
namespace {

double worth(std::string_view text, std::string_view speaker = "") {
    return worth_of(worth_features_of(text, {.speaker = speaker}));
}

double feature(std::string_view name, std::string_view text, std::string_view speaker = "") {
    const WorthFeatures features = worth_features_of(text, {.speaker = speaker});
    for (std::size_t i = 0; i < worth_features; ++i) {
        if (worth_feature_name(i) == name) return features[i];
    }
    ADD_FAILURE() << "no feature is called " << name;
    return 0;
}

TEST(Worth, PutsAReasonedClaimAboveATourAListAndARamble) {
    const char* claim =
        "Ferry lines lose money on 80% of their trips, because the price is set by the islands and not by the cost of "
        "fuel. No company invests in better boats until the rule changes.";
    for (const char* less : {
             "There's a new version of the harbour app, and you can install it, and then you can see the boats, the "
             "cranes, the docks, and all the different things that are there for users.",
             "Maybe it's something that could be kind of interesting, and they might do that at some point, in some "
             "way, and we hope that people like it and that it works for them.",
             "A ferry is a boat which is called a ferry, and it was built, and then it was used, and there was another "
             "one that was there too, at the time, which is nice.",
         }) {
        EXPECT_GT(worth(claim), worth(less) + 0.2) << less;
    }
}

TEST(Worth, LooksAtWhatIsThoughtAndNotAtWhoThinksSo) {
    const std::string text = "Ada Poe does not think that there's a harbour that pays for its boats.";
    EXPECT_EQ(feature("attributed", text, "Ada Poe"), 1);
    EXPECT_EQ(feature("opens there", text, "Ada Poe"), 1);
    EXPECT_EQ(feature("attributed", text, "Grace Lee"), 0);
    EXPECT_EQ(feature("opens there", text, "Grace Lee"), 0);
    EXPECT_EQ(feature("attributed", "Ada Poe", "Ada Poe"), 0) << "nothing is thought";
}

TEST(Worth, TellsAThingThatWasNotNamedFromOneThatIsExplained) {
    EXPECT_GT(feature("definite", "Captains open the valve and leave."), 0);
    EXPECT_EQ(feature("definite", "Captains open the valve of a boiler and leave."), 0);
    EXPECT_EQ(feature("definite", "A valve is closed, so captains open the valve."), 0) << "named before";
}

TEST(Worth, MissesWhatAComparisonComparesWith) {
    EXPECT_EQ(feature("bare comparative", "Old boats are cheaper."), 1);
    EXPECT_EQ(feature("bare comparative", "Old boats are cheaper than new ones."), 0);
    EXPECT_EQ(feature("bare comparative", "Old boats leak."), 0);
}

TEST(Worth, RanksATextOfGoodLengthAboveAShortOneOfTheSameWorth) {
    const EngineSettings settings;
    const std::string shorter =
        "Ferry lines lose money on most of their trips, because prices are set by the islands and not by the cost of "
        "fuel or crews.";
    const double whole = quality_of(shorter, {}, settings);
    EXPECT_LT(whole, std::sqrt(worth(shorter)));
    EngineSettings lenient = settings;
    lenient.good_words_from = 20;
    EXPECT_GT(quality_of(shorter, {}, lenient), whole);
}

RC_GTEST_PROP(Worth, IsAProbabilityForAnyText, (const std::string& text, const std::string& speaker)) {
    const WorthFeatures features = worth_features_of(text, {.speaker = speaker});
    for (const double value : features) RC_ASSERT(value >= 0 && value <= 3);
    const double probability = worth_of(features);
    RC_ASSERT(probability >= 0 && probability <= 1);
}

TEST(PhraseTable, CountsTheWordsAtWhichAPhraseOfAKindBegins) {
    PhraseTable table;
    table.add(0, "ice|ice cold|as a result");
    table.add(1, "ice");
    const Tokens tokens("Ice cold boats, as a result of ice, as a rule.");
    std::array<double, 2> counts{};
    table.count(tokens.list, counts);
    EXPECT_EQ(counts[0], 3) << "both phrases at the first word count once";
    EXPECT_EQ(counts[1], 2);
}

}  // namespace
}  // namespace podbrief::insights
