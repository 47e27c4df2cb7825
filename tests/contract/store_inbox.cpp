#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

std::int64_t InboxContract::accept(const std::string& event_id, const std::string& chat, WallTime now) {
    Incoming incoming = sample_incoming(event_id);
    incoming.where.chat = chat;
    return get(inbox.accept(incoming, now)).value_or(0);
}

std::vector<InboxStore::Item> InboxContract::claim(WallTime now, const std::string& worker, std::size_t limit) {
    return get(inbox.claim_items(worker, now, now + 30s, limit));
}

std::vector<std::string> InboxContract::claimed(WallTime now, const std::string& worker, std::size_t limit) {
    std::vector<std::string> ids;
    for (const InboxStore::Item& item : claim(now, worker, limit)) ids.push_back(item.incoming.event_id);
    return ids;
}

Incoming sample_incoming(const std::string& event_id) {
    Incoming i;
    i.platform = "slack";
    i.tenant = "T1";
    i.event_id = event_id;
    i.at = noon - 1ms;
    i.kind = Incoming::Kind::form;
    i.from = {"slack", "T1", "U7"};
    i.where = {"slack", "T1", "C2", "171.2"};
    i.direct = true;
    i.answer_in_thread = true;
    i.text = "more on chips";
    i.action_data = "more:1a2b";
    i.fields = {{"topics", "chips\ntea"}, {"hour", "8"}};
    i.message_ref = "171.2";
    i.moved_to = {"telegram", "", "-100", "3"};
    i.may_manage = false;
    i.name = "Ada";
    i.locale = "en-GB";
    i.time_zone = "Europe/London";
    return i;
}

namespace {

using Ids = std::vector<std::string>;

asio::awaitable<void> accept_one(InboxStore& inbox, std::string event_id, int& first) {
    Incoming incoming = sample_incoming(event_id);
    const auto id = co_await inbox.accept(std::move(incoming), noon);
    first += id ? 1 : 0;
}

TEST_P(InboxContract, KeepsEveryFieldOfWhatCameIn) {
    const Incoming full = sample_incoming("E1");
    Incoming plain;
    plain.platform = "telegram";
    plain.event_id = "7";
    const auto first = get(inbox.accept(full, noon));
    const auto second = get(inbox.accept(plain, noon + 1s));
    ASSERT_TRUE(first && second);
    const auto items = claim(noon + 2s);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0], (InboxStore::Item{*first, full, noon, 0}));
    EXPECT_EQ(items[1], (InboxStore::Item{*second, plain, noon + 1s, 0}));
}

TEST_P(InboxContract, KeepsEveryKindAndWhateverThePlatformSaysOfRights) {
    for (int kind = 0; kind <= static_cast<int>(Incoming::Kind::installed); ++kind) {
        Incoming incoming = sample_incoming(std::to_string(kind));
        incoming.kind = static_cast<Incoming::Kind>(kind);
        incoming.where.chat = incoming.event_id;
        incoming.may_manage = kind % 2 == 0 ? std::optional(kind % 4 == 0) : std::nullopt;
        get(inbox.accept(incoming, noon));
    }
    int kind = 0;
    for (const InboxStore::Item& item : claim(noon)) {
        EXPECT_EQ(item.incoming.kind, static_cast<Incoming::Kind>(kind));
        EXPECT_EQ(item.incoming.may_manage, kind % 2 == 0 ? std::optional(kind % 4 == 0) : std::nullopt);
        ++kind;
    }
    EXPECT_EQ(kind, static_cast<int>(Incoming::Kind::installed) + 1);
}

TEST_P(InboxContract, KeepsAnyTextOfWhatCameIn) {
    using namespace std::string_literals;
    const std::string texts[] = {
        "", "a\0b\0"s, "';\"\\\r\n\t\x01\x1f", "Émile 芯片 👩‍🔬 שלום \u202e", "{\"a\":[1]}", "%_"};
    int number = 0;
    for (const std::string& text : texts) {
        SCOPED_TRACE(text);
        Incoming incoming = sample_incoming(std::to_string(++number) + text);
        incoming.text = incoming.name = incoming.where.chat = incoming.tenant = incoming.from.user = text;
        incoming.fields = {{text, text}};
        const auto id = get(inbox.accept(incoming, noon));
        ASSERT_TRUE(id);
        EXPECT_FALSE(get(inbox.accept(incoming, noon)));
        const auto items = claim(noon);
        ASSERT_EQ(items.size(), 1U);
        EXPECT_EQ(items[0].incoming, incoming);
        get(inbox.close_item(*id));
    }
}

