#include "core/briefs/occurrences.hpp"

#include <charconv>

#include "core/briefs/local_time.hpp"

namespace podbrief::briefs {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr Millis half_a_day = std::chrono::hours{12};
constexpr int longest_search = 40;  // days; every week has its Monday

}  // namespace

std::string key_of(DayHalf of) {
    const year_month_day date{of.day};
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999)
        return fmt::format("{:04}-{:02}-{:02}", year, unsigned{date.month()}, unsigned{date.day()});
    char text[12] = {};
    auto two_digits = [&](std::size_t at, unsigned value) {
        text[at] = static_cast<char>('0' + value / 10);
        text[at + 1] = static_cast<char>('0' + value % 10);
    };
    two_digits(0, static_cast<unsigned>(year) / 100);
    two_digits(2, static_cast<unsigned>(year) % 100);
    text[4] = text[7] = '-';
    two_digits(5, unsigned{date.month()});
    two_digits(8, unsigned{date.day()});
    text[10] = '#';
    text[11] = '2';
    return {text, of.half == 0 ? std::size_t{10} : std::size_t{12}};
}

std::optional<local_days> day_of_key(const std::string& key) {
    if (key.size() < 10 || key[4] != '-' || key[7] != '-') return std::nullopt;
    int parts[3] = {};
    constexpr std::size_t begins[] = {0, 5, 8}, ends[] = {4, 7, 10};
    for (std::size_t i = 0; i < 3; ++i) {
        const char* end = key.data() + ends[i];
        if (std::from_chars(key.data() + begins[i], end, parts[i]).ptr != end) return std::nullopt;
    }
    const year_month_day date = std::chrono::year{parts[0]} / parts[1] / parts[2];
    if (!date.ok()) return std::nullopt;
    return local_days{date};
}

bool is_within(const QuietHours& quiet, Millis since_midnight) {
    const bool begun = since_midnight >= quiet.from, not_ended = since_midnight < quiet.to;
    return quiet.to < quiet.from ? begun || not_ended : begun && not_ended;
}

std::optional<WallTime> quiet_end(const Zone& zone, const QuietHours& quiet, local_days day, Millis since_midnight) {
    if (!is_within(quiet, since_midnight)) return std::nullopt;
    if (quiet.to < quiet.from && since_midnight >= quiet.from) day += days{1};
    for (int i = 0; i < 3; ++i, day += days{1}) {
        if (const auto end = instant_of(zone, day, quiet.to)) return end;
    }
    return std::nullopt;
}

Occurrences::Occurrences(const Reader& reader, const Zone& zone) : reader_(reader), zone_(zone) {
    const Millis whole = 2 * half_a_day;
    const Millis at = (Millis{reader.brief_at} % whole + whole) % whole;
    times_[0] = at;
    if (reader.cadence != Cadence::twice_a_day) return;
    halves_ = 2;
    times_[0] = at % half_a_day;
    times_[1] = times_[0] + half_a_day;
}

bool Occurrences::has_brief_on(local_days day) const {
    const std::chrono::weekday weekday{day};
    switch (reader_.cadence) {
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

std::optional<WallTime> Occurrences::due(DayHalf of) const {
    const auto at = instant_of(zone_, of.day, times_[of.half]);
    if (!at || !reader_.quiet) return at;
    const LocalTime local = zone_.to_local(*at);  // after a gap not the time that was asked for
    const auto end = quiet_end(zone_, *reader_.quiet, local.day, local.since_midnight);
    return end ? std::max(*end, *at) : at;
}

Occurrence Occurrences::first(WallTime after, std::optional<DayHalf> done) const {
    // Quiet hours may put a brief a day later than its own, two where a day is missing.
    local_days day = zone_.to_local(after).day - days{reader_.quiet ? 2 : 0};
    if (done && day < done->day) day = done->day;
    std::optional<Occurrence> found;
    for (int i = 0; i < longest_search; ++i, day += days{1}) {
        if (!has_brief_on(day)) continue;
        for (int half = 0; half < halves_; ++half) {
            const DayHalf of{day, half};
            if (done && of <= *done) continue;
            const auto at = due(of);
            if (!at || *at <= after) continue;
            if (found && *at > found->due) return *found;
            found = Occurrence{of, *at};
            if (!reader_.quiet) return *found;
        }
    }
    return found.value_or(Occurrence{{day, 0}, WallTime{day.time_since_epoch()}});  // not reached
}

DayHalf Occurrences::current(WallTime now) const {
    const local_days today = zone_.to_local(now).day;
    std::optional<Occurrence> came, comes;
    for (local_days day = today - days{reader_.quiet ? 2 : 0}; day <= today; day += days{1}) {
        if (!has_brief_on(day)) continue;
        for (int half = 0; half < halves_; ++half) {
            const DayHalf of{day, half};
            const auto at = due(of);
            if (!at || zone_.to_local(*at).day != today) continue;
            if (*at <= now) {
                came = Occurrence{of, *at};
            } else if (!comes || comes->due == *at) {
                comes = Occurrence{of, *at};
            }
        }
    }
    if (came) return came->of;
    return comes ? comes->of : DayHalf{today, 0};
}

}  // namespace podbrief::briefs
