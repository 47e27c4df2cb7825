#include "core/briefs/local_time.hpp"

#include <date/tz.h>

#include <array>

#include "core/text/unicode.hpp"

// The system's database is read through Howard Hinnant's library (libstdc++ 12 has none). Debian's zone files hold
// their changes up to 2037; later ones would stay at the last offset.

namespace podbrief::briefs {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 9> areas = {"Africa/",    "America/", "Antarctica/", "Asia/",   "Atlantic/",
                                                   "Australia/", "Europe/",  "Indian/",     "Pacific/"};
constexpr std::array<std::string_view, 7> day_names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

bool is_utc(std::string_view zone) {
    return zone == "UTC" || zone == "Etc/UTC";
}

// Files beside the zones that the library lists too.
bool names_a_place(std::string_view name) {
    if (name.starts_with("posix/") || name.starts_with("right/")) return false;
    return name != "posixrules" && name != "localtime" && name != "Factory" && name.find('.') == std::string_view::npos;
}

// Null: not known, or no database on this machine.
const date::time_zone* find_zone(std::string_view name) {
    if (name.empty() || name.size() > 64 || !names_a_place(name)) return nullptr;
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

// The local day and what has passed of it.
struct LocalTime {
    sys_days day;  // a day's number, whatever the zone
    Millis since_midnight{};
};

LocalTime to_local(WallTime at, std::string_view zone) {
    Millis local = at.time_since_epoch();
    if (const auto* found = is_utc(zone) ? nullptr : find_zone(zone)) {
        local = found->to_local(at).time_since_epoch();
    }
    const auto day = std::chrono::floor<days>(local);
    return {sys_days{day}, local - day};
}

// The times of day at which a reader is briefed, early ones first.
std::vector<minutes> times_of_day(const Reader& reader) {
    constexpr minutes half{12 * 60};
    const minutes at = ((reader.brief_at % (2 * half)) + 2 * half) % (2 * half);
    if (reader.cadence == Cadence::twice_a_day) return {at % half, at % half + half};
    return {at};
}

bool has_brief_on(Cadence cadence, sys_days day) {
    const std::chrono::weekday weekday{day};
    switch (cadence) {
        case Cadence::weekdays:
            return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
        case Cadence::weekly:
            return weekday == std::chrono::Monday;
        case Cadence::daily:
        case Cadence::twice_a_day:
            break;
    }
    return true;
}

}  // namespace

bool valid_zone(std::string_view zone) {
    return is_utc(zone) || find_zone(zone) != nullptr;
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

std::string format_day(WallTime at, std::string_view zone) {
    const sys_days day = to_local(at, zone).day;
    const year_month_day date{day};
    return fmt::format("{}, {} {} {}", day_names[std::chrono::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), month_names[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()));
}

std::optional<WallTime> instant_of(year_month_day day, minutes time, std::string_view zone) {
    if (!day.ok()) return std::nullopt;
    const sys_days number{day};
    const date::time_zone* found = is_utc(zone) ? nullptr : find_zone(zone);
    if (!found) return WallTime{number + time};

    const date::local_seconds local{number.time_since_epoch() + time};
    const date::local_info info = found->get_info(local);
    if (info.result != date::local_info::nonexistent) {
        return WallTime{local.time_since_epoch() - info.first.offset};
    }
    WallTime at{info.first.end.time_since_epoch()};
    if (to_local(at, zone).day != number) at -= Millis{1};
    if (to_local(at, zone).day != number) return std::nullopt;  // Samoa had no 30 December 2011
    return at;
}

WallTime next_brief_at(const Reader& reader, WallTime after) {
    if (reader.paused_until && *reader.paused_until > after) after = *reader.paused_until - Millis{1};
    sys_days day = to_local(after, reader.time_zone).day - days{1};
    const std::vector<minutes> times = times_of_day(reader);
    for (int i = 0; i < 16; ++i, day += days{1}) {
        if (!has_brief_on(reader.cadence, day)) continue;
        for (const minutes time : times) {
            const auto at = instant_of(year_month_day{day}, time, reader.time_zone);
            if (at && *at > after) return *at;
        }
    }
    return after + days{1};  // not reached: every week has its Monday, and a week later another
}

std::string brief_key(const Reader& reader, WallTime now) {
    std::string key = local_date(now, reader.time_zone);
    if (reader.cadence != Cadence::twice_a_day) return key;
    const auto second =
        instant_of(year_month_day{to_local(now, reader.time_zone).day}, times_of_day(reader).back(), reader.time_zone);
    return second && now >= *second ? key + "#2" : key;
}

}  // namespace podbrief::briefs
