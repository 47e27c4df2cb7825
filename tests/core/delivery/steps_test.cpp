#include "core/delivery/steps.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/core/delivery/deliveries.hpp"

namespace podbrief::delivery {
namespace {

using State = DeliveryState;

const Rules rules;

// "post", or "parked", "superseded" ...
std::string told(const NextStep& next) {
    if (const auto* attempt = std::get_if<Attempt>(&next)) return std::string(to_string(attempt->step));
    return std::string(to_string(std::get<Settle>(next).state));
}

std::string next(const Delivery& d, const PlatformTraits& traits, WallTime now) {
    return told(next_step(d, traits, rules, now));
}

Delivery with(Delivery d, auto... changes) {
    (changes(d), ...);
    return d;
}

const auto reserved = [](Delivery& d) { d.placeholder_ref = "p1"; };
const auto correction = [](Delivery& d) {
    d.kind = DeliveryKind::correction;
    d.message_ref = "m0";
};
const auto reply = [](Delivery& d) { d.kind = DeliveryKind::reply; };
const auto tried_often = [](Delivery& d) { d.attempts = Rules{}.most_attempts; };
const auto deadly = [](Delivery& d) { d.crashes = Rules{}.crashes_allowed; };

TEST(NextStep, FollowsTheTableOfWhatEachPlatformOffers) {
    const WallTime end = eight + 18h;
    const struct {
        const char* name;
        PlatformTraits traits;
        Delivery delivery;
        WallTime now;
        const char* expected;
    } cases[] = {
        // Nothing of it can be in the chat.
        {"Discord posts", discord(), claimed(), eight, "post"},
        {"Slack posts", slack(), claimed(), eight, "post"},
        {"Telegram reserves a line", telegram(), claimed(), eight, "reserve"},
        {"and fills it", telegram(), with(claimed(), reserved), eight, "fill"},
        {"Telegram in fast mode posts", telegram_fast(), claimed(), eight, "post"},
        {"a correction edits, anywhere", telegram(), with(claimed(), correction), eight, "edit"},
        {"a correction edits, on Discord too", discord(), with(claimed(), correction), eight, "edit"},
        {"a delivery set free from quarantine is tried as others are", discord(),
         with(claimed(), [](Delivery& d) { d.state = State::reconciling; }), eight, "post"},

        // Discord, in doubt: the same nonce within a minute of the first byte, then the history.
        {"same nonce soon after", discord(), in_doubt(Step::post), eight + 10s, "post"},
        {"the call must end within the window", discord(), in_doubt(Step::post), eight + 52s, "post"},
        {"else the history", discord(), in_doubt(Step::post), eight + 52s + 1ms, "find"},
        {"an outage later, the history", discord(), in_doubt(Step::post), eight + 30min, "find"},
        {"by a clock that went back, the history", discord(), in_doubt(Step::post), eight - 2h, "find"},
        {"twelve times in doubt, the history", discord(), with(in_doubt(Step::post), tried_often), eight + 10s, "find"},
        {"expired within the window, the history", discord(),
         with(in_doubt(Step::post), [](Delivery& d) { d.expires_at = eight + 5s; }), eight + 10s, "find"},
        {"a look into it is repeated", discord(), in_doubt(Step::find), eight + 10s, "find"},
        {"doubted by a restore, the history", discord(),
         with(in_doubt(Step::none), [](Delivery& d) { d.attempts = 0; }), eight + 10s, "find"},

        // Slack, in doubt: the history.
        {"at once", slack(), in_doubt(Step::post), eight + 2s, "find"},
        {"and later", slack(), in_doubt(Step::post), eight + 17h, "find"},
        {"however often it was tried", slack(), with(in_doubt(Step::post), tried_often), eight + 2s, "find"},
        {"after it expired", slack(), in_doubt(Step::post), end, "find"},
        {"for six hours", slack(), in_doubt(Step::post), end + 6h - 1ms, "find"},
        {"then it ends", slack(), in_doubt(Step::post), end + 6h, "superseded"},

        // Telegram, in doubt: reserve another line, fill the same.
        {"another line", telegram(), in_doubt(Step::reserve), eight + 2s, "reserve"},
        {"at most twelve lines", telegram(), with(in_doubt(Step::reserve), tried_often), eight + 2s, "superseded"},
        {"no line after it expired", telegram(), in_doubt(Step::reserve), end, "superseded"},
        {"filled again", telegram(), in_doubt(Step::fill), eight + 2s, "fill"},
        {"filled again, hours later", telegram(), in_doubt(Step::fill), eight + 17h, "fill"},
        {"filled again, however often", telegram(), with(in_doubt(Step::fill), tried_often), eight + 2s, "fill"},
        {"not filled after it expired", telegram(), in_doubt(Step::fill), end, "superseded"},
        {"after a restore, a line that is known is filled", telegram(), with(in_doubt(Step::reserve), reserved),
         eight + 2s, "fill"},
        {"after a restore, what may be there is not made again", telegram(),
         with(in_doubt(Step::none), [](Delivery& d) { d.attempts = 0; }), eight + 2s, "parked"},
        {"nor where only attempts without effect are known", telegram(),
         with(in_doubt(Step::reserve), [](Delivery& d) { d.attempts = 0; }), eight + 2s, "parked"},
        {"nor filled where no line is known", telegram(),
         with(in_doubt(Step::fill), [](Delivery& d) { d.placeholder_ref.clear(); }), eight + 2s, "parked"},

        // Telegram in fast mode: nobody can tell.
        {"parked", telegram_fast(), in_doubt(Step::post), eight + 2s, "parked"},
        {"until it expires", telegram_fast(), in_doubt(Step::post), end, "superseded"},

        // Corrections, in doubt.
        {"edited again", discord(), in_doubt(Step::edit), eight + 2s, "edit"},
        {"until it expires", slack(), in_doubt(Step::edit), end, "dead"},

        // Budgets.
        {"to the last moment", discord(), claimed(), end - 1ms, "post"},
        {"then folded into the next brief", discord(), claimed(), end, "superseded"},
        {"an answer is not folded", discord(), with(claimed(), reply), end, "dead"},
        {"a correction neither", discord(), with(claimed(), correction), end, "dead"},
        {"eleven attempts and one more", discord(),
         with(claimed(), [](Delivery& d) { d.attempts = Rules{}.most_attempts - 1; }), eight, "post"},
        {"twelve attempts", discord(), with(claimed(), tried_often), eight, "superseded"},
        {"twelve attempts at an answer", slack(), with(claimed(), reply, tried_often), eight, "dead"},

        // Crashes.
        {"two are borne", discord(), with(claimed(), [](Delivery& d) { d.crashes = 2; }), eight, "post"},
        {"after three it waits apart", discord(), with(claimed(), deadly), eight, "parked"},
        {"in doubt too, by nonce", discord(), with(in_doubt(Step::post), deadly), eight + 2s, "parked"},
        {"in doubt too, by history", slack(), with(in_doubt(Step::post), deadly), eight + 2s, "parked"},
        {"in doubt too, while filling", telegram(), with(in_doubt(Step::fill), deadly), eight + 2s, "parked"},
        {"but the history is read when its time is over", slack(), with(in_doubt(Step::post), deadly), end, "find"},
        {"and without a doubt it ends", slack(), with(claimed(), deadly), end, "superseded"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.traits.platform + ": " + c.name);
        EXPECT_EQ(next(c.delivery, c.traits, c.now), c.expected);
    }
}

TEST(NextStep, LooksAtAParkedOneEveryHourAndWhenItExpires) {
    const auto parked_at = [](WallTime now) {
        return std::get<Settle>(next_step(in_doubt(Step::post), telegram_fast(), rules, now)).next_at;
    };
    EXPECT_EQ(parked_at(eight + 2s), eight + 2s + 1h);
    EXPECT_EQ(parked_at(eight + 17h + 30min), eight + 18h);
}

TEST(NextStep, GivesOneFromQuarantineASingleFurtherTry) {
    Delivery d = with(claimed(), deadly);
    const auto apart = std::get<Settle>(next_step(d, discord(), rules, eight));
    EXPECT_EQ(apart.state, State::parked);
    EXPECT_EQ(apart.next_at, eight + rules.quarantine);
    ASSERT_TRUE(apart.crashes.has_value());

    d.state = State::reconciling;  // as claimed from parked
    d.crashes = *apart.crashes;
    EXPECT_EQ(next(d, discord(), apart.next_at), "post");
    d = begun(d, Step::post, apart.next_at);
    d.state = State::reconciling;  // its worker died, the next one looks into it
    d.first_unknown_at = d.attempt_at;
    ++d.crashes;
    EXPECT_EQ(next(d, discord(), apart.next_at + 15s), "parked");
}

TEST(NextStep, SaysWhyItEnded) {
    Delivery d = claimed();
    EXPECT_EQ(std::get<Settle>(next_step(d, discord(), rules, eight + 18h)).reason, "its time had passed");
    d.reason = "connection refused";
    EXPECT_EQ(std::get<Settle>(next_step(d, discord(), rules, eight + 18h)).reason, "gave up: connection refused");
    const Delivery doubtful = in_doubt(Step::post);
    EXPECT_FALSE(std::get<Settle>(next_step(doubtful, slack(), rules, eight + 24h)).reason.empty());
}

TEST(ParkedUntil, IsNeverPastNorBeyondTheEndOfItsTimeOrItsDoubt) {
    const Delivery d = claimed();
    EXPECT_EQ(parked_until(d, 1h, rules, eight), eight + 1h);
    EXPECT_EQ(parked_until(d, 1h, rules, eight + 17h + 59min), eight + 18h);
    EXPECT_EQ(parked_until(d, 1h, rules, eight + 18h), eight + 19h);
    EXPECT_EQ(parked_until(d, 1h, rules, eight + 23h + 59min), eight + 24h);
    EXPECT_EQ(parked_until(d, 1h, rules, eight + 30h), eight + 30h);
}

TEST(Begun, CountsAndDatesWhatMayTakeEffect) {
    for (const Step step : {Step::post, Step::reserve, Step::fill, Step::edit}) {
        const Delivery d = begun(claimed(), step, eight + 5s);
        EXPECT_EQ(d.state, State::dispatching);
        EXPECT_EQ(d.step, step);
        EXPECT_EQ(d.attempts, 1);
        EXPECT_EQ(d.attempt_at, eight + 5s);
        EXPECT_EQ(d.key, claimed().key);
    }
}

TEST(Begun, LeavesALookIntoTheHistoryUncounted) {
    const Delivery before = in_doubt(Step::post);
    const Delivery d = begun(before, Step::find, eight + 10s);
    EXPECT_EQ(d.state, State::reconciling);
    EXPECT_EQ(d.attempts, before.attempts);
    EXPECT_EQ(d.attempt_at, before.attempt_at);
}

}  // namespace
}  // namespace podbrief::delivery
