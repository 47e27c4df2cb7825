#pragma once
// What every SearchIndex keeps to. A test program includes this once and names its makers:
//   INSTANTIATE_TEST_SUITE_P(Memory, SearchIndexContract, ::testing::Values([] { return std::make_unique<...>(); }));
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/search_index.hpp"
#include "core/text/words.hpp"

namespace podbrief::testing {

using MakeSearchIndex = std::function<std::unique_ptr<SearchIndex>()>;

class SearchIndexContract : public ::testing::TestWithParam<MakeSearchIndex> {
protected:
    std::unique_ptr<SearchIndex> index_ = GetParam()();

    static Insight insight(std::int64_t id, std::string text) {
        Insight one;
        one.id = {id};
        one.episode = {100 + id};
        one.podcast = {7};
        one.cluster = {1000 + id};
        one.text = std::move(text);
        return one;
    }

    void put(const Insight& one) { index_->put(one, "Some Show"); }

    static SearchQuery query(std::initializer_list<const char*> words) {
        SearchQuery wanted;
        for (const char* word : words)
            wanted.terms.push_back({text::stem(word), 1, static_cast<int>(wanted.terms.size())});
        return wanted;
    }

    std::vector<std::int64_t> ids(const SearchQuery& wanted, std::size_t limit = 10) const {
        std::vector<std::int64_t> found;
        for (const SearchHit& hit : index_->search(wanted, limit)) found.push_back(hit.insight.value);
        return found;
    }
};

using Ids = std::vector<std::int64_t>;

TEST_P(SearchIndexContract, IsEmptyAtFirst) {
    EXPECT_EQ(index_->size(), 0U);
    EXPECT_EQ(ids(query({"chip"})), Ids{});
    EXPECT_EQ(index_->document_frequency("chip"), 0U);
    EXPECT_TRUE(index_->near_stems("chip", 2).empty());
    EXPECT_TRUE(index_->stems_of({1}).empty());
    index_->erase({1});
    EXPECT_EQ(index_->size(), 0U);
}

TEST_P(SearchIndexContract, TellsThatItChangedEvenWhereItsSizeStays) {
    std::uint64_t before = index_->changes();
    const auto changed = [&] { return std::exchange(before, index_->changes()) != index_->changes(); };
    put(insight(1, "Chips are scarce."));
    EXPECT_TRUE(changed());
    put(insight(1, "Chips are plenty."));
    EXPECT_TRUE(changed());
    index_->erase({2});
    EXPECT_FALSE(changed()) << "it was not there";
    index_->erase({1});
    EXPECT_TRUE(changed());
}

TEST_P(SearchIndexContract, FindsAnInsightByAnyFormOfItsWords) {
    put(insight(1, "Exporting chips to rivals is restricted."));
    EXPECT_EQ(ids(query({"exports"})), Ids{1});
    EXPECT_EQ(ids(query({"CHIP"})), Ids{1});
    EXPECT_EQ(ids(query({"potato"})), Ids{});
}

TEST_P(SearchIndexContract, FindsAnInsightByQuoteTopicEntityShowAndSpeaker) {
    Insight one = insight(1, "The rule works.");
    one.quote = "and so, you know, the lithography stops";
    one.topics = {"semiconductors"};
    one.entities = {"Huawei"};
    one.speaker = "Ada Quill";
    put(one);
    for (const char* word : {"lithography", "semiconductors", "huawei", "quill", "show"}) {
        EXPECT_EQ(ids(query({word})), Ids{1}) << word;
    }
}

TEST_P(SearchIndexContract, RanksTheTextAboveTheQuoteAndTheQuoteAboveNames) {
    Insight in_text = insight(1, "Lithography decides who leads.");
    Insight in_quote = insight(2, "Machines decide who leads.");
    in_quote.quote = "Lithography machines decide who leads.";
    Insight in_name = insight(3, "Machines decide who leads.");
    in_name.speaker = "Lithography Larry";
    for (const Insight& one : {in_name, in_quote, in_text}) put(one);
    EXPECT_EQ(ids(query({"lithography"})), (Ids{1, 2, 3}));
}

TEST_P(SearchIndexContract, RanksTheRarerWordHigher) {
    for (int id = 1; id <= 20; ++id) put(insight(id, "Models answer questions quickly."));
    put(insight(21, "Reactors answer demand quickly."));
    EXPECT_EQ(ids(query({"models", "reactors"}), 1), Ids{21});
}

TEST_P(SearchIndexContract, AnAlternativeIsHeldByWhoHoldsAllItsWords) {
    put(insight(1, "CI runs on every commit."));
    Insight labelled = insight(2, "The mean alone says little.");
    labelled.topics = {"confidence interval"};
    put(labelled);
    put(insight(3, "An interval of ten years passed."));
    SearchQuery wanted = query({"CI"});
    wanted.alternatives.push_back({{"confid", "interv"}, 0.5, 0});
    EXPECT_EQ(ids(wanted), (Ids{1, 2})) << "what was typed goes first";
    const std::vector<SearchHit> hits = index_->search(wanted, 5);
    EXPECT_NEAR(hits.at(0).coverage, 1, 1e-3);
    EXPECT_NEAR(hits.at(1).coverage, 0.5, 1e-3);
    index_->erase({2});
    EXPECT_EQ(ids(wanted), Ids{1});
}

TEST_P(SearchIndexContract, AlternativesWithUnknownWordsOrWithoutAGroupFindNothing) {
    put(insight(1, "The interval is a confidence interval."));
    SearchQuery wanted = query({"CI"});
    wanted.alternatives = {{{"confid", "nobodysaysthis"}, 1, 0}, {{}, 1, 0}, {{"confid", "interv"}, 1, 7}};
    EXPECT_EQ(ids(wanted), Ids{});
}

TEST_P(SearchIndexContract, AWordInSeveralFieldsCountsMoreThanInOne) {
    Insight once = insight(1, "Lithography decides who leads.");
    Insight labelled = insight(2, "Lithography decides who leads.");
    labelled.topics = {"lithography"};
    Insight quoted = insight(3, "Lithography decides who leads.");
    quoted.quote = "it is lithography that decides";
    for (const Insight& one : {labelled, quoted, once}) put(one);
    EXPECT_EQ(ids(query({"lithography"})), (Ids{2, 3, 1}));
}

TEST_P(SearchIndexContract, AShortFieldSaysMoreByAWordThanALongOne) {
    put(insight(1, "Reactors are slow."));
    put(insight(2,
                "Reactors are slow, as are permits, courts, hearings, grids, mines, banks and people of all kinds."));
    Insight long_quote = insight(3, "Permits decide.");
    long_quote.quote = "well you know permits and courts and hearings and grids and mines and banks and then chips";
    Insight short_quote = insight(4, "Permits decide.");
    short_quote.quote = "chips";
    put(long_quote);
    put(short_quote);
    EXPECT_EQ(ids(query({"reactors"})), (Ids{1, 2}));
    EXPECT_EQ(ids(query({"chips"})), (Ids{4, 3}));
}

TEST_P(SearchIndexContract, WhoSpeaksIsFoundAfterWhoIsSpokenOf) {
    Insight speaker = insight(1, "Machines decide who leads.");
    speaker.speaker = "Ada Quill";
    put(speaker);
    put(insight(2, "Machines decide, says Ada Quill of them."));
    EXPECT_EQ(ids(query({"ada", "quill"})), (Ids{2, 1}));
}

TEST_P(SearchIndexContract, WordsOfAPhraseStandTogetherInTheClaimOrInTheQuote) {
    put(insight(1, "Open source wins."));
    put(insight(2, "The source is open."));
    put(insight(3, "An open and free source."));
    Insight quoted = insight(4, "Sharing wins; it is open to any source.");
    quoted.quote = "well, open source wins";
    put(quoted);
    Insight apart = insight(5, "Sharing is open.");
    apart.quote = "the source of it";
    put(apart);
    SearchQuery wanted = query({"open", "source"});
    EXPECT_EQ(ids(wanted).size(), 5U);
    wanted.phrases = {{{{"open", 0}, {"sourc", 1}}}};
    Ids found = ids(wanted);
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, (Ids{1, 4}));
    wanted.phrases.push_back({{{"share", 0}}});
    EXPECT_EQ(ids(wanted), Ids{4}) << "all phrases";
    wanted.phrases.push_back({{{"neverheard", 0}}});
    EXPECT_EQ(ids(wanted), Ids{});
}

