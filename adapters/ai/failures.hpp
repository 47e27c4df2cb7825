#pragma once
#include <string>
#include <string_view>

#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

// What an error body says, in any of the shapes in use: {"error":{"message","type","param","code"}} (OpenAI; llama.cpp
// with a number as code), {"type":"error","error":{"type","message"}} (Anthropic), {"error":"text"} (Ollama),
// {"object":"error","message"} (vLLM), HTML or anything else. Empty where it says nothing.
struct ApiError {
    std::string message;
    std::string type;
    std::string code;
    std::string param;
    std::int64_t request_tokens = 0;
    std::int64_t context_tokens = 0;
};
ApiError read_error(std::string_view body);

// What an answer other than 200 means. `now` is for Retry-After dates; `key` is cut out of what is told.
ChatFailure failure_of(const HttpResponse& response, WallTime now, std::string_view key);

// What it means that no answer came.
ChatFailure failure_of(const HttpFailure& failure);

// What the model's server said, for people: one line of at most 200 characters, the key and what looks like one gone.
std::string told(std::string_view message, std::string_view key);

}  // namespace podbrief::ai
