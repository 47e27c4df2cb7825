#include "core/feeds/freshness.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/feeds/times.hpp"
#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

constexpr Millis year = 366 * 24h;

std::optional<Millis> seconds_in(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::int64_t seconds = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (rest != text.data() + text.size() || text.empty()) return std::nullopt;
    if (error == std::errc::result_out_of_range) return year;
    if (error != std::errc{} || seconds < 0) return std::nullopt;
    return std::min<Millis>(std::chrono::seconds{std::min<std::int64_t>(seconds, 400 * 86400)}, year);
}

Millis within_bounds(Millis wait) {
    return std::clamp<Millis>(wait, 0ms, year);
}

// The value of a Cache-Control directive; empty when it stands there without one; nullopt when it does not.
std::optional<std::string_view> directive(std::string_view cache_control, std::string_view name) {
    while (!cache_control.empty()) {
        const std::string_view part = cache_control.substr(0, cache_control.find(','));
        cache_control.remove_prefix(std::min(part.size() + 1, cache_control.size()));
        const std::size_t equals = part.find('=');
        if (!equal_ignoring_case(trimmed(part.substr(0, equals)), name)) continue;
        return equals == std::string_view::npos ? std::string_view() : trimmed(part.substr(equals + 1));
    }
    return std::nullopt;
}

}  // namespace

Millis retry_after(const std::vector<HttpHeader>& headers, WallTime now) {
    const std::string* value = find_header(headers, "Retry-After");
    if (value == nullptr) return 0ms;
    if (const auto seconds = seconds_in(*value)) return *seconds;
    const auto date = parse_date(*value);
    return date ? within_bounds(*date - now) : 0ms;
}

Millis fresh_for(const std::vector<HttpHeader>& headers, WallTime now) {
    if (const std::string* cache_control = find_header(headers, "Cache-Control")) {
        if (directive(*cache_control, "no-cache") || directive(*cache_control, "no-store")) return 0ms;
        if (const auto max_age = directive(*cache_control, "max-age")) {
            const std::string* age = find_header(headers, "Age");
            const Millis passed = age == nullptr ? 0ms : seconds_in(*age).value_or(0ms);
            return within_bounds(seconds_in(*max_age).value_or(0ms) - passed);
        }
    }
    const std::string* expires = find_header(headers, "Expires");
    const auto end = expires == nullptr ? std::nullopt : parse_date(*expires);
    if (!end) return 0ms;
    const std::string* date = find_header(headers, "Date");
    const auto begin = date == nullptr ? std::nullopt : parse_date(*date);
    return within_bounds(*end - begin.value_or(now));
}

}  // namespace podbrief::feeds