TEST_P(SearchIndexContract, SmallWordsOfAPhraseCountAsPlaces) {
    put(insight(1, "It is the state of the art."));
    put(insight(2, "It is state art."));
    SearchQuery wanted = query({"state", "art"});
    wanted.phrases = {{{{"state", 0}, {"art", 3}}}};
    EXPECT_EQ(ids(wanted), Ids{1});
}

TEST_P(SearchIndexContract, NeighboursOfATypedQueryCountMoreTheNearerTheyStandInTheClaim) {
    put(insight(1, "Chip export is slow, while makers abroad wait and wonder about rules."));
    put(insight(2, "Chip makers abroad and export rules wait, while slow is wonder about."));
    put(insight(3, "Chip makers abroad wait and wonder, while slow is about rules export."));
    SearchQuery wanted = query({"chip", "export"});
    EXPECT_EQ(ids(wanted), (Ids{3, 2, 1})) << "not typed: equal";
    wanted.typed = true;
    EXPECT_EQ(ids(wanted), (Ids{1, 2, 3}));
}

TEST_P(SearchIndexContract, AWordThatNobodySaysAnyMorePartsNoNeighbours) {
    put(insight(1, "Chip makers export."));
    put(insight(2, "Gadolinium is rare."));
    index_->erase({2});
    SearchQuery with = query({"chip", "gadolinium", "export"});
    with.typed = true;
    SearchQuery without = query({"chip", "export"});
    without.typed = true;
    EXPECT_EQ(index_->search(with, 1).at(0).score, index_->search(without, 1).at(0).score);
}

