#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

// Whatever goes wrong: what a messenger calls sent is there, what it calls not sent never appears.
template <class Model, class AMessenger>
void tells_the_truth(const Destination& to, const std::string& token, std::uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    asio::io_context context{1};
    ManualClock clock;
    Random random(seed);
    Trouble trouble(random);
    for (std::size_t i = 1; i < fault_kinds; ++i) trouble.set_chance(static_cast<FaultKind>(i), 0.03);
    Model model;
    model.add_chat(to.workspace, to.chat);
    AMessenger messenger(model, Line{clock, clock, trouble, {}});
    std::map<std::string, SendOutcome> outcomes;
    for (int i = 0; i < 300; ++i) {
        OutgoingMessage message;
        message.to = to;
        message.key = "key-" + std::to_string(100'000 + i);
        message.content.blocks = {Paragraph{"hello"}};
        bool done = false;
        auto keep = [&](std::exception_ptr, SendOutcome outcome) {
            outcomes[message.key] = std::move(outcome);
            done = true;
        };
        asio::co_spawn(context, messenger.post(message), keep);
        while (context.restart(), context.poll(), !done) clock.advance_to_next();
        model.restore(token, clock.wall_now());
        model.set_access(to.workspace, to.chat, Access::open, clock.wall_now());
        clock.advance(3h);
    }
    model.settle(clock.wall_now() + 1h);
    int sent = 0;
    int unknown = 0;
    for (const auto& [key, outcome] : outcomes) {
        const auto seen = model.with_tag(key).size();
        if (std::holds_alternative<Sent>(outcome)) {
            ++sent;
            EXPECT_EQ(seen, 1U) << key;
        } else if (std::holds_alternative<OutcomeUnknown>(outcome)) {
            ++unknown;
            EXPECT_LE(seen, 1U) << key;
        } else {
            EXPECT_EQ(seen, 0U) << key << " kind " << outcome.index();
        }
    }
    EXPECT_GT(sent, 50);
    EXPECT_GT(unknown, 20);
    EXPECT_EQ(model.counters().calls_inside_retry_after, 0U);
}

TEST(Truth, OfWhatMessengersSay) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        tells_the_truth<SlackModel, SlackMessenger>({"slack", "T1", "C1", ""}, "T1", seed);
        tells_the_truth<DiscordModel, DiscordMessenger>({"discord", "1", "2", ""}, "", seed);
        tells_the_truth<TelegramModel, TelegramMessenger>({"telegram", "", "42", ""}, "", seed);
    }
}

}  // namespace
}  // namespace podbrief::testing
