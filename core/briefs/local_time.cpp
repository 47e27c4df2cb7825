#include "core/briefs/local_time.hpp"

#include <date/tz.h>

#include <array>

#include "core/briefs/occurrences.hpp"
#include "core/briefs/slots.hpp"
#include "core/text/unicode.hpp"

// The names of all zones come from Howard Hinnant's library (libstdc++ 12 has none), their rules from zones.hpp.

namespace podbrief::briefs {
namespace {

using std::chrono::minutes;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 9> areas = {"Africa/",    "America/", "Antarctica/", "Asia/",   "Atlantic/",
                                                   "Australia/", "Europe/",  "Indian/",     "Pacific/"};
constexpr std::array<std::string_view, 7> day_names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

// Files beside the zones that the library lists too.
bool names_a_place(std::string_view name) {
    if (name.starts_with("posix/") || name.starts_with("right/")) return false;
    return name != "posixrules" && name != "localtime" && name != "Factory" && name.find('.') == std::string_view::npos;
}

LocalTime to_local(WallTime at, std::string_view zone) {
    return system_zones().find_or_utc(zone)->to_local(at);
}

}  // namespace

bool valid_zone(std::string_view zone) {
    return system_zones().find(zone) != nullptr;
}

std::optional<std::string> zone_named(std::string_view text) {
    auto plain = [](std::string_view name) {
        std::string folded = text::fold(name);
        std::replace(folded.begin(), folded.end(), '_', ' ');
        return text::collapse_white_space(folded);
    };
    if (text.size() > 64) return std::nullopt;
    const std::string wanted = plain(text);
    if (wanted.empty()) return std::nullopt;
    if (wanted == "utc" || wanted == "gmt" || wanted == "z") return "UTC";

    std::optional<std::string> whole, place;
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones) {
            const std::string& name = zone.name();
            if (!names_a_place(name)) continue;
            const std::string folded = plain(name);
            if (folded == wanted) whole = name;
            const auto slash = folded.rfind('/');
            const bool in_area = std::any_of(areas.begin(), areas.end(), [&](auto a) { return name.starts_with(a); });
            // Of two names of one place (America/Indianapolis, America/Indiana/Indianapolis) the shorter.
            if (in_area && folded.substr(slash + 1) == wanted && (!place || name.size() < place->size())) place = name;
        }
    } catch (const std::runtime_error&) {
        return std::nullopt;  // no database here
    }
    return whole ? whole : place;
}

std::string local_date(WallTime at, std::string_view zone) {
    const year_month_day day{to_local(at, zone).day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string format_time_of_day(minutes since_midnight) {
    return fmt::format("{:02}:{:02}", since_midnight.count() / 60, since_midnight.count() % 60);
}

std::string format_quiet_hours(const QuietHours& quiet) {
    return format_time_of_day(quiet.from) + " to " + format_time_of_day(quiet.to);
}

std::string format_day(WallTime at, std::string_view zone) {
    const local_days day = to_local(at, zone).day;
    const year_month_day date{day};
    return fmt::format("{}, {} {} {}", day_names[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), month_names[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()));
}

std::optional<WallTime> instant_of(year_month_day day, minutes time, std::string_view zone) {
    if (!day.ok()) return std::nullopt;
    return instant_of(*system_zones().find_or_utc(zone), local_days{day}, time);
}

WallTime next_brief_at(const Reader& reader, WallTime after) {
    return next_slot(reader, nullptr, after, system_zones()).due_at;
}

std::string brief_key(const Reader& reader, WallTime now) {
    const auto zone = system_zones().find_or_utc(reader.time_zone);
    return key_of(Occurrences(reader, *zone).current(now));
}

}  // namespace podbrief::briefs
