#include "tests/doubles/ai/ai_double.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace podbrief::testing {
namespace {

using nlohmann::json;

std::string path_of(Dialect dialect) {
    switch (dialect) {
        case Dialect::openai:
            return "/chat/completions";
        case Dialect::anthropic:
            return "/v1/messages";
        case Dialect::ollama:
            return "/api/chat";
    }
    return "";
}

HttpResponse with_json(const json& body, int status = 200, std::vector<HttpHeader> headers = {}) {
    headers.push_back({"Content-Type", "application/json"});
    return answer_with(body.dump(-1, ' ', false, json::error_handler_t::replace), std::move(headers), status);
}

constexpr const char* html = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>";

}  // namespace

AiDouble::AiDouble(Dialect dialect, ScriptedHttp& http, std::string url, std::string key, std::string model)
    : dialect_(dialect),
      http_(http),
      url_(std::move(url) + path_of(dialect)),
      key_(std::move(key)),
      model_(std::move(model)) {
    answer_after(Millis{0});
}

void AiDouble::answer_after(Millis delay) {
    http_.on(url_, [this](const HttpRequest& request, int) { return answer(request); }, delay);
}

Asked AiDouble::read(const HttpRequest& request) const {
    const json body = json::parse(request.body);
    Asked out;
    out.model = body["model"].get<std::string>();
    out.schema = body.contains("output_config") || body.contains("format") ||
                 (body.contains("response_format") && body["response_format"]["type"] == "json_schema");
    for (const json& message : body["messages"]) {
        std::string& to = message["role"] == "user" ? out.user : out.system;
        to += message["content"].get<std::string>();
    }
    if (dialect_ == Dialect::anthropic && body.contains("system")) out.system = body["system"].get<std::string>();
    for (const char* key : {"max_tokens", "max_completion_tokens"}) {
        if (body.contains(key)) out.most_tokens = body[key].get<std::int64_t>();
    }
    if (body.contains("options")) out.most_tokens = body["options"]["num_predict"].get<std::int64_t>();
    return out;
}

std::int64_t AiDouble::tokens(const Asked& a) const {
    return static_cast<std::int64_t>((a.system.size() + a.user.size()) / bytes_a_token) + 10;
}

HttpResponse AiDouble::error(int status, const std::string& type, const std::string& code,
                             const std::string& message) const {
    if (dialect_ == Dialect::ollama) return with_json({{"error", message}}, status);
    if (dialect_ == Dialect::anthropic) {
        return with_json(
            {{"type", "error"}, {"error", {{"type", type}, {"message", message}}}, {"request_id", "req_1"}}, status);
    }
    json inner = {{"message", message}, {"type", type}, {"param", nullptr}};
    inner["code"] = code.empty() ? json(nullptr) : json(code);
    return with_json({{"error", inner}}, status);
}

// Which of the fields that are well formed this server does not know.
std::string AiDouble::form_refused(const HttpRequest& request) const {
    const json body = json::parse(request.body);
    if (refuses_max_tokens && body.contains("max_tokens")) {
        return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
               "instead.";
    }
    if (refuses_max_completion_tokens && body.contains("max_completion_tokens")) {
        return "Unknown field max_completion_tokens";
    }
    if (refuses_schema && body.contains("output_config")) return "output_config: Extra inputs are not permitted";
    if (!body.contains("response_format")) return "";
    const bool schema = body["response_format"]["type"] == "json_schema";
    if (refuses_schema && schema) return "Invalid parameter: 'response_format' of type 'json_schema' is not supported";
    if (refuses_json_object && !schema) return "'response_format' of type 'json_object' is not supported";
    return "";
}

