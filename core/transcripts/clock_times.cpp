#include "core/transcripts/clock_times.hpp"

#include <array>

#include "core/transcripts/draft.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::int64_t largest_number = 9'999'999;

// Digits at the front; -1 without any. Numbers beyond reason stay at the limit.
std::int64_t take_number(std::string_view& s, std::size_t& digits) {
    std::int64_t value = 0;
    for (digits = 0; !s.empty() && text::is_ascii_digit(s.front()); ++digits) {
        value = std::min(value * 10 + (s.front() - '0'), largest_number);
        s.remove_prefix(1);
    }
    return digits == 0 ? -1 : value;
}

// Milliseconds of a fraction's digits: "5" is 500, "1234" is 123.
std::int64_t take_fraction(std::string_view& s) {
    std::int64_t ms = 0;
    std::int64_t unit = 100;
    while (!s.empty() && text::is_ascii_digit(s.front())) {
        ms += unit * (s.front() - '0');
        unit /= 10;
        s.remove_prefix(1);
    }
    return ms;
}

Millis joined(std::int64_t hours, std::int64_t minutes, std::int64_t seconds, std::int64_t ms) {
    return Millis{((hours * 60 + minutes) * 60 + seconds) * 1000 + ms};
}

bool take_colon(std::string_view& s) {
    return take(s, ":") || take(s, "\uFF1A");
}

bool take_point(std::string_view& s) {
    return take(s, ",") || take(s, ".") || take(s, "\uFF0C") || take(s, "\uFF0E") || take(s, "\u3002");
}

// A SubRip time at the front. A minus sign makes it unknown, not absent.
std::optional<Millis> take_srt_time(std::string_view& s) {
    const bool negative = take(s, "-");
    std::array<std::int64_t, 3> fields{};
    std::size_t count = 0;
    std::size_t digits = 0;
    std::int64_t ms = 0;
    for (;;) {
        const std::int64_t number = take_number(s, digits);
        if (number < 0) return std::nullopt;
        fields[count++] = number;
        if (count == 3 || !take_colon(s)) break;
    }
    if (count < 2) return std::nullopt;
    if (take_point(s) || take_colon(s)) ms = take_fraction(s);
    if (negative) return unknown_time;
    if (count == 2) return joined(0, fields[0], fields[1], ms);
    return joined(fields[0], fields[1], fields[2], ms);
}

// "-->", "->", "-- >", "- ->", and dashes that an editor made of them.
bool take_arrow(std::string_view& s) {
    bool dash = false;
    for (;;) {
        if (take(s, " ") || take(s, "\t")) continue;
        if (!take(s, "-") && !take(s, "\u2013") && !take(s, "\u2014")) break;
        dash = true;
    }
    return dash && take(s, ">");
}

}  // namespace

std::optional<Millis> webvtt_time(std::string_view s) {
    std::size_t digits = 0;
    std::int64_t first = take_number(s, digits);
    const bool hours = digits != 2 || first > 59;
    if (first < 0 || !take(s, ":")) return std::nullopt;
    std::int64_t second = take_number(s, digits);
    if (digits != 2) return std::nullopt;
    std::int64_t third = 0;
    if (hours || s.starts_with(':')) {
        if (!take(s, ":")) return std::nullopt;
        third = take_number(s, digits);
        if (digits != 2) return std::nullopt;
    } else {
        third = second;
        second = first;
        first = 0;
    }
    if (!take(s, ".")) return std::nullopt;
    const std::int64_t ms = take_number(s, digits);
    if (digits != 3 || !s.empty() || second > 59 || third > 59) return std::nullopt;
    return joined(first, second, third, ms);
}

std::optional<Millis> srt_time(std::string_view s) {
    s = trimmed(s);
    const auto time = take_srt_time(s);
    if (!time || *time == unknown_time || !s.empty()) return std::nullopt;
    return time;
}

std::optional<Timing> webvtt_timing(std::string_view line) {
    const std::size_t arrow = line.find("-->");
    if (arrow == std::string_view::npos) return std::nullopt;
    const std::string_view before = trimmed(line.substr(0, arrow));
    const std::string_view after = trimmed(line.substr(arrow + 3));
    const auto read = [](std::string_view s) {
        const auto time = webvtt_time(s);
        if (time) return *time;
        // Captions renamed from SubRip keep their commas.
        const bool comma = s.size() > 4 && s[s.size() - 4] == ',';
        return comma ? srt_time(s).value_or(unknown_time) : unknown_time;
    };
    return Timing{read(before), read(after.substr(0, after.find_first_of(" \t")))};
}

std::optional<Timing> srt_timing(std::string_view line) {
    if (line.find('>') == std::string_view::npos) return std::nullopt;
    line = trimmed(line);
    const auto start = take_srt_time(line);
    if (!start || !take_arrow(line)) return std::nullopt;
    line = trimmed(line);
    const auto end = take_srt_time(line);
    if (!end) return std::nullopt;
    return Timing{*start, *end};
}

std::optional<Millis> mark_time(std::string_view s) {
    std::array<std::int64_t, 3> fields{};
    std::size_t count = 0;
    std::size_t digits = 0;
    do {
        fields[count] = take_number(s, digits);
        if (fields[count] < 0 || digits > 3 || (count > 0 && digits != 2)) return std::nullopt;
        ++count;
    } while (count < 3 && take(s, ":"));
    if (count < 2) return std::nullopt;
    const std::int64_t ms = take(s, ".") || take(s, ",") ? take_fraction(s) : 0;
    if (!s.empty() || fields[count - 1] > 59 || (count == 3 && fields[1] > 59)) return std::nullopt;
    return count == 2 ? joined(0, fields[0], fields[1], ms) : joined(fields[0], fields[1], fields[2], ms);
}

}  // namespace podbrief::transcripts
