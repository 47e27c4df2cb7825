#include "adapters/web/doors.hpp"

#include "core/commands/doors.hpp"

namespace podbrief::web {

Doors doors_from(const Doors& doors, InsightId insight) {
    Doors led = doors;
    if (insight.value == 0) return led;
    if (!led.slack_url.empty()) led.slack_url += "?insight=" + commands::door_number(insight);
    if (!led.telegram_url.empty()) led.telegram_url += "?start=" + commands::door_payload(insight);
    if (!led.discord_url.empty()) led.discord_url += "?insight=" + commands::door_number(insight);
    return led;
}

}  // namespace podbrief::web
