// One reader in several chats, and channels with a brief of their own.
#include <gtest/gtest.h>

#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Kind = Incoming::Kind;

class Places : public ::testing::Test {
protected:
    void sign_up(const Person& person) {
        town.open(person);
        town.say(person, "chip export controls");
        town.say(person, "skip");
        town.say(person, "8:00");
        if (person.time_zone.empty()) town.say(person, "Berlin");
    }
    void expect_last(const Person& person, std::string_view part) {
        EXPECT_NE(town.last(person).find(part), std::string::npos) << "the last message is:\n" << town.last(person);
    }

    Town town;
    Person ada = town.person("telegram");
};

// ---- one reader in several chats ----

TEST_F(Places, TwoAccountsThatAreLinkedAreOneReaderWithOneBrief) {
    Person there = town.person("slack");
    sign_up(ada);
    town.open(there);
    town.say(there, "sleep");
    town.say(there, "skip all");
    EXPECT_NE(town.reader_of(ada).id, town.reader_of(there).id);
    town.say(ada, "link");
    const std::string said = town.last(ada);
    const auto at = said.find("link ");
    const std::string code = said.substr(at + 5, 11);
    town.say(there, "link abcde-fgh22");
    expect_last(there, "That code is not known here");
    town.say(there, "link " + code);
    expect_last(there, "Linked: one profile and one brief");
    EXPECT_EQ(town.reader_of(ada).id, town.reader_of(there).id);
    EXPECT_EQ(town.reader_of(ada).profile.topics.size(), 2u);
    EXPECT_EQ(town.destination_of(ada)->state, DestinationState::active);
    EXPECT_EQ(town.destination_of(there)->state, DestinationState::paused);
    town.say(there, "link " + code);
    expect_last(there, "That code is not known here");

    town.say(there, "primary");
    expect_last(there, "Your brief comes here from now on");
    expect_last(there, "It does not come any more to Telegram.");
    EXPECT_EQ(town.destination_of(ada)->state, DestinationState::paused);
    EXPECT_EQ(town.destination_of(there)->state, DestinationState::active);
    town.say(there, "places");
    expect_last(there, "it comes to another chat");
    town.say(there, "forget me now");
    EXPECT_TRUE(town.library.store.all_readers().empty());
    EXPECT_FALSE(town.reader_of(ada).id);
}

TEST_F(Places, WhatIsSaidAtOnceInTwoChatsOfOneReaderIsAllKept) {
    Person there = town.person("slack");
    sign_up(ada);
    town.say(ada, "link");
    const std::string said = town.last(ada);
    town.say(there, "link " + said.substr(said.find("link ") + 5, 11));
    for (int i = 0; i < 10; ++i) {
        for (const Person& person : {ada, there}) {
            const std::string topic = "follow topic t" + std::to_string(i) + person.account.platform;
            town.library.get(town.office->reception.accept(town.incoming(person, Kind::text, topic)));
        }
    }
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("r1", town.office->reception.run());
    town.pass(1s);
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
    EXPECT_EQ(town.reader_of(ada).profile.topics.size(), 21u);
}

// ---- channels ----

TEST_F(Places, AChannelHasABriefAndAProfileOfItsOwn) {
    const Person boss = town.in_channel(town.person("slack", "Boss"), true);
    const Person guest = town.in_channel(town.person("slack", "Guest"), false);
    town.tell(town.incoming(guest, Kind::joined));
    expect_last(guest, "Start a daily brief here");
    town.press(guest, "Start a daily brief here");
    expect_last(guest, "can be changed by those who manage the channel");
    town.say(boss, "brief here");
    expect_last(boss, "A daily brief comes here from now on: 08:00 (Europe/Berlin)");
    town.say(boss, "follow energy");
    const auto channel = town.library.get(town.library.store.account({"slack", "T1", boss.chat.chat}, true));
    ASSERT_TRUE(channel);
    auto profile = [&] { return town.library.get(town.library.store.reader(channel->reader))->profile; };
    EXPECT_EQ(profile().topics.count("energy"), 1u);
    EXPECT_TRUE(town.reader_of(boss).profile.topics.empty());
    town.say(guest, "follow sleep");
    expect_last(guest, "can be changed by those who manage the channel");
    EXPECT_EQ(profile().topics.count("sleep"), 0u);
    town.say(guest, "more on energy");
    town.press(guest, "Save", 1);
    EXPECT_EQ(town.library.get(town.library.store.feedback(channel->reader)).size(), 1u);
    town.say(guest, "forget me");
    expect_last(guest, "say it to me in a direct message");

    town.pass(24h);
    expect_last(boss, "Your brief for Friday, 13 March 2026");
    town.say(boss, "stop here");
    expect_last(boss, "No brief comes to this channel any more");
    town.say(guest, "follow sleep");
    EXPECT_EQ(profile().topics.count("sleep"), 0u);
    EXPECT_EQ(town.reader_of(guest).profile.topics.count("sleep"), 1u) << "their own, without a brief of the channel";
}

TEST_F(Places, AGroupThatMovesTakesItsBriefAndItsProfileAlong) {
    Person boss = town.in_channel(town.person("telegram", "Boss"), true);
    town.say(boss, "brief here");
    town.say(boss, "follow energy");
    Incoming moved = town.incoming(boss, Kind::moved);
    moved.moved_to = boss.chat;
    moved.moved_to.chat = "-9999";
    town.telegram.add_chat("-9999");
    town.pass(1s);
    moved.at = town.library.clock.wall_now();
    town.tell(moved);
    boss.chat.chat = "-9999";
    town.say(boss, "settings");
    expect_last(boss, "energy");
    town.say(boss, "at 9:00");
    town.pass(26h);
    expect_last(boss, "Your brief for Friday, 13 March 2026");
}

TEST_F(Places, InAThreadNumbersMeanTheListOfTheChatUntilItHasOneOfItsOwn) {
    Person guest = town.in_channel(town.person("slack", "Guest"), false);
    town.say(guest, "more on chip export controls");
    Person in_thread = guest;
    in_thread.chat.thread = "171.2";
    Incoming asked = town.incoming(in_thread, Kind::text, "quote 2");
    town.tell(asked);
    const auto wide = town.library.get(town.library.store.conversation(to_string(guest.chat)));
    EXPECT_EQ(wide.listed.size(), 5u);
    town.tell(town.incoming(in_thread, Kind::text, "more on sleep"));
    EXPECT_EQ(town.library.get(town.library.store.conversation(to_string(in_thread.chat))).listed.size(), 1u);
    EXPECT_EQ(town.library.get(town.library.store.conversation(to_string(guest.chat))), wide);
}

}  // namespace
}  // namespace podbrief::testing
