#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/feeds/times.hpp"
#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

using text::ascii_lower;

// "1h 2m 3s", "62 minutes", "PT1H2M": each number takes its unit from the letter after it.
std::optional<double> seconds_with_units(std::string_view text) {
    double total = 0;
    bool any = false;
    double last_unit = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        if (!text::is_ascii_digit(text[i])) {
            ++i;
            continue;
        }
        double value = 0;
        const auto [rest, error] =
            std::from_chars(text.data() + i, text.data() + text.size(), value, std::chars_format::fixed);
        if (error != std::errc{}) return std::nullopt;
        i = static_cast<std::size_t>(rest - text.data());
        while (i < text.size() && text::is_ascii_space(text[i])) ++i;
        double unit = 0;
        switch (i < text.size() ? ascii_lower(text[i]) : '\0') {
            case 'd':
                unit = 86400;
                break;
            case 'h':
                unit = 3600;
                break;
            case 'm':
                unit = 60;
                break;
            case 's':
                unit = 1;
                break;
            default:
                unit = last_unit / 60;
                break;  // "1h02"
        }
        if (unit < 1) return std::nullopt;
        total += value * unit;
        last_unit = unit;
        any = true;
    }
    if (!any) return std::nullopt;
    return total;
}

}  // namespace

std::optional<Millis> parse_clock(std::string_view text) {
    text = trimmed(text);
    double total = 0;
    int parts = 0;
    while (true) {
        const std::size_t colon = text.find(':');
        const std::string_view part = trimmed(text.substr(0, colon));
        if (part.empty() || !text::is_ascii_digit(part.front()) || part.size() > 15 || ++parts > 3) return std::nullopt;
        double value = 0;
        const auto [rest, error] =
            std::from_chars(part.data(), part.data() + part.size(), value, std::chars_format::fixed);
        if (error != std::errc{} || rest != part.data() + part.size()) return std::nullopt;
        total = total * 60 + value;
        if (colon == std::string_view::npos) break;
        text.remove_prefix(colon + 1);
    }
    constexpr double week = 7 * 86400;
    if (!(total <= week)) return std::nullopt;
    return Millis{std::llround(total * 1000)};
}

Millis parse_duration(std::string_view text) {
    text = trimmed(text).substr(0, 64);
    const bool has_units = std::any_of(text.begin(), text.end(), text::is_ascii_letter);
    if (!has_units) return std::chrono::floor<std::chrono::seconds>(parse_clock(text).value_or(Millis{0}));
    const auto seconds = seconds_with_units(text);
    if (!seconds || *seconds > 7 * 86400) return Millis{0};
    return std::chrono::seconds{static_cast<std::int64_t>(*seconds)};
}

}  // namespace podbrief::feeds
