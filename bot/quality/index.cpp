#include <fmt/format.h>

#include <limits>

#include "adapters/index/snapshot_file.hpp"
#include "bot/app.hpp"
#include "bot/bench/library.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/exit_codes.hpp"
#include "bot/quality/full_text.hpp"
#include "bot/quality/parts.hpp"
#include "bot/quality/stop_watch.hpp"
#include "bot/quality/talk_insights.hpp"
#include "core/search/find.hpp"

namespace podbrief::bot::quality {
namespace {

constexpr std::uint64_t seed = 20'260'601;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// As the answer to `more on` asks (core/services/responder_lists.cpp).
search::FindOptions options_of_an_answer(WallTime now) {
    search::FindOptions options;
    options.limit = 40;
    options.now = now;
    return options;
}

struct Stages {
    Durations understanding;
    Durations finding;
    Durations both;
    std::size_t found = 0;  // questions with at least one hit
};

Stages find_all(const SearchIndex& index, const std::vector<TalkQuestion>& questions, const std::string& kind,
                WallTime now) {
    Stages stages;
    const search::FindOptions options = options_of_an_answer(now);
    for (const TalkQuestion& question : questions) {
        if (!kind.empty() && question.kind != kind) continue;
        const auto begin = processor_time();
        const search::UnderstoodQuery query = search::understand(question.text, index);
        const auto middle = processor_time();
        const search::Found found = search::find(index, query, options);
        const auto end = processor_time();
        stages.understanding.add(middle - begin);
        stages.finding.add(end - middle);
        stages.both.add(end - begin);
        stages.found += !found.hits.empty();
    }
    return stages;
}

Table::Row row_of(std::string label, Durations& durations) {
    return {std::move(label),
            {static_cast<double>(durations.count()), durations.percentile_ms(0.5), durations.percentile_ms(0.99),
             durations.percentile_ms(1)}};
}

Table table_of_kinds(const SearchIndex& index, const std::vector<TalkQuestion>& questions, WallTime now) {
    Table table{fmt::format("finding among {} insights, ms of one processor", index.size()),
                {"questions", "p50", "p99", "most", "with hits"},
                {}};
    std::vector<std::string> kinds;
    for (const TalkQuestion& question : questions) {
        if (kinds.empty() || kinds.back() != question.kind) kinds.push_back(question.kind);
    }
    find_all(index, questions, "", now);  // what is read for the first time is not measured
    kinds.push_back("");
    for (const std::string& kind : kinds) {
        Stages stages = find_all(index, questions, kind, now);
        Table::Row row = row_of(kind.empty() ? "all" : kind, stages.both);
        row.figures.push_back(static_cast<double>(stages.found) / static_cast<double>(stages.both.count()));
        table.rows.push_back(std::move(row));
        if (!kind.empty()) continue;
        for (auto& [name, part] : {std::pair("all, understanding alone", &stages.understanding),
                                   std::pair("all, finding alone", &stages.finding)}) {
            table.rows.push_back(row_of(name, *part));
            table.rows.back().figures.push_back(none);
        }
    }
    return table;
}

// Beside other ways to score the same.
Table table_of_ways(const index::MemoryIndex& pruned, const index::MemoryIndex& whole, FullText& full_text,
                    const std::vector<TalkQuestion>& questions) {
    Table table{"the hundred best of the same questions, ms of one processor", {"questions", "p50", "p99", "most"}, {}};
    Durations by_pruning, by_scoring_all, by_all_words, by_any_word;
    for (const TalkQuestion& question : questions) {
        const search::UnderstoodQuery understood = search::understand(question.text, pruned);
        if (understood.terms.empty()) continue;
        SearchQuery query;
        query.terms = understood.terms;
        query.phrases = understood.phrases;
        query.typed = true;
        const auto some = by_pruning.measure([&] { return pruned.search(query, 100); });
        const auto all = by_scoring_all.measure([&] { return whole.search(query, 100); });
        bool same = some.size() == all.size();
        for (std::size_t i = 0; same && i < some.size(); ++i) {
            same = some[i].insight == all[i].insight && some[i].score == all[i].score;
        }
        if (!same) throw ExitError(exit_internal, "pruning changed the result of \"" + question.text + "\"");
        by_all_words.measure([&] { return full_text.best(question.text, FullText::Wanted::all_words, 100); });
        by_any_word.measure([&] { return full_text.best(question.text, FullText::Wanted::any_word, 100); });
    }
    table.rows.push_back(row_of("the index", by_pruning));
    table.rows.push_back(row_of("the index, scoring all that holds a word", by_scoring_all));
    table.rows.push_back(row_of("SQLite FTS5, all words", by_all_words));
    table.rows.push_back(row_of("SQLite FTS5, any word", by_any_word));
    return table;
}

Table table_of_memory(const index::MemoryIndex& index) {
    const auto mib = [](std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
    const index::MemoryUse use = index.memory_use();
    return {fmt::format("memory of {} insights", index.size()),
            {"MiB"},
            {{"postings", {mib(use.postings)}},
             {"insights, with the places of words", {mib(use.documents)}},
             {"words", {mib(use.vocabulary)}},
             {"all", {mib(use.total())}}}};
}

class IndexBench {
public:
    IndexBench(const Options& options, const std::filesystem::path& folder)
        : options_(options),
          talk_(read_changelog(options.data), seed),
          store_(folder / "podbrief.db"),
          app_(settings(), StoreUse::alone) {}

    std::vector<Table> run() {
        app_.run(measure(), exit_internal);
        return std::move(tables_);
    }

private:
    Settings settings() const {
        Settings settings;
        settings.store.path = store_;
        settings.log.level = LogLevel::error;
        return settings;
    }

    asio::awaitable<int> measure() {
        const WallTime now = app_.clock().wall_now();
        FullText full_text;
        std::function<Insight()> make = [this, &full_text] {
            Insight insight = talk_.next();
            full_text.add(insight);
            return insight;
        };
        co_await bench::fill_library(app_.library(), options_.insights, std::move(make), now);
        const SteadyTime begin = app_.clock().steady_now();
        co_await app_.indexer().catch_up();
        const double rebuilding = seconds_since(begin);
        std::vector<std::string> shows;
        for (const Subscription& one : co_await app_.library().subscriptions()) shows.push_back(one.podcast.title);
        const std::vector<TalkQuestion> questions =
            talk_questions(talk_, read_topic_queries(options_.data), shows, seed);

        SteadyTime at = app_.clock().steady_now();
        co_await app_.indexer().save();
        const double saving = seconds_since(at);
        index::MemoryIndex whole(app_.index().meaning(), index::Scoring::exhaustive);
        index::SnapshotFile snapshot(app_.workers(), store_.string() + ".index", whole);
        services::Indexer next_start(app_.library(), whole, &snapshot);
        at = app_.clock().steady_now();
        const std::size_t read = co_await next_start.catch_up();
        const double loading = seconds_since(at);
        if (read != 0 || whole.size() != app_.index().size()) {
            throw ExitError(exit_internal, "the snapshot was not taken");
        }

        tables_.push_back(table_of_kinds(app_.index(), questions, now));
        tables_.push_back(table_of_ways(app_.index(), whole, full_text, questions));
        co_await answer_all(questions);
        tables_.push_back(table_of_memory(app_.index()));
        const double size = static_cast<double>(std::filesystem::file_size(store_.string() + ".index")) / (1 << 20);
        tables_.push_back({"start and snapshot",
                           {"s", "MiB"},
                           {{"start by reading the store", {rebuilding, none}},
                            {"start by the snapshot", {loading, none}},
                            {"saving the snapshot", {saving, size}}}});
        co_return exit_ok;
    }

    // The whole way: the index, the store, both sides put in order, the words of the answer. On several threads: by the
    // clock, a busy machine shows.
    asio::awaitable<void> answer_all(const std::vector<TalkQuestion>& questions) {
        Reader reader;
        reader.name = "bench";
        reader = co_await app_.readers().save(std::move(reader));
        Durations by_clock, worked;
        for (const TalkQuestion& question : questions) {
            std::string text = "more on " + question.text;
            std::string conversation = "terminal:bench";
            const SteadyTime begin = app_.clock().steady_now();
            const auto work_begin = processor_time();
            co_await app_.responder().answer(reader, std::move(conversation), std::move(text));
            worked.add(processor_time() - work_begin);
            by_clock.add(app_.clock().steady_now() - begin);
        }
        tables_.push_back({"whole answers, with the store and the balance of views, ms",
                           {"questions", "p50", "p99", "most"},
                           {row_of("processor time of all threads", worked), row_of("by the clock", by_clock)}});
    }

    double seconds_since(SteadyTime begin) {
        return std::chrono::duration<double>(app_.clock().steady_now() - begin).count();
    }

    const Options& options_;
    TalkInsights talk_;
    std::filesystem::path store_;
    App app_;
    std::vector<Table> tables_;
};

}  // namespace

std::vector<Table> measure_index(const Options& options) {
    const Scratch scratch;
    IndexBench bench(options, scratch.path());
    return bench.run();
}

}  // namespace podbrief::bot::quality
