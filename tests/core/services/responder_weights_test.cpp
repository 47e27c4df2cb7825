// Why an insight was chosen, and the words that change it.
#include <gtest/gtest.h>

#include "tests/core/services/responding.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::Responding;

TEST_F(Responding, WhyListsTheNumbersOfTheBriefItemAndTheWordsThatChangeThem) {
    ask("follow chip export controls");
    cards("brief");
    const Reply reply = ask("why 1");
    const Table& table = std::get<Table>(reply.blocks.back());
    EXPECT_NE(table.rows.at(0).value.find(": you follow chip export controls, weight 1.00"), std::string::npos)
        << table.rows.at(0).value;
    EXPECT_NE(table.rows.at(3).value.find(" = (0.20 + "), std::string::npos) << table.rows.at(3).value;
    EXPECT_EQ(table.rows.back().label, "Change it");
    EXPECT_EQ(table.rows.back().value.find("weigh chip export controls 2; like 1; less 1"), 0u);
    EXPECT_EQ(reply.suggestions.at(2), "weigh chip export controls 2");
}

TEST_F(Responding, WhyTellsWhatLikesAdded) {
    ask("follow chip export controls");
    ask("more on chip export controls");
    ask("like 1");
    library.clock.advance(24h);
    cards("brief");
    bool added = false;
    for (int number = 1; number <= 5; ++number) {
        const Reply reply = ask("why " + std::to_string(number));
        const auto* table = std::get_if<Table>(&reply.blocks.back());
        if (table == nullptr || table->rows.empty()) continue;
        added = added || table->rows.front().value.find("; your likes add 0.") != std::string::npos;
    }
    EXPECT_TRUE(added);
}

TEST_F(Responding, WeighSetsHowMuchATopicCountsAndTheBriefGoesByIt) {
    ask("follow congestion pricing");
    ask("follow small modular reactors");
    ask("weigh small modular reactors 3");
    EXPECT_EQ(anna().profile.topics.at("small modular reactors"), 3);
    EXPECT_EQ(library.brief("anna").items.at(0).reason.matched, "small modular reactors");
    library.clock.advance(24h);
    ask("weigh congestion pricing -2");
    for (const BriefItem& item : library.brief("anna").items) {
        EXPECT_NE(item.reason.matched, "congestion pricing");
    }
    EXPECT_EQ(words("weigh congestion pricing 0"), "It counts for nothing from now on.\n");
    EXPECT_FALSE(anna().profile.topics.contains("congestion pricing"));
}

TEST_F(Responding, WeighWithoutANumberTellsTheWeightAndChangesNothing) {
    ask("follow chips");
    const Profile before = anna().profile;
    EXPECT_EQ(words("weigh chips"),
              "chips weighs 1.00. Say how much it is to count, from -3 to 3, as in: weigh chips 2.\n");
    EXPECT_EQ(anna().profile, before);
    EXPECT_EQ(words("weigh chips 9"), "Noted. It stays so until you change it.\nWeights go from -3 to 3.\n");
    EXPECT_EQ(anna().profile.topics.at("chips"), 3);
    EXPECT_EQ(words("weigh chips 3"), "chips weighs 3.00 already.\n");
}

TEST_F(Responding, WeighByNumberWeighsTheSubjectOfThatInsight) {
    cards("more on congestion charges");
    ask("weigh 1 2");
    EXPECT_EQ(anna().profile.topics.at("congestion pricing"), 2);
}

TEST_F(Responding, TopicsShowWhatEachWeighsAndWhatWasLearnt) {
    ask("follow chips");
    cards("more on congestion charges");
    ask("like 1");
    auto rows = [&] {
        const Reply reply = ask("topics");
        return std::get<Table>(reply.blocks.at(1)).rows;
    };
    EXPECT_EQ(rows().at(0).value, "followed, weight 1.00");
    EXPECT_EQ(rows().at(1).value, "learnt, weight 0.25");
    library.clock.advance(24h * 30);
    EXPECT_EQ(rows().at(1).value, "learnt, weight 0.12") << "it fades";
    EXPECT_EQ(rows().at(0).value, "followed, weight 1.00") << "this does not";
}

}  // namespace
}  // namespace podbrief::services
