#include "core/delivery/outcomes.hpp"

#include <gtest/gtest.h>

#include "tests/core/delivery/deliveries.hpp"

namespace podbrief::delivery {
namespace {

using State = DeliveryState;
using Scope = NotSent::Scope;

const Rules rules;
const WallTime answered = eight + 1s;  // a second after the call of `during` began

// Of a call that took `took`.
Verdict judged(const Delivery& d, const SendOutcome& outcome, WallTime now = answered, Millis took = 1s) {
    Random random(1);
    return after(d, outcome, rules, now - took, now, random);
}

Delivery with_doubt(Delivery d, WallTime since = eight - 10s) {
    d.first_unknown_at = since;
    return d;
}

TEST(Outcome, SettlesEachStepAsTheTableSays) {
    const SendOutcome sent = Sent{"m1"};
    const SendOutcome not_found = NotFound{};
    const SendOutcome refused_connection = NotSent{0ms, Scope::message, false, "connection refused"};
    const SendOutcome wait_a_minute = NotSent{60s, Scope::chat, true, "429"};
    const SendOutcome unknown = OutcomeUnknown{"no answer"};
    const SendOutcome blocked = DestinationGone{DestinationState::blocked, "403"};
    const SendOutcome revoked = TenantGone{"token_revoked"};
    const SendOutcome refused = PayloadRefused{"can't parse entities"};
    const SendOutcome moved = Moved{{"telegram", "", "-100", ""}};
    const SendOutcome closed = HistoryClosed{"missing_scope"};
    const auto post = during(Step::post);
    const auto doubted_post = with_doubt(during(Step::post));
    const auto reserve = during(Step::reserve);
    const auto doubted_reserve = with_doubt(during(Step::reserve));
    const auto fill = during(Step::fill);
    const auto doubted_fill = with_doubt(during(Step::fill));
    const auto edit = during(Step::edit);
    const auto find = while_finding();

    const struct {
        const char* name;
        Delivery delivery;
        SendOutcome outcome;
        State state;
        bool go_on;
        bool in_doubt;
        int attempts;
    } cases[] = {
        {"post, sent", post, sent, State::sent, false, false, 1},
        {"post in doubt, sent: the nonce gave the first", doubted_post, sent, State::sent, false, false, 1},
        {"reserve, sent", reserve, sent, State::claimed, true, false, 1},
        {"reserve in doubt, sent: the stray line stays", doubted_reserve, sent, State::claimed, true, false, 1},
        {"fill, sent", fill, sent, State::sent, false, false, 1},
        {"fill in doubt, sent", doubted_fill, sent, State::sent, false, false, 1},
        {"edit, sent", edit, sent, State::sent, false, false, 1},
        {"find, found", find, sent, State::sent, false, false, 1},

        {"fill, gone", fill, not_found, State::claimed, true, false, 1},
        {"edit, gone", edit, not_found, State::cancelled, false, false, 1},
        {"post, an answer of another call", post, not_found, State::unknown, false, true, 1},
        {"reserve, an answer of another call", reserve, not_found, State::unknown, false, true, 1},
        {"find, too early to be believed", find, not_found, State::unknown, false, true, 1},

        {"post, not executed", post, refused_connection, State::ready, false, false, 0},
        {"post in doubt, not executed", doubted_post, refused_connection, State::unknown, false, true, 0},
        {"reserve, not executed", reserve, refused_connection, State::ready, false, false, 0},
        {"reserve in doubt, not executed", doubted_reserve, refused_connection, State::unknown, false, true, 0},
        {"fill, not executed", fill, refused_connection, State::ready, false, false, 0},
        {"fill in doubt, not executed", doubted_fill, refused_connection, State::unknown, false, true, 0},
        {"find, not executed", find, refused_connection, State::unknown, false, true, 1},
        {"post, limited", post, wait_a_minute, State::ready, false, false, 0},
        {"post in doubt, limited", doubted_post, wait_a_minute, State::unknown, false, true, 0},
        {"find, limited", find, wait_a_minute, State::unknown, false, true, 1},

        {"post, unknown", post, unknown, State::unknown, false, true, 1},
        {"post in doubt, unknown", doubted_post, unknown, State::unknown, false, true, 1},
        {"reserve, unknown", reserve, unknown, State::unknown, false, true, 1},
        {"fill, unknown", fill, unknown, State::unknown, false, true, 1},
        {"edit, unknown", edit, unknown, State::unknown, false, true, 1},
        {"find, unknown", find, unknown, State::unknown, false, true, 1},

        {"post, blocked", post, blocked, State::destination_gone, false, false, 1},
        {"find, blocked", find, blocked, State::destination_gone, false, true, 1},

        {"post, token revoked", post, revoked, State::ready, false, false, 0},
        {"post in doubt, token revoked", doubted_post, revoked, State::unknown, false, true, 0},
        {"find, token revoked", find, revoked, State::unknown, false, true, 1},

        {"post, refused in this form", post, refused, State::claimed, true, false, 1},
        {"post in doubt, refused in this form", doubted_post, refused, State::unknown, false, true, 1},
        {"fill in doubt, refused in this form", doubted_fill, refused, State::unknown, false, true, 1},
        {"find, refused", find, refused, State::unknown, false, true, 1},

        {"reserve, moved", reserve, moved, State::claimed, true, false, 1},
        {"post in doubt, moved", doubted_post, moved, State::unknown, false, true, 1},
        {"find, moved", find, moved, State::unknown, false, true, 1},

        {"find, not permitted", find, closed, State::parked, false, true, 1},
        {"post, an answer of a look", post, closed, State::unknown, false, true, 1},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const Verdict v = judged(c.delivery, c.outcome);
        EXPECT_EQ(to_string(v.next.state), to_string(c.state));
        EXPECT_EQ(v.go_on, c.go_on);
        EXPECT_EQ(v.next.first_unknown_at != WallTime{}, c.in_doubt);
        EXPECT_EQ(v.next.attempts, c.attempts);
        EXPECT_FALSE(v.event.empty());
        // It stays ours only when it goes on at once; final ones have an end, others another look in time.
        EXPECT_EQ(v.next.epoch != 0, c.go_on);
        EXPECT_EQ(v.next.finished_at == answered, is_final(c.state));
        if (!is_final(c.state) && !c.go_on) {
            EXPECT_GE(v.next.next_at, answered);
        }
        EXPECT_FALSE(v.took_effect && v.failed);
        EXPECT_EQ(v.next.payload, c.delivery.payload);
        EXPECT_EQ(v.next.key, c.delivery.key);
    }
}

TEST(Outcome, TellsTheBreakersWhatWasLearntOfThePlatform) {
    const auto post = during(Step::post);
    EXPECT_TRUE(judged(post, Sent{"m1"}).took_effect);
    EXPECT_TRUE(judged(post, DestinationGone{DestinationState::gone, ""}).took_effect);
    EXPECT_TRUE(judged(post, PayloadRefused{"long"}).took_effect);
    EXPECT_TRUE(judged(post, OutcomeUnknown{"500"}).failed);
    EXPECT_TRUE(judged(post, NotFound{}).failed);
    EXPECT_TRUE(judged(post, NotSent{0ms, Scope::lane, false, "DNS"}).failed);
    const Verdict limited = judged(post, NotSent{1s, Scope::chat, true, "429"});
    EXPECT_TRUE(limited.limited);
    EXPECT_FALSE(limited.failed);
    const Verdict revoked = judged(post, TenantGone{"invalid_auth"});
    EXPECT_TRUE(revoked.tenant_gone);
    EXPECT_FALSE(revoked.failed);
    EXPECT_FALSE(revoked.took_effect);
}

TEST(Sent, KeepsThePlatformsIdOfWhatCanBeSeen) {
    EXPECT_EQ(judged(during(Step::post), Sent{"m1"}).next.message_ref, "m1");
    EXPECT_EQ(judged(during(Step::reserve), Sent{"p2"}).next.placeholder_ref, "p2");
    EXPECT_EQ(judged(during(Step::fill), Sent{"p1"}).next.message_ref, "p1");
    EXPECT_EQ(judged(during(Step::fill), Sent{""}).next.message_ref, "p1");
    EXPECT_EQ(judged(during(Step::edit), Sent{"m0"}).next.message_ref, "m0");
    EXPECT_EQ(judged(while_finding(), Sent{"m9"}).next.message_ref, "m9");
}

TEST(Fill, ReservesOnceMoreWhenItsLineWasRemovedAndThenNotAgain) {
    Verdict v = judged(during(Step::fill), NotFound{});
    EXPECT_EQ(v.next.placeholder_ref, "");
    EXPECT_EQ(std::get<Attempt>(next_step(v.next, telegram(), rules, answered)).step, Step::reserve);

    Delivery again = v.next;
    again.placeholder_ref = "p2";
    v = judged(begun(again, Step::fill, answered), NotFound{}, answered + 1s);
    EXPECT_EQ(v.next.state, State::cancelled);
    EXPECT_FALSE(v.next.reason.empty());
}

TEST(Refused, IsMadePlainerTwiceAndThenDeadWithAnAlarm) {
    Delivery d = during(Step::post);
    for (const int plainness : {1, 2}) {
        const Verdict v = judged(d, PayloadRefused{"50035"});
        EXPECT_EQ(v.next.plainness, plainness);
        EXPECT_TRUE(v.go_on);
        EXPECT_FALSE(v.alarm);
        d = begun(v.next, Step::post, answered);
    }
    const Verdict v = judged(d, PayloadRefused{"50035"});
    EXPECT_EQ(v.next.state, State::dead);
    EXPECT_TRUE(v.alarm);
    EXPECT_EQ(v.next.reason, "50035");
}

TEST(Moved, GoesToTheNewAddress) {
    const Destination there{"telegram", "", "-100", ""};
    const Verdict v = judged(during(Step::reserve), Moved{there});
    EXPECT_EQ(v.next.address, there);
    EXPECT_EQ(v.moved_to, there);
}

TEST(Gone, MarksTheDestination) {
    const Verdict v = judged(during(Step::post), DestinationGone{DestinationState::blocked, "50007"});
    EXPECT_EQ(v.destination, DestinationState::blocked);
    EXPECT_EQ(v.next.reason, "50007");
}

TEST(Unknown, DatesTheDoubtFromTheFirstAttemptThatMayHaveTakenEffect) {
    EXPECT_EQ(judged(during(Step::post), OutcomeUnknown{}).next.first_unknown_at, eight);
    EXPECT_EQ(judged(with_doubt(during(Step::post)), OutcomeUnknown{}).next.first_unknown_at, eight - 10s);
    EXPECT_EQ(judged(while_finding(eight - 20s), OutcomeUnknown{}).next.first_unknown_at, eight - 20s);
}

TEST(Unknown, IsLookedIntoSoonAndLessOftenTheLongerItLasts) {
    EXPECT_EQ(judged(during(Step::post), OutcomeUnknown{}).next.next_at, answered + rules.look_after);
    Delivery d = during(Step::reserve);
    d.attempts = 8;
    EXPECT_GE(judged(d, OutcomeUnknown{}).next.next_at, answered + 64s);
    EXPECT_LE(judged(d, OutcomeUnknown{}).next.next_at, answered + 128s);
    const WallTime later = eight + 10min;
    EXPECT_GE(judged(while_finding(), OutcomeUnknown{}, later).next.next_at, later + 2min);
    EXPECT_LE(judged(while_finding(), OutcomeUnknown{}, later).next.next_at, later + 5min);
}

TEST(NotFoundInHistory, IsBelievedWhenTheHistoryWasReadAfterEveryCallHadEnded) {
    const WallTime trusted = eight + rules.call_limit + rules.settle;
    Delivery d = while_finding();
    d.next_at = eight + 10s;
    // Read before.
    Verdict v = judged(d, NotFound{}, eight + 11s);
    EXPECT_EQ(v.next.state, State::unknown);
    EXPECT_EQ(v.next.next_at, trusted);
    // Begun before, answered after: the history may have been read before.
    v = judged(d, NotFound{}, trusted + 1s, 1001ms);
    EXPECT_EQ(v.next.state, State::unknown);
    EXPECT_EQ(v.next.first_unknown_at, eight);
    EXPECT_EQ(v.next.next_at, trusted + 1s);
    // Begun after.
    v = judged(d, NotFound{}, trusted + 1s, 1s);
    EXPECT_EQ(v.next.state, State::ready);
    EXPECT_EQ(v.next.first_unknown_at, WallTime{});
    EXPECT_EQ(v.next.next_at, trusted + 1s);
}

// Found by seed 105152 of the simulated delivery: the worker was stopped for ten minutes with the answer in its hand.
TEST(NotFoundInHistory, IsNotBelievedBecauseTheAnswerCameLateToWhoAsked) {
    EXPECT_EQ(judged(while_finding(), NotFound{}, eight + 10min, 10min - 9s).next.state, State::unknown);
}

TEST(NotFoundInHistory, IsMeasuredFromTheLatestAttempt) {
    Delivery d = while_finding();
    d.attempt_at = eight + 40s;  // posted again by its nonce
    d.next_at = eight + 45s;
    EXPECT_EQ(judged(d, NotFound{}, eight + 46s).next.next_at, eight + 40s + rules.call_limit + rules.settle);
}

TEST(Limits, AreHonouredForWhomTheyAreMeant) {
    const struct {
        const char* name;
        NotSent answer;
        Millis next, chat, lane;  // 0: not held
    } cases[] = {
        {"one message", {60s, Scope::message, true, ""}, 60s, 0s, 0s},
        {"a chat", {60s, Scope::chat, true, ""}, 60s, 60s, 0s},
        {"the lane", {60s, Scope::lane, true, ""}, 60s, 0s, 60s},
        {"hours, as Telegram has asked for", {10'072s, Scope::chat, true, ""}, 10'072s, 10'072s, 0s},
        {"half a day, as Telegram has asked for", {14h, Scope::lane, true, ""}, 14h, 0s, 14h},
        {"beyond its end: it ends in time, the others wait on", {20h, Scope::lane, true, ""}, 18h - 1s, 0s, 20h},
        {"a nonsense wait is no wait for ever", {100'000h, Scope::chat, true, ""}, 18h - 1s, 24h, 0s},
        {"the longest number", {Millis::max(), Scope::lane, true, ""}, 18h - 1s, 0s, 24h},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const Verdict v = judged(during(Step::post), c.answer);
        EXPECT_EQ(v.next.next_at, answered + c.next);
        EXPECT_EQ(v.destination_not_before, c.chat > 0s ? std::optional(answered + c.chat) : std::nullopt);
        EXPECT_EQ(v.lane_not_before, c.lane > 0s ? std::optional(answered + c.lane) : std::nullopt);
    }
}

TEST(Limits, OfLookingHoldLooksOnlyUnlessTheyAreEverybodys) {
    const Verdict looks = judged(while_finding(), NotSent{60s, Scope::reading, true, "429"});
    EXPECT_EQ(looks.finds_not_before, answered + 60s);
    EXPECT_EQ(looks.lane_not_before, std::nullopt);
    const Verdict all = judged(while_finding(), NotSent{60s, Scope::lane, true, "429"});
    EXPECT_EQ(all.finds_not_before, std::nullopt);
    EXPECT_EQ(all.lane_not_before, answered + 60s);
}

TEST(Limits, OfAShortLivedAnswerHoldTheLaneToTheirEnd) {
    Delivery reply = during(Step::post);
    reply.kind = DeliveryKind::reply;
    reply.expires_at = eight + rules.reply_lives;
    const Verdict v = judged(reply, NotSent{12h, Scope::lane, true, "429"});
    EXPECT_EQ(v.next.next_at, reply.expires_at);
    EXPECT_EQ(v.lane_not_before, answered + 12h);
}

TEST(Limits, KeepADoubtUntilTheEndOfItsTime) {
    const Verdict v = judged(while_finding(), NotSent{100h, Scope::lane, true, "429"});
    EXPECT_EQ(v.next.next_at, eight + 18h + rules.doubt_lives);
    EXPECT_EQ(std::get<Settle>(next_step(v.next, slack(), rules, v.next.next_at)).state, State::superseded);
}

TEST(Limits, WithoutATimeAreWaitedForAsWeSeeFit) {
    for (const Millis asked : {0ms, -5'000ms, Millis::min()}) {
        const Verdict v = judged(during(Step::post), NotSent{asked, Scope::lane, true, "429"});
        EXPECT_GE(v.next.next_at, answered + 500ms);
        EXPECT_LE(v.next.next_at, answered + 1s);
        EXPECT_EQ(v.lane_not_before, v.next.next_at);
    }
}

TEST(HistoryClosed, ParksWithAnAlarmAndNeverLooksWithoutAPause) {
    for (const Millis late : {Millis{1s}, Millis{17h}, Millis{18h}, Millis{20h}, Millis{23h + 30min}}) {
        const WallTime now = eight + late;
        const Verdict v = judged(while_finding(), HistoryClosed{"missing_access"}, now);
        EXPECT_EQ(v.next.state, State::parked);
        EXPECT_TRUE(v.alarm);
        EXPECT_GE(v.next.next_at, now + 30min) << late.count();
        EXPECT_LE(v.next.next_at, now + 1h) << late.count();
    }
}

TEST(Crashes, AreForgottenWhenAWorkerCameBackFromACallButNotFromALook) {
    Delivery d = during(Step::post);
    d.crashes = 2;
    EXPECT_EQ(judged(d, OutcomeUnknown{}).next.crashes, 0);
    EXPECT_EQ(judged(d, NotSent{}).next.crashes, 0);
    Delivery looked = while_finding();
    looked.crashes = 2;
    looked.next_at = eight + 1min;
    const Verdict v = judged(looked, NotFound{}, eight + 2min);
    EXPECT_EQ(v.next.state, State::ready);
    EXPECT_EQ(v.next.crashes, 2);
}

TEST(Backoff, DoublesToItsLimitWithJitterBelow) {
    Random random(3);
    Millis wait = rules.first_backoff;
    for (int attempt = 1; attempt <= 40; ++attempt) {
        for (int i = 0; i < 50; ++i) {
            const Millis got = backoff(attempt, rules, random);
            EXPECT_GE(got, wait / 2);
            EXPECT_LE(got, wait);
        }
        wait = std::min(2 * wait, rules.longest_backoff);
    }
    EXPECT_NE(backoff(10, rules, random), backoff(10, rules, random));
}

TEST(Backoff, ByAgeGrowsWithTheTroubleAndStaysWithinTheSameBounds) {
    Random random(3);
    EXPECT_LE(by_age(eight, eight - 1h, rules, random), 1s);
    EXPECT_GE(by_age(eight, eight + 40s, rules, random), 10s);
    EXPECT_LE(by_age(eight, eight + 40s, rules, random), 20s);
    EXPECT_LE(by_age(eight, eight + 100h, rules, random), 5min);
    EXPECT_GE(by_age(eight, eight + 100h, rules, random), 150s);
}

}  // namespace
}  // namespace podbrief::delivery
