#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bot/cli/bench_quality.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/ingest.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/feeds/parse.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

double seconds_between(SteadyTime from, SteadyTime to) {
    return static_cast<double>((to - from).count()) / 1000.0;
}

// The whole way of the data, from files on disk to the search index: each folder below `corpus` is a podcast.
asio::awaitable<int> bench_ingest(App& app, fs::path corpus, bool json) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(corpus)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    if (folders.empty()) folders.push_back(corpus);

    const SteadyTime start = app.clock().steady_now();
    for (const auto& folder : folders) {
        for (const auto& line : co_await app.subscriber().add_source(folder.string())) {
            if (!line.ok) throw ExitError(exit_bad_data, line.problem);
        }
    }
    const SteadyTime listed = app.clock().steady_now();
    Progress progress(app.clock(), false, true);
    co_await ingest_once(app, progress);
    const double reading = seconds_between(listed, app.clock().steady_now());
    const double hours = static_cast<double>(progress.talk().count()) / 3'600'000.0;
    const auto memory = system::memory_in_use();
    if (json) {
        const nlohmann::json report = {{"episodes", progress.episodes()},
                                       {"insights", progress.insights()},
                                       {"talk_h", hours},
                                       {"listing_s", seconds_between(start, listed)},
                                       {"reading_s", reading},
                                       {"talk_h_per_min", hours / reading * 60},
                                       {"threads", system::core_count()},
                                       {"peak_rss_mib", static_cast<double>(memory.peak) / (1 << 20)}};
        std::puts(report.dump(2).c_str());
        co_return 0;
    }
    std::printf("%zu episodes, %.1f h of talk, %zu insights in the store and the index\n", progress.episodes(), hours,
                progress.insights());
    std::printf("listing %.2f s, reading %.2f s: %.0f hours of talk a minute on %zu threads, peak memory %.0f MiB\n",
                seconds_between(start, listed), reading, hours / reading * 60, system::core_count(),
                static_cast<double>(memory.peak) / (1 << 20));
    co_return 0;
}

std::vector<std::string> feeds_below(const fs::path& path) {
    std::vector<fs::path> files;
    if (fs::is_directory(path)) {
        for (const auto& entry : fs::recursive_directory_iterator(path)) {
            if (entry.path().extension() == ".xml") files.push_back(entry.path());
        }
    } else {
        files.push_back(path);
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> bodies;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        bodies.push_back(std::move(bytes).str());
    }
    return bodies;
}

// Feed bytes to episodes, on one thread, again and again for about `seconds`.
int bench_feeds(const fs::path& path, double seconds, bool json) {
    if (!fs::exists(path)) throw ExitError(exit_no_input, path.string() + ": no such file or folder");
    const auto bodies = feeds_below(path);
    if (bodies.empty()) throw ExitError(exit_no_input, path.string() + ": no .xml files there");
    const system::RealClock clock;
    feeds::ParseOptions options;
    options.url = "https://example.com/feed.xml";
    options.now = clock.wall_now();
    std::size_t bytes = 0;
    std::size_t episodes = 0;
    std::size_t mended = 0;
    const SteadyTime start = clock.steady_now();
    double taken = 0;
    while (taken < seconds) {
        for (const auto& body : bodies) {
            const auto parsed = feeds::parse_feed(body, options);
            if (!parsed) continue;
            bytes += body.size();
            episodes += parsed->episodes.size();
            mended += parsed->recovered ? 1 : 0;
        }
        taken = seconds_between(start, clock.steady_now());
    }
    const double rate = static_cast<double>(bytes) / 1e6 / taken;
    if (json) {
        const nlohmann::json report = {
            {"files", bodies.size()}, {"mb_per_s", rate}, {"episodes", episodes}, {"mended", mended}};
        std::puts(report.dump(2).c_str());
    } else {
        std::printf("%zu feeds, %.0f MB parsed to %zu episodes in %.2f s: %.0f MB/s on one thread\n", bodies.size(),
                    static_cast<double>(bytes) / 1e6, episodes, taken, rate);
    }
    return 0;
}

}  // namespace

void add_bench(CLI::App& root, Action& action) {
    struct Options {
        std::string path;
        double seconds = 3;
    };
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand("bench", "Measure: how fast transcripts and feeds are read");
    command->require_subcommand(1);
    add_bench_quality(*command, action);

    auto* ingest = command->add_subcommand("ingest", "Transcripts of a folder, through engine, store and index");
    ingest->add_option("folder", options->path, "Folder with one folder of transcripts a show")->required();
    ingest->callback([options, &action] {
        action = [options](const Globals& globals) {
            if (!fs::is_directory(options->path)) throw ExitError(exit_no_input, options->path + ": no such folder");
            std::string pattern = (fs::temp_directory_path() / "podbrief-bench-XXXXXX").string();
            if (::mkdtemp(pattern.data()) == nullptr)
                throw ExitError(exit_cannot_create, "cannot make a temporary folder");
            Settings settings = settings_of(globals);
            settings.store.path = fs::path(pattern) / "podbrief.db";
            settings.polling.first_episodes = 500;
            settings.log.level = LogLevel::warning;
            const int code = with_app(settings, StoreUse::alone, [&](App& app) {
                return bench_ingest(app, fs::absolute(options->path), globals.json);
            });
            fs::remove_all(pattern);
            return code;
        };
    });

    auto* feeds = command->add_subcommand("feeds", "Feeds of a file or folder, bytes to episodes");
    feeds->add_option("path", options->path, "Feed file, or folder with feeds")->required();
    feeds->add_option("--seconds", options->seconds, "How long (default: 3)")->check(CLI::Range(0.1, 60.0));
    feeds->callback([options, &action] {
        action = [options](const Globals& globals) {
            return bench_feeds(options->path, options->seconds, globals.json);
        };
    });
}

}  // namespace podbrief::bot