HttpResult AiDouble::answer(const HttpRequest& request) {
    requests.push_back(request);
    const auto found = breaches_of_chat(dialect_, request, key_);
    breaches.insert(breaches.end(), found.begin(), found.end());
    if (!found.empty()) return error(400, "invalid_request_error", "", found.front());
    const Asked a = read(request);
    Trouble trouble = always;
    if (!troubles.empty()) {
        trouble = troubles.front();
        troubles.pop_front();
    }
    if (trouble != Trouble::none && trouble != Trouble::cut_answer) return in_trouble(trouble, request, a);
    if (a.model != model_) return error(404, "not_found_error", "model_not_found", "The model does not exist");
    if (const std::string refused = form_refused(request); !refused.empty()) {
        return error(400, "invalid_request_error", "", refused);
    }
    asked.push_back(a);
    if (tokens(a) + a.most_tokens > context) {
        return error(400, "invalid_request_error", "context_length_exceeded",
                     fmt::format("This model's maximum context length is {} tokens. However, you requested {} tokens.",
                                 context, tokens(a) + a.most_tokens));
    }
    std::string text = brain ? brain(a, ++written_) : "{\"insights\":[]}";
    if (trouble == Trouble::cut_answer) text.resize(text.size() * 2 / 3);
    const char* finish = dialect_ == Dialect::anthropic ? "end_turn" : "stop";
    const char* cut = dialect_ == Dialect::anthropic ? "max_tokens" : "length";
    return write(a, std::move(text), trouble == Trouble::cut_answer ? cut : finish);
}

HttpResult AiDouble::write(const Asked& a, std::string text, const std::string& finish) {
    const TokenUsage usage{tokens(a),
                           std::min(a.most_tokens, static_cast<std::int64_t>(text.size() / bytes_a_token) + 1)};
    billed = billed + usage;
    if (dialect_ == Dialect::ollama) {
        json end = {
            {"model", a.model}, {"created_at", "2026-03-02T00:00:00Z"}, {"done", true}, {"done_reason", finish}};
        if (tells_usage) end.update({{"prompt_eval_count", usage.input}, {"eval_count", usage.output}});
        end["message"] = {{"role", "assistant"}, {"content", streams_anyway ? "" : text}, {"thinking", "hm"}};
        if (!streams_anyway) return with_json(end);
        std::string lines;
        for (std::size_t at = 0; at < text.size(); at += 7) {
            const json part = {{"model", a.model},
                               {"message", {{"role", "assistant"}, {"content", text.substr(at, 7)}}},
                               {"done", false}};
            lines += part.dump(-1, ' ', false, json::error_handler_t::ignore) + "\n";
        }
        return answer_with(lines + end.dump() + "\n", {{"Content-Type", "application/x-ndjson"}});
    }
    if (dialect_ == Dialect::anthropic) {
        json body = {{"id", "msg_1"},    {"type", "message"},     {"role", "assistant"},
                     {"model", a.model}, {"stop_reason", finish}, {"stop_sequence", nullptr}};
        body["content"] = json::array(
            {{{"type", "thinking"}, {"thinking", "hm"}}, {{"type", "text"}, {"text", text}, {"citations", nullptr}}});
        if (tells_usage) {
            body["usage"] = {{"input_tokens", usage.input - 4},
                             {"output_tokens", usage.output},
                             {"cache_creation_input_tokens", 3},
                             {"cache_read_input_tokens", 1}};
        }
        return with_json(body);
    }
    json message = {{"role", "assistant"}, {"refusal", nullptr}, {"content", text}};
    message["reasoning_content"] = "{\"insights\":\"thoughts are not answers\"}";
    json body = {{"id", "chatcmpl-1"}, {"object", "chat.completion"}, {"created", 1767225600}, {"model", a.model}};
    body["choices"] =
        json::array({{{"index", 0}, {"logprobs", nullptr}, {"finish_reason", finish}, {"message", message}}});
    if (tells_usage) {
        body["usage"] = {{"prompt_tokens", usage.input},
                         {"completion_tokens", usage.output},
                         {"total_tokens", usage.input + usage.output}};
    }
    return with_json(body);
}

