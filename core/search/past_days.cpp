#include "core/search/past_days.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace podbrief::search {
namespace {

using namespace std::chrono_literals;
using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 12> month_names = {"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> day_names = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 13> counts = {"",      "one",   "two",  "three", "four",   "five",  "six",
                                                     "seven", "eight", "nine", "ten",   "eleven", "twelve"};
constexpr int first_year = 2000;  // there were no podcasts before

Words split(std::string_view text) {
    Words words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

// The place of a name, or of what is left of it when it was cut to three letters: "mar", "sept".
template <std::size_t n>
std::optional<unsigned> named(const std::array<std::string_view, n>& names, std::string_view word) {
    for (std::size_t i = 0; i < n; ++i) {
        const bool cut = word.size() >= 3 && word.size() <= 4 && names[i].starts_with(word);
        if (word == names[i] || cut) return static_cast<unsigned>(i);
    }
    return std::nullopt;
}

std::optional<int> digits(std::string_view word) {
    int value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (word.empty() || read.ec != std::errc{} || read.ptr != word.data() + word.size()) return std::nullopt;
    return value;
}

std::optional<int> count_of(std::string_view word) {
    if (word == "a" || word == "an") return 1;
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (word == counts[i]) return static_cast<int>(i);
    }
    const auto value = digits(word);
    return value && *value >= 1 && *value <= 1000 ? value : std::nullopt;
}

// "12", "12th".
std::optional<unsigned> day_number(std::string_view word) {
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
        if (word.ends_with(ending)) word.remove_suffix(ending.size());
    }
    const auto value = digits(word);
    return value && *value >= 1 && *value <= 31 ? std::optional(static_cast<unsigned>(*value)) : std::nullopt;
}

std::optional<year> year_number(std::string_view word) {
    const auto value = word.size() == 4 ? digits(word) : std::nullopt;
    return value && *value >= first_year && *value < 2100 ? std::optional(year{*value}) : std::nullopt;
}

sys_days monday_of(sys_days date) {
    return date - (std::chrono::weekday{date} - std::chrono::Monday);
}

Days month_days(year_month_day of) {
    const sys_days first = sys_days{of.year() / of.month() / 1};
    const year_month_day next = year_month_day{of.year() / of.month() / 1} + months{1};
    return {first, sys_days{next}};
}

Days year_days(year of) {
    return {sys_days{of / 1 / 1}, sys_days{(of + std::chrono::years{1}) / 1 / 1}};
}

Days one_day(sys_days date) {
    return {date, date + days{1}};
}

// How far back "three weeks" goes.
sys_days back(sys_days today, int count, std::string_view unit) {
    if (unit.starts_with("week")) return today - days{7 * count};
    if (!unit.starts_with("month") && !unit.starts_with("year")) return today - days{count};
    const months step{unit.starts_with("year") ? 12 * count : count};
    year_month_day date = year_month_day{today} - step;
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return sys_days{date};
}

bool is_unit(std::string_view word) {
    return word == "day" || word == "days" || word == "week" || word == "weeks" || word == "month" ||
           word == "months" || word == "year" || word == "years";
}

std::optional<Days> whole_unit(std::string_view which, std::string_view unit, sys_days today) {
    const bool last = which == "last" || which == "previous";
    if (!last && which != "this") return std::nullopt;
    const year_month_day date{today};
    if (unit == "week") {
        const sys_days monday = monday_of(today) - days{last ? 7 : 0};
        return Days{monday, monday + days{7}};
    }
    if (unit == "month") {
        const year_month_day first{date.year() / date.month() / 1};
        return month_days(last ? first - months{1} : first);
    }
    if (unit == "year") return year_days(date.year() - std::chrono::years{last ? 1 : 0});
    return std::nullopt;
}

std::optional<Days> weekday_before(std::string_view word, sys_days today) {
    const auto weekday = named(day_names, word);
    if (!weekday) return std::nullopt;
    const auto since = (std::chrono::weekday{today} - std::chrono::weekday{*weekday}).count();
    return one_day(today - days{since == 0 ? 7 : since});
}

