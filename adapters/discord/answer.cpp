#include "adapters/discord/answer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "adapters/discord/wire.hpp"
#include "core/feeds/freshness.hpp"
#include "core/feeds/times.hpp"

namespace podbrief::discord {
namespace {

constexpr double longest_wait_s = 30.0 * 86'400;
constexpr std::size_t longest_message = 200;

std::string header_of(const HttpResponse& response, std::string_view name) {
    const std::string* found = find_header(response.headers, name);
    return found == nullptr ? std::string{} : *found;
}

Millis wait_of(double seconds) {
    if (!(seconds > 0)) return Millis{0};
    return Millis{static_cast<std::int64_t>(std::ceil(std::min(seconds, longest_wait_s) * 1000))};
}

// Whole or not; nullopt: no number.
std::optional<double> seconds_in(const std::string& text) {
    if (text.empty()) return std::nullopt;
    char* end = nullptr;
    const double seconds = std::strtod(text.c_str(), &end);
    return end == text.c_str() + text.size() ? std::optional(seconds) : std::nullopt;
}

// The body is finer than the header where both are there.
Millis retry_after_of(const HttpResponse& response, const Json& body, WallTime now) {
    const Json& in_body = member(body, "retry_after");
    if (in_body.is_number() && in_body.get<double>() > 0) return wait_of(in_body.get<double>());
    const std::string text = header_of(response, "Retry-After");
    if (const auto seconds = seconds_in(text)) return wait_of(*seconds);
    const auto date = feeds::parse_date(header_of(response, "Date"));
    return std::max(Millis{0}, feeds::retry_after({{"Retry-After", text}}, date.value_or(now)));
}

}  // namespace

Answer read_answer(HttpResponse response, WallTime now) {
    Answer out;
    out.status = response.status;
    Json body;
    const bool needs_none = response.status == 204 || response.status == 202;
    out.readable = needs_none || (read_json(response.body, body) && (body.is_object() || body.is_array()));
    if (!body.is_object() && !body.is_array()) body = nullptr;
    out.code = static_cast<int>(number_member(body, "code"));
    out.message = bounded(text_member(body, "message"), longest_message);
    out.id = text_member(body, "id");
    if (!is_snowflake(out.id)) out.id.clear();
    out.retry_after = retry_after_of(response, body, now);
    out.scope = header_of(response, "X-RateLimit-Scope");
    out.global =
        flag_member(body, "global") || out.scope == "global" || !header_of(response, "X-RateLimit-Global").empty();
    out.bucket = bounded(header_of(response, "X-RateLimit-Bucket"), 100);
    if (const auto left = seconds_in(header_of(response, "X-RateLimit-Remaining"))) {
        out.remaining = static_cast<int>(std::clamp(*left, 0.0, 1e6));
    }
    out.reset_after = wait_of(seconds_in(header_of(response, "X-RateLimit-Reset-After")).value_or(0));
    out.date = feeds::parse_date(header_of(response, "Date"));
    out.body = std::move(response.body);
    return out;
}

}  // namespace podbrief::discord
