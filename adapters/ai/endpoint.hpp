#pragma once
#include <cstddef>
#include <string>

namespace podbrief::ai {

// Where a model is asked.
struct Endpoint {
    std::string url;  // without a slash at its end: "https://api.openai.com/v1", "https://api.anthropic.com"
    std::string key;  // empty: none is sent; never in a log, an error or a URL
    std::string model;
};

// No answer of a model is longer.
constexpr std::size_t longest_answer = 4 << 20;

}  // namespace podbrief::ai
