#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

namespace asio = boost::asio;

// The body of an answer with status 200, or what the API or the network said instead (failures.hpp).
using Posted = boost::system::result<std::string, ChatFailure>;

struct Post {
    std::string path;  // after the endpoint's url
    std::vector<HttpHeader> headers;
    std::string body;
    std::string content_type = "application/json";
    Millis deadline{0};
    std::size_t longest_answer = ai::longest_answer;
};

// One exchange with an endpoint. Redirects are not followed: the key goes to nobody else.
asio::awaitable<Posted> post(HttpClient& http, const Clock& clock, const Endpoint& endpoint, Post what);

// JSON as text for a request; what is not UTF-8 is replaced.
std::string to_text(const nlohmann::json& json);

// ---- reading without trust: what is missing or of another type reads as nothing ----
const nlohmann::json* find(const nlohmann::json& object, const char* key);
std::string text_at(const nlohmann::json& object, const char* key);
// 0 for what is negative or absurd (more than a billion).
std::int64_t count_at(const nlohmann::json& object, const char* key);

ChatFailure bad_answer(std::string detail);

}  // namespace podbrief::ai
