#include "core/insights/turns.hpp"

#include <gtest/gtest.h>

namespace podbrief::insights {
namespace {

using std::chrono::seconds;

Segment said(std::string speaker, std::string text, int from, int to, SegmentKind kind = SegmentKind::speech) {
    return {std::move(speaker), std::move(text), seconds{from}, seconds{to}, kind};
}

TEST(Turns, JoinTheCaptionsOfOneSpeakerUntilAnotherOrAnAdvertComes) {
    const std::vector<Segment> segments = {
        said("A", "Chips are", 0, 2),         said("A", "scarce. Power too.", 2, 5),
        said("B", "Really.", 5, 6),           said("B", "Buy now!", 6, 9, SegmentKind::advert),
        said("B", "Power is scarce.", 9, 12),
    };
    const auto turns = turns_of(segments);
    ASSERT_EQ(turns.size(), 3u);
    EXPECT_EQ(turns[0].text, "Chips are scarce. Power too.");
    EXPECT_EQ(turns[0].sentences.size(), 2u);
    EXPECT_EQ(turns[1].text, "Really.");
    EXPECT_EQ(turns[2].text, "Power is scarce.");
    EXPECT_EQ(turns_of(segments, false).size(), 4u) << "lines of show notes stay apart";
}

TEST(Turns, FindTimesInsideTheCaptions) {
    const std::vector<Segment> segments = {said("A", "0123456789", 10, 20), said("A", "0123456789", 20, 40)};
    const auto turns = turns_of(segments);
    ASSERT_EQ(turns.size(), 1u);
    const Span span = locate(turns[0], segments, {5, 16});
    EXPECT_EQ(span.first_segment, 0);
    EXPECT_EQ(span.last_segment, 1);
    EXPECT_EQ(span.begin, 5);
    EXPECT_EQ(span.start, Millis{15'000});
    EXPECT_EQ(span.end, Millis{30'000});
    const Span inside = locate(turns[0], segments, {12, 20});
    EXPECT_EQ(inside.first_segment, 1);
    EXPECT_EQ(inside.begin, 1);
}

TEST(Turns, GoOnBehindWhatTheOtherPutsIn) {
    const auto said = [](std::string speaker, std::string text) {
        return Segment{std::move(speaker), std::move(text), Millis{0}, Millis{1}, SegmentKind::speech};
    };
    const std::vector<Segment> segments = {said("A", "Boats are slow."), said("B", "Yeah."),
                                           said("A", "Ice slows them."), said("B", "Why is that?"), said("A", "Cold.")};
    const auto turns = turns_of(segments);
    ASSERT_EQ(turns.size(), 3u) << "a question takes the word";
    EXPECT_EQ(turns[0].speaker, "A");
    EXPECT_EQ(turns[0].text, "Boats are slow. Yeah. Ice slows them.");
    EXPECT_EQ(turns[0].segments, (std::vector<int>{0, 1, 2}));
}

}  // namespace
}  // namespace podbrief::insights
