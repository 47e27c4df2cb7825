// What platforms tell of chats and workspaces, in any order and any number of times.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Kind = Incoming::Kind;

Tenant workspace(WallTime installed_at) {
    Tenant tenant;
    tenant.platform = "slack";
    tenant.workspace = "T1";
    tenant.sealed_token = "sealed";
    tenant.installed_at = installed_at;
    tenant.changed_at = installed_at;
    return tenant;
}

class Lifecycle : public ::testing::Test {
protected:
    Lifecycle() {
        town.library.get(town.library.store.save(workspace(town.library.clock.wall_now() - 24h)));
        town.say(ada, "brief here");
        begin = town.library.clock.wall_now();
    }

    // Told now, of something that happened `minute` minutes after the beginning.
    void tell(Kind kind, int minute) {
        Incoming incoming = town.incoming(ada, kind);
        incoming.at = begin + minute * 1min;
        if (kind == Kind::moved) {
            incoming.moved_to = ada.chat;
            incoming.moved_to.chat = "999";
        }
        if (kind == Kind::installed || kind == Kind::tenant_revoked) {
            incoming.where.chat.clear();
            incoming.from = Account();
        }
        if (kind == Kind::installed) town.library.get(town.library.store.save(workspace(incoming.at)));
        EXPECT_EQ(town.library.get(town.office->reception.accept(std::move(incoming))), Intake::Accepted::first);
        town.library.get(town.office->reception.run_once());
    }
    DestinationRecord place() {
        const auto all = town.library.get(town.library.store.destinations(town.reader_of(ada).id));
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? DestinationRecord() : all.front();
    }

    Town town;
    Person ada = town.person("slack");
    WallTime begin{};
};

TEST_F(Lifecycle, EachLeavesANoteThatItsOwnerCanRead) {
    tell(Kind::blocked, 1);
    EXPECT_EQ(place().state, DestinationState::blocked);
    EXPECT_EQ(place().note, "blocked by the reader");
    tell(Kind::unblocked, 2);
    EXPECT_EQ(place().state, DestinationState::active);
    EXPECT_EQ(place().note, "");
    tell(Kind::tenant_revoked, 3);
    EXPECT_EQ(place().state, DestinationState::tenant_revoked);
    EXPECT_EQ(place().note, "the workspace removed podbrief");
    tell(Kind::installed, 4);
    EXPECT_EQ(place().state, DestinationState::active);
    tell(Kind::gone, 5);
    EXPECT_EQ(place().state, DestinationState::gone);
    EXPECT_EQ(place().note, "the chat is gone, or closed to podbrief");
}

TEST_F(Lifecycle, WhatIsOlderThanTheLatestChangeDoesNotOverruleIt) {
    tell(Kind::unblocked, 5);
    tell(Kind::blocked, 3);
    EXPECT_EQ(place().state, DestinationState::active);
    tell(Kind::blocked, 7);
    tell(Kind::unblocked, 6);
    EXPECT_EQ(place().state, DestinationState::blocked);
}

TEST_F(Lifecycle, WhoSpeaksToUsHasNotBlockedUsAnyMore) {
    tell(Kind::blocked, 1);
    town.pass(5min);
    town.say(ada, "places");
    EXPECT_EQ(place().state, DestinationState::active);
    EXPECT_NE(town.last(ada).find("your brief comes here"), std::string::npos) << town.last(ada);
}

TEST_F(Lifecycle, ABriefThatWasStoppedDoesNotComeBackWithAnUnblocking) {
    town.say(ada, "stop here");
    EXPECT_EQ(place().state, DestinationState::paused);
    begin = town.library.clock.wall_now();
    tell(Kind::blocked, 1);
    EXPECT_EQ(place().state, DestinationState::blocked);
    tell(Kind::unblocked, 2);
    EXPECT_EQ(place().state, DestinationState::paused);
}

}  // namespace

