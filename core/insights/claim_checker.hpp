#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "core/insights/model_answer.hpp"
#include "core/insights/model_window.hpp"
#include "core/insights/settings.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// What a model claims, held against the transcript in code: the segments that it cites were shown, the quote is there
// byte for byte (found by its words, taken from the transcript), names and numbers are in what is cited, the words are
// mostly its words, hedges stay, quotation marks enclose what was said, and the text stands alone, is plain and of the
// right length. Pure; one object an episode, used by one thread at a time.
class ClaimChecker {
public:
    ClaimChecker(const ExtractionRequest& request, const EngineSettings& settings);  // `request` must outlive it
    ~ClaimChecker();

    struct Checked {
        std::string_view fault;          // the first gate that it fails
        std::optional<Insight> insight;  // when it fails none; scores without centrality and novelty
    };
    Checked check(const ModelClaim& claim, const ModelWindow& window);

    // Of all that passed, in any order: sets centrality and quality, drops what says nearly the same as a better one
    // (counted), and gives at most `limit`, in order of time. `preferred`: indexes, best first, that come before all
    // others; may be empty.
    std::vector<Insight> best_of(std::vector<Insight> insights, std::span<const std::size_t> preferred,
                                 std::size_t limit, ExtractionReport& report);

private:
    struct Episode;
    std::unique_ptr<Episode> episode_;
};

}  // namespace podbrief::insights
