// Times and days as people type them.
#include <array>
#include <charconv>

#include "core/briefs/local_time.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::briefs {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Reads digits at the front of `rest` and takes them off. nullopt: none, or more than `most`.
std::optional<int> take_number(std::string_view& rest, std::size_t most) {
    std::size_t length = 0;
    while (length < rest.size() && rest[length] >= '0' && rest[length] <= '9') ++length;
    if (length == 0 || length > most) return std::nullopt;
    int value = 0;
    std::from_chars(rest.data(), rest.data() + length, value);
    rest.remove_prefix(length);
    return value;
}

bool take(std::string_view& rest, std::string_view what) {
    if (!rest.starts_with(what)) return false;
    rest.remove_prefix(what.size());
    return true;
}

void skip_spaces(std::string_view& rest) {
    while (take(rest, " ")) {
    }
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find_first_of(" ,");
        if (end != 0) parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

// The index of the name that `word` is or, with three letters or more, begins.
template <std::size_t N>
std::optional<unsigned> index_in(const std::array<std::string_view, N>& names, std::string_view word) {
    for (unsigned i = 0; i < N; ++i) {
        if (word.size() >= 3 && names[i].starts_with(word)) return i;
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 7> day_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> month_names = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 8> count_names = {"zero", "one", "two", "three", "four", "five", "six", "seven"};

std::optional<int> count_of(std::string_view word) {
    if (word == "a" || word == "an") return 1;
    for (std::size_t i = 1; i < count_names.size(); ++i) {
        if (word == count_names[i]) return static_cast<int>(i);
    }
    const auto value = take_number(word, 3);
    return word.empty() ? value : std::nullopt;
}

// "12", "12th", "3rd"
std::optional<unsigned> day_of_month(std::string_view word) {
    const auto value = take_number(word, 2);
    if (!value || !(word.empty() || word == "st" || word == "nd" || word == "rd" || word == "th" || word == ".")) {
        return std::nullopt;
    }
    return static_cast<unsigned>(*value);
}

// "2026-03-12" or "12.3.2026"
std::optional<year_month_day> numeric_date(std::string_view word) {
    auto rest = word;
    const auto first = take_number(rest, 4);
    if (!first || rest.empty()) return std::nullopt;
    const std::string_view mark = rest.substr(0, 1);
    if (mark != "-" && mark != ".") return std::nullopt;
    rest.remove_prefix(1);
    const auto second = take_number(rest, 2);
    if (!second || !take(rest, mark)) return std::nullopt;
    const auto third = take_number(rest, 4);
    if (!third || !rest.empty()) return std::nullopt;
    const int year = mark == "-" ? *first : *third;
    const int day = mark == "-" ? *third : *first;
    if (year < 1000 || day > 31) return std::nullopt;
    return year_month_day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(*second)},
                          std::chrono::day{static_cast<unsigned>(day)}};
}

// "12 March", "March 12th", "12 mar 2027": the next such day from `today` on when there is no year.
std::optional<year_month_day> named_date(const std::vector<std::string_view>& parts, year_month_day today) {
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    auto month = index_in(month_names, parts[0]);
    auto day = day_of_month(parts[1]);
    if (!month) {
        month = index_in(month_names, parts[1]);
        day = day_of_month(parts[0]);
    }
    if (!month || !day) return std::nullopt;
    std::chrono::year year = today.year();
    if (parts.size() == 3) {
        auto rest = parts[2];
        const auto given = take_number(rest, 4);
        if (!given || *given < 1000 || !rest.empty()) return std::nullopt;
        year = std::chrono::year{*given};
    }
    year_month_day date{year, std::chrono::month{*month + 1}, std::chrono::day{*day}};
    if (parts.size() == 2 && date.ok() && sys_days{date} < sys_days{today}) {
        date = {year + std::chrono::years{1}, date.month(), date.day()};
    }
    return date;
}

std::optional<year_month_day> any_date(std::vector<std::string_view> parts, sys_days today) {
    while (!parts.empty() && (parts[0] == "for" || parts[0] == "in" || parts[0] == "on" || parts[0] == "the")) {
        parts.erase(parts.begin());
    }
    if (parts.empty()) return std::nullopt;
    auto after = [&](int count) { return year_month_day{today + days{count}}; };
    auto next = [&](unsigned weekday) {  // strictly after today
        const int ahead = static_cast<int>((weekday + 7 - std::chrono::weekday{today}.c_encoding()) % 7);
        return after(ahead == 0 ? 7 : ahead);
    };
    if (parts.size() == 1) {
        if (parts[0] == "tomorrow") return after(1);
        if (const auto weekday = index_in(day_names, parts[0])) return next(*weekday);
        return numeric_date(parts[0]);
    }
    if (parts.size() == 2 && parts[0] == "next") {
        if (parts[1] == "week") return next(1);
        if (const auto weekday = index_in(day_names, parts[1])) return next(*weekday);
    }
    if (parts.size() == 2) {
        const auto count = count_of(parts[0]);
        if (count && (parts[1] == "day" || parts[1] == "days")) return after(*count);
        if (count && (parts[1] == "week" || parts[1] == "weeks")) return after(*count * 7);
        if (count && (parts[1] == "month" || parts[1] == "months")) return after(*count * 30);
    }
    return named_date(parts, year_month_day{today});
}

}  // namespace

