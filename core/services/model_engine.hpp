#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <string>

#include "core/delivery/breaker.hpp"
#include "core/insights/model_prompts.hpp"
#include "core/insights/model_window.hpp"
#include "core/insights/settings.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/insight_engine.hpp"
#include "core/ports/language_model.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/services/cost_meter.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Insights that a model writes and code checks (insights/claim_checker.hpp): it reads the transcript window by window,
// what fails is mended once, the best are chosen. The built-in engine works first, so that its result is there at any
// time: it is the answer for show notes, and whenever the model fails, is too slow, too dear or has too little to say.
// Never fails where the built-in engine does not.
class ModelEngine final : public InsightEngine {
public:
    struct Ports {
        LanguageModel& model;  // one that repeats and is metered
        InsightEngine& built_in;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor heavy;
    };
    struct Settings {
        insights::EngineSettings engine;
        insights::WindowLimits windows;
        insights::ModelPrompts prompts = insights::default_prompts();
        std::int64_t max_output_tokens = 4'000;
        TokenPrices prices;         // to tell what an episode cost
        Millis patience{300'000};   // with the model, for a whole episode
        Millis least_time{10'000};  // with less of it left nothing is asked any more
    };
    ModelEngine(Ports ports, Settings settings);

    asio::awaitable<Result<ExtractedInsights>> extract(ExtractionRequest request) override;

private:
    struct Reading;
    enum class Next { go_on, shrink, stop };

    asio::awaitable<void> read_windows(Reading& reading);
    asio::awaitable<Next> read_window(Reading& reading, const insights::ModelWindow& window, std::size_t most);
    asio::awaitable<void> repair(Reading& reading, const insights::ModelWindow& window,
                                 std::vector<insights::FailedClaim> failed);
    asio::awaitable<std::vector<std::size_t>> choose(Reading& reading, std::size_t limit);
    // nullopt: no answer; `reading` knows why.
    asio::awaitable<std::optional<std::string>> ask(Reading& reading, ChatRequest request);
    asio::awaitable<void> check(Reading& reading, const insights::ModelWindow& window, insights::ModelAnswer answer,
                                std::vector<insights::FailedClaim>* failed);
    bool has_time(const Reading& reading) const;
    void tell(const Reading& reading, std::size_t kept, std::string_view fallback);

    Ports ports_;
    Settings settings_;
    delivery::Breaker breaker_;
    std::int64_t window_tokens_;  // less than set after the model said that its context is smaller
};

}  // namespace podbrief::services