TEST_P(InboxContract, OneHappeningIsAcceptedOnceHoweverOftenItIsTold) {
    EXPECT_TRUE(accept("E1", "C1"));
    EXPECT_FALSE(accept("E1", "C2", noon + 1h)) << "told otherwise, it is the same";
    const auto items = claim(noon + 2h);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].incoming.where.chat, "C1");

    get(inbox.close_item(items[0].id));
    EXPECT_FALSE(accept("E1", "C1", noon + 3h)) << "also when it was carried out";
    EXPECT_FALSE(accept("E1", "C1", noon + 25h - 1ms));
}

TEST_P(InboxContract, AHappeningIsOneOfItsPlatformAndTenant) {
    Incoming incoming = sample_incoming("E1");
    EXPECT_TRUE(get(inbox.accept(incoming, noon)));
    incoming.tenant = "T2";
    EXPECT_TRUE(get(inbox.accept(incoming, noon)));
    incoming.platform = "discord";
    EXPECT_TRUE(get(inbox.accept(incoming, noon)));
    EXPECT_FALSE(get(inbox.accept(incoming, noon)));
    EXPECT_EQ(get(inbox.open_items()), 3U);
}

TEST_P(InboxContract, ItHasNothingToDoWithWhatTheOutboxHasSeen) {
    EXPECT_TRUE(get(outbox.first_seen("slack", "T1", "E1", noon)));
    EXPECT_TRUE(accept("E1", "C1"));
    EXPECT_FALSE(get(outbox.first_seen("slack", "T1", "E1", noon)));
}

TEST_P(InboxContract, AHundredCopiesAtOnceAreAcceptedOnce) {
    int first = 0;
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 100; ++i) calls.push_back(accept_one(inbox, "E1", first));
    get_all(std::move(calls));
    EXPECT_EQ(first, 1);
    EXPECT_EQ(get(inbox.open_items()), 1U);
}

TEST_P(InboxContract, ItemsAreGivenOldestFirstAndAtMostAsManyAsAskedFor) {
    for (const char* id : {"E3", "E1", "E2", "E0"}) accept(id, id);
    EXPECT_EQ(claimed(noon, "w1", 3), (Ids{"E3", "E1", "E2"}));
    EXPECT_EQ(claimed(noon, "w1", 3), (Ids{"E0"}));
    EXPECT_TRUE(claimed(noon, "w1", 3).empty());
}

TEST_P(InboxContract, OfOneConversationOnlyTheOldestOpenItemIsGiven) {
    const std::int64_t first = accept("E1", "C1");
    accept("E2", "C1");
    accept("E3", "C2");
    accept("E4", "C1");
    EXPECT_EQ(claimed(noon), (Ids{"E1", "E3"}));
    EXPECT_TRUE(claimed(noon).empty()) << "the first of them is being carried out";
    get(inbox.close_item(first));
    EXPECT_EQ(claimed(noon), (Ids{"E2"}));
}

TEST_P(InboxContract, ThreadsOfAChatAreConversationsOfTheirOwn) {
    Incoming incoming = sample_incoming("E1");
    get(inbox.accept(incoming, noon));
    incoming.event_id = "E2";
    incoming.where.thread = "";
    get(inbox.accept(incoming, noon));
    EXPECT_EQ(claimed(noon), (Ids{"E1", "E2"}));
}

TEST_P(InboxContract, AnItemIsItsWorkersUntilTheLeaseEnds) {
    const std::int64_t id = accept("E1", "C1");
    EXPECT_EQ(claim(noon).at(0).tries, 0);
    EXPECT_TRUE(claim(noon + 30s - 1ms, "w2").empty());
    EXPECT_TRUE(claim(noon + 30s - 1ms, "w1").empty()) << "its worker has it already";
    const auto again = claim(noon + 30s, "w2");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, id);
    EXPECT_EQ(again[0].tries, 1);
    EXPECT_EQ(again[0].accepted_at, noon);
    EXPECT_TRUE(claim(noon + 59s, "w1").empty());
    EXPECT_EQ(claim(noon + 60s, "w1").at(0).tries, 2);
}

TEST_P(InboxContract, AConversationWaitsForAWorkerThatDied) {
    accept("E1", "C1");
    claim(noon);
    accept("E2", "C1", noon + 1s);
    EXPECT_TRUE(claimed(noon + 29s, "w2").empty());
    EXPECT_EQ(claimed(noon + 30s, "w2"), (Ids{"E1"}));
}

