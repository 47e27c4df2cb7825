#include "adapters/sqlite/migrations.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

using sqlite::Access;
using sqlite::Connection;
using sqlite::migrate;
using sqlite::Migration;
using sqlite::migrations;

class Migrations : public SqliteTest {
protected:
    std::string value(const std::string& sql) { return RawConnection(file).execute(sql); }
    std::string schema() {
        return value("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)");
    }

    // A process that dies, as by kill -9, before its `count`-th statement. False: there was no such statement.
    bool migrate_until_crash(const std::vector<Migration>& steps, int count) {
        const pid_t child = ::fork();
        if (child == 0) {
            Connection connection(file, Access::write, Millis{100});
            connection.execute("PRAGMA journal_mode = WAL");
            int done = 0;
            migrate(connection, steps, [&](const std::string&) {
                if (done++ == count) ::_exit(9);
            });
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFEXITED(status));
        return WEXITSTATUS(status) == 9;
    }

    const int latest = migrations().back().number;

    // What a later version of the program might add.
    std::vector<Migration> one_step_more() {
        std::vector<Migration> steps = migrations();
        steps.push_back({latest + 1,
                         {"ALTER TABLE readers ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'",
                          "CREATE TABLE moods (name TEXT PRIMARY KEY) STRICT", "INSERT INTO moods VALUES ('calm')",
                          "UPDATE readers SET mood = 'curious'"}});
        return steps;
    }
};

TEST_F(Migrations, StepsAreNumberedWithoutGaps) {
    int number = 0;
    for (const Migration& step : migrations()) {
        EXPECT_EQ(step.number, ++number);
        EXPECT_FALSE(step.statements.empty());
    }
}

TEST_F(Migrations, TheFileTellsWhoseItIsAndWhichSchemaItHas) {
    open();
    EXPECT_EQ(value("PRAGMA user_version"), std::to_string(migrations().back().number));
    EXPECT_EQ(value("PRAGMA application_id"), std::to_string(0x70627266));
}

TEST_F(Migrations, AnOlderFileIsBroughtForwardWithItsData) {
    get(open()->readers().save(sample_reader("anna")));
    {
        Connection connection(file, Access::write, Millis{100});
        migrate(connection, one_step_more());
        EXPECT_EQ(sqlite::schema_number(connection, latest + 1), latest + 1);
    }
    EXPECT_EQ(value("SELECT name || ' is ' || mood FROM readers"), "anna is curious");
}

TEST_F(Migrations, AStatementThatFailsLeavesTheFileAsItWas) {
    open();
    const std::string before = schema();
    std::vector<Migration> steps = one_step_more();
    steps.back().statements.push_back("INSERT INTO no_such_table VALUES (1)");
    {
        Connection connection(file, Access::write, Millis{100});
        EXPECT_ANY_THROW(migrate(connection, steps));
        EXPECT_FALSE(connection.in_transaction());
    }
    EXPECT_EQ(schema(), before);
    EXPECT_EQ(value("PRAGMA user_version"), std::to_string(latest));
    EXPECT_NO_THROW(get(open()->check()));
}

TEST_F(Migrations, ACrashBeforeAnyStatementOfAllIsMadeGoodByTheNextStart) {
    open();
    const std::string whole = schema();
    std::map<std::string, std::string> tables_after{{"0", "0"}};  // by number of the step
    for (std::size_t steps = 1; steps <= migrations().size(); ++steps) {
        file = folder.path() / ("steps-" + std::to_string(steps) + ".db");
        {
            Connection connection(file, Access::write, Millis{100});
            migrate(connection, {migrations().data(), steps});
        }
        tables_after[std::to_string(steps)] = value("SELECT count(*) FROM sqlite_schema");
    }
    int crashes = 0;
    while (true) {
        file = folder.path() / ("crash-" + std::to_string(crashes) + ".db");
        if (!migrate_until_crash(migrations(), crashes)) break;
        EXPECT_EQ(value("SELECT count(*) FROM sqlite_schema"), tables_after[value("PRAGMA user_version")])
            << "half a step is there";
        EXPECT_NO_THROW(get(open()->check()));
        EXPECT_EQ(schema(), whole);
        ++crashes;
    }
    EXPECT_GT(crashes, 40);
}

TEST_F(Migrations, ACrashInALaterStepKeepsTheEarlierSchemaAndItsData) {
    const auto steps = one_step_more();
    int crashes = 0;
    while (true) {
        file = folder.path() / ("crash-" + std::to_string(crashes) + ".db");
        get(open()->readers().save(sample_reader("anna")));
        const std::string before = schema();
        if (!migrate_until_crash(steps, crashes)) break;
        EXPECT_EQ(schema(), before);
        EXPECT_EQ(value("PRAGMA user_version"), std::to_string(latest));
        Connection connection(file, Access::write, Millis{100});
        migrate(connection, steps);
        EXPECT_EQ(value("SELECT name || ' is ' || mood FROM readers"), "anna is curious");
        ++crashes;
    }
    EXPECT_EQ(crashes, 7);  // four statements, two numbers, the commit
}

