#include <CLI/CLI.hpp>
#include <cstdio>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::bot {
namespace {

constexpr std::size_t most_counted = 100'000;

// The correcting is done by `serve`: the withdrawal stays open until its corrections are in the outbox.
asio::awaitable<int> withdraw(App& app, std::int64_t number, std::string reason) {
    const InsightId insight{number};
    const std::vector<InsightDetail> known = co_await app.library().details(std::vector<InsightId>(1, insight));
    const std::vector<Delivery> sent = co_await app.outbox().sent_with(insight, most_counted);
    const bool done = co_await app.outbox().withdraw(insight, std::move(reason), app.clock().wall_now());
    if (!done) {
        throw ExitError(exit_no_input,
                        known.empty()
                            ? fmt::format("there is no insight {}: podbrief explain shows the numbers of a brief's "
                                          "insights, and so does --json of brief and ask",
                                          number)
                            : fmt::format("insight {} was withdrawn before, or its episode was read again", number));
    }
    std::string effect = "No message that was sent shows it; whoever saw it elsewhere is told by their next brief.";
    if (!sent.empty()) {
        effect = fmt::format("podbrief serve corrects {}, within a minute when it runs.",
                             commands::counted(sent.size(), "message", "messages"));
    }
    std::printf("Withdrawn. %s\n", effect.c_str());
    co_return 0;
}

}  // namespace

void add_withdraw(CLI::App& root, Action& action) {
    struct Options {
        std::int64_t insight = 0;
        std::string reason;
    };
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand(
        "withdraw", "Take an insight back: it is not shown any more, and messages that show it are corrected");
    command->add_option("insight", options->insight, "Its number, as explain and --json give it")
        ->required()
        ->type_name("ID");
    command->add_option("--reason", options->reason, "One line for the readers")->required()->type_name("TEXT");
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return withdraw(app, options->insight, options->reason); });
        };
    });
}

}  // namespace podbrief::bot
