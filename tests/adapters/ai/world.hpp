#pragma once
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>

#include "adapters/ai/anthropic_chat.hpp"
#include "adapters/ai/ollama_chat.hpp"
#include "adapters/ai/openai_chat.hpp"
#include "tests/doubles/ai/ai_double.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_on_clock.hpp"

namespace podbrief::ai {

using testing::AiDouble;
using testing::Dialect;
using testing::ManualClock;
using testing::ScriptedHttp;
using testing::Trouble;

inline constexpr const char* test_key = "sk-canary-4711";
inline constexpr const char* test_url = "https://models.example";

// A provider and the double of its server.
struct Provider {
    explicit Provider(Dialect d) : dialect(d), server(d, http, test_url, test_key) {
        const Endpoint endpoint{test_url, test_key, "test-model"};
        if (d == Dialect::openai) model = std::make_unique<OpenAiChat>(http, clock, endpoint);
        if (d == Dialect::anthropic) model = std::make_unique<AnthropicChat>(http, clock, endpoint);
        if (d == Dialect::ollama) model = std::make_unique<OllamaChat>(http, clock, endpoint);
    }

    // Runs to its end; time passes as it is needed.
    template <class T>
    T run(asio::awaitable<T> work) {
        return testing::run_on_clock(io, clock, std::move(work), 10'000);
    }

    asio::io_context io;
    ManualClock clock;
    ScriptedHttp http{clock};
    Dialect dialect;
    AiDouble server;
    std::unique_ptr<LanguageModel> model;
};

inline ChatRequest a_request() {
    ChatRequest request;
    request.system = "You write briefs.";
    request.user = "SEGMENTS:\n[12] Ada: The export rule changes.";
    request.schema_name = "brief_v1";
    request.schema =
        R"({"type":"object","additionalProperties":false,"required":["title"],"properties":{"title":{"type":"string"}}})";
    request.max_output_tokens = 1'000;
    return request;
}

}  // namespace podbrief::ai
