#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/sqlite/database.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "core/commands/inert.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> examine(App& app, bool json) {
    co_await app.database().check();  // throws StoreFailure when the file is damaged
    const auto counts = co_await app.library().counts();
    co_await app.indexer().catch_up();
    std::size_t failing = 0;
    const auto subscriptions = co_await app.library().subscriptions();
    for (const auto& subscription : subscriptions) failing += subscription.poll.consecutive_failures > 0 ? 1 : 0;
    if (json) {
        nlohmann::json report = {{"store", app.settings().store.path.string()},
                                 {"integrity", "ok"},
                                 {"podcasts", counts.podcasts},
                                 {"podcasts_failing", failing},
                                 {"episodes", counts.episodes},
                                 {"transcripts", counts.transcripts},
                                 {"insights", counts.insights},
                                 {"insights_in_index", app.index().size()}};
        for (const auto& [state, count] : counts.episodes_by_state) {
            report["episodes_by_state"][std::string(to_string(state))] = count;
        }
        std::puts(report.dump(2).c_str());
        co_return 0;
    }
    std::printf("store      %s: sound\n", app.settings().store.path.c_str());
    std::printf("podcasts   %lld, %zu failing\n", static_cast<long long>(counts.podcasts), failing);
    std::printf("episodes   %lld", static_cast<long long>(counts.episodes));
    for (const auto& [state, count] : counts.episodes_by_state) {
        std::printf(", %lld %s", static_cast<long long>(count), std::string(to_string(state)).c_str());
    }
    std::printf("\ninsights   %lld, %zu in the search index\n", static_cast<long long>(counts.insights),
                app.index().size());
    for (const auto& [podcast, poll] : subscriptions) {
        if (poll.consecutive_failures == 0) continue;
        std::printf("failing    %s: %s\n",
                    commands::inert(podcast.title.empty() ? podcast.feed_url : podcast.title).c_str(),
                    poll.last_error.c_str());
    }
    co_return 0;
}

}  // namespace

void add_doctor(CLI::App& root, Action& action) {
    root.add_subcommand("doctor", "Check the store and say how podcasts and episodes are doing")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return examine(app, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
