#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/system/real_clock.hpp"
#include "bot/cli/benches.hpp"
#include "bot/exit_codes.hpp"
#include "core/feeds/parse.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

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

void add_bench_feeds(CLI::App& bench, Action& action) {
    struct Options {
        std::string path;
        double seconds = 3;
    };
    auto options = std::make_shared<Options>();
    auto* command = bench.add_subcommand("feeds", "Feeds of a file or folder, bytes to episodes");
    command->add_option("path", options->path, "Feed file, or folder with feeds")->required();
    command->add_option("--seconds", options->seconds, "How long (default: 3)")->check(CLI::Range(0.1, 60.0));
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            return bench_feeds(options->path, options->seconds, globals.json);
        };
    });
}

}  // namespace podbrief::bot
