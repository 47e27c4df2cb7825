#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

TEST_P(OutboxContract, KeepsEveryFieldOfADestination) {
    DestinationRecord record;
    record.reader = anna.id;
    record.address = {"slack", "T1", "C2", "171.2"};
    record.not_before = noon + 1h;
    record.id = get(outbox.add_destination(record, noon)).id;
    record.changed_at = noon;
    EXPECT_TRUE(record.id);
    EXPECT_EQ(get(outbox.destination(record.id)), record);
    const auto second = add_destination(anna.id, "2");
    EXPECT_EQ(get(outbox.destinations(anna.id)), (std::vector{record, second}));
    EXPECT_FALSE(get(outbox.destination(DestinationId{999})));
    EXPECT_TRUE(get(outbox.destinations(ReaderId{999})).empty());
    EXPECT_FALSE(add_destination(ReaderId{999}, "1").id);
}

TEST_P(OutboxContract, AddingADestinationThatIsThereMakesItActiveAgain) {
    const auto first = add_destination(anna.id, "1");
    EXPECT_EQ(get(outbox.add_destination(first, noon + 1h)), first) << "nothing changes while it is active";
    ASSERT_TRUE(get(outbox.set_destination(first.id, DestinationState::blocked, "blocked", noon + 1h)));
    DestinationRecord expected = first;
    expected.changed_at = noon + 2h;
    EXPECT_EQ(get(outbox.add_destination(first, noon + 2h)), expected);
    EXPECT_EQ(get(outbox.destination(first.id)), expected);
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    EXPECT_NE(add_destination(bo, "1").id, first.id) << "one chat may be of two readers";
}

TEST_P(OutboxContract, GivesAllDestinationsInAChatWhateverTheReaderAndTheThread) {
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const auto first = add_destination(anna.id, "1");
    add_destination(anna.id, "2");
    const auto second = add_destination(bo, "1");
    DestinationRecord threaded = first;
    threaded.address.thread = "7";
    threaded = get(outbox.add_destination(threaded, noon));
    EXPECT_EQ(get(outbox.destinations_in(chat("1"))), (std::vector{first, second, threaded}));
    EXPECT_TRUE(get(outbox.destinations_in(chat("3"))).empty());
    Destination elsewhere = chat("1");
    elsewhere.platform = "slack";
    EXPECT_TRUE(get(outbox.destinations_in(elsewhere)).empty());
}

TEST_P(OutboxContract, AReaderIsPlannedWithItsActiveDestinations) {
    const auto first = add_destination(anna.id, "1");
    const auto second = add_destination(anna.id, "2");
    get(outbox.set_destination(first.id, DestinationState::paused, "", noon));
    EXPECT_EQ(plan_of(anna.id).destinations, std::vector{second});
}

TEST_P(OutboxContract, ADestinationThatIsLostEndsItsReadyDeliveries) {
    struct Case {
        DestinationState state;
        DeliveryState end;
    };
    const Case cases[] = {{DestinationState::paused, DeliveryState::cancelled},
                          {DestinationState::blocked, DeliveryState::destination_gone},
                          {DestinationState::gone, DeliveryState::destination_gone},
                          {DestinationState::tenant_revoked, DeliveryState::destination_gone}};
    for (const Case& c : cases) {
        const std::string name(to_string(c.state));
        SCOPED_TRACE(name);
        const ReaderId reader = get(readers.save(daily_reader(name))).id;
        const auto lost = add_destination(reader, name);
        const auto left = add_destination(reader, name + "2");
        const auto d = composed_slot(reader, "d", noon, {lost, left}, 2).deliveries;
        const LaneLease lease = take_lane();
        const Delivery claimed = claim(d[0], lease);
        ASSERT_TRUE(get(outbox.set_destination(lost.id, c.state, "so it is", noon + 1h)));
        const DestinationRecord expected{lost.id, reader, lost.address, c.state, "so it is", noon + 1h, {}};
        EXPECT_EQ(get(outbox.destination(lost.id)), expected);
        EXPECT_EQ(reload(claimed), claimed) << "what somebody has in hand is theirs to end";
        EXPECT_EQ(reload(d[1]).state, c.end);
        EXPECT_EQ(reload(d[1]).reason, "so it is");
        EXPECT_EQ(reload(d[1]).finished_at, noon + 1h);
        EXPECT_EQ(reload(d[2]).state, DeliveryState::ready);
        EXPECT_EQ(slot(reader, "d").state, SlotState::composed);
        get(outbox.set_destination(left.id, c.state, "", noon + 1h));
        ASSERT_TRUE(try_advance(claimed, c.end));
        EXPECT_EQ(slot(reader, "d").state, SlotState::fired);
    }
    EXPECT_FALSE(get(outbox.set_destination(DestinationId{999}, DestinationState::gone, "", noon)));
}

