#include "core/briefs/brief_key.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/briefs/local_time.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::briefs {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 7> weekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                      "thursday", "friday", "saturday"};

std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

BriefDay on(sys_days day) {
    return {std::chrono::year_month_day{day}, 1};
}

std::optional<sys_days> weekday_before(std::string_view name, sys_days today) {
    if (name.starts_with("last ")) name.remove_prefix(5);
    for (unsigned i = 0; i < weekdays.size(); ++i) {
        if (name != weekdays[i] && (name.size() != 3 || !weekdays[i].starts_with(name))) continue;
        const unsigned back = (std::chrono::weekday{today}.c_encoding() + 7 - i) % 7;
        return today - days{back == 0 ? 7 : back};
    }
    return std::nullopt;
}

// "3 days ago", "a week ago"
std::optional<sys_days> ago(std::string_view text, sys_days today) {
    if (!text.ends_with(" ago")) return std::nullopt;
    text.remove_suffix(4);
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view first = text.substr(0, space);
    const std::string_view unit = text.substr(std::min(space + 1, text.size()));
    const auto count = first == "a" || first == "one" ? 1 : first == "two" ? 2 : number_in(first);
    if (!count || *count > 366) return std::nullopt;
    if (unit == "day" || unit == "days") return today - days{*count};
    if (unit == "week" || unit == "weeks") return today - days{*count * 7};
    return std::nullopt;
}

// Dates are read as those to come are, from a year ago on: so the next "3 March" is the latest one.
std::optional<sys_days> date_within_a_year(std::string_view text, WallTime now, std::string_view zone) {
    constexpr std::array<std::string_view, 6> spans = {"day", "days", "week", "weeks", "month", "months"};
    if (std::none_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    for (const std::string_view span : spans) {
        if (text.ends_with(span)) return std::nullopt;
    }
    const auto at = parse_day(text, now - days{364}, zone);
    if (!at) return std::nullopt;
    const auto day = read_key(local_date(*at, zone));
    return day ? std::optional<sys_days>(day->day) : std::nullopt;
}

}  // namespace

std::optional<BriefDay> read_key(std::string_view key) {
    BriefDay read;
    if (const auto mark = key.find('#'); mark != std::string_view::npos) {
        const auto edition = number_in(key.substr(mark + 1));
        if (!edition || *edition < 2 || *edition > 99) return std::nullopt;
        read.edition = *edition;
        key = key.substr(0, mark);
    }
    if (key.size() != 10 || key[4] != '-' || key[7] != '-') return std::nullopt;
    const auto year = number_in(key.substr(0, 4));
    const auto month = number_in(key.substr(5, 2));
    const auto day = number_in(key.substr(8));
    if (!year || !month || !day) return std::nullopt;
    read.day = {std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                std::chrono::day{static_cast<unsigned>(*day)}};
    return read.day.ok() ? std::optional<BriefDay>(read) : std::nullopt;
}

std::string write_key(const BriefDay& day) {
    std::string key = local_date(WallTime{sys_days{day.day}}, "UTC");
    if (day.edition > 1) key += fmt::format("#{}", day.edition);
    return key;
}

std::string name_of(const BriefDay& day) {
    std::string name = format_day(WallTime{sys_days{day.day}}, "UTC");
    if (day.edition <= 1) return name;
    if (day.edition == 2) return name + ", second edition";
    return fmt::format("{}, edition {}", name, day.edition);
}

std::optional<BriefDay> past_day(std::string_view typed, WallTime now, std::string_view zone) {
    if (typed.size() > 64) return std::nullopt;
    const std::string text = text::collapse_white_space(text::fold(typed));
    const auto here = read_key(local_date(now, zone));
    if (!here) return std::nullopt;
    const sys_days today{here->day};
    if (text == "today") return on(today);
    if (text == "yesterday") return on(today - days{1});
    if (text == "day before yesterday" || text == "the day before yesterday") return on(today - days{2});
    if (const auto key = read_key(text)) return key;
    if (const auto day = weekday_before(text, today)) return on(*day);
    if (const auto day = ago(text, today)) return on(*day);
    if (const auto day = date_within_a_year(text, now, zone)) return on(*day);
    return std::nullopt;
}

bool names_past_day(std::string_view typed) {
    const WallTime some_day = sys_days{std::chrono::year{2026} / 6 / 15};
    if (past_day(typed, some_day, "UTC") || past_day(typed, some_day + days{180}, "UTC")) return true;
    // Figures and marks of a date, whatever they say: "2026-13-45".
    const auto figures = std::count_if(typed.begin(), typed.end(), is_digit);
    return figures >= 4 && typed.find_first_not_of("0123456789-.#") == std::string_view::npos &&
           typed.find_first_of("-.") != std::string_view::npos;
}

std::string clock_time(WallTime at, std::string_view zone) {
    const auto day = read_key(local_date(at, zone));
    int low = 0;
    int high = 24 * 60;  // not reached
    while (day && high - low > 1) {
        const int middle = (low + high) / 2;
        const auto then = instant_of(day->day, std::chrono::minutes{middle}, zone);
        (then && *then <= at ? low : high) = middle;
    }
    return format_time_of_day(std::chrono::minutes{low});
}

}  // namespace podbrief::briefs
