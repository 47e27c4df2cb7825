#include "core/insights/novelty.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

// Insights; fewer say nothing of what is rare. So a young library also comes out the same in whatever order its
// episodes are read, and after whatever crashes.
constexpr std::size_t telling_library = 500;
constexpr double weight = 0.2;

// 0 for words that every insight has, 1 for words that none has; the mean over its stems.
double rarity(std::string_view text, const DocumentFrequency& document_frequency, std::size_t library_size) {
    if (library_size < telling_library) return 0.5;
    const std::vector<std::string> stems = text::unique_stems(text);
    if (stems.empty()) return 0;
    const double whole = std::log(1.0 + static_cast<double>(library_size));
    double sum = 0;
    for (const std::string& stem : stems) {
        const auto known = static_cast<double>(std::min(document_frequency(stem), library_size));
        sum += 1 - std::log(1 + known) / whole;
    }
    return sum / static_cast<double>(stems.size());
}

}  // namespace

void choose_by_novelty(ExtractedInsights& extracted, const DocumentFrequency& document_frequency,
                       std::size_t library_size, const EngineSettings& settings) {
    std::vector<Insight>& insights = extracted.insights;
    for (Insight& insight : insights) {
        const double novelty = rarity(insight.text, document_frequency, library_size);
        insight.scores.novelty = static_cast<float>(novelty);
        insight.scores.quality = static_cast<float>((1 - weight) * insight.scores.quality + weight * novelty);
    }
    const std::size_t wanted =
        std::min(settings.per_episode, extracted.wanted == 0 ? insights.size() : extracted.wanted);
    if (insights.size() <= wanted) return;
    std::vector<std::size_t> order(insights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const float x = insights[a].scores.quality;
        const float y = insights[b].scores.quality;
        return x != y ? x > y : a < b;
    });
    extracted.report.dropped["not among the best"] += insights.size() - wanted;
    order.resize(wanted);
    std::sort(order.begin(), order.end());
    std::vector<Insight> kept;
    kept.reserve(wanted);
    for (const std::size_t i : order) kept.push_back(std::move(insights[i]));
    insights = std::move(kept);
}

}  // namespace podbrief::insights
