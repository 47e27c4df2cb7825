#include "adapters/ai/anthropic_chat.hpp"

#include <nlohmann/json.hpp>

#include "adapters/ai/exchange.hpp"
#include "adapters/ai/openai_chat.hpp"

namespace podbrief::ai {
namespace {

using nlohmann::json;

std::string body_of(const ChatRequest& request, const std::string& model, bool formats) {
    json body;
    body["model"] = model;
    body["max_tokens"] = request.max_output_tokens;
    const bool schema = !request.schema.empty();
    body["system"] = schema && !formats ? with_schema(request) : request.system;
    body["messages"] = json::array({{{"role", "user"}, {"content", request.user}}});
    if (schema && formats) {
        body["output_config"] = {{"format", {{"type", "json_schema"}, {"schema", json::parse(request.schema)}}}};
    }
    return to_text(body);
}

// https://platform.claude.com/docs/en/api/messages; relied upon: content[].type "text" and .text, stop_reason,
// usage.{input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens}. Other blocks are skipped.
ChatResult read(const std::string& body) {
    const json answer = json::parse(body, nullptr, false);
    if (answer.is_discarded()) return bad_answer("the answer is not JSON");
    const json* content = find(answer, "content");
    if (text_at(answer, "type") != "message" || content == nullptr || !content->is_array()) {
        return bad_answer("the answer is no message");
    }
    ChatAnswer out;
    if (const json* usage = find(answer, "usage"); usage != nullptr && usage->is_object()) {
        out.usage.input = count_at(*usage, "input_tokens") + count_at(*usage, "cache_creation_input_tokens") +
                          count_at(*usage, "cache_read_input_tokens");
        out.usage.output = count_at(*usage, "output_tokens");
        out.usage_told = out.usage.input > 0;
    }
    for (const json& block : *content) {
        if (text_at(block, "type") == "text") out.text += text_at(block, "text");
    }
    const std::string reason = text_at(answer, "stop_reason");
    ChatFailure failure = bad_answer("an empty answer");
    failure.usage = out.usage;
    failure.may_cost = !out.usage_told;
    if (reason == "refusal") {
        failure.kind = ChatFailure::Kind::refused;
        failure.detail = "the model refused";
        return failure;
    }
    out.cut_short = reason == "max_tokens" || reason == "model_context_window_exceeded";
    if (out.text.empty()) return failure;
    return out;
}

bool is_of_form(const std::string& detail) {
    for (const char* part : {"output_config", "format", "schema", "grammar"}) {
        if (detail.find(part) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

asio::awaitable<ChatResult> AnthropicChat::chat(ChatRequest request) {
    const bool formats = formats_;
    Post what;
    what.path = "/v1/messages";
    what.headers = {{"x-api-key", endpoint_.key}, {"anthropic-version", "2023-06-01"}};
    what.body = body_of(request, endpoint_.model, formats);
    what.deadline = request.deadline;
    Posted posted = co_await post(http_, clock_, endpoint_, std::move(what));
    if (posted) co_return read(*posted);
    ChatFailure failure = posted.error();
    const bool form_refused = failure.kind == ChatFailure::Kind::bad_request && is_of_form(failure.detail);
    if (form_refused && formats) {
        formats_ = false;
        failure.kind = ChatFailure::Kind::ask_again;
    }
    co_return failure;
}

}  // namespace podbrief::ai
