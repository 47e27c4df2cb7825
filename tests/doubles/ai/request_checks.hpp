#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/ports/http_client.hpp"

namespace podbrief::testing {

enum class Dialect { openai, anthropic, ollama };

// What of a request for a chat is not as the API's description has it: unknown, missing or ill-typed fields, wrong
// headers, a schema that not every provider takes. Empty: nothing.
std::vector<std::string> breaches_of_chat(Dialect dialect, const HttpRequest& request, const std::string& key);
std::vector<std::string> breaches_of_embeddings(const HttpRequest& request, const std::string& key);

// What of a JSON schema some provider would refuse.
std::vector<std::string> breaches_of_schema(const nlohmann::json& schema);

}  // namespace podbrief::testing
