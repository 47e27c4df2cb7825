#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/delivery.hpp"
#include "core/model/episode.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief {

namespace asio = boost::asio;

// How things stand, for whoever runs the server: one look at one moment.
struct StatusFigures {
    // ---- feeds ----
    std::int64_t feeds = 0;
    std::int64_t feeds_due = 0;  // their time has come, and they were not asked yet
    std::int64_t feeds_failing = 0;
    std::optional<WallTime> last_fetched;  // any of them, with success
    struct Feed {
        std::string title;  // or its address
        std::string problem;
        int failures = 0;  // in a row
        std::optional<WallTime> last_success;
        WallTime next{};
    };
    std::vector<Feed> failing;  // those that failed most often in a row first

    // ---- episodes ----
    std::map<EpisodeState, std::int64_t> episodes;
    std::int64_t episodes_due = 0;
    struct Trouble {
        std::string show;
        std::string title;
        std::string problem;
        int attempts = 0;
        WallTime next{};
    };
    std::vector<Trouble> troubled;  // of those whose transcript is still looked for

    // ---- briefs of the last 24 hours ----
    struct Hour {
        WallTime begin{};
        std::int64_t sent = 0;
        std::int64_t late = 0;  // of the sent: more than a minute after their time
        std::int64_t lost = 0;  // ended otherwise
        bool operator==(const Hour&) const = default;
    };
    std::vector<Hour> hours;  // 25, oldest first; the last one is under way
    struct Platform {
        std::int64_t sent = 0;
        std::int64_t late = 0;
        std::int64_t lost = 0;
        std::optional<WallTime> last_sent;
        bool operator==(const Platform&) const = default;
    };
    std::map<std::string, Platform> platforms;
    OutboxCounts waiting;
    // Parked, unknown, or refused in every form within the last 24 hours.
    struct Look {
        std::string reader;
        std::string day;  // key of the brief; empty: not of a brief
        std::string platform;
        DeliveryState state = DeliveryState::parked;
        std::string reason;
        WallTime send_at{};
    };
    std::vector<Look> looks;  // newest first

    // ---- what comes ----
    struct Due {
        WallTime begin{};
        std::int64_t briefs = 0;  // readers with a brief due in this hour
        bool operator==(const Due&) const = default;
    };
    std::vector<Due> herd;  // 12 hours, the present one first

    // ---- the store ----
    std::int64_t readers = 0;
    std::int64_t insights = 0;  // ever; superseded ones too
    std::int64_t store_bytes = 0;
};

// Reads by indexes only; the lists hold `most` each.
class StatusStore {
public:
    virtual ~StatusStore() = default;
    static constexpr std::size_t most = 20;
    // `plan_ahead`: how long before it is due a brief is planned.
    virtual asio::awaitable<StatusFigures> status(WallTime now, Millis plan_ahead) = 0;
};

}  // namespace podbrief
