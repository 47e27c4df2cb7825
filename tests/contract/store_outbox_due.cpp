#include <algorithm>

#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class Queue {
public:
    Delivery& add(const std::string& tenant, WallTime send_at = noon) {
        Delivery d = sample_delivery(tenant + std::to_string(deliveries.size()));
        d.destination = {};
        d.quiet = std::nullopt;
        d.tenant = tenant;
        d.send_at = d.next_at = send_at;
        deliveries.push_back(std::move(d));
        return deliveries.back();
    }
    std::vector<Delivery> deliveries;
};

std::vector<std::string> keys_of(const std::vector<Delivery>& deliveries) {
    std::vector<std::string> keys;
    for (const Delivery& d : deliveries) keys.push_back(d.key);
    return keys;
}
using Keys = std::vector<std::string>;

TEST_P(OutboxContract, WithoutDeliveriesNothingIsDue) {
    EXPECT_TRUE(due().empty());
    EXPECT_EQ(get(outbox.next_due("telegram")), std::nullopt);
}

TEST_P(OutboxContract, DeliveriesAreDueWhenTheirTimeHasComeOldestFirst) {
    Queue queue;
    queue.add("t", noon + 2ms);
    queue.add("t", noon);
    queue.add("t", noon + 1ms).next_at = noon + 1h;
    queue.add("t", noon);
    queue.add("t", noon + 2h).next_at = noon;  // never before its assigned time
    queue.add("t").lane = "discord";
    get(outbox.enqueue(queue.deliveries, noon));
    EXPECT_TRUE(due(noon - 1ms).empty());
    EXPECT_EQ(get(outbox.next_due("telegram")), noon);
    EXPECT_EQ(keys_of(due(noon)), (Keys{"t1", "t3"}));
    EXPECT_EQ(keys_of(due(noon + 1h)), (Keys{"t1", "t3", "t2", "t0"}));
    EXPECT_EQ(keys_of(due(noon)), (Keys{"t1", "t3"})) << "the clock may go back";
    EXPECT_EQ(keys_of(due(noon + 2h)), (Keys{"t1", "t3", "t2", "t0", "t4"}));
    const auto stored = due(noon);
    const auto lease = take_lane();
    claim(stored[0], lease);
    claim(stored[1], lease);
    EXPECT_EQ(get(outbox.next_due("telegram")), noon + 2ms);
    EXPECT_EQ(keys_of(due(noon + 2h)), (Keys{"t2", "t0", "t4"}));
}

TEST_P(OutboxContract, TenantsTakeTurns) {
    Queue queue;
    for (int i = 0; i < 4; ++i) queue.add("b", noon + i * 1ms);
    for (int i = 0; i < 3; ++i) queue.add("d", noon + 10ms);
    queue.add("c", noon + 1s);
    queue.add("", noon + 2s);
    get(outbox.enqueue(queue.deliveries, noon));
    const auto ask = [&](const std::string& after, std::size_t per_tenant, std::size_t limit) {
        return keys_of(get(outbox.due("telegram", noon + 1h, after, per_tenant, limit)));
    };
    EXPECT_EQ(ask("", 2, 100), (Keys{"b0", "b1", "c7", "d4", "d5", "8"}));
    EXPECT_EQ(ask("b", 2, 100), (Keys{"c7", "d4", "d5", "8", "b0", "b1"}));
    EXPECT_EQ(ask("bb", 1, 100), (Keys{"c7", "d4", "8", "b0"}));
    EXPECT_EQ(ask("d", 3, 100), (Keys{"8", "b0", "b1", "b2", "c7", "d4", "d5", "d6"}));
    EXPECT_EQ(ask("c", 2, 3), (Keys{"d4", "d5", "8"}));
    EXPECT_EQ(ask("", 2, 1), (Keys{"b0"}));
    EXPECT_EQ(ask("", 2, 0), Keys{});
    EXPECT_EQ(ask("", 0, 10), Keys{});
    EXPECT_EQ(ask("zzz", 1, 2), (Keys{"8", "b0"}));
}

