#include "tests/doubles/model/exchange.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

struct Crash : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class ExchangeTest : public ::testing::Test {
protected:
    ExchangeTest() {
        model.add_chat("1", "2");
        trouble.set_latency(100ms, 100ms);
    }
    Line line(PhaseHook hook = {}) { return {clock, clock, trouble, std::move(hook)}; }
    static OutgoingMessage message() {
        OutgoingMessage out;
        out.to = {"discord", "1", "2", ""};
        out.key = "abcdefghijklmnopqrstuvwx";
        out.content.blocks = {Paragraph{"hello"}};
        return out;
    }
    struct Ended {
        std::optional<SendOutcome> outcome;
        bool crashed = false;
        bool aborted = false;
    };
    // Lets time pass until it ends; cancels it `cancel_after` from now.
    Ended send(Messenger& messenger, Millis cancel_after = -1ms) {
        Ended out;
        bool done = false;
        asio::cancellation_signal cancel;
        auto keep = [&](std::exception_ptr failure, SendOutcome outcome) {
            done = true;
            try {
                if (failure) std::rethrow_exception(failure);
                out.outcome = std::move(outcome);
            } catch (const Crash&) {
                out.crashed = true;
            } catch (const boost::system::system_error& error) {
                out.aborted = error.code() == asio::error::operation_aborted;
            }
        };
        asio::co_spawn(context, messenger.post(message()), asio::bind_cancellation_slot(cancel.slot(), keep));
        const auto end = clock.steady_now() + cancel_after;
        while (context.restart(), context.poll(), !done) {
            const auto due = clock.next_due();
            if (!due) throw std::logic_error("nobody waits");
            if (cancel_after >= 0ms && *due >= end) {
                clock.advance(end - clock.steady_now());
                cancel.emit(asio::cancellation_type::terminal);
                cancel_after = -1ms;
            } else {
                clock.advance_to_next();
            }
        }
        return out;
    }
    std::size_t made() { return model.chat("1", "2")->messages.size(); }
    void order(FaultKind kind, bool is_made = false, Millis delay = 0ms) {
        Fault fault;
        fault.kind = kind;
        fault.made = is_made;
        fault.delay = delay;
        trouble.order(fault);
    }

    asio::io_context context{1};
    ManualClock clock;
    Random random{3};
    Trouble trouble{random};
    DiscordModel model;
};

TEST_F(ExchangeTest, TellsEachPhaseInItsOrder) {
    std::vector<std::pair<Phase, std::size_t>> seen;
    DiscordMessenger messenger(model, line([&](std::string_view op, Phase phase) -> asio::awaitable<void> {
                                   EXPECT_EQ(op, "post");
                                   seen.emplace_back(phase, made());
                                   co_return;
                               }));
    EXPECT_TRUE(send(messenger).outcome);
    const std::vector<std::pair<Phase, std::size_t>> expected = {
        {Phase::before_first_byte, 0}, {Phase::half_written, 0}, {Phase::written, 1}, {Phase::answered, 1}};
    EXPECT_EQ(seen, expected);
}

TEST_F(ExchangeTest, ACrashBeforeAllIsWrittenMakesNothingAndOneAfterwardsDoes) {
    std::size_t expected = 0;
    for (const auto at : {Phase::before_first_byte, Phase::half_written, Phase::written, Phase::answered}) {
        model.set_nonce_window(0ms);
        DiscordMessenger messenger(model, line([at](std::string_view, Phase phase) -> asio::awaitable<void> {
                                       if (phase == at) throw Crash("here");
                                       co_return;
                                   }));
        EXPECT_TRUE(send(messenger).crashed);
        if (at >= Phase::written) ++expected;
        EXPECT_EQ(made(), expected) << static_cast<int>(at);
    }
}

TEST_F(ExchangeTest, AsksWhetherItMayBeginAfterAWaitBeforeTheFirstByte) {
    bool still_ours = true;
    DiscordMessenger messenger(model, line([&](std::string_view, Phase phase) -> asio::awaitable<void> {
                                   if (phase != Phase::before_first_byte) co_return;
                                   co_await clock.sleep_for(2s);
                                   still_ours = false;
                               }));
    auto late = message();
    late.may_begin = [&] { return still_ours; };
    std::optional<SendOutcome> outcome;
    auto keep = [&](std::exception_ptr, SendOutcome got) { outcome = std::move(got); };
    asio::co_spawn(context, messenger.post(late), keep);
    while (context.restart(), context.poll(), !outcome) clock.advance_to_next();
    EXPECT_TRUE(std::holds_alternative<NotSent>(*outcome));
    EXPECT_EQ(model.counters().calls, 0U);
}

