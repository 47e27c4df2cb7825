#pragma once
#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

// POST {url}/chat/completions, as OpenAI, Ollama, llama.cpp, vLLM and many others serve it. What a server does not
// take is left out the next time (ask_again): the schema as response_format, then any JSON with the schema in the
// prompt, then plain text; and either name of the token limit. What was learnt is kept for later calls.
class OpenAiChat final : public LanguageModel {
public:
    enum class TokensField {
        automatic,              // the first at api.openai.com, the second elsewhere
        max_completion_tokens,  // the only one that reasoning models take
        max_tokens,             // the only one that Ollama reads
    };
    OpenAiChat(HttpClient& http, const Clock& clock, Endpoint endpoint, TokensField field = TokensField::automatic);

    asio::awaitable<ChatResult> chat(ChatRequest request) override;
    std::string name() const override { return "openai " + endpoint_.model; }

private:
    enum class Form { schema, any_json, plain };

    std::string body_of(const ChatRequest& request) const;
    bool adapt(const ChatFailure& failure, Form asked_in, bool completion_field);

    HttpClient& http_;
    const Clock& clock_;
    Endpoint endpoint_;
    Form form_ = Form::schema;
    bool completion_field_;
    bool field_changed_ = false;
};

// A system text with the schema in words, for servers that do not hold the model to it.
std::string with_schema(const ChatRequest& request);

}  // namespace podbrief::ai
