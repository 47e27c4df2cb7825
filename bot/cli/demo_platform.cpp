#include "bot/cli/demo_platform.hpp"

#include <cstdio>

#include "bot/platforms.hpp"
#include "bot/stage.hpp"
#include "bot/web_server.hpp"

namespace podbrief::bot {
namespace {

struct Act {
    enum class Kind { open, say, press };
    Kind kind = Kind::say;
    std::string text;
};

const std::vector<Act>& play() {
    using Kind = Act::Kind;
    static const std::vector<Act> acts{{Kind::open, ""},
                                       {Kind::say, "chip export controls, remote work"},
                                       {Kind::press, "Skip"},  // the shows
                                       {Kind::press, "7:00"},
                                       {Kind::say, "brief"},
                                       {Kind::say, "more on chip export controls"},
                                       {Kind::say, "other side"},
                                       {Kind::say, "like 1"},
                                       {Kind::say, "settings"}};
    return acts;
}

constexpr Millis step{50};
constexpr int quiet_steps = 8;  // what she did is on its way to us for less
constexpr int most_steps = 400;

// Until all that she did is answered, and all answers are there.
asio::awaitable<void> wait_for_answer(App& app) {
    int quiet = 0;
    for (int i = 0; i < most_steps && quiet < quiet_steps; ++i) {
        co_await app.clock().sleep_for(step);
        const std::size_t open = co_await app.inbox().open_items();
        const OutboxCounts counts = co_await app.outbox().outbox_counts();
        const bool done = open == 0 && counts.ready + counts.dispatching + counts.unknown == 0;
        quiet = done ? quiet + 1 : 0;
    }
}

asio::awaitable<void> perform(App& app, Stage& stage) {
    for (const Act& act : play()) {
        std::string text = act.text;
        switch (act.kind) {
            case Act::Kind::open:
                co_await stage.open();
                break;
            case Act::Kind::say:
                co_await stage.say(std::move(text));
                break;
            case Act::Kind::press:
                co_await stage.press(std::move(text));
                break;
        }
        co_await wait_for_answer(app);
    }
    std::fputs(stage.transcript().c_str(), stdout);
    std::fflush(stdout);
}

}  // namespace

asio::awaitable<void> converse_on(App& app, std::string platform) {
    Stage::Ports ports{app.executor(), app.clock(), app.random(), app.platform_http(), 0};
    const std::unique_ptr<Stage> stage = Stage::of(platform, std::move(ports));
    const std::string mode = stage->modes().front();
    const LoadedSettings loaded = parse_settings(stage->settings(mode, ""), "the double", ".", process_environment());
    app.adopt_platforms(loaded.settings);
    const Platforms platforms(app);
    std::string chosen = mode;
    std::vector<NamedTask> tasks;
    stage->add_tasks(tasks);
    tasks.push_back({"delivery", app.delivery().run()});
    tasks.push_back({"reception", app.reception().run()});
    platforms.add_tasks(tasks);
    tasks.push_back({"set up", [](App& a, Stage& s, const Platforms& p, std::string how) -> asio::awaitable<void> {
                         std::string none;
                         co_await s.connect(std::move(how), std::move(none));
                         for (const Platforms::Entry& entry : p.entries()) {
                             if (entry.setup) co_await entry.setup();
                         }
                         co_await perform(a, s);
                     }(app, *stage, platforms, std::move(chosen))});
    co_await until_first_ends(std::move(tasks));
}

}  // namespace podbrief::bot
