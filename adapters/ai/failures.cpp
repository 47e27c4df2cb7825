#include "adapters/ai/failures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/ai/exchange.hpp"
#include "core/feeds/freshness.hpp"
#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::ai {
namespace {

using Kind = ChatFailure::Kind;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), text::ascii_lower);
    return out;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// The first whole number at or after `part`; 0: none.
std::int64_t number_after(std::string_view text, std::string_view part) {
    std::size_t at = text.find(part);
    if (at == std::string_view::npos) return 0;
    at = text.find_first_of("0123456789", at + part.size());
    if (at == std::string_view::npos) return 0;
    std::int64_t number = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

// The sizes in the sentences that the servers use: "This model's maximum context length is 8192 tokens. However, your
// messages resulted in 9000 tokens", "prompt is too long: 210000 tokens > 200000 maximum".
void read_sizes(ApiError& error) {
    const std::string message = lower(error.message);
    if (has(message, "maximum context length is")) {
        error.context_tokens = number_after(message, "maximum context length is");
        for (const std::string_view before : {"resulted in", "you requested", "requested about", "has"}) {
            if (error.request_tokens == 0) error.request_tokens = number_after(message, before);
        }
    } else if (has(message, "prompt is too long:")) {
        error.request_tokens = number_after(message, "prompt is too long:");
        error.context_tokens = number_after(message, "> ");
    }
}

bool is_context_error(const ApiError& error) {
    const std::string message = lower(error.message);
    return error.code == "context_length_exceeded" || error.type == "exceed_context_size_error" ||
           has(message, "maximum context length") || has(message, "prompt is too long") ||
           has(message, "context size") || has(message, "context window") || error.type == "request_too_large";
}

bool is_quota_error(const ApiError& error) {
    return error.code == "insufficient_quota" || error.type == "insufficient_quota" || error.type == "billing_error";
}

bool is_filter(const ApiError& error) {
    return has(error.code, "content_filter") || has(error.code, "content_policy") || has(error.type, "content_filter");
}

Millis wait_asked(const HttpResponse& response, WallTime now) {
    if (const std::string* ms = find_header(response.headers, "retry-after-ms")) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(ms->data(), ms->data() + ms->size(), value);
        // The header may have a fraction; what it says is at most an hour, or nonsense.
        const bool whole = end == ms->data() + ms->size() || *end == '.';
        if (error == std::errc() && whole && value >= 0 && value <= 3'600'000) return Millis{value};
    }
    return feeds::retry_after(response.headers, now);
}

// The model may have worked before the answer was lost on its way.
bool may_have_worked(int status) {
    return status == 408 || status == 500 || status == 502 || status == 504 || status == 524;
}

bool worth_repeating(int status) {
    return status == 408 || status == 409 || status == 425 || status == 429 || (status >= 500 && status != 501);
}

Kind kind_of(int status, const ApiError& error) {
    if (is_context_error(error)) return Kind::context_too_long;
    if (status == 402 || is_quota_error(error)) return Kind::out_of_quota;
    if (status == 401 || status == 403) return Kind::unauthorised;
    if (is_filter(error)) return Kind::refused;
    if (status == 413) return Kind::context_too_long;
    return worth_repeating(status) ? Kind::retry_later : Kind::bad_request;
}

}  // namespace

ApiError read_error(std::string_view body) {
    ApiError error;
    const auto json = nlohmann::json::parse(body, nullptr, false);
    const nlohmann::json* inner = find(json, "error");
    if (inner != nullptr && inner->is_string()) {
        error.message = inner->get<std::string>();
    } else {
        const nlohmann::json& from = inner != nullptr ? *inner : json;
        error.message = text_at(from, "message");
        error.type = text_at(from, "type");
        error.code = text_at(from, "code");
        error.param = text_at(from, "param");
        error.request_tokens = count_at(from, "n_prompt_tokens");
        error.context_tokens = count_at(from, "n_ctx");
    }
    if (error.context_tokens == 0) read_sizes(error);
    return error;
}

std::string told(std::string_view message, std::string_view key) {
    std::string line = text::collapse_white_space(text::to_valid_utf8(message));
    const auto blot_out = [&line](std::size_t at, std::size_t length) { line.replace(at, length, "(key)"); };
    if (key.size() >= 4) {
        for (std::size_t at = line.find(key); at != std::string::npos; at = line.find(key, at + 5)) {
            blot_out(at, key.size());
        }
    }
    // Servers repeat a key with stars in its middle: "sk-proj-****abcd".
    for (std::size_t at = line.find("sk-"); at != std::string::npos; at = line.find("sk-", at + 1)) {
        if (at > 0 && text::is_ascii_letter(line[at - 1])) continue;  // "risk-averse"
        const std::size_t end = std::min(line.find_first_of(" \"',;", at), line.size());
        blot_out(at, end - at);
    }
    return text::shortened(line, 200);
}

ChatFailure failure_of(const HttpResponse& response, WallTime now, std::string_view key) {
    const ApiError error = read_error(response.body);
    ChatFailure failure;
    failure.kind = kind_of(response.status, error);
    failure.request_tokens = error.request_tokens;
    failure.context_tokens = error.context_tokens;
    const std::string* says = find_header(response.headers, "x-should-retry");
    if (says != nullptr && *says == "true" && failure.kind == Kind::bad_request) failure.kind = Kind::retry_later;
    if (failure.kind == Kind::retry_later) {
        failure.in_vain = says != nullptr && *says == "false";
        failure.wait = wait_asked(response, now);
    }
    failure.may_cost = may_have_worked(response.status);
    failure.detail = fmt::format("HTTP {}", response.status);
    if (response.status >= 300 && response.status < 400) failure.detail += ", a redirect; set the address it leads to";
    // What is said of a key may show parts of it.
    if (failure.kind != Kind::unauthorised && !error.message.empty()) failure.detail += ": " + told(error.message, key);
    return failure;
}

ChatFailure failure_of(const HttpFailure& from) {
    ChatFailure failure;
    failure.may_cost = from.handed_over == HandedOver::maybe_executed;
    failure.detail = fmt::format("{}: {}", to_string(from.code), from.detail);
    switch (from.code) {
        case HttpErrc::resolve_failed:
        case HttpErrc::connect_failed:
        case HttpErrc::tls_failed:
        case HttpErrc::timed_out:
        case HttpErrc::connection_lost:
        case HttpErrc::called_off:
            failure.kind = Kind::retry_later;
            break;
        case HttpErrc::bad_url:
        case HttpErrc::blocked:
        case HttpErrc::too_many_redirects:
            failure.kind = Kind::bad_request;
            break;
        case HttpErrc::malformed:
        case HttpErrc::too_large:
            failure.kind = Kind::bad_answer;
            break;
    }
    return failure;
}

}  // namespace podbrief::ai