HttpResult AiDouble::in_trouble(Trouble trouble, const HttpRequest& request, const Asked& a) {
    const auto limited = [this](std::vector<HttpHeader> headers) {
        HttpResponse response = error(429, dialect_ == Dialect::anthropic ? "rate_limit_error" : "requests",
                                      "rate_limit_exceeded", "Rate limit reached");
        response.headers.insert(response.headers.end(), headers.begin(), headers.end());
        return response;
    };
    const bool anthropic = dialect_ == Dialect::anthropic;
    switch (trouble) {
        case Trouble::none:
        case Trouble::cut_answer:
            break;
        case Trouble::rate_limit_seconds:
            return limited({{"Retry-After", "7"}});
        case Trouble::rate_limit_ms:
            return limited({{"retry-after-ms", "1500"}, {"Retry-After", "2"}});
        case Trouble::rate_limit_date:
            return limited({{"Retry-After", "Mon, 02 Mar 2026 00:00:20 GMT"}});
        case Trouble::rate_limit_long:
            return limited({{"Retry-After", "3600"}});
        case Trouble::rate_limit_garbage:
            return limited({{"Retry-After", "soon"}, {"retry-after-ms", "-5"}});
        case Trouble::rate_limit_silent:
            return limited({});
        case Trouble::no_retry: {
            HttpResponse response = error(503, "api_error", "", "Not now");
            response.headers.push_back({"x-should-retry", "false"});
            return response;
        }
        case Trouble::please_retry: {
            HttpResponse response = error(400, "invalid_request_error", "", "A strange moment");
            response.headers.push_back({"x-should-retry", "true"});
            return response;
        }
        case Trouble::quota:
            return error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota");
        case Trouble::billing:
            return error(402, "billing_error", "", "Your credit balance is too low");
        case Trouble::overloaded:
            return error(529, "overloaded_error", "", "Overloaded");
        case Trouble::conflict:
            return error(409, "conflict_error", "", "Conflict");
        case Trouble::server_error:
            return error(500, anthropic ? "api_error" : "server_error", "", "The server had an error");
        case Trouble::gateway_html:
            return answer_with(html, {{"Content-Type", "text/html"}}, 502);
        case Trouble::loading:
            return with_json({{"error", {{"code", 503}, {"message", "Loading model"}, {"type", "unavailable_error"}}}},
                             503);
        case Trouble::lost:
            billed = billed + TokenUsage{tokens(a), a.most_tokens};
            return fail_with(HttpErrc::connection_lost, HandedOver::maybe_executed);
        case Trouble::no_connection:
            return fail_with(HttpErrc::connect_failed, HandedOver::nothing);
        case Trouble::bad_key:
            return error(401, anthropic ? "authentication_error" : "invalid_request_error", "invalid_api_key",
                         "Incorrect API key provided: " + key_);
        case Trouble::unknown_model:
            return error(404, "not_found_error", "model_not_found", "The model `x` with key " + key_ + " is unknown");
        case Trouble::cut_body: {
            HttpResult whole = write(a, "{\"insights\":[]}", "stop");
            HttpResponse half = *whole;
            half.body.resize(half.body.size() / 2);
            return half;
        }
        case Trouble::html:
            return answer_with(html, {{"Content-Type", "text/html"}});
        case Trouble::wrong_types:
            return with_json({{"choices", {{"message", 7}}},
                              {"content", "text"},
                              {"type", 1},
                              {"message", json::array()},
                              {"done", "yes"},
                              {"usage", {{"prompt_tokens", "many"}, {"input_tokens", -3}}}});
        case Trouble::no_choices:
            return with_json(json::object());
        case Trouble::empty_text:
            return write(a, "", "stop");
        case Trouble::huge:
            return write(a, std::string(8u << 20, 'a'), "stop");
        case Trouble::error_in_200:
            return error(200, "server_error", "", "Something broke in the middle");
        case Trouble::refusal:
        case Trouble::content_filter: {
            HttpResult whole = write(a, "I cannot help with that.", anthropic ? "refusal" : "stop");
            HttpResponse response = *whole;
            if (dialect_ != Dialect::openai) return response;
            json body = json::parse(response.body);
            json& choice = body["choices"][0];
            choice["message"]["content"] = nullptr;
            if (trouble == Trouble::refusal) choice["message"]["refusal"] = "I cannot help with that.";
            if (trouble == Trouble::content_filter) choice["finish_reason"] = "content_filter";
            response.body = body.dump();
            return response;
        }
        case Trouble::context_openai:
            return error(400, "invalid_request_error", "context_length_exceeded",
                         fmt::format("This model's maximum context length is {} tokens. However, your messages "
                                     "resulted in {} tokens. Please reduce the length of the messages.",
                                     told_context, 9'000));
        case Trouble::context_llama:
            return with_json({{"error",
                               {{"code", 400},
                                {"message", "request (9000 tokens) exceeds the available context size"},
                                {"type", "exceed_context_size_error"},
                                {"n_prompt_tokens", 9'000},
                                {"n_ctx", told_context}}}},
                             400);
        case Trouble::context_anthropic:
            return error(400, "invalid_request_error", "",
                         fmt::format("prompt is too long: 9000 tokens > {} maximum", told_context));
        case Trouble::too_large:
            return error(413, "request_too_large", "", "Request exceeds the maximum size");
    }
    return error(500, "server_error", "", request.url);
}

}  // namespace podbrief::testing
