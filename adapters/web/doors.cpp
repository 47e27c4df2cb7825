#include "adapters/web/doors.hpp"

#include <fmt/format.h>

namespace podbrief::web {

Doors doors_from(const Doors& doors, InsightId insight) {
    Doors led = doors;
    if (insight.value == 0) return led;
    if (!led.slack_url.empty()) led.slack_url += fmt::format("?insight={}", insight.value);
    if (!led.telegram_url.empty()) led.telegram_url += fmt::format("?start=i_{}", insight.value);
    if (!led.discord_url.empty()) led.discord_url += fmt::format("?insight={}", insight.value);
    return led;
}

}  // namespace podbrief::web
