// Deliveries driven through random outcomes, crashes and waits, as a lane and a store drive them: whatever happens,
// each comes to its end in time, and none is posted again while nobody knows whether it arrived.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/core/delivery/deliveries.hpp"

namespace podbrief::delivery {
namespace {

using State = DeliveryState;

const Rules rules;

// What a store and a lane do between the decisions, for one delivery.
class Journey {
public:
    Journey(PlatformTraits traits, DeliveryKind kind, std::uint64_t seed) : traits_(std::move(traits)), random_(seed) {
        d = claimed();
        d.kind = kind;
        d.state = State::ready;
        if (kind == DeliveryKind::reply) d.expires_at = eight + rules.reply_lives;
        if (kind == DeliveryKind::correction) d.message_ref = "m0";
        // Some platforms are well, some never; most fail in all ways.
        trouble_ = random_.below(4) == 0 ? random_.below(3) * 50 : random_.below(101);
        crashing_ = random_.below(3) == 0 ? random_.below(101) : random_.below(10);
        last_class_ = static_cast<int>(random_.below(9));
    }

    void run() {
        for (int looks = 0; !is_final(d.state); ++looks) {
            RC_ASSERT(looks < 20'000);
            now = std::max(now, d.next_at) + Millis{static_cast<std::int64_t>(random_.below(3'000))};
            ++claims;
            d.state = d.state == State::ready ? State::claimed : State::reconciling;
            d.epoch = 4;
            visit();
        }
    }

    Delivery d;
    WallTime now = eight;
    int claims = 0;
    int lines = 0;  // that may be in the chat: reserved, or never learnt
    int unsafe_posts = 0;

private:
    void visit() {
        for (int steps = 0; steps < 50; ++steps) {
            const NextStep next = next_step(d, traits_, rules, now);
            if (const auto* settle = std::get_if<Settle>(&next)) {
                d.state = settle->state;
                d.epoch = 0;
                if (settle->crashes) d.crashes = *settle->crashes;
                if (d.state == State::parked) d.next_at = settle->next_at;
                if (!is_final(d.state)) {
                    RC_ASSERT(settle->next_at > now);
                }
                return;
            }
            const Step step = std::get<Attempt>(next).step;
            if (chance(crashing_)) return died();
            check(step);
            const Step before = d.step;
            d = begun(d, step, now);
            if (chance(crashing_)) {
                if (step == Step::post) may_be_there();
                return died();
            }
            const WallTime call_began = now;
            now +=
                Millis{static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(rules.call_limit.count())))};
            const SendOutcome outcome = some_outcome(step);
            const bool not_executed =
                std::holds_alternative<NotSent>(outcome) || std::holds_alternative<TenantGone>(outcome);
            if (step == Step::reserve && not_executed) --lines;
            const bool was_in_doubt = d.first_unknown_at != WallTime{};
            const WallTime latest = d.attempt_at;
            const Verdict v = after(d, outcome, rules, call_began, now, random_);
            const bool answered = not_executed || std::holds_alternative<PayloadRefused>(outcome) ||
                                  std::holds_alternative<Moved>(outcome);
            if (step == Step::post && !answered) may_be_there();
            d = v.next;
            if (step == Step::find) d.step = before;
            if (was_in_doubt && d.state == State::ready) {
                RC_ASSERT(step == Step::find && std::holds_alternative<NotFound>(outcome));
                RC_ASSERT(call_began >= latest + rules.call_limit + rules.settle);
                posted_at_ = {};
            }
            if (!v.go_on) {
                if (!is_final(d.state)) {
                    RC_ASSERT(d.next_at >= now);
                }
                return;
            }
        }
        RC_FAIL("it goes on without end");
    }

    void check(Step step) {
        RC_ASSERT(now < d.expires_at || step == Step::find);
        if (step == Step::reserve) {
            RC_ASSERT(++lines <= rules.most_attempts);
        }
        if (step == Step::fill) {
            RC_ASSERT(!d.placeholder_ref.empty());
        }
        if (step != Step::post) return;
        const bool open = posted_at_ != WallTime{};
        if (open && now + rules.call_limit > posted_at_ + traits_.nonce_window) ++unsafe_posts;
    }

    // What is true of the chat, whatever the delivery says.
    void may_be_there() {
        if (posted_at_ == WallTime{}) posted_at_ = d.attempt_at;
    }

    // The worker dies; another takes over after the lease.
    void died() {
        const bool claimed_only = d.state == State::claimed;
        d.state = claimed_only ? State::ready : State::unknown;
        if (!claimed_only && d.first_unknown_at == WallTime{}) d.first_unknown_at = d.attempt_at;
        ++d.crashes;
        d.epoch = 0;
        now += rules.lease;
        d.next_at = std::min(d.next_at, now);
    }

    SendOutcome some_outcome(Step step) {
        if (!chance(trouble_)) {
            if (step == Step::find && chance(50)) return NotFound{};
            return Sent{"m" + std::to_string(random_.below(1'000))};
        }
        if (chance(50)) last_class_ = static_cast<int>(random_.below(9));
        switch (last_class_) {
            case 0:
                return NotFound{};
            case 1: {
                NotSent limited;
                limited.wait = Millis{static_cast<std::int64_t>(random_.below(chance(10) ? 100'000'000 : 100'000))};
                limited.scope = static_cast<NotSent::Scope>(random_.below(3));
                limited.limited = true;
                return limited;
            }
            case 2:
                return NotSent{};
            case 3:
            case 4:
                return OutcomeUnknown{"no answer"};
            case 5:
                return chance(5) ? SendOutcome{DestinationGone{}} : SendOutcome{TenantGone{}};
            case 6:
                return PayloadRefused{"refused"};
            case 7:
                return Moved{{"telegram", "", std::to_string(random_.below(100)), ""}};
            default:
                return HistoryClosed{"missing scope"};
        }
    }

    bool chance(std::uint64_t percent) { return random_.below(100) < percent; }

    PlatformTraits traits_;
    Random random_;
    std::uint64_t trouble_ = 0;
    std::uint64_t crashing_ = 0;
    int last_class_ = 0;
    WallTime posted_at_{};
};

Journey ended(std::uint64_t seed) {
    const PlatformTraits kinds[] = {discord(), slack(), telegram(), telegram_fast()};
    Journey journey(kinds[seed % 4], static_cast<DeliveryKind>(seed / 4 % 3), seed);
    journey.run();
    return journey;
}

// Some of every kind.
template <class Check>
void for_some(std::uint64_t seed, Check check) {
    for (std::uint64_t i = 0; i < 48; ++i) check(ended(seed + i));
}

RC_GTEST_PROP(Journey, ComesToItsEndBeforeItsTimeAndTheTimeOfItsDoubtAreOver, (std::uint64_t seed)) {
    for_some(seed, [](const Journey& journey) {
        // At most a look late: the wait of the worker, the lease of one that died, a call.
        const Millis late = 3s + rules.lease + rules.call_limit;
        RC_ASSERT(journey.now <= journey.d.expires_at + rules.doubt_lives + late);
    });
}

RC_GTEST_PROP(Journey, NeverPostsAgainWhileInDoubtButByAKeyThatHolds, (std::uint64_t seed)) {
    for_some(seed, [](const Journey& journey) { RC_ASSERT(journey.unsafe_posts == 0); });
}

RC_GTEST_PROP(Journey, KeepsItsFormsItsLinesAndItsLooksWithinBounds, (std::uint64_t seed)) {
    for_some(seed, [](const Journey& journey) {
        RC_ASSERT(journey.d.plainness <= 2);
        RC_ASSERT(journey.d.placeholders_lost <= 1);
        // A day of looks at the longest back-off, and those of its busy beginning.
        RC_ASSERT(journey.claims < 3'000);
    });
}

}  // namespace
}  // namespace podbrief::delivery
