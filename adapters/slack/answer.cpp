#include "adapters/slack/answer.hpp"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/feeds/freshness.hpp"
#include "core/feeds/times.hpp"

namespace podbrief::slack {
namespace {

// Seconds (whole or not), or a date against the answer's own Date, so that our clock does not matter.
Millis wait_of(const std::vector<HttpHeader>& headers, WallTime now) {
    const std::string* text = find_header(headers, "Retry-After");
    if (text == nullptr || text->empty()) return Millis{0};
    char* end = nullptr;
    const double seconds = std::strtod(text->c_str(), &end);
    if (end == text->c_str() + text->size()) {
        constexpr double most = 30.0 * 86'400;
        if (!(seconds > 0)) return Millis{0};
        return Millis{static_cast<std::int64_t>(std::ceil(std::min(seconds, most) * 1000))};
    }
    return std::max(Millis{0}, feeds::retry_after(headers, now));
}

}  // namespace

Answer read_answer(const HttpResponse& response, WallTime now) {
    Answer out;
    out.status = response.status;
    if (const std::string* date = find_header(response.headers, "Date")) out.date = feeds::parse_date(*date);
    out.retry_after = wait_of(response.headers, out.date.value_or(now));
    if (const std::string* scopes = find_header(response.headers, "X-OAuth-Scopes")) out.scopes = *scopes;
    auto json = parse_json(response.body);
    if (!json || !json->is_object() || !json->contains("ok") || !(*json)["ok"].is_boolean()) return out;
    out.ok = flag_at(*json, {"ok"});
    out.error = text_at(*json, {"error"});
    if (!out.ok && out.error.empty()) return out;
    out.readable = true;
    out.needed = text_at(*json, {"needed"});
    out.body = std::make_shared<const Json>(std::move(*json));
    return out;
}

const Answer* good(const Answered& answered) {
    const auto* answer = std::get_if<Answer>(&answered);
    return answer != nullptr && answer->readable && answer->ok ? answer : nullptr;
}

std::string problem_of(const Answered& answered) {
    if (const auto* failure = std::get_if<HttpFailure>(&answered))
        return std::string(to_string(failure->code)) + ": " + failure->detail;
    if (const auto* none = std::get_if<NoToken>(&answered)) return none->reason;
    if (const auto* later = std::get_if<NotNow>(&answered)) return later->reason;
    const auto& answer = std::get<Answer>(answered);
    const std::string status = std::to_string(answer.status);
    if (!answer.readable) return status + ", not JSON as documented";
    return answer.error.empty() ? status : answer.error;
}

}  // namespace podbrief::slack
