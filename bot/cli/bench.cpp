#include <CLI/CLI.hpp>

#include "bot/cli/benches.hpp"

namespace podbrief::bot {

void add_bench(CLI::App& root, Action& action) {
    auto* command = root.add_subcommand(
        "bench", "Measure: transcripts, feeds, what platforms send, the web pages, how good it all is");
    command->require_subcommand(1);
    add_bench_ingest(*command, action);
    add_bench_feeds(*command, action);
    add_bench_web(*command, action);
    add_bench_webhook(*command, action);
    add_bench_quality(*command, action);
}

}  // namespace podbrief::bot
