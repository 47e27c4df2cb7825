#include "bot/cli/benches.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <map>

#include "bot/exit_codes.hpp"
#include "bot/quality/parts.hpp"

namespace podbrief::bot {
namespace {

using Part = std::function<std::vector<quality::Table>(const quality::Options&)>;

const std::map<std::string, Part>& parts() {
    static const std::map<std::string, Part> all = {
        {"extraction", quality::measure_extraction}, {"index", quality::measure_index},
        {"insights", quality::measure_insights},     {"readers", quality::measure_readers},
        {"retrieval", quality::measure_retrieval},   {"seed-page", quality::measure_seed_page},
        {"seed-labels", quality::measure_seed},      {"sides", quality::measure_sides},
        {"words", quality::measure_other_words},
    };
    return all;
}

int bench_quality(const quality::Options& options, const std::vector<std::string>& only, bool json) {
    if (!std::filesystem::is_directory(options.data)) {
        throw ExitError(exit_no_input,
                        options.data.string() + ": no such folder; give the one that holds the benchmarks");
    }
    if (options.runs) std::filesystem::create_directories(*options.runs);
    std::vector<quality::Table> tables;
    for (const auto& [name, part] : parts()) {
        if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end()) continue;
        for (auto& table : part(options)) {
            if (!json) std::printf("%s\n", quality::to_markdown(table).c_str());
            std::fflush(stdout);
            tables.push_back(std::move(table));
        }
    }
    if (json) std::puts(quality::to_json(tables).c_str());
    return 0;
}

}  // namespace

void add_bench_quality(CLI::App& bench, Action& action) {
    auto options = std::make_shared<quality::Options>();
    auto only = std::make_shared<std::vector<std::string>>();
    auto* command = bench.add_subcommand("quality", "How good the insights, the answers and the briefs are");
    command->add_option("folder", options->data, "Folder with the benchmarks: qmsum, changelog, seed-page")->required();
    std::vector<std::string> names;
    for (const auto& [name, part] : parts()) names.push_back(name);
    command->add_option("--part", *only, "Only these parts")->check(CLI::IsMember(names));
    command->add_option("--split", options->split, "Of qmsum (default: val)")->check(CLI::IsMember({"train", "val"}));
    command->add_option("--insights", options->insights, "Of the library whose index is measured (default: 100000)")
        ->check(CLI::Range(1'000, 2'000'000));
    command->add_option("--runs", options->runs, "Leave the runs here, for the scorers beside the data");
    command->add_option("--appendix", options->appendix, "Write 50 of the insights to this file, for reading");
    command->add_option("--candidates", options->candidates,
                        "Write all that may become insights to this file, for labelling and learning");
    command->add_option("--sides", options->sides, "A reader's labels of sides (tests/bench/stance/labels.tsv)");
    command->add_option("--more", options->more, "More episodes for --sides (tests/bench/stance/lay_out.py)");
    command->add_option("--pairs", options->pairs, "Write what is found on topics to this file, for labelling");
    command->callback([options, only, &action] {
        action = [options, only](const Globals& globals) { return bench_quality(*options, *only, globals.json); };
    });
}

}  // namespace podbrief::bot