TEST_F(Migrations, AFileOfTheFirstSchemaKeepsItsReadersAndBriefs) {
    {
        Connection connection(file, Access::write, Millis{100});
        connection.execute("PRAGMA journal_mode = WAL");
        migrate(connection, {migrations().data(), 1});
        connection.execute(
            "INSERT INTO readers VALUES (3, 'anna', 'Asia/Tokyo', 450, 'weekly', 1772452800000, 1772366400000, "
            "'{\"topics\":{\"tea\":1.5,\"rust\":1,\"go\":0.25,\"war\":-0.5},\"shows\":[4],\"persons\":[],\"muted_"
            "topics\":[],\"muted_shows\":[]}');"
            "INSERT INTO readers SELECT 5, 'bo', time_zone, 0, 'daily', NULL, 0, profile_json FROM readers;"
            "INSERT INTO briefs VALUES (9, 3, '2026-03-02', 1772452800000, 'Few.', '["
            "{\"insight\":7,\"cluster\":5,\"score\":0.5,\"interest\":1,\"quality\":1,\"freshness\":1,"
            "\"matched\":\"tea\",\"outside_bubble\":false,\"update\":true,\"sources\":2}]');"
            "INSERT INTO feedback VALUES (3, 7, 'like', 5);");
    }
    const auto database = open();
    Reader anna;
    anna.id = ReaderId{3};
    anna.name = "anna";
    anna.time_zone = "Asia/Tokyo";
    anna.brief_at = std::chrono::minutes{450};
    anna.cadence = Cadence::weekly;
    anna.paused_until = from_ms(1772452800000);
    anna.created_at = from_ms(1772366400000);
    // All but 1 was learnt then; when is not known.
    anna.profile.topics = {{"tea", 1}, {"rust", 1}};
    anna.profile.learnt = {{"tea", {0.5, WallTime{}}}, {"go", {0.25, WallTime{}}}, {"war", {-0.5, WallTime{}}}};
    anna.profile.shows = {PodcastId{4}};
    EXPECT_EQ(get(database->readers().reader(anna.id)), anna);
    Brief brief;
    brief.id = BriefId{9};
    brief.reader = anna.id;
    brief.local_date = "2026-03-02";
    brief.composed_at = from_ms(1772452800000);
    brief.note = "Few.";
    brief.items = {{InsightId{7}, ClaimClusterId{5}, 0.5, {1, 1, 1, "tea", false, true, {}}, 2}};
    EXPECT_EQ(get(database->readers().brief(anna.id, "2026-03-02")), brief);
    EXPECT_EQ(get(database->readers().feedback(anna.id)).size(), 1U);
    EXPECT_EQ(value("SELECT insight_id || ' in ' || brief_id FROM brief_insights"), "7 in 9");

    const auto due = get(database->outbox().readers_to_plan(WallTime{}, 10));
    ASSERT_EQ(due.size(), 2U) << "all are due for planning";
    EXPECT_EQ(due[0].reader, anna);
    EXPECT_EQ(due[0].last_sequence, 0);
    EXPECT_NO_THROW(get(database->check()));
}

TEST_F(Migrations, AFileOfTheSecondSchemaKeepsItsDestinationsAndWhatWasSent) {
    {
        Connection connection(file, Access::write, Millis{100});
        connection.execute("PRAGMA journal_mode = WAL");
        migrate(connection, {migrations().data(), 2});
        connection.execute(
            "INSERT INTO readers VALUES (3, 'anna', 'Asia/Tokyo', 450, 'weekly', NULL, 0, "
            "'{\"topics\":{},\"shows\":[],\"persons\":[],\"muted_topics\":[],\"muted_shows\":[]}', NULL, NULL, 0, 0, "
            "0);"
            "INSERT INTO destinations VALUES (4, 3, 'slack', 'T1', 'C1', '', 'active', '', 0, 0);"
            "INSERT INTO deliveries VALUES (5, 'reply', 3, NULL, 0, 4, 'slack', 'T1', 'C1', '', 'slack', 'T1', 1, 1, "
            "'key', 0, 0, NULL, NULL, 'sent', 1, 0, NULL, 0, '', 'none', 1, 0, 0, 0, '', 0, '171.2', 0, '', 0, 0, 0);"
            "INSERT INTO payloads VALUES (5, 'hash', 'payload');"
            "INSERT INTO inbox VALUES ('slack', 'T1', 'E1', 0);");
    }
    const auto database = open();
    EXPECT_EQ(value("PRAGMA user_version"), std::to_string(latest));
    EXPECT_EQ(get(database->readers().reader_named("anna")).value_or(Reader{}).id, ReaderId{3});
    EXPECT_EQ(get(database->outbox().destinations(ReaderId{3})).size(), 1U);
    EXPECT_FALSE(get(database->outbox().first_seen("slack", "T1", "E1", WallTime{})));

    const Destination chat{"slack", "T1", "C1", ""};
    EXPECT_EQ(get(database->outbox().sent_as(chat, "171.2")).value_or(Delivery{}).payload, "payload");
    get(database->tenants().revoke("slack", "T1", "removed", noon));
    EXPECT_EQ(get(database->outbox().destination(DestinationId{4}))->state, DestinationState::tenant_revoked);
    EXPECT_FALSE(get(database->accounts().onboarding(ReaderId{3})));
    EXPECT_EQ(get(database->inbox().open_items()), 0U);
    EXPECT_NO_THROW(get(database->check()));
}

}  // namespace
}  // namespace podbrief::testing
