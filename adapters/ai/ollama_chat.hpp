#pragma once
#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

// POST {url}/api/chat of Ollama: the schema as format (and in the prompt), a context large enough for the request,
// which Ollama would otherwise cut from the front without a word.
class OllamaChat final : public LanguageModel {
public:
    // `most_context`: tokens, what the machine's memory allows.
    OllamaChat(HttpClient& http, const Clock& clock, Endpoint endpoint, std::int64_t most_context = 32'768)
        : http_(http), clock_(clock), endpoint_(std::move(endpoint)), most_context_(most_context) {}

    asio::awaitable<ChatResult> chat(ChatRequest request) override;
    std::string name() const override { return "ollama " + endpoint_.model; }

private:
    HttpClient& http_;
    const Clock& clock_;
    Endpoint endpoint_;
    std::int64_t most_context_;
};

}  // namespace podbrief::ai
