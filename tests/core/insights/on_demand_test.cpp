#include "core/insights/on_demand.hpp"

#include <gtest/gtest.h>

#include "tests/core/insights/checks.hpp"

namespace podbrief::insights {
namespace {

ExtractionRequest talk() {
    ExtractionRequest request;
    request.transcript.format = TranscriptFormat::webvtt;
    const auto said = [&](std::string text) {
        const Millis start = std::chrono::seconds{30 * static_cast<int>(request.transcript.segments.size())};
        request.transcript.segments.push_back(
            {"Mira Okonjo", std::move(text), start, start + std::chrono::seconds{30}, SegmentKind::speech});
    };
    said(
        "Ferry companies raise the price of tickets each winter, because the harbour freezes and fewer boats can "
        "carry the freight of the islands.");
    said(
        "Wind farms compete with the ferry lines for the same harbour cranes, which means that each new turbine "
        "delays the repair of an older boat by several weeks.");
    said(
        "Island schools depend on the boats as well, because most teachers live on the mainland and travel each "
        "morning with the first connection.");
    return request;
}

TEST(OnDemand, MakesInsightsOfAPassageOnWhatIsAsked) {
    const ExtractionRequest request = talk();
    const auto insights = insights_from_passage(request, {0, 2}, "wind farms", 5, {});
    ASSERT_EQ(insights.size(), 1u);
    EXPECT_NE(insights[0].text.find("Wind farms compete"), std::string::npos);
    EXPECT_EQ(insights[0].first_segment, 1);
    check_insight(insights[0], request, {});
}

TEST(OnDemand, StaysInsideThePassage) {
    const ExtractionRequest request = talk();
    for (const Insight& insight : insights_from_passage(request, {1, 2}, "", 5, {})) {
        EXPECT_GE(insight.first_segment, 1);
        check_insight(insight, request, {});
    }
    EXPECT_TRUE(insights_from_passage(request, {1, 2}, "freight tickets", 5, {}).empty());
    EXPECT_GE(insights_from_passage(request, {-5, 900}, "", 9, {}).size(), 2u) << "as much as there is";
    EXPECT_TRUE(insights_from_passage(request, {3, 9}, "", 5, {}).empty());
    EXPECT_TRUE(insights_from_passage(request, {2, 1}, "", 5, {}).empty());
}

TEST(OnDemand, GivesTheBestMatchFirstAndNoMoreThanAsked) {
    const auto insights = insights_from_passage(talk(), {0, 2}, "harbour cranes", 1, {});
    ASSERT_EQ(insights.size(), 1u);
    EXPECT_NE(insights[0].text.find("harbour cranes"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::insights
