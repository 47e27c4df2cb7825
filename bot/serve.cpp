#include "bot/serve.hpp"

#include "bot/embeddings.hpp"
#include "bot/operator_facts.hpp"
#include "bot/platforms.hpp"
#include "bot/transcription.hpp"
#include "bot/web_server.hpp"

namespace podbrief::bot {

asio::awaitable<int> serve(App& app) {
    app.indexer().tell(app.catalogue());
    app.indexer().tell_later();
    co_await app.indexer().catch_up();
    Platforms platforms(app);
    const Platforms::Entry* telegram = platforms.named("telegram");
    std::function<std::string()> telegram_bot;
    if (telegram != nullptr) telegram_bot = telegram->bot_name;
    WebServer web(app, platforms.routes(), std::move(telegram_bot),
                  operator_facts(app, platforms));  // refuses a port in use before anything runs
    std::string on;
    for (const Platforms::Entry& entry : platforms.entries()) {
        on += (on.empty() ? "" : ", ") + entry.name + " (" + entry.mode + ")";
    }
    if (on.empty()) on = "none";
    app.log().info("serving", {{"store", app.settings().store.path.string()},
                               {"insights", std::to_string(app.index().size())},
                               {"listen", app.settings().server.listen},
                               {"platforms", on},
                               {"worker", app.delivery().name()}});
    const auto new_episodes = [&app] { app.pipeline().wake(); };
    std::vector<NamedTask> tasks;
    tasks.push_back({"poller", app.poller().run(new_episodes)});
    tasks.push_back({"pipeline", app.pipeline().run()});
    tasks.push_back({"index snapshot", app.indexer().keep_saved(app.clock())});
    tasks.push_back({"relations", app.judge().run()});
    tasks.push_back({"talk indexer", app.talks().run()});
    tasks.push_back({"delivery", app.delivery().run()});
    tasks.push_back({"reception", app.reception().run()});
    if (app.transcription() != nullptr) {
        const auto ready = [&app] { app.pipeline().wake(); };
        tasks.push_back({"transcription", app.transcription()->desk().run(ready)});
    }
    if (app.embeddings() != nullptr) tasks.push_back({"embeddings", app.embeddings()->indexer().run()});
    platforms.add_tasks(tasks);
    tasks.push_back({"web server", web.run()});
    co_await until_first_ends(std::move(tasks));
    co_return 0;
}

}  // namespace podbrief::bot
