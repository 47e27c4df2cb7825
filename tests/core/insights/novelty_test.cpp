#include "core/insights/novelty.hpp"

#include <gtest/gtest.h>

namespace podbrief::insights {
namespace {

Insight with(std::string text, float quality) {
    Insight insight;
    insight.text = std::move(text);
    insight.scores.quality = quality;
    return insight;
}

std::size_t frequency(std::string_view stem) {
    return stem == "token" || stem == "price" ? 900 : 0;
}

TEST(Novelty, PrefersWhatTheLibraryHasNotHeard) {
    ExtractedInsights extracted;
    extracted.insights = {with("Token prices, tokens.", 0.6f), with("Mycelium computes.", 0.6f)};
    extracted.wanted = 1;
    choose_by_novelty(extracted, frequency, 1000, {});
    ASSERT_EQ(extracted.insights.size(), 1u);
    EXPECT_EQ(extracted.insights[0].text, "Mycelium computes.");
    EXPECT_FLOAT_EQ(extracted.insights[0].scores.novelty, 1.0f);
    EXPECT_EQ(extracted.report.dropped.at("not among the best"), 1u);
}

TEST(Novelty, SaysNothingWhileTheLibraryIsNearlyEmpty) {
    ExtractedInsights extracted;
    extracted.insights = {with("Token prices.", 0.5f), with("Mycelium computes.", 0.4f)};
    choose_by_novelty(extracted, frequency, 499, {});
    ASSERT_EQ(extracted.insights.size(), 2u) << "wanted 0 keeps all";
    EXPECT_FLOAT_EQ(extracted.insights[0].scores.novelty, 0.5f);
    EXPECT_FLOAT_EQ(extracted.insights[0].scores.quality, 0.5f);
    EXPECT_FLOAT_EQ(extracted.insights[1].scores.quality, 0.42f);
}

TEST(Novelty, KeepsTheOrderOfTimeAndNeverMoreThanTheSettingsAllow) {
    ExtractedInsights extracted;
    for (int i = 0; i < 8; ++i)
        extracted.insights.push_back(with("Claim " + std::to_string(i), i % 2 == 0 ? 0.9f : 0.1f));
    extracted.wanted = 6;
    EngineSettings settings;
    settings.per_episode = 4;
    choose_by_novelty(extracted, frequency, 0, settings);
    ASSERT_EQ(extracted.insights.size(), 4u);
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(extracted.insights[static_cast<std::size_t>(i)].text, "Claim " + std::to_string(2 * i));
}

}  // namespace
}  // namespace podbrief::insights
