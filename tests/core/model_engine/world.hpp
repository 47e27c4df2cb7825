#pragma once
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>

#include "adapters/ai/anthropic_chat.hpp"
#include "adapters/ai/ollama_chat.hpp"
#include "adapters/ai/openai_chat.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/services/metered_model.hpp"
#include "core/services/model_engine.hpp"
#include "tests/doubles/ai/ai_double.hpp"
#include "tests/doubles/ai/brains.hpp"
#include "tests/doubles/ai/talk.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_on_clock.hpp"

namespace podbrief::services {

using testing::AiDouble;
using testing::Dialect;
using testing::Trouble;

inline constexpr const char* test_key = "sk-canary-4711";
inline constexpr const char* test_url = "https://models.example";

class CountingMetrics final : public Metrics {
public:
    void count(std::string_view name, std::string_view outcome, double by) override {
        counts[std::string(name) + (outcome.empty() ? "" : "/" + std::string(outcome))] += by;
    }
    void set(std::string_view, double) override {}
    std::map<std::string, double> counts;
};

class KeepingLog final : public Log {
public:
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
        std::string line = level >= LogLevel::warning ? "! " : "  ";
        line += event;
        for (const LogField& field : fields) line += " " + std::string(field.key) + "=" + field.value;
        lines.push_back(std::move(line));
    }
    int warnings() const {
        int count = 0;
        for (const std::string& line : lines) count += line.starts_with("!");
        return count;
    }
    std::vector<std::string> lines;
};

// The model engine as the program builds it, on a manual clock, with the double of a provider's server.
struct World {
    explicit World(Dialect d = Dialect::openai, CostMeter::Ceiling ceiling = {1'000'000'000, 1'000'000'000},
                   ModelEngine::Settings settings = {})
        : server(d, http, test_url, test_key), ceiling_(ceiling), settings_(std::move(settings)) {
        const ai::Endpoint endpoint{test_url, test_key, "test-model"};
        if (d == Dialect::openai) provider = std::make_unique<ai::OpenAiChat>(http, clock, endpoint);
        if (d == Dialect::anthropic) provider = std::make_unique<ai::AnthropicChat>(http, clock, endpoint);
        if (d == Dialect::ollama) provider = std::make_unique<ai::OllamaChat>(http, clock, endpoint);
        server.brain = testing::honest_brain();
        settings_.prices = prices;
        start();
    }

    // A process begins, on the store that is there.
    void start() {
        meter = std::make_unique<CostMeter>(CostMeter::Ports{store, clock, log, metrics}, ceiling_);
        MeteredModel::Settings metered;
        metered.prices = prices;
        model = std::make_unique<MeteredModel>(MeteredModel::Ports{*provider, *meter, clock, random, metrics}, metered);
        built_in = std::make_unique<insights::BuiltInEngine>(io.get_executor(), settings_.engine);
        engine = std::make_unique<ModelEngine>(
            ModelEngine::Ports{*model, *built_in, clock, log, metrics, io.get_executor()}, settings_);
    }

    template <class T>
    T run(asio::awaitable<T> work) {
        return testing::run_on_clock(io, clock, std::move(work), 1'000'000);
    }

    ExtractedInsights extract(ExtractionRequest request = testing::a_talk()) {
        return run(engine->extract(std::move(request))).value();
    }
    ExtractedInsights by_itself(const ExtractionRequest& request = testing::a_talk()) const {
        return insights::extract_insights(request, settings_.engine);
    }
    Millis elapsed() const { return std::chrono::duration_cast<Millis>(clock.steady_now() - SteadyTime{}); }
    double count(const std::string& name) const {
        const auto found = metrics.counts.find(name);
        return found == metrics.counts.end() ? 0 : found->second;
    }
    MicroMoney bill() const { return cost_of(server.billed, prices); }

    asio::io_context io;
    testing::ManualClock clock;
    testing::ScriptedHttp http{clock};
    testing::MemoryStore store;
    KeepingLog log;
    CountingMetrics metrics;
    Random random{7};
    TokenPrices prices{2.0, 8.0};
    AiDouble server;
    std::unique_ptr<LanguageModel> provider;
    std::unique_ptr<CostMeter> meter;
    std::unique_ptr<MeteredModel> model;
    std::unique_ptr<insights::BuiltInEngine> built_in;
    std::unique_ptr<ModelEngine> engine;

private:
    CostMeter::Ceiling ceiling_;
    ModelEngine::Settings settings_;
};

// What is promised of every insight, whoever wrote it: plain text of the right length, quoted byte for byte.
void check_insights(const ExtractedInsights& extracted, const ExtractionRequest& request);

}  // namespace podbrief::services
