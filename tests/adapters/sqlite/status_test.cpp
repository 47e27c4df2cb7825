// What the operator's page is told, from a store filled by hand.
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class SqliteStatus : public SqliteTest {
protected:
    void SetUp() override {
        database = open();
        raw = std::make_unique<RawConnection>(file);
        // What is inserted here leaves out what it does not count: no foreign keys.
        raw->execute("PRAGMA foreign_keys = OFF");
    }
    StatusFigures look() { return get(database->status().status(now, 45min)); }
    void feed(int id, int failures, WallTime next, std::optional<WallTime> success) {
        raw->execute(fmt::format(
            "INSERT INTO podcasts VALUES ({0}, 'https://f/{0}', 'Show {0}', '', '', '', '', '', '[]', 0)", id));
        raw->execute(fmt::format("INSERT INTO polls VALUES ({}, {}, {}, 0, '', '', '', {}, '{}', '', 0, 0)", id,
                                 to_ms(next), success ? std::to_string(to_ms(*success)) : "NULL", failures,
                                 failures > 0 ? "HTTP 500" : ""));
    }
    void delivery(int id, const std::string& state, WallTime send_at, WallTime finished_at, int slot = 0,
                  const std::string& platform = "telegram", const std::string& kind = "brief") {
        const bool final = is_final(*delivery_state_from(state));
        raw->execute(
            fmt::format("INSERT INTO deliveries (id, kind, reader_id, slot_id, sequence, destination_id, platform, "
                        "workspace, chat, "
                        "thread, lane, tenant, part, parts, key, send_at_ms, expires_at_ms, state, final, next_at_ms, "
                        "epoch, worker, "
                        "step, attempts, crashes, attempt_at_ms, first_unknown_at_ms, placeholder_ref, "
                        "placeholders_lost, message_ref, "
                        "plainness, reason, superseded_by, created_at_ms, finished_at_ms) VALUES ({0}, '{6}', 1, {4}, "
                        "1, 1, '{5}', '', "
                        "'c', '', 'l', 't', {0}, 1, 'key{0}', {1}, 0, '{2}', {7}, 0, 0, '', 'none', 0, 0, 0, 0, '', 0, "
                        "'', 0, 'why {0}', "
                        "0, 0, {3})",
                        id, to_ms(send_at), state, to_ms(finished_at), slot == 0 ? "NULL" : std::to_string(slot),
                        platform, kind, final ? 1 : 0));
    }

    const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h + 20min;
    std::unique_ptr<Database> database;
    std::unique_ptr<RawConnection> raw;
};

TEST_F(SqliteStatus, AnEmptyStoreHasNothingWrong) {
    const StatusFigures figures = look();
    EXPECT_EQ(figures.feeds, 0);
    EXPECT_FALSE(figures.last_fetched);
    EXPECT_EQ(figures.hours.size(), 25U);
    EXPECT_EQ(figures.hours.back().begin, now - 20min);
    EXPECT_EQ(figures.herd.size(), 12U);
    EXPECT_EQ(figures.herd.front().begin, now - 20min);
    EXPECT_TRUE(figures.looks.empty());
    EXPECT_GT(figures.store_bytes, 0);
}

TEST_F(SqliteStatus, FeedsAreDueFailingAndFetched) {
    feed(1, 0, now + 1h, now - 10min);
    feed(2, 0, now - 1min, now - 2h);
    feed(3, 2, now + 5min, now - 3h);
    feed(4, 9, now + 6h, std::nullopt);
    const StatusFigures figures = look();
    EXPECT_EQ(figures.feeds, 4);
    EXPECT_EQ(figures.feeds_due, 1);
    EXPECT_EQ(figures.feeds_failing, 2);
    EXPECT_EQ(figures.last_fetched, now - 10min);
    ASSERT_EQ(figures.failing.size(), 2U);
    EXPECT_EQ(figures.failing[0].title, "Show 4");
    EXPECT_EQ(figures.failing[0].problem, "HTTP 500");
    EXPECT_EQ(figures.failing[0].failures, 9);
    EXPECT_FALSE(figures.failing[0].last_success);
    EXPECT_EQ(figures.failing[1].last_success, now - 3h);
    for (int id = 5; id < 100; ++id) feed(id, 3, now, now);
    EXPECT_EQ(look().failing.size(), StatusStore::most);
}

TEST_F(SqliteStatus, BriefsOfTheLastDayAreCountedByHourAndPlatform) {
    delivery(1, "sent", now - 1h, now - 1h + 2s);
    delivery(2, "sent", now - 1h, now - 1h + 90s, 0, "slack");
    delivery(3, "dead", now - 1h, now - 1h + 5s, 0, "slack");
    delivery(4, "superseded", now - 1h, now - 1h + 5s);
    delivery(5, "sent", now - 40h, now - 40h + 1s);
    delivery(6, "sent", now, now + 1s, 0, "telegram", "reply");
    const StatusFigures figures = look();
    const WallTime hour = now - 20min - 1h;
    EXPECT_EQ(figures.hours[23], (StatusFigures::Hour{hour, 2, 1, 1}));
    std::int64_t sent = 0;
    for (const auto& one : figures.hours) sent += one.sent;
    EXPECT_EQ(sent, 2) << "neither what is older nor answers";
    EXPECT_EQ(figures.platforms.at("telegram"), (StatusFigures::Platform{1, 0, 0, now - 1h + 2s}));
    EXPECT_EQ(figures.platforms.at("slack"), (StatusFigures::Platform{1, 1, 1, now - 1h + 90s}));
}

