#include "core/services/brief_schedule.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

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
        co_await compose(std::move(reader), now - due);
    }
    co_return std::max(wait, Millis{1});
}

// One reader's brief; a bug that it trips over must not keep the others from theirs.
asio::awaitable<void> BriefSchedule::compose(Reader reader, Millis late) {
    const std::string name = reader.name;
    std::string bug;
    try {
        const Brief brief = co_await composer_.brief_for(std::move(reader));
        if (brief.items.empty()) co_return;  // tried again, until the day is over
        metrics_.count("briefs_composed_total");
        log_.info("brief composed", {{"reader", name},
                                     {"day", brief.local_date},
                                     {"insights", std::to_string(brief.items.size())},
                                     {"late_s", std::to_string(late.count() / 1000)}});
        co_return;
    } catch (const StoreFailure&) {
        throw;
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        bug = error.what();
    } catch (const std::exception& error) {
        bug = error.what();
    }
    log_.error("brief failed by a bug", {{"reader", name}, {"error", bug}});
}

asio::awaitable<void> BriefSchedule::run() {
    for (;;) {
        Millis wait = longest_sleep;
        try {
            wait = co_await compose_due();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            log_.error("store failed", {{"error", failure.what()}});
        }
        co_await clock_.sleep_for(wait);
    }
}

}  // namespace podbrief::services