TEST_P(OutboxContract, ADeliveryThatFindsItsChatGoneSaysSoOfTheDestination) {
    const auto to = add_destination(anna.id, "1");
    const auto d = composed_slot(anna.id, "d", noon, {to}, 2).deliveries;
    Delivery correction = sample_delivery("c", anna.id);
    correction.destination = to.id;
    get(outbox.enqueue({correction}, noon));
    Advance gone = step(advance(claim(d[0], take_lane()), DeliveryState::dispatching), DeliveryState::destination_gone);
    gone.next.reason = "the bot was blocked";
    gone.destination = DestinationState::blocked;
    ASSERT_TRUE(get(outbox.advance(gone)));
    EXPECT_EQ(get(outbox.destination(to.id))->state, DestinationState::blocked);
    EXPECT_EQ(get(outbox.destination(to.id))->note, "the bot was blocked");
    EXPECT_EQ(get(outbox.destination(to.id))->changed_at, noon + 5min);
    EXPECT_EQ(reload(d[1]).state, DeliveryState::destination_gone);
    EXPECT_TRUE(due().empty()) << "the correction has nowhere to go either";
    EXPECT_EQ(slot(anna.id, "d").state, SlotState::fired);
    get(outbox.enqueue({sample_delivery("r", anna.id)}, noon));
    correction.key = "c2";
    get(outbox.enqueue({correction}, noon));
    EXPECT_EQ(due().size(), 1U) << "nor do later ones";
}

TEST_P(OutboxContract, RepliesAndEditsAreSentToAChatThatPausedItsBriefs) {
    const auto to = add_destination(anna.id, "1");
    get(outbox.set_destination(to.id, DestinationState::paused, "", noon));
    Delivery reply = sample_delivery("r", anna.id);
    reply.kind = DeliveryKind::reply;
    reply.destination = to.id;
    get(outbox.enqueue({reply}, noon));
    EXPECT_EQ(due().size(), 1U);
    Delivery edit = sample_delivery("e", anna.id);
    edit.kind = DeliveryKind::correction;
    edit.destination = to.id;
    get(outbox.enqueue({edit}, noon));
    EXPECT_EQ(due().size(), 2U);
}

TEST_P(OutboxContract, AChatThatMovedTakesItsUnfinishedDeliveriesAlong) {
    const auto to = add_destination(anna.id, "1");
    const auto other = add_destination(anna.id, "2");
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const auto of_bo = add_destination(bo, "1");
    const auto d = composed_slot(anna.id, "d", noon, {to, other}, 2).deliveries;
    send(d[0]);
    get(outbox.move_destination(chat("1"), chat("9"), noon + 1h));
    EXPECT_EQ(get(outbox.destination(to.id))->address, chat("9"));
    EXPECT_EQ(get(outbox.destination(of_bo.id))->address, chat("9"));
    EXPECT_EQ(get(outbox.destination(other.id)), other);
    EXPECT_EQ(reload(d[0]).address, chat("1"));
    EXPECT_EQ(reload(d[1]).address, chat("9"));
    EXPECT_EQ(reload(d[1]).state, DeliveryState::ready);
    EXPECT_EQ(reload(d[2]), d[2]);
    EXPECT_EQ(events(anna.id, "d").back(), "2 moved");
    get(outbox.move_destination(chat("9"), chat("9"), noon + 1h));
    EXPECT_EQ(get(outbox.destination(to.id))->state, DestinationState::active);
}

TEST_P(OutboxContract, AChatThatMovedToWhereTheReaderIsAlreadyGetsNothingTwice) {
    const auto to = add_destination(anna.id, "1");
    const auto already = add_destination(anna.id, "9");
    const auto both = composed_slot(anna.id, "d", noon, {to, already}).deliveries;
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const auto old = add_destination(bo, "1");
    const auto only_old = composed_slot(bo, "d", noon, {old}, 2).deliveries;
    const auto fresh = add_destination(bo, "9");
    get(outbox.move_destination(chat("1"), chat("9"), noon + 1h));
    EXPECT_EQ(get(outbox.destination(to.id))->state, DestinationState::gone);
    EXPECT_EQ(reload(both[0]).state, DeliveryState::destination_gone);
    EXPECT_EQ(reload(both[1]), both[1]);
    EXPECT_EQ(reload(only_old[0]).state, DeliveryState::ready) << "nor is anything lost";
    EXPECT_EQ(reload(only_old[0]).destination, fresh.id);
    EXPECT_EQ(reload(only_old[1]).address, chat("9"));
    EXPECT_EQ(ids_of(due()), (std::vector{both[1].id, only_old[0].id})) << "parts still one after the other";
}

}  // namespace
}  // namespace podbrief::testing
