#include "core/commands/marks.hpp"

#include <gtest/gtest.h>

namespace podbrief::commands {
namespace {

TEST(Marks, ShowWhatTheReaderDidWithEachCard) {
    Reply reply;
    for (const std::int64_t id : {1, 2, 3}) {
        InsightCard card;
        card.number = static_cast<int>(id);
        card.insight = InsightId{id};
        card.topic = id == 3 ? "Crypto" : "chips";
        card.marks.liked = id == 3;  // of another time
        reply.blocks.emplace_back(card);
    }
    Profile profile;
    profile.muted_topics = {"crypto"};
    const std::vector<Feedback> feedback = {{ReaderId{1}, InsightId{1}, FeedbackKind::like, WallTime{}},
                                            {ReaderId{1}, InsightId{1}, FeedbackKind::save, WallTime{}},
                                            {ReaderId{1}, InsightId{2}, FeedbackKind::less, WallTime{}}};
    mark_cards(reply, feedback, profile);
    EXPECT_EQ(std::get<InsightCard>(reply.blocks[0]).marks, (CardMarks{true, false, true, false}));
    EXPECT_EQ(std::get<InsightCard>(reply.blocks[1]).marks, (CardMarks{false, true, false, false}));
    EXPECT_EQ(std::get<InsightCard>(reply.blocks[2]).marks, (CardMarks{false, false, false, true}));
}

}  // namespace
}  // namespace podbrief::commands
