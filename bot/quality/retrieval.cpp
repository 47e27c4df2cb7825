#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/index/talk_index.hpp"
#include "bot/quality/corpora.hpp"
#include "bot/quality/parts.hpp"
#include "core/search/understand.hpp"

namespace podbrief::bot::quality {
namespace {

using nlohmann::json;

std::ofstream run_file(const Options& options, const std::string& name) {
    return options.runs ? std::ofstream(*options.runs / name) : std::ofstream();
}

// Which turns of a meeting answer a question.
Table questions_about_meetings(const Options& options) {
    Mean<RankingMeasures> mean;
    std::ofstream run = run_file(options, "qmsum." + options.split + ".jsonl");
    for (const Meeting& meeting : read_qmsum(options.data, options.split)) {
        index::TalkIndex index;
        index.put(
            {.episode = EpisodeId(1), .podcast = PodcastId(1), .title = {}, .notes = {}, .segments = meeting.turns});
        for (std::size_t number = 0; number < meeting.specific.size(); ++number) {
            const Meeting::Query& query = meeting.specific[number];
            const auto understood = search::understand(query.text, index, {nullptr, nullptr});
            const std::vector<std::size_t> turns = index.rank_segments(EpisodeId(1), understood.terms);
            mean.add(measure_ranking(turns, query.turns));
            if (run) {
                run << json{{"id", meeting.id}, {"kind", "specific"}, {"query", number}, {"turns", turns}}.dump()
                    << '\n';
            }
        }
    }
    const RankingMeasures m = mean.mean();
    Table table{"qmsum " + options.split + ", " + std::to_string(mean.count()) + " questions",
                {"nDCG@10", "recall@20", "MAP", "hit@5", "hit@10", "recall@10", "MRR"},
                {}};
    table.rows.push_back(
        {"podbrief, built in",
         {m.ndcg_10, m.recall_20, m.average_precision, m.hit_5, m.hit_10, m.recall_10, m.reciprocal_rank}});
    return table;
}

struct TopicMeasures {
    double hit_1 = 0;
    double hit_5 = 0;
    double hit_10 = 0;
    double reciprocal_rank = 0;
    std::size_t queries = 0;
};

// A passage is right when it is of the right episode and at least half of it lies inside the stretch, widened by 15 s.
bool is_right(const TopicQuery& query, const TalkEpisode& episode, const Passage& passage) {
    if (episode.show != query.show || episode.slug != query.slug) return false;
    const Millis margin = std::chrono::seconds(15);
    const Millis from = episode.request.transcript.segments[passage.first_segment].start;
    const Millis to = episode.request.transcript.segments[passage.last_segment].end;
    const Millis inside = std::min(query.end + margin, to) - std::max(query.start - margin, from);
    return 2 * inside >= std::max(to - from, Millis(100));
}

// Where among all episodes a topic is spoken of.
Table topics_among_episodes(const Options& options) {
    const std::vector<TalkEpisode> episodes = read_changelog(options.data);
    index::TalkIndex index;
    for (const TalkEpisode& one : episodes) {
        const Episode& episode = one.request.episode;
        if (!episode.published_at) continue;
        index.put({.episode = episode.id,
                   .podcast = episode.podcast,
                   .published_at = *episode.published_at,
                   .title = episode.title,
                   .notes = episode.notes,
                   .segments = one.request.transcript.segments});
    }
    std::map<std::string, TopicMeasures> sets;
    std::ofstream run = run_file(options, "topics.jsonl");
    for (const TopicQuery& query : read_topic_queries(options.data)) {
        const auto understood = search::understand(query.text, index, {nullptr, nullptr});
        PassageQuery wanted;
        wanted.terms = understood.terms;
        wanted.text = understood.note.empty() ? query.text : understood.topic;
        const std::vector<Passage> passages = index.find(wanted, 30);
        std::size_t place = 0;
        json shown = json::array();
        for (std::size_t at = 0; at < passages.size(); ++at) {
            const auto& episode = episodes[static_cast<std::size_t>(passages[at].episode.value) - 1];
            if (place == 0 && is_right(query, episode, passages[at])) place = at + 1;
            const auto& segments = episode.request.transcript.segments;
            shown.push_back(
                {{"show", episode.show},
                 {"slug", episode.slug},
                 {"start_s", static_cast<double>(segments[passages[at].first_segment].start.count()) / 1000},
                 {"end_s", static_cast<double>(segments[passages[at].last_segment].end.count()) / 1000}});
        }
        if (run) run << json{{"id", query.id}, {"passages", shown}}.dump() << '\n';
        const auto count = [&](const std::string& set) {
            TopicMeasures& m = sets[set];
            ++m.queries;
            if (place == 0) return;
            m.hit_1 += place <= 1;
            m.hit_5 += place <= 5;
            m.hit_10 += place <= 10;
            m.reciprocal_rank += 1.0 / static_cast<double>(place);
        };
        count("all");
        if (query.clear) count("clear");
        if (query.strict) count("strict");
    }
    Table table{"changelog topics, podbrief built in", {"queries", "hit@1", "hit@5", "hit@10", "MRR"}, {}};
    for (const auto& [set, m] : sets) {
        const auto n = static_cast<double>(m.queries);
        table.rows.push_back({set, {n, m.hit_1 / n, m.hit_5 / n, m.hit_10 / n, m.reciprocal_rank / n}});
    }
    return table;
}

}  // namespace

std::vector<Table> measure_retrieval(const Options& options) {
    return {questions_about_meetings(options), topics_among_episodes(options)};
}

}  // namespace podbrief::bot::quality
