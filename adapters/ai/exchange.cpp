#include "adapters/ai/exchange.hpp"

#include <nlohmann/json.hpp>

#include "adapters/ai/failures.hpp"

namespace podbrief::ai {

asio::awaitable<Posted> post(HttpClient& http, const Clock& clock, const Endpoint& endpoint, Post what) {
    HttpRequest request;
    request.method = "POST";
    request.url = endpoint.url + what.path;
    request.headers = std::move(what.headers);
    request.headers.push_back({"Content-Type", std::move(what.content_type)});
    request.headers.push_back({"Accept", "application/json"});
    request.body = std::move(what.body);
    request.deadline = what.deadline;
    request.max_body_bytes = what.longest_answer;
    request.max_redirects = 0;
    HttpResult result = co_await http.send(std::move(request));
    if (!result) co_return failure_of(result.error());
    if (result->status != 200) co_return failure_of(*result, clock.wall_now(), endpoint.key);
    co_return std::move(result->body);
}

std::string to_text(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

const nlohmann::json* find(const nlohmann::json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::string text_at(const nlohmann::json& object, const char* key) {
    const nlohmann::json* value = find(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::int64_t count_at(const nlohmann::json& object, const char* key) {
    const nlohmann::json* value = find(object, key);
    if (value == nullptr || !value->is_number_unsigned()) return 0;
    const auto count = value->get<std::uint64_t>();
    return count > 1'000'000'000 ? 0 : static_cast<std::int64_t>(count);
}

ChatFailure bad_answer(std::string detail) {
    ChatFailure failure;
    failure.kind = ChatFailure::Kind::bad_answer;
    failure.detail = std::move(detail);
    failure.may_cost = true;
    return failure;
}

}  // namespace podbrief::ai
