#include "bot/quality/talk_library.hpp"

#include <algorithm>

#include "core/insights/built_in_engine.hpp"
#include "core/insights/novelty.hpp"
#include "core/search/same_claim.hpp"

namespace podbrief::bot::quality {

void extract_into(Library& library) {
    std::stable_sort(library.episodes.begin(), library.episodes.end(), [](const TalkEpisode& a, const TalkEpisode& b) {
        return ordering_time(a.request.episode) < ordering_time(b.request.episode);
    });
    const insights::EngineSettings settings;
    for (std::size_t e = 0; e < library.episodes.size(); ++e) {
        const ExtractionRequest& request = library.episodes[e].request;
        if (!request.transcript.segments.empty()) {
            library.hours += static_cast<double>(request.transcript.segments.back().end.count()) / 3'600'000;
        }
        ExtractedInsights extracted = insights::extract_insights(request, settings);
        const auto frequency = [&](std::string_view stem) { return library.known.document_frequency(stem); };
        insights::choose_by_novelty(extracted, frequency, library.known.size(), settings);
        library.report.candidates += extracted.report.candidates;
        for (const auto& [gate, count] : extracted.report.dropped) library.report.dropped[gate] += count;
        for (Insight& insight : extracted.insights) {
            insight.id = InsightId(static_cast<std::int64_t>(library.insights.size()) + 1);
            insight.episode = request.episode.id;
            insight.podcast = request.podcast.id;
            insight.published_at = ordering_time(request.episode);
            const auto cluster = search::same_claim(library.known, insight);
            insight.cluster = cluster.value_or(ClaimClusterId(insight.id.value));
            library.insights.push_back(insight);
            library.episode_of.push_back(e);
        }
        for (std::size_t i = library.insights.size() - extracted.insights.size(); i < library.insights.size(); ++i) {
            library.known.put(library.insights[i], request.podcast.title);
        }
    }
}

}  // namespace podbrief::bot::quality
