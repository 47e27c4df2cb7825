#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "bot/settings.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/random.hpp"
#include "core/services/metered_model.hpp"
#include "core/services/model_engine.hpp"

namespace podbrief::bot {

// The model that writes, as it is set: its provider, the meter before it, and the engine made of it.
class Model {
public:
    struct Ports {
        HttpClient& http;  // that may reach the model's address, whatever network it is on
        OutboxStore& notes;
        InsightEngine& built_in;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor heavy;
    };
    // `note`: under which name the store keeps what was spent; of one process only.
    Model(const Settings::Model& settings, const insights::EngineSettings& engine, Ports ports, std::string note);

    InsightEngine& engine() { return engine_; }
    LanguageModel& metered() { return metered_; }

private:
    std::unique_ptr<LanguageModel> provider_;
    services::CostMeter meter_;
    services::MeteredModel metered_;
    services::ModelEngine engine_;
};

// What the server of this store spends is kept under this name.
inline constexpr const char* spending_note = "model_spending";

// Whether the model answers, in one line for people: "openai gpt-5-mini answers in 0.8 s". At most a few hundred
// tokens.
struct ModelProbe {
    bool answers = false;
    std::string line;
};
asio::awaitable<ModelProbe> probe(LanguageModel& model, Clock& clock);

}  // namespace podbrief::bot
