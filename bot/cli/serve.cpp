#include <CLI/CLI.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/status_server.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/services/brief_schedule.hpp"

namespace podbrief::bot {
namespace {

// The long-running parts; each runs until it is cancelled, and all are when one fails.
asio::awaitable<int> serve(App& app) {
    co_await app.indexer().catch_up();
    app.log().info("serving", {{"store", app.settings().store.path.string()},
                               {"insights", std::to_string(app.index().size())},
                               {"listen", app.settings().server.listen}});
    services::BriefSchedule schedule(app.readers(), app.composer(), app.clock(), app.log(), app.metrics());
    StatusServer status(app);  // refuses a port in use before anything runs
    const auto new_episodes = [&app] { app.pipeline().wake(); };
    std::vector<NamedTask> tasks;
    tasks.push_back({"poller", app.poller().run(new_episodes)});
    tasks.push_back({"pipeline", app.pipeline().run()});
    tasks.push_back({"brief schedule", schedule.run()});
    tasks.push_back({"status server", status.run()});
    co_await until_first_ends(std::move(tasks));
    co_return 0;
}

}  // namespace

void add_serve(CLI::App& root, Action& action) {
    root.add_subcommand("serve", "Run for good: poll, read, compose the briefs when they are due")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::alone, [](App& app) { return serve(app); }, exit_ok);
        };
    });
}

}  // namespace podbrief::bot
