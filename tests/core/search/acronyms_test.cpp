#include "core/search/acronyms.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/search/find.hpp"
#include "core/search/understand.hpp"
#include "tests/core/search/library.hpp"

namespace podbrief::search {
namespace {

using Source = Acronyms::Source;
using Pairs = std::vector<text::SpelledOut>;

const Pairs confidence = {{"CI", "confidence interval"}};
const Pairs integration = {{"CI", "Continuous Integration"}};

std::vector<std::string> written(const std::vector<Acronyms::LongForm>& forms) {
    std::vector<std::string> all;
    for (const Acronyms::LongForm& one : forms) all.push_back(one.written);
    return all;
}

std::size_t length_at(const Acronyms& acronyms, std::vector<std::string_view> stems) {
    return acronyms.short_form_at(stems).length;
}

// Learns what the insights of a library spell out.
Acronyms learned_from(const Library& library) {
    Acronyms acronyms;
    for (const Insight& one : library.all()) acronyms.learn(Source::insight, one.id.value, text::spelled_out(one.text));
    return acronyms;
}

std::vector<std::int64_t> found(Library& library, const char* text) {
    const Acronyms acronyms = learned_from(library);
    std::vector<std::int64_t> ids;
    for (const SearchHit& hit : find(library.index(), understand(text, library.index(), {&acronyms}), {}).hits) {
        ids.push_back(hit.insight.value);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

Library clinic() {
    Library library;
    library.add("Acute respiratory distress syndrome (ARDS) kills four in ten of those who get it.");
    library.add("Prone positioning helps patients with ARDS more than any drug does.");
    library.add("Lung-protective ventilation in acute respiratory distress syndrome saves lives.");
    library.add("Distress calls from ships are answered within the hour.");
    library.add("A confidence interval, or CI, says more than a p-value.");
    library.add("Trials without a CI should not be printed.");
    library.add("Nurses work too many hours.");
    return library;
}

TEST(Acronyms, KnowWhatAShortFormStandsForTheMostUsualFirst) {
    Acronyms acronyms;
    EXPECT_TRUE(acronyms.long_forms("ci").empty());
    acronyms.learn(Source::transcript, 1, confidence);
    acronyms.learn(Source::transcript, 2, integration);
    acronyms.learn(Source::transcript, 3, integration);
    const auto forms = acronyms.long_forms("ci");
    EXPECT_EQ(written(forms), (std::vector<std::string>{"Continuous Integration", "confidence interval"}));
    EXPECT_NEAR(forms.at(0).share, 2.0 / 3, 1e-9);
    EXPECT_NEAR(forms.at(1).share, 1.0 / 3, 1e-9);
}

TEST(Acronyms, KnowTheShortFormOfTheLongestThatBeginsHere) {
    Acronyms acronyms;
    acronyms.learn(Source::insight, 1,
                   {{"AI", "artificial intelligence"}, {"AII", "artificial intelligence institute"}});
    acronyms.learn(Source::insight, 2, {{"AIC", "artificial intelligence center"}});
    EXPECT_EQ(length_at(acronyms, {"artifici", "intellig"}), 2U);
    EXPECT_EQ(length_at(acronyms, {"artifici", "intellig", "institut", "report"}), 3U);
    EXPECT_EQ(length_at(acronyms, {"artifici"}), 0U);
    EXPECT_EQ(length_at(acronyms, {"intellig", "artifici"}), 0U);
    EXPECT_EQ(length_at(acronyms, {}), 0U);
    EXPECT_EQ(acronyms.short_form_at(std::vector<std::string_view>{"artifici", "intellig", "center"}).stem, "aic");
}

TEST(Acronyms, CountEachSourceOnceAndForgetWithIt) {
    Acronyms acronyms;
    acronyms.learn(Source::transcript, 1, {confidence[0], confidence[0], {"CI", "Confidence Interval"}});
    acronyms.learn(Source::transcript, 2, integration);
    EXPECT_EQ(acronyms.size(), 2U);
    EXPECT_EQ(acronyms.long_forms("ci").front().share, 0.5);
    acronyms.learn(Source::transcript, 1, {});
    EXPECT_EQ(written(acronyms.long_forms("ci")), std::vector<std::string>{"Continuous Integration"});
    EXPECT_EQ(length_at(acronyms, {"confid", "interv"}), 0U);
    acronyms.learn(Source::insight, 2, integration);  // an insight's id is no episode's
    acronyms.forget(Source::transcript, 2);
    EXPECT_EQ(acronyms.size(), 1U);
    acronyms.forget(Source::insight, 2);
    acronyms.forget(Source::insight, 99);
    EXPECT_EQ(acronyms.size(), 0U);
}

TEST(Acronyms, AreTheSameInWhateverOrderTheyAreLearned) {
    std::vector<std::pair<int, Pairs>> sources = {{1, {{"CI", "confidence interval"}}},
                                                  {2, {{"CI", "Confidence interval"}}},
                                                  {3, {{"CI", "cost index"}}},
                                                  {4, {{"CI", "continuous integration"}}}};
    std::vector<std::vector<std::string>> seen;
    do {
        Acronyms acronyms;
        for (const auto& [id, pairs] : sources) acronyms.learn(Source::insight, id, pairs);
        seen.push_back(written(acronyms.long_forms("ci")));
    } while (std::next_permutation(sources.begin(), sources.end(),
                                   [](const auto& a, const auto& b) { return a.first < b.first; }));
    EXPECT_EQ(seen.size(), 24U);
    for (const auto& one : seen) EXPECT_EQ(one, seen.front());
    EXPECT_EQ(seen.front().front(), "Confidence interval");
}

TEST(Acronyms, TakeABoundedAmountOfMemory) {
    Acronyms acronyms;
    Pairs many;
    for (int i = 0; i < 1000; ++i) many.push_back({"AB", "alpha beta" + std::to_string(i)});
    acronyms.learn(Source::insight, 0, many);
    EXPECT_EQ(acronyms.size(), 64U);
    for (int id = 1; id < 1000; ++id) {
        Pairs pairs;
        for (int i = 0; i < 64; ++i) pairs.push_back({"AB", "alpha b" + std::to_string(id * 64 + i)});
        acronyms.learn(Source::insight, id, pairs);
    }
    EXPECT_EQ(acronyms.size(), 20'000U);
    EXPECT_EQ(acronyms.long_forms("ab").size(), 3U);
}

TEST(Understand, FindsWhatAShortFormOfThisLibraryStandsForAndBack) {
    Library library = clinic();
    EXPECT_EQ(found(library, "ARDS"), (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(found(library, "more on acute respiratory distress syndrome"), (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(found(library, "confidence intervals"), (std::vector<std::int64_t>{5, 6}));
}

TEST(Understand, SaysWhatAShortFormIsTakenForWhereNobodyUsesIt) {
    Library library;
    library.add("Named entity recognition fails on names of streets.");
    library.add("Names of streets are long.");
    Acronyms acronyms;
    acronyms.learn(Source::transcript, 1, {{"NER", "named entity recognition"}});
    const UnderstoodQuery query = understand("more on NER please", library.index(), {&acronyms});
    EXPECT_EQ(query.note, "Showing results for named entity recognition.");
    EXPECT_EQ(query.topic, "NER");
    EXPECT_TRUE(query.unknown.empty());
    const Found hits = find(library.index(), query, {});
    ASSERT_EQ(hits.hits.size(), 1U);
    EXPECT_EQ(hits.hits.front().insight, InsightId{1});
}

TEST(Understand, SaysNothingOfAShortFormThatIsInUse) {
    Library library = clinic();
    const Acronyms acronyms = learned_from(library);
    EXPECT_EQ(understand("CI", library.index(), {&acronyms}).note, "");
    EXPECT_EQ(understand("confidence interval", library.index(), {&acronyms}).note, "");
}

TEST(Understand, FindsAllThatAnAmbiguousShortFormStandsFor) {
    Library library;
    library.add("A confidence interval (CI) says more than a p-value.");
    library.add("Continuous integration (CI) finds bugs early.");
    library.add("Continuous integration (CI) costs a team an hour a day.");
    library.add("The confidence interval was wide.");
    library.add("Integration of refugees is continuous work.");
    const Acronyms acronyms = learned_from(library);
    const auto query = understand("CI", library.index(), {&acronyms});
    ASSERT_EQ(query.alternatives.size(), 2U);
    EXPECT_GT(query.alternatives[0].weight, query.alternatives[1].weight) << "twice as many mean the first";
    const auto ids = found(library, "CI");
    EXPECT_TRUE(std::find(ids.begin(), ids.end(), 4) != ids.end());
}

TEST(Understand, ALongFormIsNotTakenForAShortOneThatMostlyMeansOtherThings) {
    Library library;
    library.add("The car was late.");
    library.add("A cue anticipated response is slower.");
    Acronyms acronyms;
    for (int id = 0; id < 4; ++id) acronyms.learn(Source::transcript, id, {{"CAR", "computer aided radiology"}});
    acronyms.learn(Source::transcript, 9, {{"CAR", "cue anticipated response"}});
    const UnderstoodQuery query = understand("cue anticipated response", library.index(), {&acronyms});
    EXPECT_TRUE(
        std::none_of(query.terms.begin(), query.terms.end(), [](const QueryTerm& term) { return term.stem == "car"; }));
}

TEST(Understand, AShortFormThatIsAWordAndWasSpelledOutOnceHasToLieNearInMeaningToo) {
    Library library(&built_in_vectors());
    library.add("Secure anonymised information linkage (SAIL) joins the records of hospitals with those of schools.");
    library.add("Sail boats are cheaper to buy in winter than in summer, when everybody is at the sea.");
    library.add("With SAIL, researchers link records and information on patients without a risk to their security.");
    EXPECT_EQ(found(library, "secure anonymised information linkage"), (std::vector<std::int64_t>{1, 3}));
}

}  // namespace
}  // namespace podbrief::search
