#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace podbrief::bot::bench {

// podbrief as `serve` runs it, on a store of its own full of invented insights, with all three platforms by HTTP; a few
// paths more say how it is to keep what comes in, and what it counted:
//   POST /bench/answer-at-once, POST /bench/keep    begins to count anew
//   GET /bench/figures    {"answers", "with_insights", "peak_rss_mib", "cpu_s", "writes", "commits"}
struct ServerPlan {
    std::filesystem::path store;  // a file that is not there yet
    std::string platforms_url;    // "http://127.0.0.1:5000": where all platforms' APIs are
    std::size_t insights = 100'000;
    std::size_t people = 1'000;  // known before, on each platform
    std::uint64_t seed = 1;
};
struct ServerAddress {
    std::uint16_t port = 0;
    std::string telegram_path;
    double filling_s = 0;
};

// Until SIGTERM; gives the exit code. `ready` hears when it listens.
int run_measured_server(const ServerPlan& plan, const std::function<void(const ServerAddress&)>& ready);

}  // namespace podbrief::bot::bench
