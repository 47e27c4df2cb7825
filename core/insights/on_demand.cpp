#include "core/insights/on_demand.hpp"

#include <algorithm>
#include <utility>

#include "core/insights/built_in_engine.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

constexpr double least_quality = 0.3;
constexpr double weight_of_query = 0.6;

// The share of the query's stems that the text has; 1 for an empty query.
double match(const std::vector<std::string>& query, std::string_view text) {
    if (query.empty()) return 1;
    const std::vector<std::string> stems = text::unique_stems(text);
    const auto shared = std::count_if(query.begin(), query.end(), [&](const std::string& stem) {
        return std::binary_search(stems.begin(), stems.end(), stem);
    });
    return static_cast<double>(shared) / static_cast<double>(query.size());
}

}  // namespace

std::vector<Insight> insights_from_passage(const ExtractionRequest& request, Passage passage, std::string_view query,
                                           std::size_t most, const EngineSettings& settings) {
    const std::vector<Segment>& all = request.transcript.segments;
    const int first = std::max(0, passage.first_segment);
    const int last = std::min(passage.last_segment, static_cast<int>(all.size()) - 1);
    if (first > last || most == 0) return {};
    ExtractionRequest part{request.podcast, request.episode, {}};
    part.transcript.id = request.transcript.id;
    part.transcript.format = request.transcript.format;
    part.transcript.segments.assign(all.begin() + first, all.begin() + last + 1);
    EngineSettings generous = settings;
    generous.least_quality = std::min(settings.least_quality, least_quality);
    generous.per_episode = std::max<std::size_t>(settings.per_episode, 4 * most);
    generous.one_per = Millis{std::chrono::seconds{5}};

    std::vector<std::pair<double, Insight>> ranked;
    const std::vector<std::string> wanted = text::unique_stems(query);
    for (Insight& insight : extract_insights(part, generous).insights) {
        const double share = match(wanted, insight.text);
        if (share == 0) continue;
        insight.first_segment += first;
        insight.last_segment += first;
        const double score = insight.scores.quality + weight_of_query * share;
        ranked.emplace_back(score, std::move(insight));
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (ranked.size() > most) ranked.resize(most);
    std::vector<Insight> best;
    for (auto& [score, insight] : ranked) best.push_back(std::move(insight));
    return best;
}

}  // namespace podbrief::insights
