// Who comes from the page of an insight finds its topics chosen.
#include <gtest/gtest.h>

#include "core/commands/doors.hpp"
#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using Kind = Incoming::Kind;

class ThroughADoor : public ::testing::Test {
protected:
    // The way of each platform: Telegram's deep link, the installation at Slack, and on Discord, which carries nothing,
    // what our page says to send.
    void come(const Person& person, const std::string& payload) {
        if (person.account.platform == "discord") {
            town.say(person, "start " + payload);
        } else {
            town.tell(
                town.incoming(person, person.account.platform == "slack" ? Kind::installed : Kind::opened, payload));
        }
    }
    std::vector<std::string> chosen(const Person& person) {
        std::vector<std::string> labels;
        for (const ReplyBlock& block : town.last_reply(person).blocks) {
            const auto* choices = std::get_if<Choices>(&block);
            if (choices == nullptr) continue;
            for (const Choice& choice : choices->choices) {
                if (choice.chosen) labels.push_back(choice.label);
            }
        }
        return labels;
    }
    void expect_last(const Person& person, std::string_view part) {
        EXPECT_NE(town.last(person).find(part), std::string::npos) << "the last message is:\n" << town.last(person);
    }
    InsightId chips_insight() {
        for (const Insight& insight : town.library.get(town.library.store.insights_since({}, 100))) {
            if (insight.topics == topics) return insight.id;
        }
        throw std::runtime_error("the library has no insight on these topics");
    }

    Town town;
    const std::vector<std::string> topics{"chip export controls", "semiconductors"};
};

class OnEachPlatform : public ThroughADoor, public ::testing::WithParamInterface<std::string> {};

TEST_P(OnEachPlatform, TheFirstQuestionShowsTheTopicsOfTheInsightChosen) {
    const Person ada = town.person(GetParam());
    come(ada, commands::door_payload(chips_insight()));
    expect_last(ada, "Welcome to podbrief, Ada");
    expect_last(ada, "Which topics?");
    EXPECT_EQ(chosen(ada), topics);
    town.press(ada, "semiconductors");  // it was not they who chose it: one press takes it back
    EXPECT_EQ(chosen(ada), std::vector<std::string>{"chip export controls"});
    town.press(ada, "Done");
    expect_last(ada, "Any shows you want more of?");
    EXPECT_EQ(town.reader_of(ada).profile.topics.size(), 1U);
}

TEST_P(OnEachPlatform, AnInsightThatIsUnknownOrWithdrawnLeadsToTheSameQuestionsWithNothingChosen) {
    const InsightId gone = chips_insight();
    town.library.get(town.library.store.withdraw(gone, "misheard", town.library.clock.wall_now()));
    int number = 0;
    for (const std::string& payload : {commands::door_payload(gone), std::string("i_zzzzz"), std::string("i_-1"),
                                       std::string("i_99999999999999999999")}) {
        const Person person = town.person(GetParam(), "Person " + std::to_string(++number));
        come(person, payload);
        expect_last(person, "Which topics?");
        EXPECT_TRUE(chosen(person).empty()) << payload;
    }
}

TEST_P(OnEachPlatform, WhoseFirstQuestionsAreHalfAnsweredSeesTheTopicsAgainWithThoseOfTheInsight) {
    const Person ada = town.person(GetParam());
    come(ada, "");
    town.say(ada, "football");
    expect_last(ada, "Any shows you want more of?");
    come(ada, commands::door_payload(chips_insight()));
    expect_last(ada, "Which topics?");
    EXPECT_EQ(chosen(ada).size(), 3U);
}

TEST_P(OnEachPlatform, AReaderIsOfferedToFollowWhatTheyCameFrom) {
    const Person ada = town.person(GetParam());
    come(ada, "");
    town.say(ada, "semiconductors");
    for (int i = 0; i < 4 && town.last(ada).find("That is all.") == std::string::npos; ++i) town.say(ada, "skip");
    come(ada, commands::door_payload(chips_insight()));
    expect_last(ada, "What you come from is about chip export controls.");
    EXPECT_EQ(town.reader_of(ada).profile.topics.size(), 1U) << "nothing changes that they did not ask for";
    town.press(ada, "Follow chip export controls");
    EXPECT_EQ(town.reader_of(ada).profile.topics.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Doors, OnEachPlatform, ::testing::Values("slack", "telegram", "discord"),
                         [](const auto& each) { return each.param; });

TEST_F(ThroughADoor, AGroupThatWasOpenedByTheLinkBeginsItsBriefWithThoseTopics) {
    const Person ada = town.person("telegram");
    const Person in_group = town.in_channel(ada, true);
    town.open(in_group, commands::door_payload(chips_insight()));
    expect_last(in_group, "would begin with chip export controls and semiconductors");
    town.press(in_group, "Start a daily brief here");
    expect_last(in_group, "A daily brief comes here from now on");
    town.say(in_group, "topics");
    expect_last(in_group, "chip export controls");
    expect_last(in_group, "semiconductors");
    // What they change afterwards stays changed.
    town.say(in_group, "unfollow semiconductors");
    town.say(in_group, "brief here");
    town.say(in_group, "topics");
    EXPECT_EQ(town.last(in_group).find("semiconductors"), std::string::npos);
}

TEST_F(ThroughADoor, AGroupOpenedByALinkToNothingIsGreetedAsAnyOther) {
    const Person in_group = town.in_channel(town.person("telegram"), true);
    town.open(in_group, "i_zzzzz");
    expect_last(in_group, "start a daily brief for everybody here");
}

}  // namespace
}  // namespace podbrief::testing
