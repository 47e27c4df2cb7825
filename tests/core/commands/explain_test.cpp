#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/commands/explain.hpp"

namespace podbrief::commands {
namespace {

using namespace std::chrono_literals;

// Thursday, 12 March 2026, 08:00 in Berlin.
const WallTime eight{std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h};

Delivery message(DeliveryState state = DeliveryState::ready) {
    Delivery d;
    d.id = DeliveryId{1};
    d.destination = DestinationId{5};
    d.address = {"slack", "T1", "C2", ""};
    d.key = "abcdefghijklmnopqrstuvwx";
    d.send_at = eight;
    d.next_at = eight;
    d.expires_at = eight + 18h;
    d.worker = "w1";
    d.state = state;
    return d;
}

Explained at(WallTime now, std::vector<Delivery> deliveries = {}, SlotState state = SlotState::fired) {
    Explained what;
    what.reader = "anna";
    what.now = now;
    what.story.slot.key = "2026-03-12";
    what.story.slot.sequence = 17;
    what.story.slot.due_at = eight;
    what.story.slot.zone = "Europe/Berlin";
    what.story.slot.state = state;
    what.story.slot.worker = "w1";
    what.story.deliveries = std::move(deliveries);
    what.briefs[18] = "2026-03-13";
    return what;
}

std::string end_of(const Delivery& d, WallTime now) {
    return last_word(d, at(now, {d}), briefs::system_zones());
}

TEST(Explain, SaysInOneSentenceHowAMessageEnded) {
    Delivery sent = message(DeliveryState::sent);
    sent.finished_at = eight + 412ms;
    EXPECT_EQ(end_of(sent, eight + 1h), "sent 0.4 s after its time");

    Explained found = at(eight + 1h, {sent});
    DeliveryEvent event;
    event.delivery = sent.id;
    event.event = "found in the chat";
    found.story.events.push_back(event);
    EXPECT_EQ(last_word(sent, found, briefs::system_zones()), "sent; found in the chat 0.4 s after its time");

    Delivery folded = message(DeliveryState::superseded);
    folded.superseded_by = 18;
    folded.reason = "gave up: the platform does not answer";
    EXPECT_EQ(end_of(folded, eight + 20h),
              "folded into the brief of 2026-03-13: gave up: the platform does not answer");
    folded.superseded_by = 0;
    folded.reason.clear();
    EXPECT_EQ(end_of(folded, eight + 20h), "folded into the next brief");

    Delivery gone = message(DeliveryState::destination_gone);
    gone.reason = "channel_not_found";
    EXPECT_EQ(end_of(gone, eight + 1h), "not sent, there is nowhere to send to any more: channel_not_found");
}

TEST(Explain, SaysWhatAMessageWaitsFor) {
    EXPECT_EQ(end_of(message(), eight - 12min), "waits for its time, in 12 min");

    Delivery quiet = message();
    quiet.quiet = Interval{eight - 1h, eight + 2h};
    EXPECT_EQ(end_of(quiet, eight + 1s), "waits: the reader's quiet hours end at 10:00:00");

    Delivery retried = message();
    retried.next_at = eight + 90s;
    retried.reason = "503";
    EXPECT_EQ(end_of(retried, eight + 60s), "waits and is tried again in 30 s: 503");

    EXPECT_EQ(end_of(message(), eight + 3min), "due for 3 min and taken by no worker: is podbrief serve running");

    Delivery unknown = message(DeliveryState::unknown);
    unknown.next_at = eight + 4s;
    unknown.reason = "no answer within 8 s";
    EXPECT_EQ(end_of(unknown, eight + 2s),
              "not known whether it arrived; looked into in 2.0 s, and not sent again before: no answer within 8 s");

    Delivery second = message();
    second.id = DeliveryId{2};
    second.part = second.parts = 2;
    Explained both = at(eight + 1s, {message(), second});
    EXPECT_EQ(last_word(second, both, briefs::system_zones()), "waits for part 1, which goes first");

    Explained held = at(eight + 1s, {message()});
    DestinationRecord chat;
    chat.id = DestinationId{5};
    chat.not_before = eight + 31s;
    held.destinations.push_back(chat);
    EXPECT_EQ(last_word(held, briefs::system_zones()),
              "waits: the platform asked to leave this chat alone for another 30 s");
}

TEST(Explain, TellsAnAttemptUnderWayFromOneWhoseWorkerIsGone) {
    Delivery d = message(DeliveryState::dispatching);
    d.attempt_at = eight + 1s;
    EXPECT_EQ(end_of(d, eight + 3s), "under way: an attempt of w1 began 2.0 s ago");
    EXPECT_EQ(end_of(d, eight + 10min),
              "not known: an attempt of w1 began 9 min 59 s ago and its end was not written; whoever takes the lane "
              "next looks into it");
}

TEST(Explain, SaysOfTheSlotWhatBecameOfIt) {
    const auto word = [](const Explained& what) { return last_word(what, briefs::system_zones()); };
    EXPECT_EQ(word(at(eight - 40min, {}, SlotState::planned)),
              "planned, to be composed and then sent at its time, in 40 min");
    EXPECT_EQ(word(at(eight + 1h)), "composed; there was nowhere to send it to, anna sees it by asking for it");

    Explained folded = at(eight + 20h, {}, SlotState::superseded);
    folded.story.slot.superseded_by = 18;
    folded.story.slot.note = "missed by 20 h";
    EXPECT_EQ(word(folded), "folded into the brief of 2026-03-13: missed by 20 h");

    Explained composing = at(eight - 40min, {}, SlotState::composing);
    composing.story.slot.lease_until = eight - 41min;
    EXPECT_EQ(word(composing), "w1 took it and did not finish; the next worker composes it");

    Delivery sent = message(DeliveryState::sent);
    sent.finished_at = eight;
    EXPECT_EQ(word(at(eight + 1h, {sent, message(DeliveryState::parked), sent})), "3 messages: 1 parked and 2 sent");
}

TEST(Explain, ShowsTimesAsExactlyAsTheyMatter) {
    const struct {
        Millis offset;
        const char* as_offset;
        const char* as_span;
    } cases[] = {
        {0ms, "0.000 s", "0.0 s"},
        {412ms, "+0.412 s", "0.4 s"},
        {-59'999ms, "-59.999 s", "59 s"},
        {-2'698'000ms, "-44 min 58 s", "44 min 58 s"},
        {-2'700'000ms, "-45 min 00 s", "45 min"},
        {7'800'000ms, "+2 h 10 min", "2 h 10 min"},
        {36h, "+1 d 12 h", "36 h"},
        {100h, "+4 d 04 h", "4 d 4 h"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.as_offset);
        EXPECT_EQ(offset_text(c.offset), c.as_offset);
        EXPECT_EQ(span_text(c.offset), c.as_span);
    }
    const auto berlin = briefs::system_zones().find_or_utc("Europe/Berlin");
    EXPECT_EQ(clock_text(eight, *berlin), "08:00:00");
    EXPECT_EQ(clock_text(eight + 5ms, *berlin), "08:00:00.005");
    EXPECT_EQ(utc_text(eight), "2026-03-12 07:00:00");
}

TEST(Explain, GivesProgramsTheSameWithoutThePayload) {
    Delivery sent = message(DeliveryState::sent);
    sent.finished_at = eight + 412ms;
    sent.payload = "{\"secret\":1}";
    Explained what = at(eight + 1h, {sent});
    DeliveryEvent event;
    event.at = eight + 412ms;
    event.delivery = sent.id;
    event.event = "sent";
    event.worker = "w1";
    event.epoch = 3;
    what.story.events.push_back(event);
    const auto json = nlohmann::json::parse(explain_json(what, briefs::system_zones()));
    EXPECT_EQ(json["in_short"], "sent 0.4 s after its time");
    EXPECT_EQ(json["slot"]["due_at_ms"], to_ms(eight));
    EXPECT_EQ(json["deliveries"][0]["key"], "abcdefghijklmnopqrstuvwx");
    EXPECT_EQ(json["deliveries"][0]["history"][0]["after_due_ms"], 412);
    EXPECT_EQ(json["deliveries"][0]["history"][0]["epoch"], 3);
    EXPECT_EQ(json.dump().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::commands
