#include "bot/serve.hpp"

#include "bot/status_server.hpp"
#include "core/async/until_first_ends.hpp"

namespace podbrief::bot {

asio::awaitable<int> serve(App& app) {
    co_await app.indexer().catch_up();
    app.log().info("serving", {{"store", app.settings().store.path.string()},
                               {"insights", std::to_string(app.index().size())},
                               {"listen", app.settings().server.listen},
                               {"worker", app.delivery().name()}});
    StatusServer status(app);  // refuses a port in use before anything runs
    const auto new_episodes = [&app] { app.pipeline().wake(); };
    std::vector<NamedTask> tasks;
    tasks.push_back({"poller", app.poller().run(new_episodes)});
    tasks.push_back({"pipeline", app.pipeline().run()});
    tasks.push_back({"delivery", app.delivery().run()});
    tasks.push_back({"status server", status.run()});
    co_await until_first_ends(std::move(tasks));
    co_return 0;
}

}  // namespace podbrief::bot
