#pragma once
#include "bot/cli/commands.hpp"

namespace podbrief::bot {

// `podbrief bench quality`, below `bench`.
void add_bench_quality(CLI::App& bench, Action& action);

}  // namespace podbrief::bot