TEST_P(SearchIndexContract, StandingNearNeverLiftsAnInsightByMoreThanAnEighth) {
    put(insight(1, "Chip export."));
    SearchQuery wanted = query({"chip", "export"});
    const double apart = index_->search(wanted, 1).at(0).score;
    wanted.typed = true;
    const double near = index_->search(wanted, 1).at(0).score;
    EXPECT_GT(near, apart);
    EXPECT_LE(near, apart * 1.1251);
}

TEST_P(SearchIndexContract, EqualScoresComeByNewerId) {
    for (const int id : {3, 1, 2}) put(insight(id, "Chips are scarce."));
    EXPECT_EQ(ids(query({"chips"})), (Ids{3, 2, 1}));
    EXPECT_EQ(ids(query({"chips"}), 2), (Ids{3, 2}));
    EXPECT_EQ(ids(query({"chips"}), 0), Ids{});
}

TEST_P(SearchIndexContract, TheBestWordOfAGroupCountsAndOnlyOnce) {
    put(insight(1, "Curbs and controls and bans are debated."));
    put(insight(2, "Controls on chips are debated."));
    SearchQuery wanted;
    wanted.terms = {{text::stem("chips"), 1, 0},
                    {text::stem("controls"), 1, 1},
                    {text::stem("curbs"), 0.8, 1},
                    {text::stem("bans"), 0.8, 1}};
    EXPECT_EQ(ids(wanted), (Ids{2, 1}));
    const auto hits = index_->search(wanted, 10);
    EXPECT_NEAR(hits[0].coverage, 1, 1e-6);
    EXPECT_GT(hits[1].coverage, 0);
    EXPECT_LT(hits[1].coverage, 1);
}

TEST_P(SearchIndexContract, CoverageCountsWordsThatNobodySaid) {
    put(insight(1, "Chips are scarce."));
    put(insight(2, "Reactors are slow."));
    const auto hits = index_->search(query({"chips", "blockchain"}), 10);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_GT(hits[0].coverage, 0);
    EXPECT_LT(hits[0].coverage, 0.5);
}

TEST_P(SearchIndexContract, AHitTellsWhatTheInsightIs) {
    Insight one = insight(5, "The curbs do not work.");
    one.stance = Stance::critical;
    one.published_at = from_ms(1'700'000'000'000);
    put(one);
    const auto hits = index_->search(query({"curbs"}), 1);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].insight, one.id);
    EXPECT_EQ(hits[0].episode, one.episode);
    EXPECT_EQ(hits[0].podcast, one.podcast);
    EXPECT_EQ(hits[0].cluster, one.cluster);
    EXPECT_EQ(hits[0].stance, Stance::critical);
    EXPECT_EQ(hits[0].published_at, one.published_at);
    EXPECT_TRUE(hits[0].negated);
}

TEST_P(SearchIndexContract, PutReplacesTheInsightOfThatId) {
    put(insight(1, "Chips are scarce."));
    put(insight(1, "Reactors are slow."));
    EXPECT_EQ(index_->size(), 1U);
    EXPECT_EQ(ids(query({"chips"})), Ids{});
    EXPECT_EQ(ids(query({"reactors"})), Ids{1});
    EXPECT_EQ(index_->document_frequency(text::stem("chips")), 0U);
    EXPECT_EQ(index_->document_frequency(text::stem("reactors")), 1U);
}

