#include <CLI/CLI.hpp>

#include "bot/cli/benches.hpp"

namespace podbrief::bot {

void add_bench(CLI::App& root, Action& action) {
    auto* command = root.add_subcommand("bench", "Measure: transcripts, feeds, and what platforms send");
    command->require_subcommand(1);
    add_bench_ingest(*command, action);
    add_bench_feeds(*command, action);
    add_bench_webhook(*command, action);
}

}  // namespace podbrief::bot
