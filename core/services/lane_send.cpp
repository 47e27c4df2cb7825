// One delivery on its way: step after step until it is final, or somebody else's, or has to wait.
#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "core/delivery/clock_watch.hpp"
#include "core/delivery/payload.hpp"
#include "core/delivery/steps.hpp"
#include "core/ports/store_failure.hpp"
#include "core/services/lane.hpp"

namespace podbrief::services {
namespace {

Advance step_of(const Delivery& from, Delivery next, WallTime now, std::string event, std::string detail) {
    Advance advance;
    advance.from = from.state;
    advance.epoch = from.epoch;
    advance.next = std::move(next);
    advance.event = std::move(event);
    advance.detail = std::move(detail);
    advance.at = now;
    return advance;
}

// Gives a claimed delivery back, as it was.
Advance put_back(const Delivery& from, WallTime next_at, WallTime now, std::string why) {
    Delivery next = from;
    next.state = from.state == DeliveryState::claimed ? DeliveryState::ready : DeliveryState::unknown;
    next.epoch = 0;
    next.next_at = next_at;
    return step_of(from, std::move(next), now, "put back", std::move(why));
}

Advance settled(const Delivery& from, const delivery::Settle& settle, WallTime now) {
    Delivery next = from;
    next.state = settle.state;
    next.epoch = 0;
    if (settle.state == DeliveryState::parked) next.next_at = settle.next_at;
    if (is_final(settle.state)) next.finished_at = now;
    if (settle.crashes) next.crashes = *settle.crashes;
    if (!settle.reason.empty()) next.reason = settle.reason;
    return step_of(from, std::move(next), now, std::string(to_string(settle.state)), settle.reason);
}

}  // namespace

asio::awaitable<void> Lane::send(Delivery d) {
    const delivery::Rules& rules = settings_.rules;
    const bool retry = is_retry(d);
    if (retry && !ports_.health.retries.retry(ports_.clock.steady_now())) {
        const Millis wait = ports_.health.retries.next_at(ports_.clock.steady_now()) - ports_.clock.steady_now();
        const WallTime now = ports_.clock.wall_now();
        Advance back = put_back(d, now + wait, now, "too many retries at the moment");
        co_await write(std::move(back));
        co_return;
    }
    if (!retry) ports_.health.retries.first_try();
    for (;;) {
        const WallTime now = ports_.clock.wall_now();
        const delivery::NextStep next = delivery::next_step(d, ports_.messenger.traits(), rules, now);
        if (const auto* settle = std::get_if<delivery::Settle>(&next)) {
            if (settle->state == DeliveryState::parked) {
                ports_.log.warning("delivery parked", {{"key", d.key}, {"reason", settle->reason}});
                ports_.metrics.count("deliveries_parked_total", {}, 1);
            }
            Advance end = settled(d, *settle, now);
            co_await write(std::move(end));
            co_return;
        }
        const Step step = std::get<delivery::Attempt>(next).step;
        if (!co_await wait_for_turn(d, step)) co_return;

        const Millis deadline = held_.time_for_call(ports_.clock.steady_now(), rules);
        const bool may_call = deadline > Millis{0} && !lost_ && ports_.health.breaker.begin(ports_.clock.steady_now());
        if (!may_call) {
            const SteadyTime steady = ports_.clock.steady_now();
            const Millis wait = ports_.health.breaker.open_until(steady) - steady;
            const WallTime at = ports_.clock.wall_now();
            Advance back =
                put_back(d, at + wait, at, wait > Millis{0} ? "the platform does not answer" : "the lease ends");
            co_await write(std::move(back));
            co_return;
        }
        const Delivery begun = delivery::begun(d, step, ports_.clock.wall_now());
        if (delivery::takes_effect(step)) {
            Advance begin = step_of(d, begun, begun.attempt_at, "attempt began", std::string(to_string(step)));
            if (!co_await write(std::move(begin))) {
                ports_.health.breaker.undecided();
                co_return;
            }
        }
        const SteadyTime call_began = ports_.clock.steady_now();
        const SendOutcome outcome = co_await call(begun, deadline);
        const WallTime call_ended = ports_.clock.wall_now();
        const WallTime began_at = call_ended - (ports_.clock.steady_now() - call_began);  // by the same clock
        delivery::Verdict verdict = delivery::after(begun, outcome, rules, began_at, call_ended, ports_.random);
        if (step == Step::find) verdict.next.step = d.step;  // what is in doubt is what that step did
        const WallTime finds_held = finds_not_before_;
        learn(verdict, begun);
        if (finds_not_before_ != finds_held && !co_await keep_finds_hold()) co_return;
        Advance ended = step_of(begun, verdict.next, ports_.clock.wall_now(), verdict.event, verdict.detail);
        ended.destination = verdict.destination;
        ended.destination_not_before = verdict.destination_not_before;
        ended.lane_not_before = verdict.lane_not_before;
        if (!co_await write_outcome(std::move(ended))) co_return;
        report(verdict, begun);
        if (verdict.moved_to) co_await ports_.outbox.move_destination(begun.address, *verdict.moved_to, now);
        if (verdict.next.state == DeliveryState::sent && ports_.on_sent) co_await ports_.on_sent(verdict.next);
        if (!verdict.go_on) co_return;
        d = verdict.next;
    }
}

// Waits until the pace allows the call. False: the lane ended meanwhile; the next owner takes the delivery over.
asio::awaitable<bool> Lane::wait_for_turn(Delivery d, Step step) {
    const SteadyTime asked = ports_.clock.steady_now();
    const Rate chat_rate = ports_.messenger.chat_rate(d.address);
    const auto book = [&](SteadyTime from) {
        return step == Step::find ? pacer_.book_find(from) : pacer_.book(from, d.address.chat, chat_rate);
    };
    SteadyTime turn = book(asked);
    for (;;) {
        const SteadyTime now = ports_.clock.steady_now();
        if (finishing_) {  // nothing more is begun
            const WallTime wall = ports_.clock.wall_now();
            Advance back = put_back(d, std::min(d.next_at, wall), wall, "the worker stops");
            co_await write(std::move(back));
            co_return false;
        }
        // Asked to wait meanwhile: what was booked earlier waits too, and what would wait for long goes back.
        const SteadyTime held = pacer_.held_until(step == Step::find ? std::string() : d.address.chat);
        if (held > turn) turn = book(held);  // not all at once when the hold ends
        if (turn <= now) co_return !lost_ && held_.held(now);
        if (turn - now > settings_.rules.lease || lost_) {
            const WallTime wall = ports_.clock.wall_now();
            Advance back = put_back(d, wall + (turn - now), wall, "the platform asked to wait");
            co_await write(std::move(back));
            co_return false;
        }
        co_await ports_.clock.sleep_for(turn - now);
    }
}

asio::awaitable<SendOutcome> Lane::call(const Delivery& d, Millis deadline) {
    OutgoingMessage message;
    message.to = d.address;
    message.key = d.key;
    message.kind = d.kind;
    message.plainness = d.plainness;
    message.deadline = deadline;
    message.may_begin = [this, deadline] { return !lost_ && held_.may_begin(ports_.clock.steady_now(), deadline); };
    std::optional<Reply> content = delivery::thaw(d.payload);
    if (!content) {
        PayloadRefused damaged{"the stored message cannot be read"};
        co_return damaged;
    }
    message.content = std::move(*content);
    std::string bug;
    try {
        switch (d.step) {
            case Step::reserve:
                co_return co_await ports_.messenger.reserve(std::move(message));
            case Step::fill:
                co_return co_await ports_.messenger.edit(std::move(message), d.placeholder_ref);
            case Step::edit:
                co_return co_await ports_.messenger.edit(std::move(message), d.message_ref);
            case Step::find: {
                // By the platform's clock it may have been so much earlier: ours may have been ahead (of more than that
                // nothing is sent), and set right since.
                const WallTime since = d.first_unknown_at - delivery::ClockWatch::most;
                co_return co_await ports_.messenger.find(std::move(message), since);
            }
            default:
                co_return co_await ports_.messenger.post(std::move(message));
        }
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        bug = error.what();
    } catch (const std::exception& error) {
        bug = error.what();
    }
    ports_.log.error("messenger failed by a bug", {{"lane", name_}, {"error", bug}});
    OutcomeUnknown unknown{"a bug of ours: " + bug};
    co_return unknown;
}

// False, or a failure of the store: what is stored may not be what we think; a new lease looks into it.
asio::awaitable<bool> Lane::write(Advance step) {
    try {
        co_return co_await ports_.outbox.advance(std::move(step));
    } catch (const StoreFailure& failure) {
        lost_ = true;
        ports_.log.error("store failed", {{"lane", name_}, {"error", failure.what()}});
    }
    co_return false;
}

asio::awaitable<bool> Lane::write_outcome(Advance step) {
    for (;;) {
        std::string problem;
        try {
            Advance again = step;
            co_return co_await ports_.outbox.advance(std::move(again));
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            problem = failure.what();
        }
        ports_.log.error("store failed; the outcome is kept and written again", {{"lane", name_}, {"error", problem}});
        if (!held_.held(ports_.clock.steady_now() + Millis{1'000})) break;
        co_await ports_.clock.sleep_for(Millis{1'000});
    }
    lost_ = true;
    co_return false;
}

// Whoever has the lane next must keep to it too.
asio::awaitable<bool> Lane::keep_finds_hold() {
    try {
        co_await ports_.outbox.set_note("finds_not_before:" + name_, std::to_string(to_ms(finds_not_before_)));
        co_return true;
    } catch (const StoreFailure& failure) {
        lost_ = true;
        ports_.log.error("store failed", {{"lane", name_}, {"error", failure.what()}});
    }
    co_return false;
}

void Lane::learn(delivery::Verdict& verdict, const Delivery& d) {
    const SteadyTime now = ports_.clock.steady_now();
    delivery::Breaker& breaker = ports_.health.breaker;
    if (verdict.failed) {
        breaker.failed(now);
    } else {
        breaker.succeeded();
    }
    if (verdict.took_effect) revoked_pause_ = Millis{0};
    if (verdict.tenant_gone) hold_for_revoked_token(verdict);
    if (verdict.destination_not_before) {
        const SteadyTime until = on_steady(*verdict.destination_not_before);
        pacer_.hold_chat(d.address.chat, until);
        std::erase_if(limited_chats_, [&](const auto& c) {
            return c.first + settings_.rules.chats_window < now || c.second == d.address.chat;
        });
        limited_chats_.emplace_back(now, d.address.chat);
        // Limits in several chats at once are the lane's.
        if (static_cast<int>(limited_chats_.size()) >= settings_.rules.chats_to_hold_lane && !verdict.lane_not_before) {
            verdict.lane_not_before = verdict.destination_not_before;
        }
    }
    if (verdict.finds_not_before) {
        finds_not_before_ = *verdict.finds_not_before;
        pacer_.hold_finds(on_steady(finds_not_before_));
    }
    if (verdict.lane_not_before) pacer_.hold_lane(on_steady(*verdict.lane_not_before));
}

void Lane::hold_for_revoked_token(delivery::Verdict& verdict) {
    const delivery::Rules& rules = settings_.rules;
    revoked_pause_ =
        revoked_pause_ == Millis{0} ? rules.first_revoked : std::min(2 * revoked_pause_, rules.longest_revoked);
    verdict.lane_not_before = ports_.clock.wall_now() + revoked_pause_;
    ports_.log.error("token refused", {{"lane", name_}, {"reason", verdict.detail}});
}

void Lane::report(const delivery::Verdict& verdict, const Delivery& d) {
    ports_.metrics.count("delivery_attempts_total", to_string(verdict.next.state), 1);
    if (verdict.alarm) {
        ports_.metrics.count("delivery_alarms_total", {}, 1);
        ports_.log.error("delivery needs a look", {{"key", d.key}, {"lane", name_}, {"reason", verdict.detail}});
    } else if (verdict.next.state == DeliveryState::unknown) {
        ports_.log.warning("delivery unknown", {{"key", d.key}, {"lane", name_}, {"reason", verdict.detail}});
    } else if (is_final(verdict.next.state) && verdict.next.state != DeliveryState::sent) {
        ports_.log.warning(
            "delivery ended",
            {{"key", d.key}, {"state", std::string(to_string(verdict.next.state))}, {"reason", verdict.detail}});
    }
}

}  // namespace podbrief::services
