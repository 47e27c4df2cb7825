#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace podbrief::search {

// Days of the calendar, in whatever zone the reader lives; the second is not among them any more.
struct Days {
    std::chrono::sys_days from;
    std::chrono::sys_days until;
    bool operator==(const Days&) const = default;
};

// The days that somebody means who speaks of the past: "yesterday", "monday" (the last one before today), "last week"
// (Monday to Sunday), "this month", "the last 3 days" (today among them), "march", "march 2026", "12 march",
// "2026-03-12", "2025", "two weeks ago". Folded, single spaces. nullopt: none, or days that have not begun.
std::optional<Days> past_days(std::string_view words, std::chrono::sys_days today);

}  // namespace podbrief::search
