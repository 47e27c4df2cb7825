#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace podbrief::doubles::telegram {

// What is wrong with the values of parameters that have the right types, as a description; empty: nothing. The chat,
// its rights and the length of a text are the model's to judge.
std::string problem_with_content(const std::string& method, const nlohmann::json& parameters);

}  // namespace podbrief::doubles::telegram
