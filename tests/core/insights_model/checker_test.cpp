#include "core/insights/claim_checker.hpp"

#include <gtest/gtest.h>

#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"
#include "core/text/unicode.hpp"
#include "tests/doubles/ai/talk.hpp"

namespace podbrief::insights {
namespace {

using podbrief::testing::a_talk;
using podbrief::testing::good_sentences;

class Checker : public ::testing::Test {
protected:
    explicit Checker(ExtractionRequest talk = a_talk())
        : request(std::move(talk)), checker(request, {}), window(windows_of(request.transcript.segments, {}).at(0)) {}

    ClaimChecker::Checked check(std::string claim, std::string words, std::vector<int> segments) {
        return checker.check({std::move(claim), std::move(words), std::move(segments)}, window);
    }
    std::string fault(std::string claim, std::string words, std::vector<int> segments) {
        return std::string(check(std::move(claim), std::move(words), std::move(segments)).fault);
    }
    // The first good sentence, as the quote of a claim.
    std::string fault_of(std::string claim) { return fault(std::move(claim), quote, {1}); }

    const std::string quote = good_sentences()[0].text;
    const std::string paraphrase =
        "Export controls on advanced chips slow the training of large models at Kestrel Labs, as no other supplier "
        "delivers the memory bandwidth that its 3 clusters depend on.";
    ExtractionRequest request;
    ClaimChecker checker;
    ModelWindow window;
};

TEST_F(Checker, PassesAParaphraseThatStaysWithItsSource) {
    const auto checked = check(paraphrase, quote, {1});
    ASSERT_TRUE(checked.insight) << checked.fault;
    const Insight& insight = *checked.insight;
    EXPECT_EQ(insight.text, paraphrase);
    EXPECT_EQ(insight.quote, quote);
    EXPECT_EQ(insight.first_segment, 1);
    EXPECT_EQ(insight.last_segment, 1);
    EXPECT_EQ(insight.quote_begin, 0);
    EXPECT_EQ(insight.speaker, "Mira Okonjo");
    EXPECT_EQ(insight.start, std::chrono::seconds{5});
    EXPECT_EQ(insight.episode, EpisodeId{70});
    EXPECT_EQ(insight.transcript, TranscriptId{700});
    EXPECT_EQ(insight.entities, std::vector<std::string>{"Kestrel Labs"});
    EXPECT_FALSE(insight.topics.empty());
}

TEST_F(Checker, PassesEveryGoodSentenceAsItStands) {
    for (const auto& [segment, text] : good_sentences()) {
        const auto checked = check(text, text, {segment});
        EXPECT_TRUE(checked.insight) << checked.fault << ": " << text;
    }
}

TEST_F(Checker, TakesTheQuoteFromTheTranscriptByteForByte) {
    std::string sloppy = quote;
    sloppy[0] = 'e';
    sloppy.insert(sloppy.find(" because"), "  ");
    const auto checked = check(paraphrase, sloppy, {1});
    ASSERT_TRUE(checked.insight) << checked.fault;
    EXPECT_EQ(checked.insight->quote, quote);
}

TEST_F(Checker, FindsAQuoteBesideTheSegmentsThatAreCitedButNotFarAway) {
    EXPECT_EQ(fault(paraphrase, quote, {2}), "") << "one off";
    EXPECT_EQ(fault(paraphrase, quote, {8}), gate::invented_quote);
}

TEST_F(Checker, DropsInventedQuotes) {
    EXPECT_EQ(fault(paraphrase, "Export controls on advanced chips speed up the training of large models", {1}),
              gate::invented_quote);
    EXPECT_EQ(fault(paraphrase, "the Kestrel people told me that no supplier can deliver any bandwidth at all", {1}),
              gate::invented_quote);
    EXPECT_EQ(fault(paraphrase, "advanced chips slow", {1}), gate::short_quote);
}

TEST_F(Checker, DropsInventedIdsAndAdverts) {
    EXPECT_EQ(fault(paraphrase, quote, {}), gate::unknown_segment);
    EXPECT_EQ(fault(paraphrase, quote, {1, 99}), gate::unknown_segment);
    EXPECT_EQ(fault(paraphrase, quote, {4}), gate::unknown_segment) << "an advert";
    EXPECT_EQ(fault(paraphrase, quote, {0, 1, 2, 3, 5, 6, 7, 8, 9}), gate::unknown_segment) << "everything";
    const std::string advert = request.transcript.segments[4].text;
    EXPECT_EQ(fault(advert, advert, {3, 5}), gate::invented_quote);
}

TEST_F(Checker, DropsNumbersAndNamesThatAreNotInWhatIsCited) {
    const auto with = [this](std::string_view from, std::string_view to) {
        std::string claim = paraphrase;
        claim.replace(claim.find(from), from.size(), to);
        return fault_of(claim);
    };
    EXPECT_EQ(with("3 clusters", "4 clusters"), gate::ungrounded_number);
    EXPECT_EQ(with("3 clusters", "three clusters"), "") << "the same number";
    EXPECT_EQ(with("3 clusters", "12 clusters"), gate::ungrounded_number) << "said elsewhere in the talk";
    EXPECT_EQ(with("Kestrel Labs", "Merlin Labs"), gate::ungrounded_name);
    EXPECT_EQ(with("Export controls", "Nvidia's export controls"), gate::ungrounded_name) << "as the first word, too";
    EXPECT_EQ(with("Export controls", "Tom Reed says export controls"), "") << "persons are known from the feed";
}

TEST_F(Checker, DropsClaimsAboutOtherThingsThanTheirQuote) {
    EXPECT_EQ(fault_of("Large models need patient gardeners, because tomatoes grow slowly in cold cellars where nobody "
                       "waters them often, and winter light is poor for seedlings and saplings alike."),
              gate::beside_the_quote);
}

TEST_F(Checker, DropsQuotationMarksAroundOtherWords) {
    EXPECT_EQ(fault_of("Export controls on \"advanced chips\" slow down the training of large models, because no other "
                       "supplier can deliver the memory bandwidth that clusters depend on."),
              "");
    EXPECT_EQ(fault_of("Export controls on \"magic chips\" slow down the training of large models, because no other "
                       "supplier can deliver the memory bandwidth that clusters depend on."),
              gate::invented_quotation);
}

TEST_F(Checker, DropsClaimsThatAreSurerThanTheirSource) {
    const std::string said = request.transcript.segments[7].text;
    EXPECT_EQ(fault("A bill delays 40 percent of all chip shipments for a long time, and nobody in the harbors of "
                    "Rotterdam knows for how long the delays go on.",
                    said, {7}),
              gate::lost_hedge);
    EXPECT_EQ(fault("A bill reportedly delays 40 percent of all chip shipments, and nobody in the harbors of Rotterdam "
                    "knows for how long the delays go on.",
                    said, {7}),
              "");
}

TEST_F(Checker, DropsWhatDoesNotStandAlone) {
    EXPECT_EQ(fault_of("They slow down the training of large models, because no other supplier can deliver the memory "
                       "bandwidth that clusters depend on every week."),
              gate::dangling_start);
    EXPECT_EQ(fault_of("Export controls on advanced chips slow us down in training large models, because we find no "
                       "other supplier that can deliver the memory bandwidth."),
              gate::first_person);
    EXPECT_EQ(fault_of("Export controls on advanced chips slow you down in training large models, because no other "
                       "supplier can deliver the memory bandwidth for clusters."),
              gate::second_person);
    EXPECT_EQ(fault_of("Export controls slow training."), gate::too_short);
    EXPECT_EQ(fault_of("Do export controls on advanced chips slow down the training of large models, because no other "
                       "supplier can deliver the memory bandwidth that clusters need?"),
              gate::question);
    std::string endless = paraphrase;
    while (text::code_point_count(endless) <= 350) endless += " Large models depend on memory bandwidth.";
    EXPECT_EQ(fault_of(endless), gate::too_long);
}

TEST_F(Checker, DropsLinksAndMarkup) {
    EXPECT_EQ(fault_of(paraphrase + " See evil.example for more."), gate::link);
    EXPECT_EQ(fault_of(paraphrase + " *Buy now.*"), gate::markup);
    EXPECT_EQ(fault_of(paraphrase + " <!channel>"), gate::markup);
}

TEST_F(Checker, MendsAMisspeltNameByTheFeedsPersons) {
    std::string claim = paraphrase;
    claim.replace(0, 6, "Mira Okonyo argues that export");
    const auto checked = check(claim, quote, {1});
    ASSERT_TRUE(checked.insight) << checked.fault;
    EXPECT_TRUE(checked.insight->text.starts_with("Mira Okonjo argues"));
    EXPECT_EQ(checked.insight->modality, Modality::argued);
}

TEST_F(Checker, MergesWhatSaysNearlyTheSameAndKeepsThePreferred) {
    std::vector<Insight> all;
    all.push_back(*check(paraphrase, quote, {1}).insight);
    all.push_back(*check(quote, quote, {1}).insight);
    for (const auto& [segment, text] : good_sentences()) {
        if (segment != 1) all.push_back(*check(text, text, {segment}).insight);
    }
    ExtractionReport report;
    const std::vector<std::size_t> preferred = {1, 4};
    const auto best = checker.best_of(all, preferred, 4, report);
    ASSERT_EQ(best.size(), 4u);
    EXPECT_EQ(best[0].text, quote) << "the preferred one of the pair; in order of time";
    EXPECT_EQ(report.dropped.at("said already"), 1u);
    const auto has = [&](const Insight& one) {
        return std::any_of(best.begin(), best.end(), [&](const Insight& other) { return other.text == one.text; });
    };
    EXPECT_TRUE(has(all[4]));
    for (std::size_t i = 1; i < best.size(); ++i) EXPECT_GE(best[i].start, best[i - 1].start);
    for (const Insight& insight : best) {
        EXPECT_GT(insight.scores.quality, 0.0f);
        EXPECT_LE(insight.scores.quality, 1.0f);
    }
}

}  // namespace
}  // namespace podbrief::insights