TEST_P(OutboxContract, ATenantThatHasToWaitDoesNotHoldUpTheOthers) {
    Queue queue;
    queue.add("a", noon + 5h);
    queue.add("b", noon);
    get(outbox.enqueue(queue.deliveries, noon));
    EXPECT_EQ(keys_of(get(outbox.due("telegram", noon, "", 1, 1))), Keys{"b1"});
}

TEST_P(OutboxContract, NothingIsDueWithinTheReadersQuietHours) {
    Queue queue;
    queue.add("t").quiet = Interval{noon + 1h, noon + 9h};
    get(outbox.enqueue(queue.deliveries, noon));
    const struct {
        WallTime at;
        bool due;
    } cases[] = {{noon, true},      {noon + 1h - 1ms, true}, {noon + 1h, false}, {noon + 9h - 1ms, false},
                 {noon + 9h, true}, {noon + 1h - 1ms, true}};
    for (const auto& c : cases) {
        EXPECT_EQ(due(c.at).size(), c.due ? 1U : 0U) << (c.at - noon).count();
        EXPECT_EQ(get(outbox.next_due("telegram")), noon);
    }
}

TEST_P(OutboxContract, NothingIsDueWhileThePlatformAskedToLeaveTheChatAlone) {
    const auto to = add_destination(anna.id, "1");
    const auto other = add_destination(anna.id, "2");
    const auto deliveries = composed_slot(anna.id, "d", noon, {to, other}, 2).deliveries;
    Advance limited = step(claim(deliveries[0], take_lane()), DeliveryState::ready);
    limited.destination_not_before = noon + 2h;
    limited.lane_not_before = noon + 1min;
    limited.next.epoch = 0;
    ASSERT_TRUE(get(outbox.advance(limited)));
    EXPECT_EQ(get(outbox.destination(to.id))->not_before, noon + 2h);
    EXPECT_EQ(get(outbox.destination(to.id))->state, DestinationState::active);
    EXPECT_EQ(take_lane("w2", noon + 1h).not_before, noon + 1min);
    EXPECT_EQ(ids_of(due(noon + 2h - 1ms)), std::vector{deliveries[2].id});
    claim(deliveries[2], take_lane("w2", noon + 1h));
    EXPECT_EQ(get(outbox.next_due("telegram")), noon + 2h);
    EXPECT_EQ(ids_of(due(noon + 2h)), std::vector{deliveries[0].id});
}

TEST_P(OutboxContract, ThePartsOfABriefAreDueOneAfterTheOther) {
    const auto to = add_destination(anna.id, "1");
    const auto other = add_destination(anna.id, "2");
    const auto deliveries = composed_slot(anna.id, "d", noon, {to, other}, 3).deliveries;
    EXPECT_EQ(ids_of(due()), (std::vector{deliveries[0].id, deliveries[3].id}));
    const LaneLease lease = take_lane();
    const Delivery first = claim(deliveries[0], lease);
    EXPECT_EQ(ids_of(due()), std::vector{deliveries[3].id});
    claim(deliveries[3], lease);
    EXPECT_EQ(get(outbox.next_due("telegram")), std::nullopt) << "later parts wait for the first";
    const Delivery begun = advance(first, DeliveryState::dispatching);
    const Delivery unknown = advance(begun, DeliveryState::unknown);
    EXPECT_EQ(ids_of(due()), std::vector{deliveries[0].id});
    advance(claim(unknown, lease), DeliveryState::sent);
    EXPECT_EQ(ids_of(due()), std::vector{deliveries[1].id});
    EXPECT_EQ(get(outbox.next_due("telegram")), noon);
}

TEST_P(OutboxContract, AnUnknownPartDoesNotBlockTheNextBrief) {
    const auto to = add_destination(anna.id, "1");
    const auto first = composed_slot(anna.id, "d1", noon, {to}, 2).deliveries;
    advance(advance(claim(first[0], take_lane()), DeliveryState::dispatching), DeliveryState::unknown);
    const auto second = composed_slot(anna.id, "d2", noon + 24h, {to}, 2).deliveries;
    EXPECT_EQ(ids_of(due(noon + 24h)), (std::vector{first[0].id, second[0].id}));
}

}  // namespace
}  // namespace podbrief::testing
