#include <array>
#include <functional>

#include "bot/quality/baselines.hpp"
#include "bot/quality/parts.hpp"
#include "core/insights/summary.hpp"

namespace podbrief::bot::quality {
namespace {

// As long as the answers that people wrote to the training part: 65 and 111 words on average.
constexpr std::size_t specific_words = 70;
constexpr std::size_t general_words = 110;

constexpr std::array systems = {
    "Lead", "Random", "TextRank", "LexRank", "BM25 sentences", "built-in", "built-in, speakers named", "greedy oracle"};

std::array<std::string, systems.size()> summaries(const Meeting& meeting, const Baselines& baselines,
                                                  const Meeting::Query& query, bool general, std::uint64_t seed) {
    const std::size_t words = general ? general_words : specific_words;
    insights::SummarySettings settings;
    settings.words = words;
    const std::string_view asked = general ? std::string_view() : std::string_view(query.text);
    const auto plain = insights::summarise(meeting.turns, asked, settings);
    settings.speakers = true;
    const auto named = insights::summarise(meeting.turns, asked, settings);
    return {baselines.lead(words),
            baselines.random(words, seed),
            baselines.text_rank(words),
            baselines.lex_rank(words),
            baselines.bm25(words, query.text),
            insights::text_of(plain),
            insights::text_with_speakers(named),
            baselines.oracle(words, query.answer)};
}

Table table_of(const std::string& title, const std::array<Mean<Rouge>, systems.size()>& sums) {
    Table table{title, {"queries", "ROUGE-1", "ROUGE-2", "ROUGE-L"}, {}};
    for (std::size_t i = 0; i < systems.size(); ++i) {
        const Rouge mean = sums[i].mean();
        table.rows.push_back({systems[i], {static_cast<double>(sums[i].count()), mean.one, mean.two, mean.l}});
    }
    return table;
}

}  // namespace

std::vector<Table> measure_extraction(const Options& options) {
    std::array<Mean<Rouge>, systems.size()> specific;
    std::array<Mean<Rouge>, systems.size()> general;
    std::uint64_t seed = 1;
    for (const Meeting& meeting : read_qmsum(options.data, options.split)) {
        const Baselines baselines(meeting);
        const auto measure = [&](const Meeting::Query& query, bool whole, auto& sums) {
            const auto made = summaries(meeting, baselines, query, whole, seed++);
            for (std::size_t i = 0; i < systems.size(); ++i) sums[i].add(measure_rouge(made[i], query.answer));
        };
        for (const auto& query : meeting.specific) measure(query, false, specific);
        for (const auto& query : meeting.general) measure(query, true, general);
    }
    return {table_of("qmsum " + options.split + ", answers to specific queries, 70 words", specific),
            table_of("qmsum " + options.split + ", summaries of a whole meeting, 110 words", general)};
}

}  // namespace podbrief::bot::quality
