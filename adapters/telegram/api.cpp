#include "adapters/telegram/api.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "adapters/telegram/limits.hpp"
#include "adapters/telegram/wire.hpp"
#include "core/commands/inert.hpp"
#include "core/feeds/freshness.hpp"
#include "core/feeds/times.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;

constexpr double longest_wait_s = 30.0 * 86'400;
constexpr std::size_t longest_description = 200;  // code points

Millis seconds_as_wait(double seconds) {
    if (!(seconds > 0)) return Millis{0};
    return Millis{static_cast<std::int64_t>(std::ceil(std::min(seconds, longest_wait_s) * 1000))};
}

// Whole seconds or not, or a date (against the answer's own, so that our clock does not matter).
Millis wait_of(const HttpResponse& response, WallTime date) {
    const std::string* header = find_header(response.headers, "Retry-After");
    if (header == nullptr || header->empty()) return Millis{0};
    char* end = nullptr;
    const double seconds = std::strtod(header->c_str(), &end);
    if (end == header->c_str() + header->size()) return seconds_as_wait(seconds);
    return std::max(Millis{0}, feeds::retry_after({{"Retry-After", *header}}, date));
}

std::string one_line(std::string_view text) {
    return rendering::cut(commands::inert(text), longest_description, rendering::code_points);
}

}  // namespace

ApiAnswer answer_from(const HttpResponse& response, WallTime now) {
    ApiAnswer out;
    out.status = response.status;
    if (const std::string* date = find_header(response.headers, "Date")) out.date = feeds::parse_date(*date);
    out.retry_after = wait_of(response, out.date.value_or(now));
    auto json = parse_json(response.body);
    if (!json || !json->is_object()) return out;
    const auto ok = json->find("ok");
    if (ok == json->end() || !ok->is_boolean()) return out;
    out.ok = ok->get<bool>();
    out.readable = out.ok == json->contains("result");
    out.description = one_line(text(*json, "description"));
    if (const auto found = json->find("parameters"); found != json->end() && found->is_object()) {
        if (const auto wait = found->find("retry_after"); wait != found->end() && wait->is_number()) {
            out.retry_after = std::max(out.retry_after, seconds_as_wait(wait->get<double>()));
        }
        if (const auto chat = integer(*found, "migrate_to_chat_id"); chat != 0) {
            out.migrate_to_chat_id = std::to_string(chat);
        }
    }
    if (out.ok && out.readable) out.result = std::make_shared<const Json>(std::move((*json)["result"]));
    return out;
}

std::string problem_of(const Called& called) {
    if (const auto* none = std::get_if<NoAnswer>(&called)) return none->reason;
    const auto& answer = std::get<ApiAnswer>(called);
    if (answer.worked()) return {};
    return std::to_string(answer.status) + (answer.description.empty() ? "" : " " + answer.description);
}

const ApiAnswer* worked(const Called& called) {
    const auto* answer = std::get_if<ApiAnswer>(&called);
    return answer != nullptr && answer->worked() ? answer : nullptr;
}

Api::Api(HttpClient& http, Clock& clock, std::string base_url, std::string token)
    : http_(http), clock_(clock), base_url_(std::move(base_url)), token_(std::move(token)) {
    while (base_url_.ends_with('/')) base_url_.pop_back();
}

std::string Api::without_token(std::string text) const {
    if (token_.empty()) return text;
    for (auto at = text.find(token_); at != std::string::npos; at = text.find(token_, at)) {
        text.replace(at, token_.size(), "<token>");
    }
    return text;
}

asio::awaitable<Called> Api::call(std::string method, Json fields) {
    CallOptions usual;
    co_return co_await call(std::move(method), std::move(fields), std::move(usual));
}

asio::awaitable<Called> Api::call(std::string method, Json fields, CallOptions options) {
    HttpRequest request;
    request.method = "POST";
    request.url = base_url_ + "/bot" + token_ + "/" + method;
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = fields.dump(-1, ' ', false, Json::error_handler_t::replace);
    request.deadline = options.deadline;
    request.max_body_bytes = options.longest_answer;
    request.max_redirects = 0;
    request.may_begin = std::move(options.may_begin);
    const HttpResult result = co_await http_.send(std::move(request));
    Called called;
    if (result) {
        ApiAnswer answer = answer_from(*result, clock_.wall_now());
        answer.description = without_token(std::move(answer.description));
        called = std::move(answer);
    } else {
        const HttpFailure& failure = result.error();
        NoAnswer none;
        none.handed_over = failure.handed_over;
        none.reason = std::string(to_string(failure.code));
        const std::string detail = without_token(failure.detail);
        if (!detail.empty() && detail.find(none.reason) == std::string::npos) none.reason += ": " + detail;
        called = std::move(none);
    }
    co_return called;
}

}  // namespace podbrief::telegram
