#include "tests/core/model_engine/world.hpp"

#include "core/insights/gates.hpp"
#include "core/insights/plain_text.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {

void check_insights(const ExtractedInsights& extracted, const ExtractionRequest& request) {
    const auto& segments = request.transcript.segments;
    for (const Insight& insight : extracted.insights) {
        SCOPED_TRACE(insight.text);
        ASSERT_GE(insight.first_segment, 0);
        ASSERT_LE(insight.first_segment, insight.last_segment);
        ASSERT_LT(static_cast<std::size_t>(insight.last_segment), segments.size());
        std::string joined;
        for (int i = insight.first_segment; i <= insight.last_segment; ++i) {
            EXPECT_EQ(segments[static_cast<std::size_t>(i)].kind, SegmentKind::speech);
            joined += (joined.empty() ? "" : " ") + segments[static_cast<std::size_t>(i)].text;
        }
        EXPECT_EQ(joined.substr(static_cast<std::size_t>(insight.quote_begin), insight.quote.size()), insight.quote);
        EXPECT_FALSE(insight.quote.empty());
        EXPECT_LE(text::code_point_count(insight.text), 350u);
        EXPECT_EQ(insights::plain_text_fault(insight.text), insights::gate::none);
    }
}

}  // namespace podbrief::services
