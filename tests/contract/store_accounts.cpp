#include "core/ports/account_rules.hpp"
#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

AccountRecord AccountContract::record(const std::string& user, const std::string& platform) {
    AccountRecord record;
    record.account = {platform, platform == "slack" ? "T1" : "", user};
    record.name = "as " + platform + " shows " + user;
    record.since = noon;
    return record;
}

Reader AccountContract::know(const AccountRecord& record, const std::string& name) {
    return get(accounts.know(record, daily_reader(name))).reader;
}

namespace {

asio::awaitable<void> know_one(AccountStore& accounts, std::string user, int& created) {
    AccountRecord record;
    record.account = {"telegram", "", std::move(user)};
    Reader reader;
    reader.name = "Ada";
    const auto known = co_await accounts.know(std::move(record), std::move(reader));
    created += known.created ? 1 : 0;
}

TEST_P(AccountContract, KeepsEveryFieldOfAnAccountAndOfItsReader) {
    AccountRecord ada = record("U7", "slack");
    Reader reader = sample_reader("Ada");
    const auto known = get(accounts.know(ada, reader));
    EXPECT_TRUE(known.created);
    ASSERT_TRUE(known.reader.id);
    reader.id = ada.reader = known.reader.id;
    EXPECT_EQ(known.record, ada);
    EXPECT_EQ(known.reader, reader);
    EXPECT_EQ(get(accounts.account(ada.account, false)), ada);
    EXPECT_EQ(get(readers.reader(reader.id)), reader);
    EXPECT_EQ(get(readers.reader_named("Ada")), reader);
    EXPECT_FALSE(get(accounts.account({"slack", "T2", "U7"}, false)));
    EXPECT_FALSE(get(accounts.account({"discord", "T1", "U7"}, false)));
    EXPECT_FALSE(get(accounts.account({"slack", "T1", "U8"}, false)));
}

TEST_P(AccountContract, AnAccountThatIsKnownStaysWhatItIs) {
    const auto first = get(accounts.know(record("42"), daily_reader("Ada")));
    AccountRecord renamed = record("42");
    renamed.name = "another";
    renamed.since = noon + 1h;
    const auto again = get(accounts.know(renamed, daily_reader("Bo")));
    EXPECT_FALSE(again.created);
    EXPECT_EQ(again.record, first.record);
    EXPECT_EQ(again.reader, first.reader);
    EXPECT_FALSE(get(readers.reader_named("Bo")));

    Reader changed = first.reader;
    changed.brief_at = 6h;
    get(readers.save(changed));
    EXPECT_EQ(get(accounts.know(renamed, daily_reader("Bo"))).reader, changed) << "the reader as it is now";
}

TEST_P(AccountContract, AnAccountKnownByManyAtOnceIsMadeOnce) {
    int created = 0;
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 30; ++i) calls.push_back(know_one(accounts, std::to_string(i % 3), created));
    get_all(std::move(calls));
    EXPECT_EQ(created, 3);
    EXPECT_EQ(get(readers.readers()).size(), 4U) << "and anna";
}

TEST_P(AccountContract, NamesAreMadeUnique) {
    std::vector<std::string> names;
    for (int i = 0; i < 9; ++i) names.push_back(know(record(std::to_string(i)), "Ada").name);
    EXPECT_EQ(names, (std::vector<std::string>{"Ada", "Ada 2", "Ada 3", "Ada 4", "Ada 5", "Ada 6", "Ada 7", "Ada 8",
                                               "Ada 9"}));
    EXPECT_EQ(know(record("x"), "anna").name, "anna 2") << "also beside one who has no account";
    EXPECT_EQ(get(readers.reader_named("Ada 7")), get(accounts.know(record("6"), {})).reader);
}

TEST_P(AccountContract, ANewReaderIsDueForPlanning) {
    const Reader ada = know(record("42"), "Ada");
    EXPECT_EQ(plan_of(ada.id).reader, ada);
    EXPECT_EQ(plan_of(ada.id).last_sequence, 0);
}

TEST_P(AccountContract, AChannelIsAnotherThanAPersonOfTheSameAddress) {
    AccountRecord channel = record("42");
    channel.channel = true;
    const auto person = get(accounts.know(record("42"), daily_reader("Ada")));
    const auto group = get(accounts.know(channel, daily_reader("The group")));
    EXPECT_TRUE(group.created);
    EXPECT_NE(group.reader.id, person.reader.id);
    EXPECT_EQ(get(accounts.account(channel.account, true)), group.record);
    EXPECT_EQ(get(accounts.account(channel.account, false)), person.record);
    EXPECT_TRUE(group.record.channel);
}