TEST_P(SearchIndexContract, EraseForgets) {
    put(insight(1, "Chips are scarce."));
    put(insight(2, "Chips are cheap."));
    index_->erase({1});
    index_->erase({1});
    EXPECT_EQ(index_->size(), 1U);
    EXPECT_EQ(ids(query({"chips"})), Ids{2});
    EXPECT_EQ(index_->document_frequency(text::stem("chips")), 1U);
    EXPECT_TRUE(index_->stems_of({1}).empty());
    EXPECT_TRUE(index_->near_stems("scarc", 1).empty());
}

TEST_P(SearchIndexContract, FiltersNarrowTheResult) {
    for (int id = 1; id <= 6; ++id) {
        Insight one = insight(id, "Chips are scarce.");
        one.podcast = {id % 2};
        one.speaker = id <= 3 ? "Zoë Lind" : "";
        one.published_at = from_ms(id * 1000);
        put(one);
    }
    SearchQuery wanted = query({"chips"});
    wanted.exclude_insights = {{6}, {2}};
    EXPECT_EQ(ids(wanted), (Ids{5, 4, 3, 1}));
    wanted.exclude_episodes = {{105}};
    EXPECT_EQ(ids(wanted), (Ids{4, 3, 1}));
    wanted.podcast = PodcastId{1};
    EXPECT_EQ(ids(wanted), (Ids{3, 1}));
    wanted.published_from = from_ms(3000);
    EXPECT_EQ(ids(wanted), Ids{3});
    wanted.speaker = "zoe lind";
    EXPECT_EQ(ids(wanted), Ids{3});
    wanted.published_until = from_ms(3001);
    EXPECT_EQ(ids(wanted), Ids{3});
    wanted.published_until = from_ms(3000);  // itself not among them
    EXPECT_EQ(ids(wanted), Ids{});
    wanted.published_until.reset();
    wanted.speaker = "somebody else";
    EXPECT_EQ(ids(wanted), Ids{});
}

TEST_P(SearchIndexContract, FilteredOutInsightsDoNotTakeThePlaceOfOthers) {
    for (int id = 1; id <= 50; ++id) {
        Insight one = insight(id, id <= 40 ? "Chips chips chips." : "Chips are scarce and the queue is long.");
        one.podcast = {id <= 40 ? 1 : 2};
        put(one);
    }
    SearchQuery wanted = query({"chips"});
    wanted.podcast = PodcastId{2};
    EXPECT_EQ(ids(wanted, 3), (Ids{50, 49, 48}));
}

TEST_P(SearchIndexContract, NearStemsRepairSmallSlips) {
    put(insight(1, "Semiconductor makers stall."));
    put(insight(2, "Regulators stall."));
    put(insight(3, "Regulators wait."));
    const auto near = [&](const char* word, int distance) { return index_->near_stems(text::stem(word), distance); };
    EXPECT_EQ(near("semicondutor", 1), std::vector<std::string>{text::stem("semiconductor")});
    EXPECT_EQ(near("semocondutor", 1), std::vector<std::string>{});
    EXPECT_EQ(near("semocondutor", 2), std::vector<std::string>{text::stem("semiconductor")});
    EXPECT_EQ(near("stlal", 1), std::vector<std::string>{text::stem("stall")}) << "neighbours swapped";
    EXPECT_EQ(near("potato", 2), std::vector<std::string>{});
}

TEST_P(SearchIndexContract, NearStemsAreAtMostFiveTheFrequentOnesFirst) {
    int id = 1;
    for (const char* word : {"bat", "bet", "bit", "bot", "but", "bxt", "byt"}) {
        for (int count = 0; count < id % 4; ++count) put(insight(id * 10 + count, std::string("Zzz ") + word));
        ++id;
    }
    const std::vector<std::string> near = index_->near_stems("bzt", 1);
    ASSERT_EQ(near.size(), 5U);
    for (std::size_t i = 1; i < near.size(); ++i) {
        EXPECT_GE(index_->document_frequency(near[i - 1]), index_->document_frequency(near[i]));
    }
}

TEST_P(SearchIndexContract, StemsOfAnInsightAreThoseOfItsText) {
    Insight one = insight(1, "The US says that Émile's C++ compilers emit 3.5 million large language models.");
    one.quote = "something else altogether";
    one.topics = {"tooling"};
    put(one);
    EXPECT_EQ(index_->stems_of({1}), text::unique_stems(one.text));
}