std::optional<minutes> parse_time_of_day(std::string_view text) {
    if (text.size() > 32) return std::nullopt;
    const std::string folded = text::collapse_white_space(text::fold(text));
    if (folded == "noon") return minutes{12 * 60};
    if (folded == "midnight") return minutes{0};

    std::string_view rest = folded;
    const auto hour = take_number(rest, 2);
    if (!hour) return std::nullopt;
    int minute = 0;
    const bool with_h = take(rest, "h");
    if (take(rest, ":") || take(rest, ".") || (with_h && !rest.empty() && rest[0] != ' ')) {
        const std::size_t before = rest.size();
        const auto given = take_number(rest, 2);
        if (!given || before - rest.size() != 2) return std::nullopt;
        minute = *given;
    }
    skip_spaces(rest);
    int h = *hour;
    const bool am = rest == "am" || rest == "a.m." || rest == "a.m";
    const bool pm = rest == "pm" || rest == "p.m." || rest == "p.m";
    if (am || pm) {
        if (h < 1 || h > 12) return std::nullopt;
        h = h % 12 + (pm ? 12 : 0);
    } else if (!rest.empty() && rest != "o'clock" && rest != "oclock" && rest != "uhr") {
        return std::nullopt;
    }
    if (h > 23 || minute > 59) return std::nullopt;
    return minutes{h * 60 + minute};
}

std::optional<QuietHours> parse_quiet_hours(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    const std::string folded = text::collapse_white_space(text::fold(text));
    std::string_view rest = folded;
    for (const std::string_view word : {"from ", "between "}) take(rest, word);
    for (const std::string_view between : {" to ", " until ", " till ", " and ", "-", "\u2013"}) {
        const auto at = rest.find(between);
        if (at == std::string_view::npos) continue;
        const auto from = parse_time_of_day(rest.substr(0, at));
        const auto to = parse_time_of_day(rest.substr(at + between.size()));
        if (!from || !to || *from == *to) return std::nullopt;
        return QuietHours{*from, *to};
    }
    return std::nullopt;
}

std::optional<WallTime> parse_day(std::string_view text, WallTime now, std::string_view zone) {
    if (text.size() > 64) return std::nullopt;
    const std::string folded = text::collapse_white_space(text::fold(text));
    const auto today = numeric_date(local_date(now, zone));
    if (!today) return std::nullopt;
    const auto date = any_date(split(folded), sys_days{*today});
    if (!date || !date->ok()) return std::nullopt;
    const auto ahead = sys_days{*date} - sys_days{*today};
    if (ahead <= days{0} || ahead > days{732}) return std::nullopt;
    return instant_of(*date, minutes{0}, zone);
}

}  // namespace podbrief::briefs
