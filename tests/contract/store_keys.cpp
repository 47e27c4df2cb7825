#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;
using Operator = KeyStore::Operator;

namespace {

TEST_P(KeyContract, APageIsItsReadersUntilItIsEnded) {
    const Reader bo = add_reader("bo");
    get(key_store.keep_page(anna.id, "a1", noon));
    get(key_store.keep_page(anna.id, "a2", noon + 1s));
    get(key_store.keep_page(bo.id, "b1", noon));
    EXPECT_EQ(get(key_store.page("a1")), anna.id);
    EXPECT_EQ(get(key_store.page("a2")), anna.id);
    EXPECT_EQ(get(key_store.page("b1")), bo.id);
    EXPECT_FALSE(get(key_store.page("c1")));
    EXPECT_FALSE(get(key_store.page("")));
    EXPECT_EQ(get(key_store.pages(anna.id)), 2);
    EXPECT_EQ(get(key_store.end_pages(anna.id, "a2")), 1);
    EXPECT_FALSE(get(key_store.page("a1")));
    EXPECT_EQ(get(key_store.page("a2")), anna.id) << "all but this one were ended";
    EXPECT_EQ(get(key_store.end_pages(anna.id, "")), 1);
    EXPECT_EQ(get(key_store.end_pages(anna.id, "")), 0);
    EXPECT_EQ(get(key_store.pages(anna.id)), 0);
    EXPECT_EQ(get(key_store.page("b1")), bo.id) << "another reader's";
}

TEST_P(KeyContract, TheSamePageKeptAgainIsOneAndStaysWhose) {
    const Reader bo = add_reader("bo");
    get(key_store.keep_page(anna.id, "a1", noon));
    get(key_store.keep_page(anna.id, "a1", noon + 1h));
    get(key_store.keep_page(bo.id, "a1", noon + 2h));
    EXPECT_EQ(get(key_store.page("a1")), anna.id);
    EXPECT_EQ(get(key_store.pages(anna.id)), 1);
    EXPECT_EQ(get(key_store.pages(bo.id)), 0);
    get(key_store.keep_page(ReaderId{9'999}, "x", noon));
    EXPECT_FALSE(get(key_store.page("x"))) << "nobody's";
}

TEST_P(KeyContract, OneMoreThanAReaderMayHaveEndsTheOldest) {
    const Reader bo = add_reader("bo");
    get(key_store.keep_page(bo.id, "b", noon - 1h));
    for (std::size_t i = 0; i <= KeyStore::most_pages; ++i) {
        get(key_store.keep_page(anna.id, "a" + std::to_string(i), noon + std::chrono::seconds{i}));
    }
    EXPECT_EQ(get(key_store.pages(anna.id)), static_cast<int>(KeyStore::most_pages));
    EXPECT_FALSE(get(key_store.page("a0")));
    EXPECT_EQ(get(key_store.page("a1")), anna.id);
    EXPECT_EQ(get(key_store.page("b")), bo.id);
    // All at one moment: the new one is never the one that goes.
    for (const char* hash : {"z", "0", "m"}) {
        get(key_store.keep_page(anna.id, hash, noon + std::chrono::seconds{KeyStore::most_pages}));
        EXPECT_EQ(get(key_store.page(hash)), anna.id) << hash;
    }
}

TEST_P(KeyContract, ReadersWhoAreForgottenOrUnitedTakeTheirPagesAlong) {
    const Reader bo = add_reader("bo");
    get(key_store.keep_page(anna.id, "a", noon));
    get(key_store.keep_page(bo.id, "b", noon));
    get(accounts.unite(bo.id, anna.id, noon));
    EXPECT_EQ(get(key_store.page("b")), anna.id);
    get(readers.forget(anna.id));
    EXPECT_FALSE(get(key_store.page("a")));
    EXPECT_FALSE(get(key_store.page("b")));
}

TEST_P(KeyContract, AnOperatorsLinkIsGoodOnceAndInTime) {
    get(key_store.keep_operator(Operator::link, "l1", noon + 10min));
    get(key_store.keep_operator(Operator::link, "l2", noon + 10min));
    EXPECT_FALSE(get(key_store.take_link("", noon)));
    EXPECT_FALSE(get(key_store.take_link("l3", noon)));
    EXPECT_FALSE(get(key_store.session("l1", noon))) << "a link is no session";
    EXPECT_TRUE(get(key_store.take_link("l1", noon + 10min - 1ms)));
    EXPECT_FALSE(get(key_store.take_link("l1", noon)));
    EXPECT_FALSE(get(key_store.take_link("l2", noon + 10min))) << "too late";
}

TEST_P(KeyContract, ASessionIsGoodUntilItEndsOrIsEnded) {
    get(key_store.keep_operator(Operator::session, "s1", noon + 12h));
    get(key_store.keep_operator(Operator::session, "s2", noon + 12h));
    get(key_store.keep_operator(Operator::link, "l", noon + 12h));
    EXPECT_FALSE(get(key_store.take_link("s1", noon))) << "a session is no link";
    EXPECT_TRUE(get(key_store.session("s1", noon + 12h - 1ms)));
    EXPECT_FALSE(get(key_store.session("s1", noon + 12h)));
    EXPECT_TRUE(get(key_store.end_session("s1")));
    EXPECT_FALSE(get(key_store.end_session("s1")));
    EXPECT_FALSE(get(key_store.end_session("l")));
    EXPECT_FALSE(get(key_store.session("s1", noon)));
    EXPECT_TRUE(get(key_store.session("s2", noon)));
    EXPECT_EQ(get(key_store.end_operator()), 2);
    EXPECT_FALSE(get(key_store.session("s2", noon)));
    EXPECT_FALSE(get(key_store.take_link("l", noon)));
}

}  // namespace

}  // namespace podbrief::testing
