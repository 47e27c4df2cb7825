#include "adapters/ai/openai_chat.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/ai/exchange.hpp"
#include "core/text/ascii.hpp"

namespace podbrief::ai {
namespace {

using nlohmann::json;

// The text of a message: a string, or parts as some servers give them. What a model thinks to itself
// (reasoning_content, reasoning) is never read.
std::string content_of(const json& message) {
    const json* content = find(message, "content");
    if (content == nullptr || !content->is_array()) return text_at(message, "content");
    std::string all;
    for (const json& part : *content) {
        if (text_at(part, "type") == "text") all += text_at(part, "text");
    }
    return all;
}

ChatFailure declined(std::string detail, TokenUsage usage) {
    ChatFailure failure;
    failure.kind = ChatFailure::Kind::refused;
    failure.detail = std::move(detail);
    failure.usage = usage;
    failure.may_cost = usage == TokenUsage{};
    return failure;
}

// https://platform.openai.com/docs/api-reference/chat/object; relied upon: choices[0].message.content, .refusal,
// choices[0].finish_reason, usage.prompt_tokens, usage.completion_tokens. An answer with status 200 may be an error.
ChatResult read(const std::string& body) {
    const json answer = json::parse(body, nullptr, false);
    if (answer.is_discarded()) return bad_answer("the answer is not JSON");
    if (const json* error = find(answer, "error"); error != nullptr && !error->is_null())
        return bad_answer("an error inside an answer");
    const json* choices = find(answer, "choices");
    if (choices == nullptr || !choices->is_array() || choices->empty()) return bad_answer("the answer has no choices");
    const json& choice = choices->front();
    const json* message = find(choice, "message");
    if (message == nullptr || !message->is_object()) return bad_answer("the answer has no message");
    ChatAnswer out;
    if (const json* usage = find(answer, "usage"); usage != nullptr && usage->is_object()) {
        out.usage = {count_at(*usage, "prompt_tokens"), count_at(*usage, "completion_tokens")};
        out.usage_told = out.usage.input > 0;
    }
    const std::string reason = text_at(choice, "finish_reason");
    if (!text_at(*message, "refusal").empty()) return declined("the model refused", out.usage);
    if (reason == "content_filter") return declined("a content filter stepped in", out.usage);
    out.cut_short = reason == "length";
    out.text = content_of(*message);
    if (out.text.empty()) {
        ChatFailure failure = bad_answer(out.cut_short ? "all tokens went before the answer began" : "an empty answer");
        failure.usage = out.usage;
        return failure;
    }
    return out;
}

bool mentions(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

std::string with_schema(const ChatRequest& request) {
    return request.system + "\n\nAnswer with one JSON object of this JSON schema, and with nothing else:\n" +
           request.schema;
}

OpenAiChat::OpenAiChat(HttpClient& http, const Clock& clock, Endpoint endpoint, TokensField field)
    : http_(http),
      clock_(clock),
      endpoint_(std::move(endpoint)),
      completion_field_(field == TokensField::max_completion_tokens ||
                        (field == TokensField::automatic && endpoint_.url.starts_with("https://api.openai.com/"))) {}

std::string OpenAiChat::body_of(const ChatRequest& request) const {
    json body;
    body["model"] = endpoint_.model;
    body[completion_field_ ? "max_completion_tokens" : "max_tokens"] = request.max_output_tokens;
    const bool schema = !request.schema.empty();
    const std::string system = schema && form_ != Form::schema ? with_schema(request) : request.system;
    body["messages"] = json::array();
    body["messages"].push_back({{"role", "system"}, {"content", system}});
    body["messages"].push_back({{"role", "user"}, {"content", request.user}});
    if (schema && form_ == Form::schema) {
        // Nested as OpenAI has it: llama.cpp takes the flat form of its own README for no schema at all.
        body["response_format"] = {
            {"type", "json_schema"},
            {"json_schema",
             {{"name", request.schema_name}, {"strict", true}, {"schema", json::parse(request.schema)}}}};
    } else if (schema && form_ == Form::any_json) {
        body["response_format"] = {{"type", "json_object"}};
    }
    return to_text(body);
}

// Learns from a request that was refused; true: the next one has another form. Several may be under way, so what was
// learnt meanwhile is enough.
bool OpenAiChat::adapt(const ChatFailure& failure, Form asked_in, bool completion_field) {
    if (failure.kind != ChatFailure::Kind::bad_request) return false;
    if (form_ != asked_in || completion_field_ != completion_field) return true;
    std::string said = failure.detail;
    std::transform(said.begin(), said.end(), said.begin(), text::ascii_lower);
    if (!field_changed_ && mentions(said, completion_field ? "max_completion_tokens" : "max_tokens")) {
        completion_field_ = !completion_field_;
        field_changed_ = true;
        return true;
    }
    const bool of_form = mentions(said, "response_format") || mentions(said, "json_schema") ||
                         mentions(said, "json_object") || mentions(said, "grammar") || mentions(said, "schema") ||
                         mentions(said, "structured");
    if (!of_form || asked_in == Form::plain) return false;
    form_ = asked_in == Form::schema ? Form::any_json : Form::plain;
    return true;
}

asio::awaitable<ChatResult> OpenAiChat::chat(ChatRequest request) {
    const Form form = form_;
    const bool completion_field = completion_field_;
    Post what;
    what.path = "/chat/completions";
    if (!endpoint_.key.empty()) what.headers.push_back({"Authorization", "Bearer " + endpoint_.key});
    what.body = body_of(request);
    what.deadline = request.deadline;
    Posted posted = co_await post(http_, clock_, endpoint_, std::move(what));
    if (posted) co_return read(*posted);
    ChatFailure failure = posted.error();
    if (adapt(failure, form, completion_field)) failure.kind = ChatFailure::Kind::ask_again;
    co_return failure;
}

}  // namespace podbrief::ai
