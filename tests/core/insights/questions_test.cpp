#include "core/insights/questions.hpp"

#include <gtest/gtest.h>

#include "core/insights/built_in_engine.hpp"
#include "tests/core/insights/checks.hpp"

namespace podbrief::insights {
namespace {

TEST(Questions, AreToldOfAsSomebodyElsesWhereThatIsSafe) {
    const struct {
        const char* question;
        const char* told;
    } cases[] = {
        {"So do you think that small ferries will survive the winter?",
         "whether small ferries will survive the winter"},
        {"How do you test a ferry before winter?", "how to test a ferry before winter"},
        {"What is the hardest part of a ferry?", "what the hardest part of a ferry is"},
        {"What makes ferries slow in winter?", "what makes ferries slow in winter"},
        {"Do you think it will survive the winter?", ""},
        {"What is your favourite ferry?", ""},
        {"How do you see that?", ""},
        {"Why?", ""},
        {"Are ferries slow?", ""},
    };
    for (const auto& c : cases) EXPECT_EQ(asked(c.question), c.told) << c.question;
}

ExtractionRequest talk(std::string answer) {
    using std::chrono::seconds;
    ExtractionRequest request;
    request.transcript.format = TranscriptFormat::webvtt;
    request.transcript.segments = {
        {"Jon Bell", "Welcome back. Do you think small ferries will survive the winter?", seconds{0}, seconds{10}, {}},
        {"Mira Okonjo", std::move(answer), seconds{10}, seconds{40}, {}},
    };
    return request;
}

TEST(Questions, AreCarriedByAnAnswerThatNeedsThem) {
    const ExtractionRequest request = talk(
        "No. They depend on the freight of 3 islands, because tickets alone never pay for the diesel and the harbour "
        "fees of a whole year.");
    const auto insights = extract_insights(request, {}).insights;
    ASSERT_EQ(insights.size(), 1u);
    EXPECT_EQ(insights[0].text,
              "Asked whether small ferries will survive the winter, Mira Okonjo says no: They depend on the freight of "
              "3 islands, because tickets alone never pay for the diesel and the harbour fees of a whole year.");
    EXPECT_TRUE(insights[0].quote.starts_with("Do you think small ferries will survive the winter? No. They depend"));
    EXPECT_EQ(insights[0].first_segment, 0);
    EXPECT_EQ(insights[0].last_segment, 1);
    EXPECT_EQ(insights[0].speaker, "Mira Okonjo");
    check_insight(insights[0], request, {});
}

TEST(Questions, AreLeftOutWhereTheAnswerStandsAlone) {
    const ExtractionRequest request = talk(
        "Small ferries depend on the freight of 3 islands, because tickets alone never pay for the diesel and the "
        "harbour fees of a whole year.");
    const auto insights = extract_insights(request, {}).insights;
    ASSERT_EQ(insights.size(), 1u);
    EXPECT_TRUE(insights[0].text.starts_with("Small ferries depend")) << insights[0].text;
    EXPECT_EQ(insights[0].first_segment, 1);
}

TEST(Leads, NameWhatItMeansWhenTheSentenceBeforeDoes) {
    const ExtractionRequest request = talk(
        "Ravenline is a ferry. It carries the freight of 3 islands each week, because the larger boats cannot enter "
        "the old harbour in winter without a pilot.");
    const auto insights = extract_insights(request, {}).insights;
    ASSERT_EQ(insights.size(), 1u);
    EXPECT_NE(insights[0].text.find("Ravenline"), std::string::npos);
    EXPECT_TRUE(insights[0].quote.starts_with("Ravenline is a ferry.")) << insights[0].quote;
    check_insight(insights[0], request, {});
}

}  // namespace
}  // namespace podbrief::insights
