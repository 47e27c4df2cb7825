#include "bot/model.hpp"

#include <fmt/format.h>

#include <cmath>

#include "adapters/ai/anthropic_chat.hpp"
#include "adapters/ai/ollama_chat.hpp"
#include "adapters/ai/openai_chat.hpp"
#include "bot/model_settings.hpp"

namespace podbrief::bot {
namespace {

using Provider = Settings::Model::Provider;

std::unique_ptr<LanguageModel> provider_of(const Settings::Model& s, HttpClient& http, const Clock& clock) {
    ai::Endpoint endpoint{url_of(s), s.key, s.name};
    if (s.provider == Provider::anthropic) return std::make_unique<ai::AnthropicChat>(http, clock, std::move(endpoint));
    if (s.provider == Provider::ollama) {
        return std::make_unique<ai::OllamaChat>(http, clock, std::move(endpoint), s.context_tokens);
    }
    using Field = ai::OpenAiChat::TokensField;
    Field field = Field::automatic;
    if (s.tokens_field == Settings::Model::TokensField::max_tokens) field = Field::max_tokens;
    if (s.tokens_field == Settings::Model::TokensField::max_completion_tokens) field = Field::max_completion_tokens;
    return std::make_unique<ai::OpenAiChat>(http, clock, std::move(endpoint), field);
}

services::CostMeter::Ceiling ceiling_of(const Settings::Model& s) {
    return {std::llround(s.daily_ceiling * 1e6), s.daily_tokens};
}

services::MeteredModel::Settings metered_settings(const Settings::Model& s) {
    services::MeteredModel::Settings out;
    out.prices = {s.price_input, s.price_output};
    out.longest_exchange = s.deadline;
    return out;
}

services::ModelEngine::Settings engine_settings(const Settings::Model& s, const insights::EngineSettings& engine) {
    services::ModelEngine::Settings out;
    out.engine = engine;
    out.windows.tokens = s.window_tokens;
    out.windows.most = s.episode_windows;
    out.prompts = s.prompts;
    out.max_output_tokens = s.max_output_tokens;
    out.prices = {s.price_input, s.price_output};
    out.patience = s.episode_deadline;
    return out;
}

}  // namespace

Model::Model(const Settings::Model& settings, const insights::EngineSettings& engine, Ports ports, std::string note)
    : provider_(provider_of(settings, ports.http, ports.clock)),
      meter_({ports.notes, ports.clock, ports.log, ports.metrics}, ceiling_of(settings), std::move(note)),
      metered_({*provider_, meter_, ports.clock, ports.random, ports.metrics}, metered_settings(settings)),
      engine_({metered_, ports.built_in, ports.clock, ports.log, ports.metrics, std::move(ports.heavy)},
              engine_settings(settings, engine)) {}

asio::awaitable<ModelProbe> probe(LanguageModel& model, Clock& clock) {
    ChatRequest request;
    request.system = "Answer with the word yes.";
    request.user = "Do you hear me?";
    request.max_output_tokens = 512;  // models that think first need some
    request.deadline = std::chrono::seconds{60};
    const SteadyTime before = clock.steady_now();
    const ChatResult result = co_await model.chat(std::move(request));
    const std::chrono::duration<double> took = clock.steady_now() - before;
    ModelProbe found;
    found.answers = result.has_value();
    if (result) {
        found.line = fmt::format("{} answers in {:.1f} s", model.name(), took.count());
    } else {
        found.line = fmt::format("{} does not answer: {} ({}); the built-in engine works alone meanwhile", model.name(),
                                 result.error().detail, to_string(result.error().kind));
    }
    co_return found;
}

}  // namespace podbrief::bot
