#include "tests/core/insights/checks.hpp"

#include <gtest/gtest.h>

#include "core/insights/gates.hpp"
#include "core/insights/grounding.hpp"
#include "core/insights/names.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {

void check_insight(const Insight& insight, const ExtractionRequest& request, const EngineSettings& settings) {
    SCOPED_TRACE(insight.text);
    const auto& segments = request.transcript.segments;
    ASSERT_GE(insight.first_segment, 0);
    ASSERT_LE(insight.first_segment, insight.last_segment);
    ASSERT_LT(static_cast<std::size_t>(insight.last_segment), segments.size());
    std::string joined;
    for (int i = insight.first_segment; i <= insight.last_segment; ++i) {
        const Segment& segment = segments[static_cast<std::size_t>(i)];
        EXPECT_EQ(segment.kind, SegmentKind::speech) << "an advert";
        if (i > insight.first_segment) joined += ' ';
        joined += segment.text;
    }
    EXPECT_EQ(joined.substr(static_cast<std::size_t>(insight.quote_begin), insight.quote.size()), insight.quote);
    EXPECT_FALSE(insight.quote.empty());
    EXPECT_TRUE(text::is_valid_utf8(insight.text));
    EXPECT_TRUE(text::is_valid_utf8(insight.quote));
    EXPECT_LE(text::code_point_count(insight.text), settings.text_limit);
    std::vector<std::string> persons = known_names(request.podcast, request.episode);
    persons.push_back(insight.speaker);
    EXPECT_EQ(ungrounded(insight.text, insight.quote, persons), gate::none);
    EXPECT_GE(insight.start, segments[static_cast<std::size_t>(insight.first_segment)].start);
    EXPECT_LE(insight.end, segments[static_cast<std::size_t>(insight.last_segment)].end);
    EXPECT_LE(insight.start, insight.end);
    EXPECT_LE(insight.topics.size(), 8u);
    for (const std::string& topic : insight.topics) EXPECT_EQ(topic, text::to_lower(topic));
    for (const std::string& entity : insight.entities) EXPECT_NE(insight.text.find(entity), std::string::npos);
    for (const float score : {insight.scores.centrality, insight.scores.claim, insight.scores.specificity,
                              insight.scores.self_contained, insight.scores.quality}) {
        EXPECT_GE(score, 0.0f);
        EXPECT_LE(score, 1.0f);
    }
}

}  // namespace podbrief::insights
