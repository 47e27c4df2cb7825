#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "bot/quality/table.hpp"

// What `podbrief bench quality` measures, each part by itself.
namespace podbrief::bot::quality {

struct Options {
    std::filesystem::path data;                       // folder that holds qmsum, changelog and seed-page
    std::string split = "val";                        // of qmsum: tuned on "train", reported on "val"
    std::optional<std::filesystem::path> runs;        // where to leave runs for the scorers beside the data
    std::size_t insights = 100'000;                   // in the library whose index is measured
    std::optional<std::filesystem::path> appendix;    // where to write 50 insights, for people to read
    std::optional<std::filesystem::path> candidates;  // where to write all that may become insights, for labelling
    std::optional<std::filesystem::path> sides;       // labels.tsv of tests/bench/stance; none: sides are not scored
    std::optional<std::filesystem::path> more;        // episodes beside those of changelog (tests/bench/stance)
    std::optional<std::filesystem::path> pairs;       // where to write what is found on topics, for labelling
};

// Passages for a question about one meeting (qmsum) and for a topic among 120 episodes (changelog).
std::vector<Table> measure_retrieval(const Options& options);

// Extractive answers and summaries of meetings (qmsum) beside the usual baselines.
std::vector<Table> measure_extraction(const Options& options);

// What is wrong with the built-in engine's insights on 120 episodes (changelog), and how well adverts are told.
std::vector<Table> measure_insights(const Options& options);

// How long `more on X` takes over 100,000 insights cut from real talk (changelog), what the index takes of memory, and
// how long a start takes. Fills a store in a temporary folder, which goes afterwards.
std::vector<Table> measure_index(const Options& options);
// Where the insights that belong to one page come among 3,000 of other topics (seed-page), by words, meaning, feedback.
std::vector<Table> measure_seed_page(const Options& options);
// Stance, merging, name repair and the stand-alone gate on the seed page, whose labels are a reader's.
std::vector<Table> measure_seed(const Options& options);
// Insights found by another word than theirs: a synonym or a wider one (changelog, and claims of other fields).
std::vector<Table> measure_other_words(const Options& options);
// What briefs are worth to simulated readers over two weeks, beside random, newest and most liked ones (changelog).
std::vector<Table> measure_readers(const Options& options);
// Which side insights take on what people ask for (changelog), beside a reader's labels; nothing without labels.
std::vector<Table> measure_sides(const Options& options);

}  // namespace podbrief::bot::quality
