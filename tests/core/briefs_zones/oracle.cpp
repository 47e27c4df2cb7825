#include "tests/core/briefs_zones/oracle.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

// The local clock, as the library says.
class LocalClock {
public:
    explicit LocalClock(const date::time_zone& zone) : zone_(zone) {}
    Millis at(WallTime utc) {
        const auto second = std::chrono::floor<std::chrono::seconds>(utc);
        if (second < info_.begin || second >= info_.end) info_ = zone_.get_info(second);
        return utc.time_since_epoch() + info_.offset;
    }

private:
    const date::time_zone& zone_;
    date::sys_info info_{};
};

}  // namespace

Oracle::Oracle(const date::time_zone& zone, WallTime begin, WallTime end) : due_(minutes_a_day) {
    LocalClock clock(zone);
    // From two days before: what a day had reached when it was interrupted must be known.
    WallTime at = begin - 48h;
    int day = static_cast<int>(std::chrono::floor<std::chrono::days>(clock.at(at)).count());
    int reached = minutes_a_day;  // minutes of `day` that were due; the first day is not looked at
    auto reach = [&](int minute, WallTime when) {
        for (; reached <= minute; ++reached) {
            if (when >= begin && when < end) due_[static_cast<std::size_t>(reached)].push_back({when, day});
        }
    };
    for (; at < end + 1min; at += 1min) {
        const Millis local = clock.at(at);
        const int today = static_cast<int>(std::chrono::floor<std::chrono::days>(local).count());
        const int minute = static_cast<int>((local - std::chrono::days{today}) / 1min);
        if (today > day) {
            reach(minutes_a_day - 1, at - Millis{1});
            day = today;
            reached = 0;
        }
        if (today == day) reach(minute, at);  // a clock put back to yesterday shows nothing new
    }
}

std::vector<WallTime> changes_of(const date::time_zone& zone) {
    const date::sys_seconds begin{std::chrono::sys_days{std::chrono::year{2007} / 1 / 1}};
    const date::sys_seconds end{std::chrono::sys_days{std::chrono::year{2038} / 1 / 1}};
    std::vector<WallTime> changes;
    date::sys_info info = zone.get_info(begin);
    while (info.end < end) {
        const date::sys_info next = zone.get_info(info.end);
        if (next.offset != info.offset) changes.push_back(info.end);
        info = next;
    }
    return changes;
}

}  // namespace podbrief::briefs
