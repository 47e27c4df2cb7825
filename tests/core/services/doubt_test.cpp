// A message of which nobody knows whether it arrived, while clocks differ.
#include <gtest/gtest.h>

#include "core/async/task_scope.hpp"
#include "core/services/composer_writer.hpp"
#include "core/services/delivery_worker.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;

// Takes every message, and does not answer to the first. Its clock is right, whatever ours says.
class SilentAtFirst final : public Messenger {
public:
    explicit SilentAtFirst(Clock& clock) : clock_(clock), began_(clock.steady_now()), right_(clock.wall_now()) {
        traits_.platform = "slack";
        traits_.has_history = true;
    }
    std::vector<std::pair<std::string, WallTime>> messages;  // key, and when it was made
    int looks = 0;

    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override { return {reply}; }
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override {
        messages.emplace_back(message.key, right_ + (clock_.steady_now() - began_));
        if (messages.size() == 1) co_return OutcomeUnknown{"no answer"};
        co_return Sent{std::to_string(messages.size())};
    }
    asio::awaitable<SendOutcome> edit(OutgoingMessage, std::string) override { co_return NotFound{}; }
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override {
        ++looks;
        for (const auto& [key, made_at] : messages) {
            if (key == message.key && made_at >= since) co_return Sent{"1"};
        }
        co_return NotFound{};
    }

private:
    Clock& clock_;
    SteadyTime began_;
    WallTime right_;
    PlatformTraits traits_;
};

class Doubt : public ::testing::Test {
protected:
    Doubt() {
        library.add_sample();
        library.clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 5h);
        DestinationRecord record;
        record.reader = library.reader("anna", "Europe/Berlin").id;  // her hour is 06:00 UTC
        record.address = {"slack", "T1", "C2", ""};
        library.get(library.store.add_destination(record, library.clock.wall_now()));
        chat.emplace(library.clock);
        messengers["slack"] = &*chat;
        DeliveryWorker::Ports ports{
            library.store, library.store, writer, nullptr, messengers, briefs::system_zones(),
            nullptr,       library.clock, random, log,     metrics,    library.context.get_executor()};
        worker = std::make_unique<DeliveryWorker>("host-1", std::move(ports), DeliveryWorker::Settings{});
        tasks.spawn("delivery", worker->run());
    }
    ~Doubt() override {
        tasks.request_stop();
        for (int i = 0; i < 100 && tasks.size() > 0; ++i) {
            settle();
            library.clock.advance_to_next();
        }
        settle();
    }
    void settle() {
        library.context.restart();
        library.context.poll();
    }
    // Until that is so; false: not within 30 hours (what waited for a clock that was ahead waits on).
    template <typename Condition>
    bool run_until(Condition condition) {
        const SteadyTime end = library.clock.steady_now() + 30h;
        for (settle(); !condition() && library.clock.steady_now() < end; settle()) library.clock.advance_to_next();
        return condition();
    }
    void set_clock_by(Millis shift) { library.clock.set_wall(library.clock.wall_now() + shift); }

    ChatLibrary library;
    std::optional<SilentAtFirst> chat;
    Messengers messengers;
    ComposerWriter writer{library.store, library.store, library.composer, library.clock};
    Random random{1};
    NullLog log;
    NullMetrics metrics;
    TaskScope tasks{library.context.get_executor(), [](const std::string&, std::exception_ptr) {}};
    std::unique_ptr<DeliveryWorker> worker;
};

TEST_F(Doubt, OfWhatWasSentWhileOurClockWasAheadEndsWhenItIsFoundThoughTheClockWasSetRight) {
    for (const Millis ahead : {Millis{20s}, Millis{2h}, Millis{25h}}) {
        SCOPED_TRACE(ahead.count());
        const std::size_t before = chat->messages.size();
        chat->messages.clear();
        chat->looks = 0;
        set_clock_by(ahead);
        ASSERT_TRUE(run_until([&] { return !chat->messages.empty(); })) << before;
        set_clock_by(-ahead);
        ASSERT_TRUE(run_until([&] { return chat->looks > 0; }));
        const SteadyTime found = library.clock.steady_now();
        run_until([&] { return library.clock.steady_now() > found + 1h; });
        EXPECT_EQ(chat->messages.size(), 1U);
    }
}

}  // namespace
}  // namespace podbrief::services