TEST_P(AccountContract, AccountsOfAReaderComeOldestFirst) {
    const Reader ada = know(record("42"), "Ada");
    AccountRecord older = record("U7", "slack");
    older.since = noon - 1h;
    AccountRecord same_time = record("9", "discord");
    get(accounts.unite(know(older, "Ada").id, ada.id, noon));
    get(accounts.unite(know(same_time, "Ada").id, ada.id, noon));
    std::vector<std::string> users;
    for (const AccountRecord& account : get(accounts.accounts(ada.id))) {
        users.push_back(account.account.user);
        EXPECT_EQ(account.reader, ada.id);
    }
    EXPECT_EQ(users, (std::vector<std::string>{"U7", "42", "9"}));
    EXPECT_TRUE(get(accounts.accounts(anna.id)).empty());
}

TEST_P(AccountContract, ALinkCodeIsGoodOnce) {
    get(accounts.keep_link_code(anna.id, "hash 1", noon + 10min));
    EXPECT_FALSE(get(accounts.take_link_code("hash 2", noon))) << "nobody's";
    EXPECT_EQ(get(accounts.take_link_code("hash 1", noon + 10min - 1ms)), anna.id);
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon))) << "used";
}

TEST_P(AccountContract, ALinkCodeEndsWithItsTime) {
    get(accounts.keep_link_code(anna.id, "hash 1", noon + 10min));
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon + 10min)));
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon))) << "tried, it is used";
}

TEST_P(AccountContract, ANewLinkCodeReplacesTheReadersFormerOne) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    get(accounts.keep_link_code(anna.id, "hash 1", noon + 10min));
    get(accounts.keep_link_code(bo.id, "hash 2", noon + 10min));
    get(accounts.keep_link_code(anna.id, "hash 3", noon + 10min));
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon)));
    EXPECT_EQ(get(accounts.take_link_code("hash 2", noon)), bo.id);
    EXPECT_EQ(get(accounts.take_link_code("hash 3", noon)), anna.id);
}

TEST_P(AccountContract, AnOnboardingIsKeptPerReader) {
    EXPECT_FALSE(get(accounts.onboarding(anna.id)));
    using Step = Onboarding::Step;
    for (const Step step : {Step::topics, Step::shows, Step::hour, Step::zone, Step::done}) {
        const Onboarding onboarding{anna.id, step, "message " + std::string(to_string(step))};
        get(accounts.save(onboarding));
        EXPECT_EQ(get(accounts.onboarding(anna.id)), onboarding);
    }
    EXPECT_FALSE(get(accounts.onboarding(ReaderId{99})));
}

TEST_P(AccountContract, ForgettingTakesAccountsCodesAndOnboardingAndNothingOfOthers) {
    const Reader ada = know(record("42"), "Ada");
    const Reader bo = know(record("43"), "Bo");
    for (const Reader& reader : {ada, bo}) {
        get(accounts.keep_link_code(reader.id, "hash of " + reader.name, noon + 10min));
        const Onboarding onboarding{reader.id, Onboarding::Step::hour, "1"};
        get(accounts.save(onboarding));
    }
    get(readers.forget(ada.id));
    EXPECT_FALSE(get(accounts.account(record("42").account, false)));
    EXPECT_TRUE(get(accounts.accounts(ada.id)).empty());
    EXPECT_FALSE(get(accounts.take_link_code("hash of Ada", noon)));
    EXPECT_FALSE(get(accounts.onboarding(ada.id)));
    EXPECT_EQ(get(accounts.accounts(bo.id)).size(), 1U);
    EXPECT_EQ(get(accounts.take_link_code("hash of Bo", noon)), bo.id);
    EXPECT_TRUE(get(accounts.onboarding(bo.id)));

    const auto again = get(accounts.know(record("42"), daily_reader("Ada")));
    EXPECT_TRUE(again.created);
    EXPECT_GT(again.reader.id, bo.id);
}

TEST_P(AccountContract, AForgottenReaderGetsNoCodeAndNoOnboardingByALateWrite) {
    const Reader ada = know(record("42"), "Ada");
    get(readers.forget(ada.id));
    get(accounts.keep_link_code(ada.id, "hash 1", noon + 10min));
    const Onboarding onboarding{ada.id, Onboarding::Step::hour, "1"};
    get(accounts.save(onboarding));
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon)));
    EXPECT_FALSE(get(accounts.onboarding(ada.id)));
}

TEST_P(AccountContract, UnitingNeedsTwoReaders) {
    EXPECT_FALSE(get(accounts.unite(anna.id, anna.id, noon)));
    EXPECT_FALSE(get(accounts.unite(anna.id, ReaderId{99}, noon)));
    EXPECT_FALSE(get(accounts.unite(ReaderId{99}, anna.id, noon)));
    EXPECT_EQ(get(readers.reader(anna.id)), anna);
}

}  // namespace
}  // namespace podbrief::testing