TEST_F(SqliteStatus, WhatNeedsALookIsNamed) {
    raw->execute(
        "INSERT INTO readers (id, name, time_zone, brief_at_min, cadence, created_at_ms, profile_json) VALUES (1, "
        "'anna', 'UTC', 0, 'daily', 0, '{}')");
    raw->execute("INSERT INTO slots VALUES (7, 1, 1, '2026-03-12', 0, 'UTC', 'fired', 0, '', 0, 0, 0, '', 0, 0)");
    delivery(1, "parked", now - 3h, {}, 7, "slack");
    delivery(2, "unknown", now - 2h, {});
    delivery(3, "dead", now - 1h, now - 1h);
    delivery(4, "ready", now + 1h, {});
    const StatusFigures figures = look();
    ASSERT_EQ(figures.looks.size(), 3U);
    EXPECT_EQ(figures.looks[0].reader, "anna");
    EXPECT_EQ(figures.looks[0].day, "2026-03-12");
    EXPECT_EQ(figures.looks[0].platform, "slack");
    EXPECT_EQ(figures.looks[0].state, DeliveryState::parked);
    EXPECT_EQ(figures.looks[0].reason, "why 1");
    EXPECT_EQ(figures.looks[1].state, DeliveryState::unknown);
    EXPECT_EQ(figures.looks[1].day, "");
    EXPECT_EQ(figures.looks[2].state, DeliveryState::dead);
    EXPECT_EQ(figures.waiting, get(database->outbox().outbox_counts()));
    EXPECT_EQ(figures.waiting.parked, 1);
}

TEST_F(SqliteStatus, TheHerdIsWhatIsPlannedAndWhatWillBe) {
    const auto reader = [&](int id, WallTime next_plan) {
        raw->execute(
            fmt::format("INSERT INTO readers (id, name, time_zone, brief_at_min, cadence, created_at_ms, profile_json, "
                        "next_plan_at_ms) VALUES ({0}, 'r{0}', 'UTC', 0, 'daily', 0, '{{}}', {1})",
                        id, to_ms(next_plan)));
    };
    const auto slot = [&](int id, WallTime due, const std::string& state) {
        raw->execute(
            fmt::format("INSERT INTO slots VALUES ({0}, {0}, 1, 'k', {1}, 'UTC', '{2}', 0, '', 0, 0, 0, '', 0, 0)", id,
                        to_ms(due), state));
    };
    const WallTime hour = now - 20min;
    reader(1, hour + 24h);
    slot(1, hour + 30min, "planned");
    reader(2, hour + 24h);
    slot(2, hour + 10min, "fired");
    reader(3, hour + 2h + 15min);  // due three hours from the hour's begin
    reader(4, hour + 2h + 14min);  // a minute before
    reader(5, WallTime{});         // to be planned at once
    reader(6, hour + 30h);
    const StatusFigures figures = look();
    EXPECT_EQ(figures.herd[0].briefs, 1);
    EXPECT_EQ(figures.herd[2].briefs, 1);
    EXPECT_EQ(figures.herd[3].briefs, 1);
    std::int64_t all = 0;
    for (const auto& one : figures.herd) all += one.briefs;
    EXPECT_EQ(all, 3);
    EXPECT_EQ(figures.readers, 6);
}

TEST_F(SqliteStatus, EpisodesAreCountedByStateAndThoseInTroubleNamed) {
    feed(1, 0, now, now);
    const auto episode = [&](int id, const std::string& state, const std::string& due, const std::string& error) {
        raw->execute(
            fmt::format("INSERT INTO episodes (id, podcast_id, state, next_attempt_at_ms, due_at_ms, ordered_at_ms, "
                        "first_seen_at_ms, "
                        "duration_ms, attempts, last_error, guid, title, link, enclosure_url, enclosure_type, "
                        "episode_type, chapters_url, "
                        "persons_json, transcripts_json, soundbites_json, chapters_json, notes) VALUES ({0}, 1, '{1}', "
                        "5, {2}, 0, 0, 0, "
                        "{0}, '{3}', 'g{0}', 'Episode {0}', '', '', '', '', '', '[]', '[]', '[]', '[]', '')",
                        id, state, due, error));
    };
    episode(1, "extracted", "NULL", "");
    episode(2, "extracted", "NULL", "an error long ago");
    episode(3, "awaiting_transcript", std::to_string(to_ms(now) - 1), "HTTP 404");
    episode(4, "awaiting_transcript", std::to_string(to_ms(now) + 99), "no text in it");
    episode(5, "without_transcript", "NULL", "");
    const StatusFigures figures = look();
    EXPECT_EQ(figures.episodes.at(EpisodeState::extracted), 2);
    EXPECT_EQ(figures.episodes.at(EpisodeState::awaiting_transcript), 2);
    EXPECT_EQ(figures.episodes.at(EpisodeState::without_transcript), 1);
    EXPECT_EQ(figures.episodes_due, 1);
    ASSERT_EQ(figures.troubled.size(), 2U);
    EXPECT_EQ(figures.troubled[0].title, "Episode 4");
    EXPECT_EQ(figures.troubled[0].show, "Show 1");
    EXPECT_EQ(figures.troubled[1].problem, "HTTP 404");
}

}  // namespace
}  // namespace podbrief::testing
