// The whole way on each platform: sign up, brief, more, next page, other side, like, mute, settings, forget me.
#include <gtest/gtest.h>

#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class WholeConversation : public ::testing::TestWithParam<std::string> {
protected:
    WholeConversation() {
        // So much on one topic that a list of it has a second page.
        for (int i = 0; i < 6; ++i) {
            town.library.add({"Foundry Floor " + std::to_string(i),
                              "Guest " + std::to_string(i),
                              "Export controls on chips changed what plant number " + std::to_string(i + 10) +
                                  " buys, because tool makers in region " + std::to_string(i + 20) + " need a licence.",
                              {"chip export controls"}});
        }
    }
    void expect_last(std::string_view part) {
        EXPECT_NE(town.last(ada).find(part), std::string::npos) << "the last message is:\n" << town.last(ada);
    }
    void expect_notice(std::string_view part) {
        ASSERT_FALSE(town.frontend.notices.empty());
        EXPECT_NE(town.frontend.notices.back().find(part), std::string::npos) << town.frontend.notices.back();
    }
    InsightCard card(int number) {
        for (const ReplyBlock& block : town.last_reply(ada).blocks) {
            if (const auto* one = std::get_if<InsightCard>(&block); one != nullptr && one->number == number)
                return *one;
        }
        return {};
    }

    Town town;
    Person ada = town.person(GetParam());
};

TEST_P(WholeConversation, GoesFromStartToForgetMe) {
    town.open(ada);
    expect_last("Welcome to podbrief, Ada");
    expect_last("Which topics?");
    town.press(ada, "chip export controls");
    expect_notice("Followed: chip export controls.");
    town.press(ada, "Done");
    EXPECT_EQ(town.shown(ada).size(), 2u) << "the question answered, and the next one";
    EXPECT_NE(town.shown(ada)[0].find("chip export controls."), std::string::npos) << town.shown(ada)[0];
    expect_last("Any shows you want more of?");
    town.press(ada, "Base Load");
    town.press(ada, "Done");
    expect_last("At what hour");
    town.press(ada, "8:00");
    if (ada.time_zone.empty()) {
        expect_last("Where are you?");
        town.press(ada, "Berlin");
    }
    expect_last("Settings of Ada");
    expect_last("Your first brief comes here at 08:00 on Friday, 13 March 2026; say brief for one now.");
    EXPECT_EQ(town.reader_of(ada).time_zone, "Europe/Berlin");
    EXPECT_EQ(town.destination_of(ada)->state, DestinationState::active);

    town.say(ada, "brief");
    expect_last("Why these");
    town.press(ada, "Why these");
    expect_last("you follow chip export controls");

    town.say(ada, "more on chip export controls");
    expect_last("On chip export controls");
    const InsightCard first = card(1);
    town.press(ada, "Next");
    expect_last("More on chip export controls");
    EXPECT_EQ(card(6).number, 6);
    town.press(ada, "More", 6);
    expect_last("Related to");
    town.say(ada, "more on chip export controls");
    town.press(ada, "Other side", 1);
    expect_last("other side");

    town.say(ada, "more on chip export controls");
    EXPECT_EQ(card(1).insight, first.insight);
    town.press(ada, "\U0001F44D", 1);
    expect_notice("Liked. More on chip export controls from now on.");
    EXPECT_TRUE(card(1).marks.liked);
    EXPECT_FALSE(card(2).marks.liked);
    town.press(ada, "\U0001F44D", 1);
    expect_notice("Your like is taken back.");
    EXPECT_FALSE(card(1).marks.liked);
    town.press(ada, "\U0001F44D", 1);
    town.press(ada, "Save", 2);
    expect_notice("Saved.");
    EXPECT_TRUE(card(2).marks.saved);
    town.press(ada, "Mute", 2);
    expect_notice("Muted: chip export controls.");
    EXPECT_TRUE(card(1).marks.muted);
    town.press(ada, "Source", 1);
    expect_last("Supply Lines");

    town.say(ada, "settings");
    expect_last("Muted");
    expect_last("chip export controls");
    town.say(ada, "places");
    expect_last("your brief comes here");

    // The brief of the next morning comes by itself.
    town.pass(24h);
    expect_last("Your brief for Friday, 13 March 2026");

    town.say(ada, "forget me");
    expect_last("forget me now");
    town.say(ada, "forget me now");
    expect_last("Done: all that was kept of you is deleted.");
    EXPECT_FALSE(town.reader_of(ada).id);
    EXPECT_TRUE(town.library.store.all_readers().empty());
    EXPECT_TRUE(town.library.store.all_destinations().empty());
    town.say(ada, "hello");
    expect_last("Welcome to podbrief, Ada");
    EXPECT_TRUE(town.reader_of(ada).profile.topics.empty()) << "somebody new";
}

INSTANTIATE_TEST_SUITE_P(OnEachPlatform, WholeConversation, ::testing::Values("slack", "telegram", "discord"),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace podbrief::testing
