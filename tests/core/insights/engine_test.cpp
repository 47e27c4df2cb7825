#include "core/insights/built_in_engine.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "core/text/unicode.hpp"
#include "core/text/words.hpp"
#include "tests/core/insights/checks.hpp"
#include "tests/support/run.hpp"

namespace podbrief::insights {
namespace {

using std::chrono::seconds;

constexpr const char* claim =
    "So, um, export controls on advanced chips slow down the training of large models, because no other supplier "
    "can deliver the memory bandwidth. I think cloud rentals make the controls leak, which means that Kestrel Labs "
    "still trains 3 models a year.";

Segment said(std::string speaker, std::string text, int from, int to, SegmentKind kind = SegmentKind::speech) {
    return {std::move(speaker), std::move(text), seconds{from}, seconds{to}, kind};
}

ExtractionRequest talk() {
    ExtractionRequest request;
    request.podcast.id = {7};
    request.episode.id = {70};
    request.episode.persons = {{"Mira Okonjo", "guest"}};
    request.episode.published_at = from_ms(1'700'000'000'000);
    request.episode.first_seen_at = from_ms(1'700'000'100'000);
    request.transcript.id = {700};
    request.transcript.format = TranscriptFormat::webvtt;
    request.transcript.segments = {
        said("Host", "Welcome to the show, thanks for listening!", 0, 10),
        said("Mira Okonyo", claim, 10, 40),
        said("Host", "Wow. Really?", 40, 42),
        said("Host",
             "Acme servers are the cheapest servers, because Acme buys more power than any other company in "
             "the whole wide market, which means that the price is always lower.",
             42, 60, SegmentKind::advert),
    };
    return request;
}

TEST(BuiltInEngine, MakesAGroundedInsightOfAClaim) {
    const ExtractionRequest request = talk();
    const ExtractedInsights out = extract_insights(request, {});
    ASSERT_EQ(out.insights.size(), 1u);
    const Insight& insight = out.insights[0];
    EXPECT_EQ(insight.text,
              "Export controls on advanced chips slow down the training of large models, because no other supplier can "
              "deliver the memory bandwidth. Mira Okonjo thinks cloud rentals make the controls leak, which means that "
              "Kestrel Labs still trains 3 models a year.");
    EXPECT_EQ(insight.quote, claim);
    EXPECT_EQ(insight.speaker, "Mira Okonjo") << "spelt as the feed spells it";
    EXPECT_EQ(insight.modality, Modality::argued);
    EXPECT_EQ(insight.origin, InsightOrigin::transcript);
    EXPECT_EQ(insight.start, seconds{10});
    EXPECT_EQ(insight.end, seconds{40});
    EXPECT_EQ(insight.episode, EpisodeId{70});
    EXPECT_EQ(insight.podcast, PodcastId{7});
    EXPECT_EQ(insight.transcript, TranscriptId{700});
    EXPECT_EQ(insight.published_at, from_ms(1'700'000'000'000));
    EXPECT_EQ(insight.entities, (std::vector<std::string>{"Kestrel Labs"}));
    EXPECT_FALSE(insight.topics.empty());
    check_insight(insight, request, {});
}

TEST(BuiltInEngine, CountsWhatItDropsByGate) {
    const ExtractedInsights out = extract_insights(talk(), {});
    EXPECT_GT(out.report.candidates, 0u);
    EXPECT_EQ(out.report.dropped.at("advert, intro or outro"), 1u);
    EXPECT_GE(out.report.dropped.at("host chatter"), 1u);
}

TEST(BuiltInEngine, ReadsASentenceThatIsSplitOverCaptions) {
    ExtractionRequest request = talk();
    const std::string whole = claim;
    const std::size_t cut = whole.find(" models");
    request.transcript.segments = {said("Mira Okonjo", whole.substr(0, cut), 0, 5),
                                   said("Mira Okonjo", whole.substr(cut + 1), 5, 20)};
    const ExtractedInsights out = extract_insights(request, {});
    ASSERT_EQ(out.insights.size(), 1u);
    EXPECT_EQ(out.insights[0].quote, whole);
    EXPECT_EQ(out.insights[0].first_segment, 0);
    EXPECT_EQ(out.insights[0].last_segment, 1);
    check_insight(out.insights[0], request, {});
}

TEST(BuiltInEngine, PutsNoWordsIntoUnknownMouths) {
    ExtractionRequest request = talk();
    for (Segment& segment : request.transcript.segments) segment.speaker = "Speaker 1";
    for (const Insight& insight : extract_insights(request, {}).insights) {
        EXPECT_EQ(insight.speaker, "");
        EXPECT_EQ(insight.text.find("thinks"), std::string::npos);
    }
}

TEST(BuiltInEngine, SaysThatAnInsightComesFromShowNotes) {
    ExtractionRequest request = talk();
    request.transcript.format = TranscriptFormat::show_notes;
    request.transcript.segments = {
        said("", "Links and credits", 0, 0),
        said("",
             "Export controls on advanced chips slow down the training of large models, because no other supplier "
             "can deliver the memory bandwidth that such training needs.",
             0, 0),
    };
    const ExtractedInsights out = extract_insights(request, {});
    ASSERT_EQ(out.insights.size(), 1u);
    EXPECT_EQ(out.insights[0].origin, InsightOrigin::show_notes);
    EXPECT_EQ(out.insights[0].first_segment, 1);
}

TEST(BuiltInEngine, JoinsAReasonToWhatItIsTheReasonOf) {
    ExtractionRequest request = talk();
    request.transcript.segments = {said("Mira Okonjo",
                                        "Small ferries raise the price of tickets in each winter. Because the larger "
                                        "boats can carry less of the freight through the ice of the harbour.",
                                        0, 20)};
    const ExtractedInsights out = extract_insights(request, {});
    ASSERT_EQ(out.insights.size(), 1u);
    EXPECT_EQ(out.insights[0].text,
              "Small ferries raise the price of tickets in each winter, because the larger boats can carry "
              "less of the freight through the ice of the harbour.");
    check_insight(out.insights[0], request, {});
}

TEST(BuiltInEngine, KeepsTwoClaimsThatStandAloneApart) {
    ExtractionRequest request = talk();
    request.transcript.segments = {
        said(
            "Host",
            "Ferry lines raise the price of tickets each winter, because the harbour freezes and fewer boats can carry "
            "the freight of the islands.",
            0, 60),
        said("Host",
             "Wind farms compete with the ferry lines for cranes of the harbour, which means that each new turbine "
             "delays the repair of an older boat.",
             60, 160),
    };
    const ExtractedInsights out = extract_insights(request, {.one_per = seconds{60}, .least_quality = 0});
    ASSERT_EQ(out.insights.size(), 2u);
    EXPECT_TRUE(out.insights[0].text.starts_with("Ferry lines raise")) << out.insights[0].text;
    EXPECT_TRUE(out.insights[1].text.starts_with("Wind farms compete")) << out.insights[1].text;
}

TEST(BuiltInEngine, FindsNothingInNothing) {
    ExtractionRequest request = talk();
    request.transcript.segments.clear();
    EXPECT_TRUE(extract_insights(request, {}).insights.empty());
    request.transcript.segments = {said("A", "", 0, 1), said("A", "...", 1, 2), said("", "   ", 2, 3)};
    EXPECT_TRUE(extract_insights(request, {}).insights.empty());
}

TEST(BuiltInEngine, WorksOnAnotherThreadAndGivesTheSame) {
    asio::io_context context;
    asio::thread_pool heavy(2);
    BuiltInEngine engine(heavy.get_executor(), {});
    const auto first = testing::run(context, engine.extract(talk()));
    const auto second = testing::run(context, engine.extract(talk()));
    ASSERT_TRUE(first.has_value());
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(first->insights, second->insights);
    EXPECT_EQ(first->insights, extract_insights(talk(), {}).insights);
    heavy.join();
}

RC_GTEST_PROP(BuiltInEngine, HoldsItsPromisesForAnyText, ()) {
    const std::vector<std::string> words = {
        "the",       "chips",         "I think", "because", "China",       "--",         "...",     "models",   "um,",
        "he",        "3.5",           "is",      "better",  "than",        "é“",         "漢字",    "[laughs]", "\"",
        "you know,", "Kestrel Labs",  ".",       "?",       "which means", "training",   "however", "the the",  "w- we",
        ", right?",  "\xE2\x80\x99s", "cost",    "-",       "(",           "expensive.", "The",     "Power"};
    const auto text_of = [&] {
        std::string text;
        const auto picks =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, words.size()));
        for (const std::size_t pick : picks) text += words[pick] + " ";
        text += *rc::gen::arbitrary<std::string>();
        return text::collapse_white_space(text::to_valid_utf8(text));
    };
    ExtractionRequest request = talk();
    request.transcript.segments.clear();
    const int count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
        request.transcript.segments.push_back(said(i % 3 == 0 ? "Mira Okonjo" : "B", text_of(), i, i + 1));
    }
    request.transcript.segments.push_back(said("Mira Okonjo", claim, 100, 120));
    const ExtractedInsights out = extract_insights(request, {});
    RC_ASSERT(out.insights == extract_insights(request, {}).insights);
    for (const Insight& insight : out.insights) check_insight(insight, request, {});
    RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace podbrief::insights