// "march", "march 2026": without a year the last one that has begun.
std::optional<Days> named_month(const Words& words, sys_days today) {
    const auto which = named(month_names, words[0]);
    if (!which) return std::nullopt;
    const month of{*which + 1};
    if (words.size() == 2) {
        const auto in = year_number(words[1]);
        return in ? std::optional(month_days(*in / of / 1)) : std::nullopt;
    }
    const year_month_day date{today};
    const year in = of > date.month() ? date.year() - std::chrono::years{1} : date.year();
    return month_days(in / of / 1);
}

// "12 march", "march 12th", with or without a year.
std::optional<Days> named_day(const Words& words, sys_days today) {
    if (words.size() < 2 || words.size() > 3) return std::nullopt;
    const bool month_first = named(month_names, words[0]).has_value();
    const auto which = named(month_names, words[month_first ? 0 : 1]);
    const auto number = day_number(words[month_first ? 1 : 0]);
    if (!which || !number) return std::nullopt;
    year in = year_month_day{today}.year();
    if (words.size() == 3) {
        const auto typed = year_number(words[2]);
        if (!typed) return std::nullopt;
        in = *typed;
    }
    year_month_day date{in, month{*which + 1}, day{*number}};
    if (words.size() == 2 && date.ok() && sys_days{date} > today)
        date = {in - std::chrono::years{1}, date.month(), date.day()};
    return date.ok() ? std::optional(one_day(sys_days{date})) : std::nullopt;
}

std::optional<Days> numeric_day(std::string_view word) {
    if (word.size() != 10 || word[4] != '-' || word[7] != '-') return std::nullopt;
    const auto in = year_number(word.substr(0, 4));
    const auto of = digits(word.substr(5, 2));
    const auto number = digits(word.substr(8, 2));
    if (!in || !of || !number || *of < 1 || *number < 1) return std::nullopt;
    const year_month_day date{*in, month{static_cast<unsigned>(*of)}, day{static_cast<unsigned>(*number)}};
    return date.ok() ? std::optional(one_day(sys_days{date})) : std::nullopt;
}

std::optional<Days> any_days(const Words& words, sys_days today) {
    if (words.size() == 1) {
        if (words[0] == "today") return one_day(today);
        if (words[0] == "yesterday") return one_day(today - days{1});
        if (const auto date = numeric_day(words[0])) return date;
        if (const auto date = weekday_before(words[0], today)) return date;
        if (const auto in = year_number(words[0])) return year_days(*in);
        return named_month(words, today);
    }
    if (words.size() == 2) {
        if (words[0] == "last" || words[0] == "past") {
            if (const auto date = weekday_before(words[1], today)) return date;
        }
        if (const auto unit = whole_unit(words[0], words[1], today)) return unit;
        if (words[0] == "past" && is_unit(words[1])) return Days{back(today, 1, words[1]) + days{1}, today + days{1}};
        if (const auto date = named_day(words, today)) return date;
        return named_month(words, today);
    }
    if (words.size() == 3) {
        const auto first = count_of(words[0]);
        if (first && is_unit(words[1]) && words[2] == "ago") return one_day(back(today, *first, words[1]));
        const auto count = count_of(words[1]);
        const bool last = words[0] == "last" || words[0] == "past";
        if (last && count && is_unit(words[2])) return Days{back(today, *count, words[2]) + days{1}, today + days{1}};
    }
    return named_day(words, today);
}

}  // namespace

std::optional<Days> past_days(std::string_view text, sys_days today) {
    Words words = split(text);
    if (!words.empty() && words[0] == "the") words.erase(words.begin());
    if (words.empty() || words.size() > 4) return std::nullopt;
    const auto found = any_days(words, today);
    if (!found || found->from > today) return std::nullopt;
    return found;
}

}  // namespace podbrief::search
