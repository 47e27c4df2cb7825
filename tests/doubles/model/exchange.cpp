#include "tests/doubles/model/exchange.hpp"

#include <algorithm>

#include "adapters/doubles/arrival.hpp"

namespace podbrief::testing {
namespace {

constexpr Millis connect_timeout{5'000};

NoAnswer nothing_left(const char* reason) {
    return NoAnswer{HandedOver::nothing, reason};
}

NoAnswer left_unanswered(const char* reason) {
    return NoAnswer{HandedOver::maybe_executed, reason};
}

}  // namespace

template <class Answer>
asio::awaitable<Exchanged<Answer>> exchange(Line& line, PlatformModel& model, Journey journey,
                                            std::function<Answer(const Call&)> deliver) {
    const auto left = [&] { return std::max(Millis{0}, Millis{journey.end - line.clock.steady_now()}); };
    const Fault fault = line.trouble.next(model.platform(), journey.op, line.truth.wall_now());
    const Millis latency = line.trouble.latency();

    if (fault.kind == FaultKind::refused) {
        co_await line.clock.sleep_for(std::min(latency, left()));
        co_return nothing_left("connection refused");
    }
    if (fault.kind == FaultKind::connect_blackhole) {
        co_await line.clock.sleep_for(std::min(connect_timeout, left()));
        co_return nothing_left("no connection in time");
    }
    if (line.hook) co_await line.hook(journey.op, Phase::before_first_byte);
    if (left() == Millis{0}) co_return nothing_left("no time left");
    if (journey.may_begin && !journey.may_begin()) co_return nothing_left("not ours to send any more");

    Call call(line.truth.wall_now());
    call.fault = fault;
    call.answer_travels = true;
    if (line.hook) co_await line.hook(journey.op, Phase::half_written);
    if (fault.kind == FaultKind::half_written) {
        co_await line.clock.sleep_for(std::min(latency / 2, left()));
        co_return left_unanswered("connection reset while writing");
    }
    // Stopped while it wrote: the deadline is looked at before the rest is written.
    if (left() == Millis{0}) co_return left_unanswered("the deadline passed while writing");
    const auto deliver_now = [&] {
        call.at = line.truth.wall_now();
        return deliver(call);
    };
    // The way there is the network's, not the process's: who is stopped meanwhile does not hold up what was written. So
    // a request arrives when it is written, and the whole latency is on the way back.
    std::optional<Answer> answer;
    if (arrives(fault)) {
        answer = deliver_now();
    } else if (fault.kind == FaultKind::made_late) {
        const auto late = [deliver, began = call.began](WallTime now) { deliver(unheard(now, began)); };
        model.later(line.truth.wall_now() + left() + fault.delay, late);
    }
    if (line.hook) co_await line.hook(journey.op, Phase::written);

    if (fault.kind == FaultKind::silent || fault.kind == FaultKind::made_late) {
        co_await line.clock.sleep_for(left());
        co_return left_unanswered("no answer in time");
    }
    const Millis back = latency + (fault.kind == FaultKind::slow_answer ? fault.delay : Millis{0});
    if (back > left()) {
        co_await line.clock.sleep_for(left());
        co_return left_unanswered("no answer in time");
    }
    co_await line.clock.sleep_for(back);
    if (fault.kind == FaultKind::reset) co_return left_unanswered("connection reset");
    if (fault.kind == FaultKind::answer_lost) co_return left_unanswered("connection closed before the answer");
    if (line.hook) co_await line.hook(journey.op, Phase::answered);
    if (answer->ticket != 0) model.told(answer->ticket, line.truth.wall_now());
    co_return std::move(*answer);
}

template asio::awaitable<Exchanged<slack::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                            std::function<slack::Answer(const Call&)>);
template asio::awaitable<Exchanged<discord::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                              std::function<discord::Answer(const Call&)>);
template asio::awaitable<Exchanged<telegram::Answer>> exchange(Line&, PlatformModel&, Journey,
                                                               std::function<telegram::Answer(const Call&)>);

}  // namespace podbrief::testing
