#pragma once
#include "bot/cli/commands.hpp"
#include "core/model/time.hpp"

// What `podbrief bench` measures, one file each. Each add_* puts its own subcommand under `bench`.
namespace podbrief::bot {

void add_bench_feeds(CLI::App& bench, Action& action);
void add_bench_ingest(CLI::App& bench, Action& action);
void add_bench_quality(CLI::App& bench, Action& action);
void add_bench_web(CLI::App& bench, Action& action);
void add_bench_webhook(CLI::App& bench, Action& action);

inline double seconds_between(SteadyTime from, SteadyTime to) {
    return static_cast<double>((to - from).count()) / 1000.0;
}

}  // namespace podbrief::bot
