#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bot/cli/chat.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/demo_platform.hpp"
#include "bot/cli/ingest.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "bot/sample_server.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/briefs/profile.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

// Where the sample library may lie: in the source tree we are run from, or installed beside the binary.
fs::path find_sample() {
    std::error_code ignored;
    const fs::path binary = fs::read_symlink("/proc/self/exe", ignored);
    const fs::path places[] = {"tests/data/sample", binary.parent_path() / "../../tests/data/sample",
                               binary.parent_path() / "../share/podbrief/sample"};
    for (const auto& place : places) {
        if (fs::exists(place / "feeds", ignored)) return fs::weakly_canonical(place);
    }
    throw ExitError(exit_no_input,
                    "the sample library is not here: run the demo from the source tree, or name its folder "
                    "with --library");
}

std::vector<std::string> script_of(const fs::path& sample) {
    std::vector<std::string> lines;
    std::ifstream in(sample / "conversation.txt");
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#') lines.push_back(line);
    }
    return lines;
}

void headline(const std::string& text) {
    if (system::output_is_terminal()) {
        std::printf("\n\x1b[1m%s\x1b[0m\n\n", text.c_str());
    } else {
        std::printf("\n%s\n\n", text.c_str());
    }
    std::fflush(stdout);
}

asio::awaitable<void> fill_library(App& app, const SampleServer& server, fs::path sample) {
    headline("1. New podcasts: ten invented shows, served on " + server.base_url() + " and from a local folder");
    for (const auto& url : server.feed_urls()) {
        for (const auto& line : co_await app.subscriber().add_source(url)) {
            if (!line.ok) std::printf("not added: %s\n", line.problem.c_str());
        }
    }
    co_await app.subscriber().add_source((sample / "local").string());
    const auto subscriptions = co_await app.library().subscriptions();
    for (const auto& [podcast, poll] : subscriptions) std::printf("  %s\n", podcast.title.c_str());

    headline("2. Their transcripts, read and turned into insights");
    Progress progress(app.clock(), system::output_is_terminal(), false);
    co_await ingest_once(app, progress);
    progress.finish();
}

asio::awaitable<void> show(App& app, const SampleServer& server, fs::path sample) {
    co_await fill_library(app, server, sample);
    headline("3. A reader who follows chip export controls and remote work gets today's brief");
    const std::string name = "you";
    Reader reader = co_await reader_for(app, name, true);
    briefs::follow_topic(reader.profile, "chip export controls");
    briefs::follow_topic(reader.profile, "remote work");
    co_await app.readers().save(reader);

    if (system::input_is_terminal() && system::output_is_terminal()) {
        std::vector<std::string> opening = {"brief"};
        co_await play_conversation(app, name, std::move(opening));
        headline("4. Your turn. Try: more on chip export controls");
        co_await chat_on_terminal(app, name);
    } else {
        auto script = script_of(sample);
        co_await play_conversation(app, name, std::move(script));
    }
}

asio::awaitable<void> show_on(App& app, const SampleServer& server, fs::path sample, std::string platform) {
    co_await fill_library(app, server, sample);
    headline("3. The same on " + platform + ": a stand-in for it on loopback, the real adapter, and Ann");
    co_await converse_on(app, std::move(platform));
}

asio::awaitable<int> demo(App& app, fs::path sample, std::string platform) {
    SampleServer server(app, sample);
    std::vector<NamedTask> tasks;
    if (platform.empty()) {
        tasks.push_back({"show", show(app, server, sample)});
    } else {
        tasks.push_back({"show", show_on(app, server, sample, std::move(platform))});
    }
    tasks.push_back({"sample server", server.run()});
    co_await until_first_ends(std::move(tasks));
    co_return 0;
}

}  // namespace

void add_demo(CLI::App& root, Action& action) {
    auto library = std::make_shared<std::string>();
    auto platform = std::make_shared<std::string>();
    auto* command = root.add_subcommand("demo", "See the whole job on a small sample library; nothing is kept");
    command->add_option("--library", *library, "Folder of the sample library")->type_name("DIR");
    command->add_option("--platform", *platform, "Talk by way of slack, telegram or discord (a stand-in on loopback)")
        ->type_name("NAME");
    command->callback([library, platform, &action] {
        action = [library, platform](const Globals& globals) {
            const fs::path sample = library->empty() ? find_sample() : fs::path(*library);
            const Scratch scratch;
            Globals here = globals;
            here.data_dir = scratch.path();
            Settings settings = settings_of(here);
            settings.store.path = scratch.path() / "podbrief.db";
            settings.network.allow = {"127.0.0.0/8"};  // the sample server
            settings.log.level = LogLevel::warning;
            return with_app(settings, StoreUse::alone, [&](App& app) { return demo(app, sample, *platform); });
        };
    });
}

}  // namespace podbrief::bot