TEST_P(InboxContract, WhoIsAloneTakesUpAtOnceWhatOthersHadBegun) {
    accept("E1", "C1");
    accept("E2", "C2");
    EXPECT_EQ(claimed(noon, "w1", 1), (Ids{"E1"}));
    EXPECT_EQ(claimed(noon, "w2", 1), (Ids{"E2"}));
    get(inbox.end_other_claims("w2"));
    const auto again = claim(noon + 1s, "w2");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].incoming.event_id, "E1");
    EXPECT_EQ(again[0].tries, 1);
}

TEST_P(InboxContract, WhatIsClosedIsNotGivenAgain) {
    const std::int64_t id = accept("E1", "C1");
    accept("E2", "C2");
    EXPECT_EQ(get(inbox.open_items()), 2U);
    get(inbox.close_item(id));
    get(inbox.close_item(id));
    get(inbox.close_item(99'999));  // no such item
    EXPECT_EQ(get(inbox.open_items()), 1U);
    EXPECT_EQ(claimed(noon + 1h), (Ids{"E2"}));
}

TEST_P(InboxContract, AnItemMayBeClosedByAWorkerWhoseLeaseRanOut) {
    const std::int64_t id = accept("E1", "C1");
    claim(noon, "w1");
    claim(noon + 1h, "w2");
    get(inbox.close_item(id));
    EXPECT_EQ(get(inbox.open_items()), 0U);
    EXPECT_TRUE(claim(noon + 24h, "w2").empty());
}

TEST_P(InboxContract, PruningRemovesTheOldestClosedItemsAndNothingElse) {
    for (int i = 0; i < 5; ++i) {
        const std::int64_t id = accept("E" + std::to_string(i), "C", noon + i * 1h);
        if (i != 1) get(inbox.close_item(id));
    }
    EXPECT_EQ(get(inbox.prune_inbox(noon, 10)), 0);
    EXPECT_EQ(get(inbox.prune_inbox(noon + 4h, 2)), 2);  // E0, E2
    EXPECT_TRUE(accept("E0", "C0", noon + 26h)) << "pruned, it is new";
    EXPECT_FALSE(accept("E1", "C1", noon + 26h)) << "it is open";
    EXPECT_TRUE(accept("E2", "C2", noon + 26h));
    EXPECT_FALSE(accept("E3", "C3", noon + 26h)) << "the limit left it";
    EXPECT_EQ(get(inbox.prune_inbox(noon + 4h, 10)), 1);  // E3
    EXPECT_EQ(get(inbox.prune_inbox(noon + 4h, 10)), 0);
    EXPECT_FALSE(accept("E4", "C4", noon + 26h)) << "it is not old enough";
    EXPECT_EQ(get(inbox.open_items()), 3U);
}

TEST_P(InboxContract, AThousandAtOnceAreAllKept) {
    int first = 0;
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 1000; ++i) calls.push_back(accept_one(inbox, "E" + std::to_string(i), first));
    get_all(std::move(calls));
    EXPECT_EQ(first, 1000);
    EXPECT_EQ(get(inbox.open_items()), 1000U);
    EXPECT_EQ(claim(noon).size(), 1U) << "they are of one conversation";
}

TEST_P(InboxContract, ForgettingAReaderClosesWhatTheyWroteAndNothingOfOthers) {
    AccountRecord ada;
    ada.account = {"slack", "T1", "U7"};
    AccountRecord bo;
    bo.account = {"slack", "T1", "U8"};
    AccountRecord channel;
    channel.account = {"slack", "T1", "C2"};
    channel.channel = true;
    Reader named;
    named.name = "Ada";
    const ReaderId adas = get(accounts.know(ada, named)).reader.id;
    get(accounts.know(bo, named));
    const ReaderId channels = get(accounts.know(channel, named)).reader.id;
    accept("E1", "C1");
    claim(noon);
    accept("E2", "C1");
    Incoming other = sample_incoming("E3");
    other.from.user = "U8";
    get(inbox.accept(other, noon));
    other.event_id = "E4";
    other.from.user = "C2";
    get(inbox.accept(other, noon));

    get(readers.forget(channels));
    EXPECT_EQ(get(inbox.open_items()), 4U) << "people wrote there";
    get(readers.forget(adas));
    EXPECT_EQ(get(inbox.open_items()), 2U);
    EXPECT_EQ(claimed(noon + 1h), (Ids{"E3"}));
    EXPECT_FALSE(accept("E1", "C1")) << "its id is kept";
}

}  // namespace
}  // namespace podbrief::testing
