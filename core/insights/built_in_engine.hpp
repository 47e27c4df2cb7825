#pragma once
#include <boost/asio/any_io_executor.hpp>

#include "core/insights/settings.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// The insights of one transcript, without any model: sentences that read like claims are found, weighed, cleaned of
// disfluencies, checked by the gates (style.hpp, grounding.hpp) and spread over the episode. Pure: the same request and
// settings give the same result, in any thread. Up to twice `wanted` are returned, so that choose_by_novelty
// (novelty.hpp) can leave out what the library already knows.
ExtractedInsights extract_insights(const ExtractionRequest& request, const EngineSettings& settings);

// The engine that needs nothing from outside. Works on `heavy`; the caller's executor stays free.
class BuiltInEngine final : public InsightEngine {
public:
    BuiltInEngine(asio::any_io_executor heavy, EngineSettings settings);

    // Never fails: a transcript without anything to say gives no insights.
    asio::awaitable<Result<ExtractedInsights>> extract(ExtractionRequest request) override;

private:
    asio::any_io_executor heavy_;
    EngineSettings settings_;
};

}  // namespace podbrief::insights
