#include "core/services/reception.hpp"

#include <gtest/gtest.h>

#include "core/delivery/payload.hpp"
#include "core/ports/store_failure.hpp"
#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Kind = Incoming::Kind;

class Receiving : public ::testing::Test {
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

// ---- what comes in ----

// RELIABILITY row 86.
TEST_F(Receiving, AHundredCopiesOfOneEventAtTwoReceptionsAreCarriedOutOnce) {
    sign_up(ada);
    town.say(ada, "more on chip export controls");
    Office second(town.library, town.messengers, town.frontends, "r2");
    Incoming pressed = town.incoming(ada, Kind::button);
    const auto listed = town.library.get(town.library.store.conversation(to_string(ada.chat))).listed;
    pressed.action_data = "save:" + std::to_string(listed.at(0).value);  // ids below 10 are the same in base 36
    std::vector<asio::awaitable<void>> tasks;
    int first = 0;
    auto bring = [&](services::Reception& reception) -> asio::awaitable<void> {
        const auto accepted = co_await reception.accept(pressed);
        if (accepted == Intake::Accepted::first) ++first;
    };
    TaskScope scope(town.library.context.get_executor(),
                    [](const std::string&, std::exception_ptr failure) { EXPECT_FALSE(failure); });
    for (int i = 0; i < 50; ++i) {
        scope.spawn("a", bring(town.office->reception));
        scope.spawn("b", bring(second.reception));
    }
    scope.spawn("r1", town.office->reception.run());
    scope.spawn("r2", second.reception.run());
    town.pass(3s);
    scope.request_stop();
    while (scope.size() > 0) town.pass(10s);
    EXPECT_EQ(first, 1);
    const auto feedback = town.library.get(town.library.store.feedback(town.reader_of(ada).id));
    ASSERT_EQ(feedback.size(), 1u) << "saved, and not taken back by a copy";
    EXPECT_EQ(town.frontend.notices.size(), 1u);
}

class BrokenInbox final : public InboxStore {
public:
    asio::awaitable<std::optional<std::int64_t>> accept(Incoming, WallTime) override {
        // As a write that has begun: nothing cuts it off.
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        while (hangs) {
            asio::steady_timer soon(co_await asio::this_coro::executor, std::chrono::milliseconds{1});
            co_await soon.async_wait(asio::use_awaitable);
        }
        throw StoreFailure(StoreFailure::Kind::disk_full, "the disk is full");
    }
    asio::awaitable<std::vector<Item>> claim_items(std::string, WallTime, WallTime, std::size_t limit) override {
        claimed.push_back(limit);
        co_return std::vector<Item>();
    }
    asio::awaitable<void> end_other_claims(std::string) override { co_return; }
    asio::awaitable<void> close_item(std::int64_t) override { co_return; }
    asio::awaitable<std::size_t> open_items() override { co_return 0; }
    asio::awaitable<int> prune_inbox(WallTime, std::size_t) override { co_return 0; }
    bool hangs = false;
    std::vector<std::size_t> claimed;  // how many at most, each time
};

TEST_F(Receiving, AStoreThatFailsOrHangsIsUnavailableWithinTwoSeconds) {
    BrokenInbox broken;
    NullLog log;
    NullMetrics metrics;
    services::Responder responder(town.library.store, town.library.store, town.library.search, town.library.composer,
                                  town.library.clock, nullptr);
    MemoryStore& store = town.library.store;
    services::Reception reception(
        "r9",
        {broken, store, store, store, store, store, town.library.search, responder, town.messengers, town.frontends,
         town.library.clock, log, metrics, town.library.context.get_executor(), nullptr},
        {});
    EXPECT_EQ(town.library.get(reception.accept(town.incoming(ada, Kind::text, "brief"))),
              Intake::Accepted::unavailable);
    broken.hangs = true;
    std::optional<Intake::Accepted> accepted;
    auto bring = [&]() -> asio::awaitable<void> {
        Incoming incoming = town.incoming(ada, Kind::text, "brief");
        accepted = co_await reception.accept(std::move(incoming));
    };
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("accept", bring());
    town.pass(1'990ms);
    EXPECT_FALSE(accepted);
    town.pass(20ms);
    EXPECT_EQ(accepted, Intake::Accepted::unavailable);
    broken.hangs = false;
    auto drain = [&]() -> asio::awaitable<void> {
        asio::steady_timer later(co_await asio::this_coro::executor, 20ms);
        co_await later.async_wait(asio::use_awaitable);
    };
    town.library.get(drain());
}

TEST_F(Receiving, TheMoreIsBeingKeptTheFewerConversationsAreBegunBesideIt) {
    const struct {
        int kept;
        std::size_t begun;
    } cases[] = {{0, 16}, {1, 8}, {3, 4}, {15, 1}, {40, 1}};
    for (const auto& c : cases) {
        SCOPED_TRACE(c.kept);
        BrokenInbox slow;
        slow.hangs = true;
        NullLog log;
        NullMetrics metrics;
        services::Responder responder(town.library.store, town.library.store, town.library.search,
                                      town.library.composer, town.library.clock, nullptr);
        MemoryStore& store = town.library.store;
        services::Reception reception(
            "r9",
            {slow, store, store, store, store, store, town.library.search, responder, town.messengers, town.frontends,
             town.library.clock, log, metrics, town.library.context.get_executor(), nullptr},
            {});
        auto bring = [&]() -> asio::awaitable<void> {
            Incoming incoming = town.incoming(ada, Kind::text, "brief");
            co_await reception.accept(std::move(incoming));
        };
        TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
        for (int i = 0; i < c.kept; ++i) scope.spawn("accept", bring());
        town.library.context.restart();
        town.library.context.poll();
        scope.spawn("run", reception.run());
        town.library.context.restart();
        town.library.context.poll();
        ASSERT_EQ(slow.claimed.size(), 1u);
        EXPECT_EQ(slow.claimed.front(), c.begun);
        slow.hangs = false;
        scope.request_stop();
        auto ended = [&]() -> asio::awaitable<void> {
            while (scope.size() > 0) {
                asio::steady_timer soon(co_await asio::this_coro::executor, 1ms);
                co_await soon.async_wait(asio::use_awaitable);
            }
        };
        town.library.get(ended());
    }
}

TEST_F(Receiving, AnAnswerLeavesAtOnceAndWaitsForNoPoll) {
    sign_up(ada);
    town.pass(5min);  // nothing is under way
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("r1", town.office->reception.run());
    town.pass(10ms);
    const std::size_t before = town.shown(ada).size();
    const int stored = town.office->stored;
    EXPECT_EQ(town.library.get(town.office->reception.accept(town.incoming(ada, Kind::text, "help"))),
              Intake::Accepted::first);
    town.library.context.restart();
    town.library.context.poll();
    EXPECT_EQ(town.office->stored, stored + 1) << "stored, and delivery told of it, before any time has passed";
    town.wake_delivery();
    town.pass(300ms);  // what the model of the platform takes for a call
    EXPECT_GT(town.shown(ada).size(), before);
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
}

TEST_F(Receiving, AfterACrashWhoIsAloneWaitsForNoLease) {
    sign_up(ada);
    town.pass(5min);
    EXPECT_EQ(town.library.get(town.office->reception.accept(town.incoming(ada, Kind::text, "help"))),
              Intake::Accepted::first);
    const WallTime now = town.library.clock.wall_now();
    ASSERT_EQ(town.library.get(town.library.store.claim_items("died", now, now + 30s, 1)).size(), 1u);
    const std::size_t before = town.shown(ada).size();
    services::Reception::Settings alone;
    alone.alone = true;
    Office next(town.library, town.messengers, town.frontends, "r2", alone);
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("r2", next.reception.run());
    town.pass(3s);
    EXPECT_EQ(town.library.get(town.library.store.open_items()), 0u);
    EXPECT_EQ(next.stored, 1);
    town.wake_delivery();
    town.pass(3s);
    EXPECT_GT(town.shown(ada).size(), before);
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
}

// ---- what cannot be carried out ----

TEST_F(Receiving, WhatFailsThriceIsClosedWithAnApology) {
    town.messengers["telegram"] = nullptr;  // a bug: every answer throws
    struct Bug final : Messenger {
        explicit Bug(Messenger& real) : inner(real) {}
        const PlatformTraits& traits() const override { return inner.traits(); }
        std::vector<Reply> split(const Reply& reply) const override {
            if (++calls <= 3) throw std::logic_error("a bug");
            return inner.split(reply);
        }
        asio::awaitable<SendOutcome> post(OutgoingMessage message) override { return inner.post(std::move(message)); }
        asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string ref) override {
            return inner.edit(std::move(message), std::move(ref));
        }
        Messenger& inner;
        mutable int calls = 0;
    } bug(town.telegram_messenger());
    town.messengers["telegram"] = &bug;
    EXPECT_EQ(town.library.get(town.office->reception.accept(town.incoming(ada, Kind::text, "help"))),
              Intake::Accepted::first);
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("r1", town.office->reception.run());
    town.pass(2s);
    EXPECT_EQ(bug.calls, 4);
    EXPECT_EQ(town.library.get(town.library.store.open_items()), 0u);
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
    const auto& all = town.library.store.all_deliveries();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_NE(all.begin()->second.payload.find("Something went wrong here"), std::string::npos);
    town.messengers["telegram"] = &town.telegram_messenger();
}

TEST_F(Receiving, WhileTheStoreFailsTheItemStaysOpenAndIsAnsweredWhenItWorksAgain) {
    int failures = 5;
    town.office->outbox.trouble = [&](const char* call) {
        const bool fails = std::string_view(call) == "enqueue" && failures-- > 0;
        return fails ? GuardedOutbox::Failure::not_done : GuardedOutbox::Failure::none;
    };
    EXPECT_EQ(town.library.get(town.office->reception.accept(town.incoming(ada, Kind::text, "help"))),
              Intake::Accepted::first);
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("r1", town.office->reception.run());
    town.pass(10s);
    EXPECT_EQ(town.library.get(town.library.store.open_items()), 0u);
    EXPECT_FALSE(town.library.store.all_deliveries().empty());
    EXPECT_EQ(town.library.store.all_deliveries().begin()->second.payload.find("went wrong"), std::string::npos);
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
}

// ---- buttons ----

TEST_F(Receiving, AnOldListsNextButtonSaysSo) {
    sign_up(ada);
    town.say(ada, "more on chip export controls");
    Incoming pressed = town.incoming(ada, Kind::button);
    pressed.action_data = "next:1";
    town.say(ada, "brief");
    town.tell(std::move(pressed));
    expect_last(ada, "That list is an old one");
}

TEST_F(Receiving, AButtonUnderAMessageOfLongAgoWorksByWhatItIsAbout) {
    sign_up(ada);
    const Insight insight = town.library.get(town.library.store.insights_since(WallTime{}, 100)).at(3);
    Incoming pressed = town.incoming(ada, Kind::button);
    pressed.message_ref = "31415";
    Action like;
    like.kind = Action::Kind::like;
    like.insight = insight.id;
    pressed.action_data = to_data(like).value();
    const std::size_t before = town.shown(ada).size();
    town.tell(pressed);
    EXPECT_EQ(town.shown(ada).size(), before) << "nothing to edit, and nothing said in the chat";
    EXPECT_TRUE(town.frontend.notices.back().starts_with("Liked."));
    like.kind = Action::Kind::source;
    pressed = town.incoming(ada, Kind::button);
    pressed.action_data = to_data(like).value();
    town.tell(pressed);
    expect_last(ada, insight.speaker);
}

TEST_F(Receiving, AnEditDoesNotBringBackWhatWasWithdrawn) {
    sign_up(ada);
    town.say(ada, "more on chip export controls");
    const auto listed = town.library.get(town.library.store.conversation(to_string(ada.chat))).listed;
    town.stop_delivery();
    EXPECT_TRUE(town.library.get(town.library.store.withdraw(listed.at(0), "misheard", town.library.clock.wall_now())));
    town.press(ada, "Save", 2);
    const std::string edit = town.library.store.all_deliveries().rbegin()->second.payload;
    EXPECT_NE(edit.find("misheard"), std::string::npos) << edit;
    EXPECT_NE(edit.find("saved"), std::string::npos);
}

TEST_F(Receiving, AButtonThatIsNotOursIsAnsweredByANotice) {
    sign_up(ada);
    Incoming pressed = town.incoming(ada, Kind::button);
    pressed.action_data = "buy:now";
    town.tell(pressed);
    EXPECT_TRUE(town.frontend.notices.back().starts_with("That button is of another time."));
}

// ---- first questions ----

TEST_F(Receiving, ACommandBetweenTwoQuestionsIsAnsweredAndTheQuestionStaysOpen) {
    town.open(ada);
    town.say(ada, "help");
    expect_last(ada, "Tune");
    town.say(ada, "energy, solar power");
    expect_last(ada, "Any shows");
    EXPECT_EQ(town.reader_of(ada).profile.topics.count("energy"), 1u);
    EXPECT_NE(town.shown(ada)[0].find("energy and solar power."), std::string::npos)
        << "the question shows its answer, though that was typed: " << town.shown(ada)[0];
    town.say(ada, "Nobody's Show");
    expect_last(ada, "No show here is named so: Nobody's Show.");
    town.say(ada, "base load");
    expect_last(ada, "At what hour");
    town.say(ada, "7:30");
    expect_last(ada, "Where are you?");
    town.say(ada, "Atlantis");
    expect_last(ada, "I do not know the time zone Atlantis");
    town.say(ada, "tokyo");
    expect_last(ada, "Your first brief comes here at 07:30");
    EXPECT_EQ(town.reader_of(ada).time_zone, "Asia/Tokyo");
}

TEST_F(Receiving, QuestionsCanBeLeftAtAnyTime) {
    town.open(ada);
    town.press(ada, "Skip the rest");
    expect_last(ada, "That is all.");
    EXPECT_EQ(town.destination_of(ada)->state, DestinationState::active);
    town.open(ada);
    expect_last(ada, "Your brief of today is at hand");
}

TEST_F(Receiving, ADeepLinkPreselectsItsTopics) {
    Person bo = town.person("telegram", "Bo");
    town.open(ada, "t_solar-power");
    EXPECT_EQ(town.reader_of(ada).profile.topics.count("solar power"), 1u);
    expect_last(ada, "[Done]");
    const Insight insight = town.library.get(town.library.store.insights_since(WallTime{}, 100)).at(0);
    Action about;
    about.kind = Action::Kind::more;
    about.insight = insight.id;
    town.open(bo, "i_" + to_data(about)->substr(5));
    EXPECT_EQ(town.reader_of(bo).profile.topics.count(insight.topics.at(0)), 1u);
}

TEST_F(Receiving, WhoAsksBeforeSigningUpIsAnsweredAndOfferedABrief) {
    town.say(ada, "more on sleep");
    expect_last(ada, "Sleep debt");
    expect_last(ada, "New here? Say start");
    EXPECT_EQ(town.destination_of(ada)->state, DestinationState::paused) << "no brief comes unasked";
    town.press(ada, "Start");
    expect_last(ada, "Which topics?");
}

// ---- forms, pages, names ----

TEST_F(Receiving, TheSettingsFormIsFilledInAndTaken) {
    EXPECT_FALSE(town.library.get(town.office->reception.form_for(town.incoming(ada, Kind::text, "settings"))))
        << "somebody unknown";
    sign_up(ada);
    const auto form = town.library.get(town.office->reception.form_for(town.incoming(ada, Kind::text, "settings")));
    ASSERT_TRUE(form);
    ASSERT_EQ(form->fields.size(), 4u);
    EXPECT_EQ(form->fields[0].value, "chip export controls");
    EXPECT_EQ(form->fields[1].value, "08:00");
    EXPECT_EQ(form->fields[2].value, "Europe/Berlin");
    EXPECT_EQ(form->fields[3].value, "daily");
    EXPECT_FALSE(town.library.get(town.office->reception.form_for(town.incoming(ada, Kind::text, "brief"))));

    Incoming sent = town.incoming(ada, Kind::form);
    sent.fields = {{"topics", "sleep\nenergy"}, {"hour", "half past"}, {"zone", "tokyo"}, {"cadence", "weekdays"}};
    town.tell(sent);
    const Reader reader = town.reader_of(ada);
    EXPECT_EQ(reader.profile.topics, (std::map<std::string, double>{{"energy", 1}, {"sleep", 1}}));
    EXPECT_EQ(reader.time_zone, "Asia/Tokyo");
    EXPECT_EQ(reader.cadence, Cadence::weekdays);
    EXPECT_EQ(reader.brief_at, 8h);
    expect_last(ada, "I do not know the time of day half past.");
    expect_last(ada, "Monday to Friday");
}

TEST_F(Receiving, TheHomePageShowsTheLatestBriefAndTheSettings) {
    sign_up(ada);
    town.say(ada, "brief");
    town.tell(town.incoming(ada, Kind::home));
    ASSERT_EQ(town.frontend.pages.size(), 1u);
    const std::string page = delivery::freeze(town.frontend.pages[0]);
    EXPECT_NE(page.find("Your brief for"), std::string::npos);
    EXPECT_NE(page.find("Settings of Ada"), std::string::npos);
    EXPECT_NE(page.find("Change settings"), std::string::npos);
}

TEST_F(Receiving, NamesAreSuggestedByTheirBeginningFollowedOnesFirst) {
    sign_up(ada);
    auto suggest = [&](const std::string& what, const std::string& typed) {
        return town.library.get(town.office->reception.suggest(ada.account, what, typed));
    };
    EXPECT_EQ(suggest("topic", "CH").at(0), "chip export controls");
    EXPECT_EQ(suggest("topic", "power"), (std::vector<std::string>{"nuclear power", "solar power"}));
    EXPECT_EQ(suggest("show", "base"), std::vector<std::string>{"Base Load"});
    EXPECT_TRUE(suggest("planet", "m").empty());
    EXPECT_LE(suggest("topic", "").size(), 25u);
}

// ---- removal ----

// RELIABILITY row 114.
TEST_F(Receiving, NothingIsSentAfterARemovalWhateverStateTheAnswerIsIn) {
    for (const Kind removal : {Kind::blocked, Kind::gone, Kind::tenant_revoked, Kind::text /* forget me now */}) {
        for (const bool brief : {false, true}) {
            SCOPED_TRACE(std::string(to_string(removal)) + (brief ? " brief" : " reply"));
            Town other;
            Person somebody = other.person("slack");
            other.open(somebody);
            other.say(somebody, "skip all");
            const std::size_t before = other.shown(somebody).size();
            if (brief) {
                other.pass(22h + 45min);  // composed, and due in a quarter of an hour
            } else {
                other.library.get(
                    other.office->reception.accept(other.incoming(somebody, Kind::text, "more on sleep")));
                other.library.get(other.office->reception.run_once());  // stored; delivery was not told yet
            }
            Incoming removed = other.incoming(somebody, removal, removal == Kind::text ? "forget me now" : "");
            other.library.get(other.office->reception.accept(removed));
            other.library.get(other.office->reception.run_once());
            const std::size_t at_removal = other.shown(somebody).size();
            EXPECT_EQ(at_removal, before);
            other.wake_delivery();
            other.pass(26h);
            std::vector<std::string> later = other.shown(somebody);
            later.erase(later.begin(), later.begin() + static_cast<std::ptrdiff_t>(at_removal));
            std::erase_if(later, [](const std::string& text) { return text.starts_with("Done: all that was kept"); });
            EXPECT_TRUE(later.empty()) << later.front();
        }
    }
}

}  // namespace
}  // namespace podbrief::testing
