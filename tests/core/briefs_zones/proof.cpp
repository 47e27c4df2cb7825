#include "tests/core/briefs_zones/proof.hpp"

#include "core/briefs/slots.hpp"
#include "tests/core/briefs_zones/oracle.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

struct Expected {
    WallTime at{};
    std::string key;
    bool operator==(const Expected&) const = default;
};

std::string key_of_day(int day, bool second) {
    const date::year_month_day date{date::sys_days{date::days{day}}};
    return date::format("%F", date) + (second ? "#2" : "");
}

bool has_brief(Cadence cadence, int day) {
    const int weekday = (day + 3) % 7;  // from Monday; day 0 was a Thursday
    return cadence == Cadence::weekly ? weekday == 0 : cadence != Cadence::weekdays || weekday < 5;
}

// What is due within one window for one hour.
class Expectation {
public:
    Expectation(const Oracle& oracle, Cadence cadence, int first_day) : oracle_(oracle), cadence_(cadence) {
        for (int day = first_day; day < first_day + 9; ++day) {
            keys_[0].push_back(key_of_day(day, false));
            keys_[1].push_back(key_of_day(day, true));
        }
        first_day_ = first_day;
    }

    const std::vector<Expected>& at(int minute) {
        expected_.clear();
        const bool twice = cadence_ == Cadence::twice_a_day;
        add(twice ? minute % (minutes_a_day / 2) : minute, 0);
        if (twice) {
            add(minute % (minutes_a_day / 2) + minutes_a_day / 2, 1);
            std::sort(expected_.begin(), expected_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        }
        return expected_;
    }

private:
    void add(int minute, std::size_t second) {
        for (const Oracle::Due& due : oracle_.due(minute)) {
            if (!has_brief(cadence_, due.day)) continue;
            expected_.push_back({due.at, keys_[second].at(static_cast<std::size_t>(due.day - first_day_))});
        }
    }

    const Oracle& oracle_;
    Cadence cadence_;
    int first_day_ = 0;
    std::vector<std::string> keys_[2];
    std::vector<Expected> expected_;
};

void note(Proof& proof, const Reader& reader, const std::string& what) {
    ++proof.violations;
    if (proof.examples.size() >= 5) return;
    proof.examples.push_back(
        fmt::format("{} {:02}:{:02} {}", reader.time_zone, reader.brief_at / 1h, reader.brief_at / 1min % 60, what));
}

}  // namespace

void prove(const std::string& name, Cadence cadence, const Zones& zones, Proof& proof) {
    const date::time_zone& zone = *date::locate_zone(name);
    Reader reader;
    reader.time_zone = name;
    reader.cadence = cadence;
    for (const WallTime change : changes_of(zone)) {
        ++proof.transitions;
        const WallTime begin = std::chrono::floor<std::chrono::minutes>(change) - 48h, end = begin + 96h;
        const Oracle oracle(zone, begin, end);
        const auto first_day = std::chrono::floor<std::chrono::days>(begin).time_since_epoch().count() - 3;
        Expectation expectation(oracle, cadence, static_cast<int>(first_day));
        for (int minute = 0; minute < minutes_a_day; ++minute) {
            reader.brief_at = std::chrono::minutes{minute};
            Slot last;
            last.zone = name;
            last.state = SlotState::fired;
            bool first = true;
            auto next = [&] {
                NextSlot slot = next_slot(reader, first ? nullptr : &last, begin - Millis{1}, zones);
                last.key = slot.key;
                last.due_at = slot.due_at;
                last.planned_at = slot.due_at - usual_horizon;
                first = false;
                return slot;
            };
            for (const Expected& expected : expectation.at(minute)) {
                ++proof.checks;
                const NextSlot slot = next();
                if (slot.due_at == expected.at && slot.key == expected.key) continue;
                note(proof, reader,
                     fmt::format("at {} as {}, not {} as {}", to_ms(slot.due_at), slot.key, to_ms(expected.at),
                                 expected.key));
                break;
            }
            ++proof.checks;
            if (last.due_at < end && next().due_at < end) note(proof, reader, "one too many: " + last.key);
        }
    }
}

std::vector<std::string> all_zones() {
    std::vector<std::string> names;
    for (const date::time_zone& zone : date::get_tzdb().zones) {
        const std::string& name = zone.name();
        if (name.starts_with("posix/") || name.starts_with("right/") || name.find('.') != std::string::npos) continue;
        if (name == "posixrules" || name == "localtime" || name == "Factory" || name == "leapseconds") continue;
        names.push_back(name);
    }
    return names;
}

}  // namespace podbrief::briefs
