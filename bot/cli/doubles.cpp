#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "adapters/http/server.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "bot/stage.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string platform;
    std::string mode;     // empty: the first of the platform's
    std::string our_url;  // of podbrief's server, for the modes that need it
    std::string write;    // where the configuration goes; empty: standard output
    std::uint16_t port = 0;
    std::uint16_t people_port = 0;
};

// What the person does and sees, by HTTP: POST /open, /connect, /say, /slash, /press (the body is the text or the
// label), GET /transcript.
asio::awaitable<ServerResponse> act(Stage& stage, const Options& options, ServerRequest request) {
    const std::string path(request.path());
    if (path == "/transcript") co_return text_response(200, stage.transcript());
    if (request.method != "POST") co_return text_response(405, "POST it\n");
    if (path == "/connect") {
        std::string mode = options.mode;
        std::string url = options.our_url;
        co_await stage.connect(std::move(mode), std::move(url));
    } else if (path == "/open") {
        co_await stage.open();
    } else if (path == "/say") {
        co_await stage.say(std::move(request.body));
    } else if (path == "/slash") {
        co_await stage.slash(std::move(request.body));
    } else if (path == "/press") {
        const bool pressed = co_await stage.press(std::move(request.body));
        if (!pressed) co_return text_response(404, "no such button\n");
    } else {
        co_return text_response(404, "not here; try /open, /say, /slash, /press or /transcript\n");
    }
    co_return text_response(200, "done\n");
}

void write_settings(const Stage& stage, const Options& options) {
    const std::string settings = stage.settings(options.mode, options.our_url);
    if (options.write.empty()) {
        std::printf("# podbrief --config FILE serve, with this in FILE:\n%s\n", settings.c_str());
        return;
    }
    std::ofstream out(options.write, std::ios::binary);
    out << settings;
    if (!out.flush()) throw ExitError(exit_cannot_create, fmt::format("cannot write {}", options.write));
}

asio::awaitable<int> run_double(App& app, Options options) {
    Stage::Ports ports{app.executor(), app.clock(), app.random(), app.platform_http(), options.port};
    const std::unique_ptr<Stage> stage = Stage::of(options.platform, std::move(ports));
    if (options.mode.empty()) options.mode = stage->modes().front();
    const std::vector<std::string> modes = stage->modes();
    if (std::find(modes.begin(), modes.end(), options.mode) == modes.end()) {
        throw ExitError(exit_usage, fmt::format("{} has no mode \"{}\": {} or {}", options.platform, options.mode,
                                                modes.front(), modes.back()));
    }
    write_settings(*stage, options);
    net::ServerOptions people;
    people.port = options.people_port;
    people.message_deadline = Millis{60'000};
    Options chosen = options;
    net::Server server(app.executor(), app.clock(), people,
                       [&stage, chosen](ServerRequest request) { return act(*stage, chosen, std::move(request)); });
    std::printf("people http://127.0.0.1:%u\n", static_cast<unsigned>(server.port()));
    std::fflush(stdout);
    std::vector<NamedTask> tasks;
    stage->add_tasks(tasks);
    tasks.push_back({"people", server.run()});
    co_await until_first_ends(std::move(tasks));
    co_return 0;
}

}  // namespace

void add_doubles(CLI::App& root, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand(
        "doubles",
        "Stand in for a platform on loopback, with one person in front of it; for trying things without an "
        "account");
    command->add_option("--platform", options->platform, "slack, telegram or discord")->required();
    command->add_option("--mode", options->mode, "How podbrief hears of what people do there");
    command->add_option("--url", options->our_url, "Where podbrief's server is reached, for modes that need it");
    command->add_option("--write", options->write, "Write the configuration for podbrief into this file");
    command->add_option("--port", options->port, "Of the double (default: any free one)");
    command->add_option("--people-port", options->people_port, "Of what the person does and sees");
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            Settings settings = settings_of(globals);
            const Scratch scratch;
            settings.store.path = scratch.path() / "podbrief.db";
            settings.log.level = LogLevel::warning;
            settings.network.allow = {"127.0.0.0/8"};
            return with_app(settings, StoreUse::together, [&](App& app) { return run_double(app, *options); }, exit_ok);
        };
    });
}

}  // namespace podbrief::bot
