#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/benches.hpp"
#include "bot/cli/ingest.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

void add_bench_ingest(CLI::App& bench, Action& action) {
    auto folder = std::make_shared<std::string>();
    auto* command = bench.add_subcommand("ingest", "Transcripts of a folder, through engine, store and index");
    command->add_option("folder", *folder, "Folder with one folder of transcripts a show")->required();
    command->callback([folder, &action] {
        action = [folder](const Globals& globals) {
            if (!fs::is_directory(*folder)) throw ExitError(exit_no_input, *folder + ": no such folder");
            const Scratch scratch;
            Settings settings = settings_of(globals);
            settings.store.path = scratch.path() / "podbrief.db";
            settings.polling.first_episodes = 500;
            settings.log.level = LogLevel::warning;
            return with_app(settings, StoreUse::alone,
                            [&](App& app) { return bench_ingest(app, fs::absolute(*folder), globals.json); });
        };
    });
}

}  // namespace podbrief::bot
