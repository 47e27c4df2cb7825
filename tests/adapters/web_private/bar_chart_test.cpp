#include "adapters/web/bar_chart.hpp"

#include <gtest/gtest.h>

#include "adapters/web/operator_view.hpp"

namespace podbrief::web {
namespace {

BarChart chart(std::vector<BarChart::Bar> bars) {
    BarChart chart;
    chart.id = "c";
    chart.title = "Briefs & <more>";
    chart.description = "By hour.";
    chart.series = {"on time", "late"};
    chart.bars = std::move(bars);
    return chart;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(BarCharts, HaveATitleADescriptionAndTheHighestNumber) {
    const std::string svg = svg_of(chart({{"08:00", {3, 1}}, {"09:00", {8, 0}}, {"10:00", {0, 0}}}));
    EXPECT_NE(svg.find("<title id=\"c-title\">Briefs &amp; &lt;more&gt;</title><desc id=\"c-desc\">By hour.</desc>"),
              std::string::npos);
    EXPECT_EQ(count(svg, "<rect class=\"bar-0\""), 2U);
    EXPECT_EQ(count(svg, "<rect class=\"bar-1\""), 1U) << "nothing is drawn for nothing";
    EXPECT_NE(svg.find(">8</text>"), std::string::npos);
    EXPECT_EQ(svg.find("style="), std::string::npos) << "colours are the stylesheet's";
}

TEST(BarCharts, NothingToShowIsAnEmptyFrame) {
    EXPECT_EQ(count(svg_of(chart({})), "<rect"), 0U);
    EXPECT_EQ(count(svg_of(chart({{"08:00", {0, 0}}})), "<rect"), 0U);
    EXPECT_NE(svg_of(chart({{"08:00", {0, 0}}})).find(">none</text>"), std::string::npos);
    EXPECT_EQ(svg_of(chart({{"08:00", {1, 0}}})).find(">none</text>"), std::string::npos);
    EXPECT_EQ(svg_of(chart({{"08:00", {0, 0}}})).find("nan"), std::string::npos);
}

TEST(BarCharts, StayWithinTheirFrameWhateverTheNumbers) {
    const std::string svg = svg_of(chart({{"a", {9'000'000'000'000, 1}}, {"b", {1, 0}}, {"c", {-5, 2}}}));
    EXPECT_EQ(svg.find("y=\"-"), std::string::npos);
    EXPECT_EQ(svg.find("height=\"-"), std::string::npos);
}

TEST(BarCharts, AtMostSixLabelsAreWritten) {
    std::vector<BarChart::Bar> bars;
    for (int i = 0; i < 25; ++i) bars.push_back({std::to_string(i) + ":00", {i, 0}});
    EXPECT_LE(count(svg_of(chart(bars)), ":00</text>"), 6U);
}

TEST(Numbers, AreGroupedInThrees) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(-1'234'567), "-1,234,567");
    EXPECT_EQ(grouped(-999), "-999");
}

}  // namespace
}  // namespace podbrief::web
