#include "core/insights/summary.hpp"

#include <gtest/gtest.h>

#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

std::vector<Segment> talk() {
    std::vector<Segment> segments;
    const auto said = [&](std::string speaker, std::string text, SegmentKind kind = SegmentKind::speech) {
        const Millis start = std::chrono::seconds{10 * static_cast<int>(segments.size())};
        segments.push_back({std::move(speaker), std::move(text), start, start + std::chrono::seconds{10}, kind});
    };
    said("Ida", "Um, the garden behind the old mill needs new hedges before the winter comes.");
    said("Bo", "Yeah.");
    said("Bo", "The hedges along the garden wall were planted by the mill's first owner.");
    for (int i = 0; i < 2; ++i) said("Ida", "Nothing much happened on that quiet afternoon at the market square.");
    for (const char* place :
         {"bakery", "school", "library", "museum", "station", "hotel", "theatre", "chapel", "tavern", "cinema",
          "stadium", "butcher", "grocer", "tailor", "barber", "florist", "kiosk", "court"}) {
        said("Ida", std::string("The ") + place + " had " + place + " visitors from " + place + " valley that month.");
    }
    said("Bo", "The ferry to the island runs only twice a week, because the harbour freezes in January.");
    said("Ida", "A second ferry would cost the island more than the whole winter trade brings in.");
    said("Bo", "Ferry tickets are cheapest at our sponsor's harbour shop, so buy a ferry ticket today.",
         SegmentKind::advert);
    return segments;
}

TEST(Summary, AnswersFromWhereTheWordsOfTheQueryAreSaid) {
    SummarySettings settings;
    settings.words = 32;
    const auto summary = summarise(talk(), "What did they say about the ferry?", settings);
    ASSERT_EQ(summary.size(), 2u);
    EXPECT_EQ(text_of(summary),
              "The ferry to the island runs only twice a week, because the harbour freezes in January. A second ferry "
              "would cost the island more than the whole winter trade brings in.");
    EXPECT_EQ(summary[0].segment, 23u);
}

TEST(Summary, KeepsToItsLengthAndToTheOrderOfTime) {
    SummarySettings settings;
    for (const std::size_t words : {0u, 10u, 20u, 40u, 500u}) {
        settings.words = words;
        const auto summary = summarise(talk(), "", settings);
        EXPECT_LE(text::words(text_of(summary)).size(), words);
        for (std::size_t i = 1; i < summary.size(); ++i) EXPECT_LE(summary[i - 1].segment, summary[i].segment);
    }
}

TEST(Summary, SaysNothingTwiceAndLeavesAdvertsOut) {
    SummarySettings settings;
    settings.words = 200;
    const std::string text = text_of(summarise(talk(), "", settings));
    EXPECT_EQ(text.find("sponsor"), std::string::npos);
    const std::size_t quiet = text.find("quiet afternoon");
    EXPECT_TRUE(quiet == std::string::npos || text.find("quiet afternoon", quiet + 1) == std::string::npos) << text;
}

TEST(Summary, PrefersWhomTheQueryNames) {
    SummarySettings settings;
    settings.words = 16;
    const auto summary = summarise(talk(), "What did Ida think about the ferry?", settings);
    ASSERT_EQ(summary.size(), 1u);
    EXPECT_EQ(summary[0].speaker, "Ida");
}

TEST(Summary, NamesTheSpeakersWithinItsLength) {
    SummarySettings settings;
    settings.words = 34;
    settings.speakers = true;
    const auto summary = summarise(talk(), "ferry", settings);
    const std::string text = text_with_speakers(summary);
    EXPECT_TRUE(text.starts_with("Bo: The ferry")) << text;
    EXPECT_NE(text.find(" Ida: A second ferry"), std::string::npos) << text;
    EXPECT_LE(text::words(text).size(), settings.words);
}

TEST(Summary, OfNothingIsEmpty) {
    EXPECT_TRUE(summarise({}, "ferry", {}).empty());
    const std::vector<Segment> silence = {{"Bo", "...", {}, {}, SegmentKind::speech}};
    EXPECT_TRUE(summarise(silence, "", {}).empty());
}

}  // namespace
}  // namespace podbrief::insights
