#include "tests/simulation/delivery/planted_bugs.hpp"

#include <algorithm>

#include "core/delivery/key.hpp"
#include "tests/simulation/delivery/mutants.hpp"
#include "tests/simulation/delivery/swarm.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Settings = services::DeliveryWorker::Settings;

// ---- what a mistake needs to show ----

void unanswered_calls(Swarm& s) {
    s.bad_calls = std::max(s.bad_calls, 0.3);
}
void crashes(Swarm& s) {
    s.crashes = std::max(s.crashes, 12.0);
    s.longest_restart = 2min;
}
void stops(Swarm& s) {
    s.workers = std::max(s.workers, 2);
    s.stops = std::max(s.stops, 10.0);
    s.longest_stop = 10min;
}
void outages(Swarm& s) {
    s.outages = std::max(s.outages, 2.0);
    unanswered_calls(s);
}
void several_workers(Swarm& s) {
    s.workers = 3;
    unanswered_calls(s);
}
void changing_clocks(Swarm& s) {
    using std::chrono::sys_days;
    using std::chrono::year;
    const sys_days falls[] = {year{2026} / 10 / 24, year{2026} / 4 / 4, year{2026} / 10 / 31, year{2026} / 3 / 28};
    s.begin = WallTime{falls[s.seed % 4]};
    s.days = 3;
    s.readers = 40;
}
void skewed(Swarm& s) {
    s.workers = std::max(s.workers, 2);
    s.most_skew = 5min;
    unanswered_calls(s);
}

// ---- ways to be wrong ----

Wrapping outbox(MutantOutbox::Hooks hooks) {
    Wrapping wrapping;
    wrapping.outbox = [hooks](OutboxStore& inner, Process& process,
                              const Clock& truth) -> std::unique_ptr<OutboxStore> {
        return std::make_unique<MutantOutbox>(inner, process, truth, hooks);
    };
    return wrapping;
}
Wrapping messenger(MutantMessenger::Hooks hooks) {
    Wrapping wrapping;
    wrapping.messenger = [hooks](Messenger& inner, Process&) -> std::unique_ptr<Messenger> {
        return std::make_unique<MutantMessenger>(inner, hooks);
    };
    return wrapping;
}
Wrapping zones(MutantZones::Mistake mistake) {
    Wrapping wrapping;
    wrapping.zones = [mistake](briefs::Zones& inner) -> std::unique_ptr<briefs::Zones> {
        return std::make_unique<MutantZones>(inner, mistake);
    };
    return wrapping;
}
Wrapping settings(std::function<void(Settings&)> change) {
    Wrapping wrapping;
    wrapping.settings = std::move(change);
    return wrapping;
}
delivery::Rules& rules_of(Settings& s) {
    return s.sending.lane.rules;
}

MutantOutbox::Hooks advance(std::function<void(Advance&)> change) {
    MutantOutbox::Hooks hooks;
    hooks.before_advance = std::move(change);
    return hooks;
}
MutantMessenger::Hooks after(std::function<SendOutcome(const char*, SendOutcome)> change) {
    MutantMessenger::Hooks hooks;
    hooks.after = std::move(change);
    return hooks;
}
MutantMessenger::Hooks before(std::function<void(OutgoingMessage&)> change) {
    MutantMessenger::Hooks hooks;
    hooks.before = std::move(change);
    return hooks;
}
MutantMessenger::Hooks traits(std::function<void(PlatformTraits&)> change) {
    MutantMessenger::Hooks hooks;
    hooks.traits = std::move(change);
    return hooks;
}

// Unknown is taken for something else.
template <class Instead>
SendOutcome unknown_is(const SendOutcome& outcome, Instead instead) {
    return std::holds_alternative<OutcomeUnknown>(outcome) ? SendOutcome(std::move(instead)) : outcome;
}

MutantOutbox::Hooks flag(bool MutantOutbox::Hooks::* which) {
    MutantOutbox::Hooks hooks;
    hooks.*which = true;
    return hooks;
}

