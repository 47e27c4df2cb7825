// What the operator's page shows. Every statement goes along an index and reads what it counts, nothing else: what
// names its index cannot go without it.
#include "adapters/sqlite/status_store.hpp"

#include "adapters/sqlite/delivery_rows.hpp"

namespace podbrief::sqlite {
namespace {

constexpr Millis hour{3'600'000};
constexpr Millis late{60'000};
constexpr int hours_back = 24;
constexpr int hours_ahead = 12;

std::int64_t only(Query row) {
    return row.next() ? row.maybe_integer().value_or(0) : 0;
}

std::optional<WallTime> only_time(Query row) {
    return row.next() ? row.maybe_time() : std::nullopt;
}

WallTime hour_of(WallTime at) {
    return from_ms(to_ms(at) / hour.count() * hour.count());
}

void read_feeds(Connection& c, WallTime now, StatusFigures& out) {
    out.feeds = only(c.query("SELECT count(*) FROM polls INDEXED BY polls_due"));
    out.feeds_due = only(c.query("SELECT count(*) FROM polls INDEXED BY polls_due WHERE next_poll_at_ms <= ?", now));
    out.feeds_failing =
        only(c.query("SELECT count(*) FROM polls INDEXED BY polls_failing WHERE consecutive_failures > 0"));
    out.last_fetched = only_time(c.query("SELECT max(last_success_at_ms) FROM polls INDEXED BY polls_succeeded"));
    Query row = c.query(
        "SELECT p.title, p.feed_url, s.last_error, s.consecutive_failures, s.last_success_at_ms, s.next_poll_at_ms "
        "FROM polls s INDEXED BY polls_failing JOIN podcasts p ON p.id = s.podcast_id "
        "WHERE s.consecutive_failures > 0 ORDER BY s.consecutive_failures DESC, s.podcast_id LIMIT ?",
        StatusStore::most);
    while (row.next()) {
        StatusFigures::Feed feed;
        feed.title = row.text();
        const std::string url = row.text();
        if (feed.title.empty()) feed.title = url;
        feed.problem = row.text();
        feed.failures = static_cast<int>(row.integer());
        feed.last_success = row.maybe_time();
        feed.next = row.time();
        out.failing.push_back(std::move(feed));
    }
}

void read_episodes(Connection& c, WallTime now, StatusFigures& out) {
    Query states = c.query("SELECT state, count(*) FROM episodes INDEXED BY episodes_by_state GROUP BY state");
    while (states.next()) {
        const auto state = episode_state_from(states.text());
        const std::int64_t count = states.integer();
        if (state) out.episodes[*state] += count;
    }
    out.episodes_due = only(c.query(
        "SELECT count(*) FROM episodes INDEXED BY episodes_due WHERE due_at_ms IS NOT NULL AND due_at_ms <= ?", now));
    Query row = c.query(
        "SELECT p.title, e.title, e.last_error, e.attempts, e.next_attempt_at_ms "
        "FROM episodes e INDEXED BY episodes_troubled JOIN podcasts p ON p.id = e.podcast_id "
        "WHERE e.due_at_ms IS NOT NULL AND e.last_error <> '' ORDER BY e.attempts DESC, e.id LIMIT ?",
        StatusStore::most);
    while (row.next()) {
        StatusFigures::Trouble one;
        one.show = row.text();
        one.title = row.text();
        one.problem = row.text();
        one.attempts = static_cast<int>(row.integer());
        one.next = row.time();
        out.troubled.push_back(std::move(one));
    }
}

void read_ended(Connection& c, WallTime now, StatusFigures& out) {
    const WallTime first = hour_of(now) - hours_back * hour;
    for (int i = 0; i <= hours_back; ++i) {
        StatusFigures::Hour one;
        one.begin = first + i * hour;
        out.hours.push_back(one);
    }
    Query row = c.query(
        "SELECT (finished_at_ms - ?) / ? AS nr, state, platform, count(*), sum(finished_at_ms - send_at_ms > ?), "
        "max(finished_at_ms) FROM deliveries INDEXED BY briefs_ended "
        "WHERE final = 1 AND kind = 'brief' AND finished_at_ms >= ? GROUP BY nr, state, platform",
        first, hour, late, first);
    while (row.next()) {
        const std::int64_t nr = row.integer();
        const std::string state = row.text();
        const std::string platform = row.text();
        const std::int64_t count = row.integer();
        const std::int64_t after_time = row.integer();
        const WallTime last = row.time();
        StatusFigures::Hour unseen;  // of a clock that was set back
        const bool within = nr >= 0 && nr < static_cast<std::int64_t>(out.hours.size());
        StatusFigures::Hour& at = within ? out.hours[static_cast<std::size_t>(nr)] : unseen;
        StatusFigures::Platform& on = out.platforms[platform];
        if (state == "sent") {
            at.sent += count;
            at.late += after_time;
            on.sent += count;
            on.late += after_time;
            on.last_sent = std::max(on.last_sent.value_or(last), last);
        } else if (state != "superseded" && state != "cancelled") {
            at.lost += count;
            on.lost += count;
        }
    }
}

void add_looks(Query row, StatusFigures& out) {
    while (row.next()) {
        StatusFigures::Look one;
        one.reader = row.text();
        one.day = row.text();
        one.platform = row.text();
        one.state = delivery_state_from(row.text()).value_or(DeliveryState::parked);
        one.reason = row.text();
        one.send_at = row.time();
        out.looks.push_back(std::move(one));
    }
}

#define LOOK \
    "SELECT coalesce(r.name, ''), coalesce(s.key, ''), d.platform, d.state, d.reason, d.send_at_ms FROM deliveries d "
#define WHOSE "LEFT JOIN readers r ON r.id = d.reader_id LEFT JOIN slots s ON s.id = d.slot_id "

void read_looks(Connection& c, WallTime now, StatusFigures& out) {
    add_looks(c.query(LOOK "INDEXED BY deliveries_by_state " WHOSE
                           "WHERE d.final = 0 AND d.state = 'parked' ORDER BY d.send_at_ms DESC, d.id DESC LIMIT ?",
                      StatusStore::most),
              out);
    add_looks(c.query(LOOK "INDEXED BY deliveries_by_state " WHOSE
                           "WHERE d.final = 0 AND d.state = 'unknown' ORDER BY d.send_at_ms DESC, d.id DESC LIMIT ?",
                      StatusStore::most),
              out);
    add_looks(c.query(LOOK "INDEXED BY briefs_ended " WHOSE
                           "WHERE d.final = 1 AND d.kind = 'brief' AND d.finished_at_ms >= ? AND d.state = 'dead' "
                           "ORDER BY d.finished_at_ms DESC LIMIT ?",
                      now - hours_back * hour, StatusStore::most),
              out);
    if (out.looks.size() > StatusStore::most) out.looks.resize(StatusStore::most);
}

// Briefs that are planned, and readers whose next one will be.
void read_herd(Connection& c, WallTime now, Millis plan_ahead, StatusFigures& out) {
    const WallTime first = hour_of(now);
    const WallTime end = first + hours_ahead * hour;
    for (int i = 0; i < hours_ahead; ++i) {
        StatusFigures::Due one;
        one.begin = first + i * hour;
        out.herd.push_back(one);
    }
    const auto add = [&](Query row) {
        while (row.next()) {
            const auto nr = static_cast<std::size_t>(row.integer());
            if (nr < out.herd.size()) out.herd[nr].briefs += row.integer();
        }
    };
    add(c.query(
        "SELECT (due_at_ms - ?) / ? AS nr, count(*) FROM slots INDEXED BY slots_open_by_time WHERE due_at_ms >= ? "
        "AND due_at_ms < ? AND state IN ('planned', 'composing', 'composed') GROUP BY nr",
        first, hour, first, end));
    // Those who have no plan yet (0) or are to be planned at once tell nothing of their hour.
    add(
        c.query("SELECT (next_plan_at_ms + ? - ?) / ? AS nr, count(*) FROM readers INDEXED BY readers_to_plan "
                "WHERE next_plan_at_ms > ? AND next_plan_at_ms < ? GROUP BY nr",
                plan_ahead, first, hour, std::max(now, first - plan_ahead), end - plan_ahead));
}

void read_store(Connection& c, StatusFigures& out) {
    out.readers = only(c.query("SELECT count(*) FROM readers INDEXED BY readers_to_plan"));
    out.insights = only(c.query("SELECT seq FROM sqlite_sequence WHERE name = 'insights'"));
    out.store_bytes = only(c.query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"));
}

}  // namespace

StatusFigures status(Connection& connection, WallTime now, Millis plan_ahead) {
    StatusFigures out;
    read_feeds(connection, now, out);
    read_episodes(connection, now, out);
    read_ended(connection, now, out);
    read_looks(connection, now, out);
    read_herd(connection, now, plan_ahead, out);
    read_store(connection, out);
    out.waiting = outbox_counts(connection);
    return out;
}

asio::awaitable<StatusFigures> SqliteStatus::status(WallTime now, Millis plan_ahead) {
    return threads_.read<StatusFigures>(
        [now, plan_ahead](Connection& c) { return sqlite::status(c, now, plan_ahead); });
}

}  // namespace podbrief::sqlite