TEST_F(ExchangeTest, ACallThatIsCutOffAfterItWasWrittenHasArrived) {
    model.set_nonce_window(0ms);
    DiscordMessenger messenger(model, line());
    for (int i = 0; i < 10; ++i) {
        clock.advance(10s);
        EXPECT_TRUE(send(messenger, 20ms).aborted);
    }
    EXPECT_EQ(made(), 10U);
}

TEST_F(ExchangeTest, AMessageMayBeMadeAfterTheDeadline) {
    order(FaultKind::made_late, true, 4s);
    DiscordMessenger messenger(model, line());
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(*send(messenger).outcome));
    EXPECT_EQ(made(), 0U);
    model.settle(clock.wall_now() + 3'999ms);
    EXPECT_EQ(made(), 0U);
    model.settle(clock.wall_now() + 4s);
    ASSERT_EQ(made(), 1U);
    EXPECT_EQ(model.with_tag("abcdefghijklmnopqrstuvwx")[0].message->made_at, clock.wall_now() + 4s);
}

TEST_F(ExchangeTest, ASlowAnswerIsInTimeOrUnknown) {
    DiscordMessenger messenger(model, line());
    order(FaultKind::slow_answer, true, 7'900ms);
    EXPECT_TRUE(std::holds_alternative<Sent>(*send(messenger).outcome));
    order(FaultKind::slow_answer, true, 7'901ms);
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(*send(messenger).outcome));
    EXPECT_EQ(made(), 1U);
}

TEST_F(ExchangeTest, AWaitCountsFromWhenItIsKnown) {
    Fault limited;
    limited.kind = FaultKind::limited;
    limited.delay = 10s;
    trouble.order(limited);
    DiscordMessenger first(model, line([](std::string_view, Phase phase) -> asio::awaitable<void> {
                               if (phase == Phase::answered) throw Crash("before anybody knew");
                               co_return;
                           }));
    DiscordMessenger second(model, line());
    EXPECT_TRUE(send(first).crashed);
    EXPECT_TRUE(std::holds_alternative<NotSent>(*send(second).outcome));
    EXPECT_EQ(model.counters().calls_inside_retry_after, 0U);
    send(second);
    EXPECT_EQ(model.counters().calls_inside_retry_after, 1U);
    model.forget_told_since(WallTime{});
    send(second);
    EXPECT_EQ(model.counters().calls_inside_retry_after, 1U);
}

// Found by seeds 100403 and 201724 of the simulated delivery.
TEST_F(ExchangeTest, WhatIsRefusedWhenItArrivesLateTellsNobodyToWait) {
    TelegramModel telegram;
    telegram.add_chat("2");
    const telegram::SendMessage hello{"2", "hello", "", ""};
    telegram.later(clock.wall_now() + 500ms, [&](WallTime now) {
        Call late(now);
        late.began = clock.wall_now() - 1s;
        late.answer_travels = true;
        telegram.send_message(late, hello);
    });
    Call limited(clock.wall_now());
    limited.fault.kind = FaultKind::limited;
    limited.fault.delay = 10s;
    telegram.send_message(limited, hello);      // told at once: ten seconds
    telegram.settle(clock.wall_now() + 500ms);  // asked to wait for ten whole ones more
    telegram.send_message(Call(clock.wall_now() + 10'200ms), hello);
    EXPECT_EQ(telegram.counters().limited, 3U);
    EXPECT_EQ(telegram.counters().calls_inside_retry_after, 0U);
}

TEST_F(ExchangeTest, AGroupOfTelegramIsAllowedLess) {
    TelegramModel telegram;
    TelegramMessenger messenger(telegram, line());
    EXPECT_EQ(messenger.chat_rate({"telegram", "", "-7", ""}), (Rate{18, 60s}));
    EXPECT_EQ(messenger.chat_rate({"telegram", "", "7", ""}), (Rate{3, 3s}));
}

}  // namespace
}  // namespace podbrief::testing
