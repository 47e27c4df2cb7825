#include "core/delivery/outcomes.hpp"

#include <algorithm>

#include "core/delivery/steps.hpp"

namespace podbrief::delivery {
namespace {

using State = DeliveryState;

constexpr int plainest = 2;

Millis jittered(Millis wait, Random& random) {
    const auto half = static_cast<std::uint64_t>(wait.count() / 2);
    return Millis{static_cast<std::int64_t>(half + random.below(half + 1))};
}

// One outcome after the other; `v` begins as the delivery was, with nobody holding it.
class Judge {
public:
    Judge(const Delivery& d, const Rules& rules, WallTime began, WallTime now, Random& random)
        : was_(d), rules_(rules), began_(began), now_(now), random_(random) {
        v.next = d;
        // Whoever took it in hand came back; a look into the history shows nothing of what a message does to workers.
        if (d.step != Step::find) v.next.crashes = 0;
    }

    void operator()(const Sent& sent) {
        v.took_effect = true;
        if (was_.step == Step::reserve) {
            v.next.placeholder_ref = sent.message_ref;
            v.next.first_unknown_at = {};
            return go_on("reserved", sent.message_ref);
        }
        if (was_.step != Step::edit) {
            v.next.message_ref = sent.message_ref.empty() ? was_.placeholder_ref : sent.message_ref;
        }
        v.next.first_unknown_at = {};
        v.next.reason.clear();
        finish(State::sent, was_.step == Step::find ? "found in the chat" : "sent", v.next.message_ref);
    }

    void operator()(const NotFound&) {
        v.took_effect = true;
        switch (was_.step) {
            case Step::find:
                return not_in_history();
            case Step::fill:
                // Filled and read, then removed: to send it again would be a second brief.
                if (was_.first_unknown_at != WallTime{})
                    return finish(State::cancelled, "removed", "removed before it was learnt that it was filled");
                if (was_.placeholders_lost > 0)
                    return finish(State::cancelled, "removed", "its placeholder was removed twice");
                v.next.placeholder_ref.clear();
                v.next.first_unknown_at = {};
                ++v.next.placeholders_lost;
                return go_on("placeholder gone", "removed before it was filled");
            case Step::edit:
                return finish(State::cancelled, "removed", "the message to correct was removed");
            default:
                return (*this)(OutcomeUnknown{"an answer that does not fit the call"});
        }
    }

    void operator()(const NotSent& not_sent) {
        v.limited = not_sent.limited;
        v.failed = !not_sent.limited;
        not_counted();
        const Millis wait = not_sent.wait > Millis{0} ? not_sent.wait : by_age(was_.send_at, now_, rules_, random_);
        // Honoured to its end for whatever else goes there, whenever this one ends; but none that waits now lives
        // longer than that.
        const WallTime until = now_ + std::min(wait, rules_.brief_lives + rules_.doubt_lives);
        if (not_sent.scope == NotSent::Scope::chat) v.destination_not_before = until;
        if (not_sent.scope == NotSent::Scope::reading) v.finds_not_before = until;
        if (not_sent.scope == NotSent::Scope::lane) v.lane_not_before = until;
        later(until, not_sent.limited ? "asked to wait" : "not sent", not_sent.reason);
    }

    void operator()(const OutcomeUnknown& unknown) {
        v.failed = true;
        v.took_effect = false;
        doubt(now_ + wait_in_doubt(), unknown.reason);
    }

    void operator()(const DestinationGone& gone) {
        v.took_effect = true;
        v.destination = gone.state;
        finish(State::destination_gone, "nowhere to send to", gone.reason);
    }

    void operator()(const TenantGone& gone) {
        v.tenant_gone = true;
        not_counted();
        later(now_, "token refused", gone.reason);
    }

    void operator()(const PayloadRefused& refused) {
        v.took_effect = true;
        if (was_.step == Step::find) return (*this)(OutcomeUnknown{refused.reason});
        if (was_.plainness >= plainest) {
            v.alarm = true;
            return finish(State::dead, "refused in every form", refused.reason);
        }
        ++v.next.plainness;
        again("refused in this form", refused.reason);
    }

    void operator()(const Moved& moved) {
        v.took_effect = true;
        v.moved_to = moved.to;
        v.next.address = moved.to;
        again("chat moved", to_string(moved.to));
    }