asio::awaitable<void> mark_sent_at_once(OutboxStore& store, const std::vector<Delivery>& claimed) {
    for (const Delivery& d : claimed) {
        Advance sent;
        sent.from = d.state;
        sent.epoch = d.epoch;
        sent.next = d;
        sent.next.state = DeliveryState::sent;
        sent.event = "taken for sent";
        co_await store.advance(std::move(sent));
    }
}

MutantOutbox::Hooks checkpoint_at_fetch() {
    MutantOutbox::Hooks hooks;
    hooks.after_claim = mark_sent_at_once;
    return hooks;
}

MutantOutbox::Hooks frozen(std::function<void(FrozenSlot&)> change) {
    MutantOutbox::Hooks hooks;
    hooks.before_freeze = std::move(change);
    return hooks;
}
MutantOutbox::Hooks planned(std::function<void(PlannedSlots&)> change) {
    MutantOutbox::Hooks hooks;
    hooks.before_plan = std::move(change);
    return hooks;
}
MutantOutbox::Hooks claimed(std::function<void(Delivery&)> change) {
    MutantOutbox::Hooks hooks;
    hooks.claimed = std::move(change);
    return hooks;
}

}  // namespace

std::vector<PlantedBug> planted_bugs() {
    std::vector<PlantedBug> bugs;
    const auto add = [&](const char* name, const char* mistake, Wrapping wrapping, void (*needs)(Swarm&)) {
        bugs.push_back({name, mistake, std::move(wrapping), needs});
    };

    // ---- outcomes ----
    add("retry_on_timeout", "a call without an answer is taken for one that did nothing",
        messenger(after([](const char*, SendOutcome o) { return unknown_is(o, NotSent{}); })), unanswered_calls);
    add("timeout_is_success", "a call without an answer is taken for sent",
        messenger(after([](const char*, SendOutcome o) { return unknown_is(o, Sent{"guessed"}); })), unanswered_calls);
    add("timeout_is_final", "a call without an answer ends the delivery as nowhere to send to",
        messenger(after(
            [](const char*, SendOutcome o) { return unknown_is(o, DestinationGone{DestinationState::gone, ""}); })),
        unanswered_calls);
    add(
        "client_retries_by_itself", "the client repeats a call that had no answer, under another key",
        [] {
            MutantMessenger::Hooks hooks;
            hooks.twice = true;
            return messenger(hooks);
        }(),
        unanswered_calls);
    add("refused_is_gone", "a rate limit is taken for a chat that is gone",
        messenger(after([](const char*, SendOutcome o) {
            const auto* not_sent = std::get_if<NotSent>(&o);
            return not_sent && not_sent->limited ? SendOutcome(DestinationGone{DestinationState::gone, ""}) : o;
        })),
        unanswered_calls);
    add("retry_after_ignored", "a rate limit's wait is not kept", messenger(after([](const char*, SendOutcome o) {
            if (auto* not_sent = std::get_if<NotSent>(&o)) not_sent->wait = Millis{1};
            return o;
        })),
        unanswered_calls);
    add("find_says_no", "the history is never found to hold a message",
        messenger(after([](const char* op, SendOutcome o) {
            return std::string_view(op) == "find" && std::holds_alternative<Sent>(o) ? SendOutcome(NotFound{}) : o;
        })),
        unanswered_calls);
    add("find_says_yes", "the history is always found to hold the message",
        messenger(after([](const char* op, SendOutcome o) {
            return std::string_view(op) == "find" && std::holds_alternative<NotFound>(o) ? SendOutcome(Sent{"1"}) : o;
        })),
        unanswered_calls);
    add(
        "never_filled", "a reserved line is taken for the message",
        [] {
            MutantMessenger::Hooks hooks;
            hooks.forgets_to_fill = true;
            return messenger(hooks);
        }(),
        nullptr);

    // ---- keys ----
    add("new_nonce_per_attempt", "every attempt has a key of its own",
        messenger(before(
            [n = 0](OutgoingMessage& m) mutable { m.key = delivery::reply_key("x", m.key, std::to_string(++n), 1); })),
        unanswered_calls);
    add("nonce_trusted_too_long", "the platform is trusted to remember a key for a day",
        messenger(traits([](PlatformTraits& t) {
            if (t.nonce_window > Millis{0}) t.nonce_window = 24h;
        })),
        outages);
    add("nonce_where_there_is_none", "Slack and Telegram are trusted to know keys",
        messenger(traits([](PlatformTraits& t) { t.nonce_window = 60s; })), unanswered_calls);

    // ---- leases and epochs ----
    add("no_lease_check", "the lease is not looked at before the first byte",
        messenger(before([](OutgoingMessage& m) { m.may_begin = nullptr; })), stops);
    add(
        "lease_on_a_clock_that_stops", "the lease is measured by a clock that stands still while the process does",
        [] {
            Wrapping wrapping;
            wrapping.clock = [](Clock& inner) -> std::unique_ptr<Clock> {
                return std::make_unique<MutantClock>(inner);
            };
            return wrapping;
        }(),
        stops);
    add("leases_are_stolen", "a lane is taken though another worker's lease holds",
        outbox(flag(&MutantOutbox::Hooks::steals_leases)), several_workers);
    add("nothing_is_taken_over", "what a former owner had in hand is left as it is",
        outbox(flag(&MutantOutbox::Hooks::forgets_recovery)), crashes);
    add("taken_over_as_ready", "what was being sent when its worker died is sent again",
        outbox(flag(&MutantOutbox::Hooks::recovers_as_ready)), crashes);
    add("lane_holds_die_with_the_owner", "a new owner does not know of a wait that was asked for",
        outbox(flag(&MutantOutbox::Hooks::forgets_lane_holds)), [](Swarm& s) {
            crashes(s);
            unanswered_calls(s);
        });

    // ---- the outbox ----
    add("checkpoint_at_fetch", "deliveries are marked sent when they are claimed", outbox(checkpoint_at_fetch()),
        crashes);
    add("intent_not_written", "the begin of an attempt is not written", outbox(advance([](Advance& a) {
            if (a.next.state == DeliveryState::dispatching) a.next.state = DeliveryState::claimed;
        })),
        crashes);
    add("writes_are_lost", "the store says that it wrote and did not",
        outbox(flag(&MutantOutbox::Hooks::commits_are_lost)), nullptr);
    add("doubt_is_forgotten", "that an attempt may have taken effect is not kept", outbox(advance([](Advance& a) {
            if (a.next.state == DeliveryState::unknown) {
                a.next.state = DeliveryState::ready;
                a.next.first_unknown_at = {};
            }
        })),
        unanswered_calls);
    add("history_believed_too_early", "what is not in the chat yet is taken for not sent",
        outbox(advance([](Advance& a) {
            if (a.event == "not in the chat yet") {
                a.next.state = DeliveryState::ready;
                a.next.first_unknown_at = {};
                a.next.next_at = a.at;
            }
        })),
        unanswered_calls);
    add("given_up_at_the_first_failure", "what was not sent at once is superseded without a word",
        outbox(advance([](Advance& a) {
            if (a.event == "not sent" || a.event == "outcome unknown")
                a.next.state = DeliveryState::dead, a.next.reason = "", a.next.finished_at = a.at;
        })),
        unanswered_calls);
    add("placeholder_not_kept", "the id of a reserved line is not stored", outbox(advance([](Advance& a) {
            if (a.event == "reserved")
                a.next.state = DeliveryState::ready, a.next.placeholder_ref = "", a.next.epoch = 0,
                a.next.next_at = a.at;
        })),
        nullptr);
    add("first_attempt_forgotten", "when the key was used first is not kept", outbox(claimed([](Delivery& d) {
            if (d.first_unknown_at != WallTime{}) d.first_unknown_at = d.next_at;
        })),
        outages);

    // ---- parts and payloads ----
    add("later_parts_first", "the parts of a brief are numbered the wrong way round", outbox(frozen([](FrozenSlot& f) {
            for (Delivery& d : f.deliveries) d.part = d.parts + 1 - d.part;
        })),
        nullptr);
    add("last_part_left_out", "the last part of a brief is not stored", outbox(frozen([](FrozenSlot& f) {
            std::erase_if(f.deliveries, [](const Delivery& d) { return d.parts > 1 && d.part == d.parts; });
        })),
        nullptr);
    add("one_destination_left_out", "a brief goes to the first destination only and to none of some readers",
        outbox(frozen([](FrozenSlot& f) {
            if (f.brief.reader.value % 7 == 0) f.deliveries.clear();
        })),
        nullptr);
    add(
        "nobody_is_told", "a brief that replaces another does not say so",
        [] {
            class Silent final : public services::BriefWriter {
            public:
                explicit Silent(services::BriefWriter& inner) : inner_(inner) {}
                asio::awaitable<Result<services::BriefDraft>> write(services::BriefOrder order) override {
                    order.undelivered.clear();
                    co_return co_await inner_.write(std::move(order));
                }

            private:
                services::BriefWriter& inner_;
            };
            Wrapping wrapping;
            wrapping.writer = [](services::BriefWriter& inner) -> std::unique_ptr<services::BriefWriter> {
                return std::make_unique<Silent>(inner);
            };
            return wrapping;
        }(),
        outages);

    // ---- time ----
    add("sent_when_composed", "a brief is sent as soon as it is composed", outbox(frozen([](FrozenSlot& f) {
            for (Delivery& d : f.deliveries) d.next_at = d.send_at = d.send_at - 30min;
        })),
        nullptr);
    add("wrong_fold", "of an hour that comes twice the second is taken", zones(MutantZones::Mistake::second_of_fold),
        changing_clocks);
    add("zones_ignored", "everybody lives in UTC", zones(MutantZones::Mistake::all_is_utc), nullptr);
    add("clock_changes_a_day_late", "the changes of the zones' clocks are reckoned a day late",
        zones(MutantZones::Mistake::an_hour_off), changing_clocks);
    add("missed_slots_are_dropped", "what came due while nobody ran is not planned",
        outbox(planned([](PlannedSlots& p) {
            std::erase_if(p.slots, [&](const Slot& slot) {
                return slot.state == SlotState::superseded || slot.due_at < p.next_plan_at - 30h;
            });
        })),
        [](Swarm& s) {
            s.sleeps = 1;
            s.days = 4;
        });
    add("a_day_is_planned_twice", "a slot that fired is planned once more",
        outbox(planned([n = 0](PlannedSlots& p) mutable {
            for (Slot& slot : p.slots) {
                if (slot.state == SlotState::planned && ++n % 20 == 0)
                    slot.due_at += 1h, slot.key = "again " + slot.key;
            }
        })),
        nullptr);
    add(
        "machine_clock_for_the_store", "workers go by their own clocks",
        [] {
            class OwnTime final : public GuardedOutbox {
            public:
                OwnTime(OutboxStore& inner, Process& process, const Clock& truth)
                    : GuardedOutbox(inner, process, truth) {}
                asio::awaitable<WallTime> time(WallTime callers) override { co_return callers; }
            };
            Wrapping wrapping;
            wrapping.outbox = [](OutboxStore& inner, Process& process,
                                 const Clock& truth) -> std::unique_ptr<OutboxStore> {
                return std::make_unique<OwnTime>(inner, process, truth);
            };
            return wrapping;
        }(),
        skewed);

    // ---- budgets and paces ----
    add("no_pace", "a lane sends as fast as it can",
        messenger(traits([](PlatformTraits& t) { t.lane_rate = t.chat_rate = Rate{}; })), [](Swarm& s) {
            s = swarm_of(s.seed, false);
            s.readers = 400;
            s.days = 2;
        });
    add("history_trusted_at_once",
        "a call that had no answer is taken for undone as soon as the history does not show it",
        settings([](Settings& s) {
            rules_of(s).settle = -rules_of(s).call_limit;
            rules_of(s).look_after = Millis{0};
        }),
        unanswered_calls);
    return bugs;
}

}  // namespace podbrief::testing
