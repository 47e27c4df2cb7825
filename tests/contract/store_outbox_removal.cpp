// RELIABILITY row 114: whatever state a brief is in when its chat or its reader is removed, nothing of it is begun
// afterwards.
#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;
using State = DeliveryState;

void RemovalContract::remove(Removal removal, const DestinationRecord& chat) {
    if (removal == Removal::forgotten) {
        get(readers.forget(chat.reader));
        return;
    }
    const DestinationState state = removal == Removal::blocked ? DestinationState::blocked
                                   : removal == Removal::gone  ? DestinationState::gone
                                                               : DestinationState::tenant_revoked;
    get(outbox.set_destination(chat.id, state, "so it is", noon + 1min));
}

int RemovalContract::begun_afterwards(const std::vector<Delivery>& in_hand) {
    int begun = 0;
    for (const Delivery& delivery : in_hand) {
        const bool held = delivery.state == State::claimed || delivery.state == State::reconciling;
        if (held && try_advance(delivery, State::dispatching)) ++begun;
    }
    for (const WallTime at : {noon + 1h, noon + 17h}) {
        const auto lease = get(outbox.acquire_lane("telegram", "w1", at, at + 30s));
        if (!lease) throw std::runtime_error("the lane is somebody else's");
        std::vector<DeliveryId> ids;
        for (const Delivery& delivery : get(outbox.due("telegram", at, "", 1000, 1000))) ids.push_back(delivery.id);
        for (const Delivery& delivery : get(outbox.claim("telegram", lease->epoch, "w1", ids, at))) {
            if (try_advance(delivery, State::dispatching)) ++begun;
        }
    }
    return begun;
}

namespace {

using Removal = RemovalContract::Removal;

constexpr Removal removals[] = {Removal::blocked, Removal::gone, Removal::tenant_revoked, Removal::forgotten};

std::string name_of(Removal removal) {
    switch (removal) {
        case Removal::blocked:
            return "blocked";
        case Removal::gone:
            return "gone";
        case Removal::tenant_revoked:
            return "revoked";
        case Removal::forgotten:
            return "forgotten";
    }
    return "";
}

TEST_P(RemovalContract, NothingOfABriefIsBegunAfterARemovalInWhateverStateItIs) {
    for (const Removal removal : removals) {
        for (const State state :
             {State::ready, State::claimed, State::dispatching, State::unknown, State::reconciling, State::parked}) {
            const std::string name = name_of(removal) + " while " + std::string(to_string(state));
            SCOPED_TRACE(name);
            const ReaderId reader = get(readers.save(daily_reader(name))).id;
            const auto chat = add_destination(reader, name);
            const LaneLease lease = take_lane();
            Delivery first = composed_slot(reader, "d", noon, {chat}, 2).deliveries[0];
            if (state != State::ready) first = claim(first, lease);
            if (state != State::ready && state != State::claimed) first = advance(first, State::dispatching);
            const bool in_doubt = state == State::unknown || state == State::reconciling;
            if (in_doubt) first = advance(first, State::unknown);
            if (state == State::reconciling) first = claim(first, lease);
            if (state == State::parked) first = advance(first, State::parked);
            ASSERT_EQ(first.state, state);

            remove(removal, chat);
            if (state == State::dispatching && removal != Removal::forgotten) {
                // The platform has it; what became of it is still taken down.
                EXPECT_TRUE(try_advance(first, State::unknown));
            }
            EXPECT_EQ(begun_afterwards({first}), 0);
        }
    }
}

TEST_P(RemovalContract, ASlotOfARemovedChatIsNotComposedForIt) {
    for (const Removal removal : removals) {
        for (const bool composing : {false, true}) {
            const std::string name = name_of(removal) + (composing ? " while composing" : " while planned");
            SCOPED_TRACE(name);
            const ReaderId reader = get(readers.save(daily_reader(name))).id;
            const auto chat = add_destination(reader, name);
            Slot slot = composing ? composing_slot(reader, "d", noon) : plan_slot(reader, "d", noon);
            remove(removal, chat);
            if (!composing) {
                for (const Slot& claimed : get(outbox.claim_slots("w1", noon + 1ms, noon, noon + 1h, 1000))) {
                    if (claimed.id == slot.id) slot = claimed;
                }
            }
            get(outbox.freeze(frozen(slot, {chat}), noon + 2min));  // by one who has not heard of it
            EXPECT_EQ(begun_afterwards({}), 0);
        }
    }
}

TEST_P(RemovalContract, AnAnswerInSomebodysHandsIsNotBegunEither) {
    for (const Removal removal : removals) {
        SCOPED_TRACE(name_of(removal));
        const ReaderId reader = get(readers.save(daily_reader(name_of(removal)))).id;
        const auto chat = add_destination(reader, name_of(removal));
        Delivery reply = sample_delivery(name_of(removal), reader);
        reply.kind = DeliveryKind::reply;
        reply.destination = chat.id;
        reply.id = get(outbox.enqueue({reply}, noon)).at(0);
        const Delivery claimed = claim(reply, take_lane());
        remove(removal, chat);
        EXPECT_EQ(begun_afterwards({claimed}), 0);
    }
}

// Somebody who writes in a chat is there, whatever was heard of the chat before.
TEST_P(RemovalContract, AnAnswerMadeAfterwardsIsSent) {
    const auto chat = add_destination(anna.id, "1");
    remove(Removal::blocked, chat);
    Delivery reply = sample_delivery("r", anna.id);
    reply.kind = DeliveryKind::reply;
    reply.destination = chat.id;
    reply.id = get(outbox.enqueue({reply}, noon + 2min)).at(0);
    EXPECT_TRUE(try_advance(claim(reply, take_lane()), State::dispatching));
}

}  // namespace
}  // namespace podbrief::testing
