#include "core/services/brief_schedule.hpp"

#include "core/briefs/local_time.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::services {
namespace {

constexpr Millis longest_sleep = std::chrono::seconds{60};  // readers may join or change their hour meanwhile
constexpr Millis look_back = std::chrono::hours{12};        // an older brief is folded into the next one

}  // namespace

asio::awaitable<Millis> BriefSchedule::compose_due() {
    const WallTime now = clock_.wall_now();
    Millis wait = longest_sleep;
    for (auto& reader : co_await readers_.readers()) {
        // The last slot that has come: look from the past on, not beyond 12 h and not before the reader joined.
        const WallTime from = std::max(now - look_back, reader.created_at);
        const WallTime due = briefs::next_brief_at(reader, from);
        if (due > now) {
            wait = std::min(wait, due - now);
            continue;
        }
        const WallTime next = briefs::next_brief_at(reader, now);
        wait = std::min(wait, next - now);
        const std::string key = briefs::brief_key(reader, now);
        if (key != briefs::brief_key(reader, due)) continue;  // the day has passed: it is folded into the next
        if (co_await readers_.brief(reader.id, key)) continue;
        const std::string name = reader.name;
        const Brief brief = co_await composer_.brief_for(std::move(reader));
        metrics_.count("briefs_composed_total");
        log_.info("brief composed", {{"reader", name},
                                     {"day", brief.local_date},
                                     {"insights", std::to_string(brief.items.size())},
                                     {"late_s", std::to_string((now - due).count() / 1000)}});
    }
    co_return std::max(wait, Millis{1});
}

asio::awaitable<void> BriefSchedule::run() {
    for (;;) {
        Millis wait = longest_sleep;
        try {
            wait = co_await compose_due();
        } catch (const StoreFailure& failure) {
            log_.error("store failed", {{"error", failure.what()}});
        }
        co_await clock_.sleep_for(wait);
    }
}

}  // namespace podbrief::services
