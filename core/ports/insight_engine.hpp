#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/insight.hpp"
#include "core/model/podcast.hpp"
#include "core/model/transcript.hpp"
#include "core/ports/error.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct ExtractionRequest {
    Podcast podcast;
    Episode episode;
    Transcript transcript;
};

// Why candidates did not become insights: gate name -> how many.
struct ExtractionReport {
    std::size_t candidates = 0;
    std::map<std::string, std::size_t> dropped;
};

struct ExtractedInsights {
    std::vector<Insight> insights;  // in order of time; ids and clusters 0
    ExtractionReport report;
    // How many of them to keep when the library's novelty has been weighed in (insights/novelty.hpp); 0: all.
    std::size_t wanted = 0;
};

// Makes insights of one transcript. Same request and settings, same result. Takes its input by value: it may work on
// another thread. Cancellation: throws operation_aborted.
class InsightEngine {
public:
    virtual ~InsightEngine() = default;
    virtual asio::awaitable<Result<ExtractedInsights>> extract(ExtractionRequest request) = 0;
};

}  // namespace podbrief
