#pragma once
#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

// POST {url}/v1/messages of Anthropic (version 2023-06-01), with output_config.format for the schema. A model that does
// not know it is asked in words (ask_again).
class AnthropicChat final : public LanguageModel {
public:
    AnthropicChat(HttpClient& http, const Clock& clock, Endpoint endpoint)
        : http_(http), clock_(clock), endpoint_(std::move(endpoint)) {}

    asio::awaitable<ChatResult> chat(ChatRequest request) override;
    std::string name() const override { return "anthropic " + endpoint_.model; }

private:
    HttpClient& http_;
    const Clock& clock_;
    Endpoint endpoint_;
    bool formats_ = true;
};

}  // namespace podbrief::ai