TEST_P(SearchIndexContract, OddInputIsHarmless) {
    put(insight(1, ""));
    put(insight(2, "?! ... \xF0\x9F\x98\x80"));
    put(insight(3, std::string(5000, 'a') + " chips"));
    put(insight(4, "日本の半導体は強い"));
    EXPECT_EQ(index_->size(), 4U);
    EXPECT_EQ(ids(query({"chips"})), Ids{3});
    SearchQuery nothing;
    EXPECT_EQ(ids(nothing), Ids{});
    SearchQuery weightless;
    weightless.terms = {{"chip", 0, 0}, {"chip", -1, 1}};
    EXPECT_EQ(ids(weightless), Ids{});
    SearchQuery endless;
    for (int i = 0; i < 5000; ++i) endless.terms.push_back({"chip", 1, i});
    EXPECT_EQ(ids(endless), Ids{3});
    EXPECT_TRUE(index_->near_stems("", 2).empty());
    EXPECT_TRUE(index_->near_stems(std::string(100'000, 'x'), 2).empty());
}

// An index without vectors knows no meaning, and says so by giving nothing.
TEST_P(SearchIndexContract, FindsByMeaningWhatHoldsNoneOfTheWords) {
    put(insight(1, "Physicians treat patients in hospitals."));
    put(insight(2, "Compilers emit warnings about types."));
    put(insight(3, "qqqq zzzz"));
    const std::vector<float> doctors = index_->vector_of_text("doctors and nurses");
    const std::vector<SearchHit> hits = index_->nearest(doctors, {}, 10);
    if (doctors.empty()) {
        EXPECT_TRUE(hits.empty());
        EXPECT_EQ(index_->similarities(doctors, {{1}}), std::vector<float>{0});
        EXPECT_TRUE(index_->vector_of({1}).empty());
        return;
    }
    ASSERT_EQ(hits.size(), 2U) << "the third means nothing to anybody";
    EXPECT_EQ(hits[0].insight.value, 1);
    EXPECT_EQ(hits[0].episode.value, 101);
    EXPECT_EQ(hits[0].cluster.value, 1001);
    const std::vector<float> to_doctors = index_->similarities(doctors, {{3}, {1}, {99}});
    ASSERT_EQ(to_doctors.size(), 3U);
    EXPECT_NEAR(hits[0].score, to_doctors[1], 1e-3);
    EXPECT_EQ(to_doctors[0], 0) << "the third means nothing to anybody";
    EXPECT_EQ(to_doctors[2], 0) << "there is no such insight";
    EXPECT_GT(hits[0].score, hits[1].score + 0.2);
    EXPECT_NEAR(index_->similarities(index_->vector_of({1}), {{1}})[0], 1, 0.01);
    EXPECT_EQ(index_->nearest(doctors, {}, 1).size(), 1U);
}

TEST_P(SearchIndexContract, FiltersWhatIsFoundByMeaningToo) {
    for (std::int64_t id = 1; id <= 6; ++id) {
        Insight one = insight(id, "Physicians treat patients in hospitals.");
        one.speaker = id == 2 ? "Ada" : "Bob";
        one.podcast = {id == 3 ? 8 : 7};
        one.published_at = from_ms(id * 1000);
        put(one);
    }
    index_->erase({6});
    const std::vector<float> doctors = index_->vector_of_text("doctors");
    if (doctors.empty()) return;  // as above
    const auto found = [&](const SearchQuery& filters) {
        Ids ids;
        for (const SearchHit& hit : index_->nearest(doctors, filters, 10)) ids.push_back(hit.insight.value);
        return ids;
    };
    SearchQuery filters;
    EXPECT_EQ(found(filters), (Ids{5, 4, 3, 2, 1})) << "equally near: the newer first; the erased one is gone";
    filters.speaker = "bob";
    EXPECT_EQ(found(filters), (Ids{5, 4, 3, 1}));
    filters.podcast = PodcastId{7};
    EXPECT_EQ(found(filters), (Ids{5, 4, 1}));
    filters.published_from = from_ms(4000);
    EXPECT_EQ(found(filters), (Ids{5, 4}));
    filters.exclude_insights.push_back({5});
    EXPECT_EQ(found(filters), (Ids{4}));
    filters.exclude_episodes.push_back({104});
    EXPECT_EQ(found(filters), Ids{});
    filters = {};
    filters.speaker = "nobody";
    EXPECT_EQ(found(filters), Ids{});
}

}  // namespace podbrief::testing
