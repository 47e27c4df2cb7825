// What stays in the file of what came in, and of workspaces that took their token back.
#include "core/ports/account_rules.hpp"
#include "tests/adapters/sqlite/support.hpp"
#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class IntakeRows : public SqliteTest {
protected:
    std::string value(const std::string& sql) { return RawConnection(file).execute(sql); }
};

TEST_F(IntakeRows, OfAClosedItemOnlyWhatItIsKnownByIsInTheFile) {
    const auto database = open();
    const auto id = get(database->inbox().accept(sample_incoming("E1"), noon));
    ASSERT_TRUE(id);
    get(database->inbox().claim_items("w1", noon, noon + 30s, 1));
    get(database->inbox().close_item(*id));
    EXPECT_EQ(value("SELECT platform || ' ' || tenant || ' ' || event_id FROM inbox_items"), "slack T1 E1");
    EXPECT_EQ(value("SELECT '<' || worker || conversation || from_platform || from_workspace || from_user || "
                    "incoming_json || '>' FROM inbox_items"),
              "<>");
}

TEST_F(IntakeRows, ARevokedWorkspacesTokensAreNotInTheFileAnyMore) {
    const auto database = open();
    get(database->tenants().save(sample_tenant("T1", noon)));
    get(database->tenants().revoke("slack", "T1", "removed", noon + 1h));
    get(database->tenants().save(sample_tenant("T1", noon + 30min)));  // told late
    EXPECT_EQ(value("SELECT '<' || sealed_token || sealed_refresh || '>' FROM tenants"), "<>");
}

TEST_F(IntakeRows, ADamagedItemIsReportedWithoutWhatSomebodyWrote) {
    const auto database = open();
    get(database->inbox().accept(sample_incoming("E1"), noon));
    value("UPDATE inbox_items SET incoming_json = '{\"text\": my secret'");
    const StoreFailure failure = failure_of([&] { get(database->inbox().claim_items("w1", noon, noon + 30s, 1)); });
    EXPECT_EQ(failure.kind(), StoreFailure::Kind::corrupt);
    EXPECT_EQ(std::string(failure.what()).find("secret"), std::string::npos) << failure.what();
}

TEST_F(IntakeRows, WhatCameInAndWhoIsWhoOutlivesTheProgram) {
    std::optional<std::int64_t> id;
    {
        const auto database = open();
        id = get(database->inbox().accept(sample_incoming("E1"), noon));
        AccountRecord record;
        record.account = {"slack", "T1", "U7"};
        Reader reader;
        reader.name = "Ada";
        get(database->accounts().know(record, reader));
        get(database->tenants().save(sample_tenant("T1", noon)));
    }
    const auto database = open();
    EXPECT_FALSE(get(database->inbox().accept(sample_incoming("E1"), noon + 1h)));
    const auto items = get(database->inbox().claim_items("w2", noon + 1h, noon + 2h, 10));
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].id, id.value_or(0));
    EXPECT_EQ(items[0].incoming, sample_incoming("E1"));
    EXPECT_TRUE(get(database->accounts().account({"slack", "T1", "U7"}, false)));
    EXPECT_EQ(get(database->tenants().tenant("slack", "T1")), sample_tenant("T1", noon));
}

TEST(AccountRules, ManyNamesThatAreTakenAreSkippedInFewSteps) {
    int asked = 0;
    const auto taken = [&](const std::string& name) {
        ++asked;
        return name == "Ada" || (name.starts_with("Ada ") && std::stoi(name.substr(4)) <= 40'000);
    };
    EXPECT_EQ(accounts::free_name("Ada", taken), "Ada 40001");
    EXPECT_LT(asked, 40);
    EXPECT_EQ(accounts::free_name("Bo", taken), "Bo");
}

TEST(AccountRules, AUnitedProfileDoesNotGrowWithoutEnd) {
    Profile into;
    for (int round = 0; round < 4; ++round) {
        Profile from;
        for (int i = 0; i < 300; ++i) {
            const int number = round * 300 + i;
            from.topics[std::to_string(number)] = 1;
            from.muted_topics.push_back("m" + std::to_string(number));
            from.persons.push_back(std::to_string(number));
            from.shows.push_back(PodcastId{number});
            from.muted_shows.push_back(PodcastId{10'000 + number});
        }
        into = accounts::united(into, from);
    }
    EXPECT_EQ(into.topics.size(), 500U);
    EXPECT_EQ(into.muted_topics.size(), 500U);
    EXPECT_EQ(into.persons.size(), 500U);
    EXPECT_EQ(into.shows.size(), 500U);
    EXPECT_EQ(into.muted_shows.size(), 500U);
}

}  // namespace
}  // namespace podbrief::testing
