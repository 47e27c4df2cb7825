#include "adapters/web/http_date.hpp"

#include <charconv>

namespace podbrief::web {
namespace {

constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
    std::chrono::year_month_day day;
    std::chrono::hh_mm_ss<std::chrono::seconds> time;
    unsigned weekday;
};

Parts parts_of(WallTime at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss{std::chrono::floor<std::chrono::seconds>(at - day)},
            std::chrono::weekday{day}.c_encoding()};
}

// Digits only, all of `text`; -1: something else.
int number(std::string_view text) {
    int value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc{} && end.ptr == text.data() + text.size() && text.front() != '-' ? value : -1;
}

}  // namespace

std::string http_date(WallTime at) {
    const Parts p = parts_of(at);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[p.weekday], static_cast<unsigned>(p.day.day()),
                       months[static_cast<unsigned>(p.day.month()) - 1], static_cast<int>(p.day.year()),
                       p.time.hours().count(), p.time.minutes().count(), p.time.seconds().count());
}

std::optional<WallTime> http_date_from(std::string_view text) {
    constexpr std::size_t length = 29;
    if (text.size() != length || text.substr(25) != " GMT") return std::nullopt;
    const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
    if (month == months.end()) return std::nullopt;
    const int day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
    const int hour = number(text.substr(17, 2)), minute = number(text.substr(20, 2)),
              second = number(text.substr(23, 2));
    if (day < 0 || year < 0 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

std::string iso_time(WallTime at) {
    const Parts p = parts_of(at);
    return fmt::format("{}T{:02}:{:02}:{:02}Z", iso_day(at), p.time.hours().count(), p.time.minutes().count(),
                       p.time.seconds().count());
}

std::string iso_day(WallTime at) {
    const Parts p = parts_of(at);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(p.day.year()), static_cast<unsigned>(p.day.month()),
                       static_cast<unsigned>(p.day.day()));
}

}  // namespace podbrief::web
