#pragma once
#include <cstddef>
#include <functional>
#include <string_view>

#include "core/insights/settings.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// In how many insights of the library a stem occurs; SearchIndex::document_frequency fits.
using DocumentFrequency = std::function<std::size_t(std::string_view stem)>;

// Sets each insight's scores.novelty (how rare its stems are among `library_size` insights; 0.5 for all while the
// library is nearly empty), weighs it into scores.quality, and keeps the best `wanted`, in order of time. Cheap: for
// the thread that owns the index. To be called once on a result of the engine.
void choose_by_novelty(ExtractedInsights& extracted, const DocumentFrequency& document_frequency,
                       std::size_t library_size, const EngineSettings& settings);

}  // namespace podbrief::insights
