#include "bot/quality/simulated_readers.hpp"

#include <gtest/gtest.h>

namespace podbrief::bot::quality {
namespace {

SimulatedReader reader() {
    SimulatedReader reader;
    reader.cares = {3, 5};
    reader.tired_of = 7;
    return reader;
}

TEST(SimulatedReader, WantsWhatTheyCareAboutAndNoSmallTalk) {
    const SimulatedReader anna = reader();
    EXPECT_TRUE(anna.wants(3, 0));
    EXPECT_TRUE(anna.wants(5, 13));
    EXPECT_FALSE(anna.wants(4, 0));
    EXPECT_FALSE(anna.wants(HiddenTopics::none, 0));
}

TEST(SimulatedReader, CaresAboutSomethingElseOnceTheirMindHasChanged) {
    SimulatedReader anna = reader();
    anna.turns_on = 7;
    anna.turns_to = 9;
    EXPECT_TRUE(anna.wants(3, 6));
    EXPECT_FALSE(anna.wants(9, 6));
    EXPECT_FALSE(anna.wants(3, 7));
    EXPECT_TRUE(anna.wants(9, 7));
    EXPECT_TRUE(anna.wants(5, 7)) << "the other topic stays";
}

struct Counts {
    int likes = 0;
    int less = 0;
};

Counts reactions(std::size_t topic) {
    Counts counts;
    for (int insight = 1; insight <= 4000; ++insight) {
        const Reaction reaction = react(reader(), 1, insight, topic, 0);
        counts.likes += reaction == Reaction::like;
        counts.less += reaction == Reaction::less;
    }
    return counts;
}

TEST(SimulatedReader, IsLazyAndErrsNowAndThen) {
    const Counts wanted = reactions(3);
    EXPECT_NEAR(wanted.likes / 4000.0, 0.4, 0.03);
    EXPECT_NEAR(wanted.less / 4000.0, 0.02, 0.01);
    const Counts other = reactions(4);
    EXPECT_NEAR(other.likes / 4000.0, 0.04, 0.01);
    EXPECT_NEAR(other.less / 4000.0, 0.15, 0.02);
    EXPECT_NEAR(reactions(7).less / 4000.0, 0.5, 0.03) << "of what they are tired of";
}

TEST(SimulatedReader, DoesTheSameWithTheSameInsightWhoeverBringsIt) {
    for (int insight = 1; insight <= 200; ++insight) {
        EXPECT_EQ(react(reader(), 1, insight, 3, 0), react(reader(), 1, insight, 3, 9));
    }
}

}  // namespace
}  // namespace podbrief::bot::quality