// ---- orders ----
namespace {

struct Told {
    Kind kind;
    int minute;
};

using History = std::vector<Told>;

// What the destination is in the end, when its history is told in that order. A town is costly, and one is enough:
// somebody else each time.
class Orders : public ::testing::TestWithParam<History> {
protected:
    std::pair<DestinationState, std::string> end_of(const History& told) {
        const std::string number = std::to_string(++people_);
        const std::string team = "T" + number;
        Person person;
        person.account = {"slack", team, "U" + number};
        person.chat = {"slack", team, "D" + number, ""};
        person.name = "Reader " + number;
        Store& store = library.store;
        Tenant tenant = workspace(begin - 24h);
        tenant.workspace = team;
        library.get(store.save(tenant));
        Reader reader;
        reader.name = person.name;
        AccountRecord record;
        record.account = person.account;
        const ReaderId id = library.get(store.know(record, reader)).reader.id;
        DestinationRecord destination;
        destination.reader = id;
        destination.address = person.chat;
        library.get(store.add_destination(destination, begin));
        for (const Told& one : told) {
            Incoming incoming;
            incoming.platform = "slack";
            incoming.tenant = team;
            incoming.event_id = number + " " + std::to_string(++events_);
            incoming.at = begin + one.minute * 1min;
            incoming.kind = one.kind;
            incoming.where = person.chat;
            incoming.moved_to = person.chat;
            incoming.moved_to.chat += "0000";
            if (one.kind == Kind::installed || one.kind == Kind::tenant_revoked) incoming.where.chat.clear();
            if (one.kind == Kind::installed) {
                tenant.installed_at = tenant.changed_at = incoming.at;
                library.get(store.save(tenant));
            }
            library.get(office.reception.accept(std::move(incoming)));
            library.get(office.reception.run_once());
        }
        const auto places = library.get(store.destinations(id));
        const bool moved = places.at(0).address.chat != person.chat.chat;
        return {places.at(0).state, moved ? "moved" : "where it was"};
    }

    using Store = MemoryStore;
    ChatLibrary library;
    services::Messengers nobody;
    services::Frontends nothing;
    Office office{library, nobody, nothing, "r1"};
    WallTime begin = library.clock.wall_now();

private:
    int people_ = 0;
    int events_ = 0;
};

// RELIABILITY row 88.
TEST_P(Orders, All720EndTheSame) {
    const auto expected = end_of(GetParam());
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
    int orders = 0;
    do {
        History told;
        std::string name;
        for (const std::size_t i : order) {
            told.push_back(GetParam()[i]);
            name += " " + std::string(to_string(GetParam()[i].kind));
        }
        ++orders;
        const auto end = end_of(told);
        ASSERT_EQ(to_string(end.first), to_string(expected.first)) << name;
        ASSERT_EQ(end.second, expected.second) << name;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(orders, 720);
}

INSTANTIATE_TEST_SUITE_P(OfSix, Orders,
                         ::testing::Values(History{{Kind::blocked, 1},
                                                   {Kind::unblocked, 2},
                                                   {Kind::gone, 3},
                                                   {Kind::moved, 4},
                                                   {Kind::tenant_revoked, 5},
                                                   {Kind::installed, 6}},
                                           History{{Kind::gone, 1},
                                                   {Kind::blocked, 2},
                                                   {Kind::unblocked, 3},
                                                   {Kind::moved, 4},
                                                   {Kind::installed, 5},
                                                   {Kind::tenant_revoked, 6}},
                                           History{{Kind::tenant_revoked, 1},
                                                   {Kind::blocked, 2},
                                                   {Kind::installed, 3},
                                                   {Kind::unblocked, 4},
                                                   {Kind::gone, 5},
                                                   {Kind::moved, 6}},
                                           History{{Kind::installed, 1},
                                                   {Kind::tenant_revoked, 2},
                                                   {Kind::installed, 3},
                                                   {Kind::blocked, 4},
                                                   {Kind::unblocked, 5},
                                                   {Kind::tenant_revoked, 6}}));

}  // namespace
}  // namespace podbrief::testing
