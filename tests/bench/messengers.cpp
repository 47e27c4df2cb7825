// What a message costs in the simulated world: messenger, virtual waits and platform model, 100 under way at a time.
#include <benchmark/benchmark.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {
namespace {

OutgoingMessage brief(const Destination& to, int number) {
    OutgoingMessage out;
    out.to = to;
    out.key = "aaaaaaaaaaaaaaaa" + std::to_string(10'000'000 + number);
    out.content.blocks = {Heading{"Your brief"}};
    for (int i = 1; i <= 5; ++i) {
        InsightCard card;
        card.number = i;
        card.text =
            "Somebody claimed that prices fall when there is more of a thing than is wanted, and gave a reason.";
        card.show = "A show";
        card.link = "https://example.com/episodes/1?t=1234";
        out.content.blocks.emplace_back(card);
    }
    return out;
}

template <class Model, class AMessenger>
void post(benchmark::State& state, Destination to) {
    asio::io_context context{1};
    ManualClock clock;
    Random random(1);
    Trouble trouble(random);
    Model model;
    AMessenger messenger(model, Line{clock, clock, trouble, {}});
    int number = 0;
    int made = 0;
    auto keep = [&](std::exception_ptr, SendOutcome outcome) {
        if (std::holds_alternative<Sent>(outcome)) ++made;
    };
    for (auto _ : state) {
        for (int i = 0; i < 100; ++i) {
            to.chat = std::to_string(1'000 + number % 5'000);
            if (to.platform == "slack") to.workspace = "T" + std::to_string(number % 50);
            model.add_chat(to.workspace, to.chat);
            asio::co_spawn(context, messenger.post(brief(to, number++)), keep);
            clock.advance(Millis{40});
            context.restart();
            context.poll();
        }
        while (clock.advance_to_next()) {
            context.restart();
            context.poll();
        }
    }
    state.SetItemsProcessed(number);
    state.counters["sent"] = static_cast<double>(made) / number;
}

void slack(benchmark::State& state) {
    post<SlackModel, SlackMessenger>(state, {"slack", "T1", "", ""});
}
void discord(benchmark::State& state) {
    post<DiscordModel, DiscordMessenger>(state, {"discord", "1", "", ""});
}
void telegram(benchmark::State& state) {
    post<TelegramModel, TelegramMessenger>(state, {"telegram", "", "", ""});
}
BENCHMARK(slack);
BENCHMARK(discord);
BENCHMARK(telegram);

}  // namespace
}  // namespace podbrief::testing