    void operator()(const HistoryClosed& closed) {
        if (was_.step != Step::find) return (*this)(OutcomeUnknown{closed.reason});
        v.took_effect = true;
        v.alarm = true;
        settle(State::parked, parked_until(was_, rules_.park_probe, rules_, now_), "parked", closed.reason);
    }

    Verdict v;

private:
    void settle(State state, WallTime next_at, std::string event, const std::string& detail) {
        v.next.state = state;
        v.next.next_at = next_at;
        v.next.epoch = 0;
        v.event = std::move(event);
        v.detail = detail;
        if (state != State::sent && !detail.empty()) v.next.reason = detail;
    }

    void finish(State state, std::string event, const std::string& detail) {
        settle(state, was_.next_at, std::move(event), detail);
        v.next.finished_at = now_;
    }

    // What certainly had no effect is limited by time, not by number.
    void not_counted() {
        if (was_.step != Step::find) v.next.attempts = std::max(0, was_.attempts - 1);
    }

    // It is ours still; the caller takes the next step.
    void go_on(std::string event, const std::string& detail) {
        v.go_on = true;
        v.next.state = State::claimed;
        v.event = std::move(event);
        v.detail = detail;
    }

    bool in_doubt() const { return was_.step == Step::find || was_.first_unknown_at != WallTime{}; }

    // For certain nothing came of this call. What an earlier one may have done stays in doubt, and is looked into once
    // more before its time is over; without a doubt it ends in time.
    void later(WallTime at, std::string event, const std::string& detail) {
        const WallTime end = in_doubt() ? was_.expires_at + rules_.doubt_lives : was_.expires_at;
        settle(in_doubt() ? State::unknown : State::ready, std::max(now_, std::min(at, end)), std::move(event), detail);
    }

    // For certain nothing came of this call, and another way is open at once.
    void again(std::string event, const std::string& detail) {
        if (in_doubt()) return later(now_, std::move(event), detail);
        go_on(std::move(event), detail);
    }

    // A post is looked into soon, while its key holds. What may be repeated is a retry like others.
    Millis wait_in_doubt() {
        if (was_.step == Step::post) return rules_.look_after;
        if (was_.step == Step::find) return by_age(was_.first_unknown_at, now_, rules_, random_);
        return std::max(rules_.look_after, backoff(was_.attempts, rules_, random_));
    }

    void doubt(WallTime look_at, const std::string& detail) {
        if (was_.step != Step::find && was_.first_unknown_at == WallTime{}) v.next.first_unknown_at = was_.attempt_at;
        const WallTime end = std::max(now_, was_.expires_at + rules_.doubt_lives);
        settle(State::unknown, std::min(look_at, end), "outcome unknown", detail);
    }

    void not_in_history() {
        // A call whose answer we did not wait for may still be at work on their side.
        const WallTime trusted_from = was_.attempt_at + rules_.call_limit + rules_.settle;
        // The history was read after the look began; how long before now nobody knows, for we may have been stopped.
        if (began_ < trusted_from) {
            return settle(State::unknown, std::max(now_, trusted_from), "not in the chat yet", {});
        }
        v.next.first_unknown_at = {};
        settle(State::ready, now_, "not in the chat", "it did not arrive; it may be sent again");
    }

    const Delivery& was_;
    const Rules& rules_;
    WallTime began_;
    WallTime now_;
    Random& random_;
};

}  // namespace

Verdict after(const Delivery& delivery, const SendOutcome& outcome, const Rules& rules, WallTime began, WallTime now,
              Random& random) {
    Judge judge(delivery, rules, began, now, random);
    std::visit(judge, outcome);
    return std::move(judge.v);
}

Millis backoff(int attempt, const Rules& rules, Random& random) {
    Millis wait = rules.first_backoff;
    for (int i = 1; i < attempt && wait < rules.longest_backoff; ++i) wait *= 2;
    return jittered(std::min(wait, rules.longest_backoff), random);
}

Millis by_age(WallTime since, WallTime now, const Rules& rules, Random& random) {
    return jittered(std::clamp((now - since) / 2, rules.first_backoff, rules.longest_backoff), random);
}

}  // namespace podbrief::delivery
