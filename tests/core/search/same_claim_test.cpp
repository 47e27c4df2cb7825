#include "core/search/same_claim.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/search/relations.hpp"
#include "tests/core/search/library.hpp"
#include "tests/support/files.hpp"

namespace podbrief::search {
namespace {

Insight said_elsewhere(const char* text, std::vector<std::string> entities = {}) {
    Insight one;
    one.episode = {9999};
    one.text = text;
    one.stance = insights::stance_of(text);
    one.entities = std::move(entities);
    return one;
}

TEST(SameClaim, MergesNearEqualsAndNothingElse) {
    Library library;
    const char* known =
        "Export controls on advanced chips backfired because they gave China's cloud companies a reason to fund "
        "domestic chip makers.";
    library.add(known, {}, {"China"});
    library.add("Rust removes 70 percent of memory bugs in parsers written by tired people.");
    library.add("The second reactor was delivered to Oslo harbour in March by three tugs.");
    const struct {
        const char* why;
        const char* text;
        std::int64_t cluster;
    } cases[] = {
        {"the same words", known, 1001},
        {"a word or two differ",
         "The export controls on advanced chips have backfired because they gave China's cloud companies reason to "
         "fund domestic chip makers at last.",
         1001},
        {"synonyms",
         "Export curbs on advanced semiconductors backfired because they gave Chinese cloud firms a reason to fund "
         "homegrown chip makers.",
         1001},
        {"the other side",
         "Export controls on advanced chips succeeded because they gave China's cloud companies no way to fund "
         "domestic chip makers.",
         0},
        {"another thing that backfired",
         "Rent caps on advanced housing backfired because they gave landlords a reason to sell.", 0},
        {"another number", "Rust removes 20 percent of memory bugs in parsers written by tired people.", 0},
        {"denied", "The second reactor was not delivered to Oslo harbour in March by three tugs.", 0},
        {"the same topic", "Export controls on advanced chips cover tools, software and services.", 0},
        {"too short to tell", "Chips backfired.", 0},
        {"nothing known", "Zebrafish regrow their hearts after an injury within weeks of it.", 0},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.why);
        EXPECT_EQ(same_claim(library.index(), said_elsewhere(one.text)).value_or(ClaimClusterId{}).value, one.cluster);
    }
}

TEST(SameClaim, IsNotSoughtInTheSameEpisode) {
    Library library;
    library.add("The second reactor was delivered to Oslo harbour in March by three tugs.");
    Insight again = library[1];
    again.id = {};
    EXPECT_FALSE(same_claim(library.index(), again));
    again.episode = {9999};
    EXPECT_EQ(same_claim(library.index(), again), library[1].cluster);
}

class SeedPage : public ::testing::Test {
protected:
    void SetUp() override {
        const auto folder = testing::shared_data("seed-page");
        if (!folder) GTEST_SKIP() << "the seed page is not on this machine";
        page_ = nlohmann::json::parse(testing::read_file(*folder / "page.json"));
        library_.add(page_["head"]["text"].get<std::string>());
        for (const auto& one : page_["related"]) library_.add(one["text"].get<std::string>());
    }

    nlohmann::json page_;
    Library library_;
};

TEST_F(SeedPage, ItsPairOfNearEqualsMergesAndNoOther) {
    const std::int64_t first = page_["near_duplicates"][0][0].get<std::int64_t>() + 1;
    const std::int64_t second = page_["near_duplicates"][0][1].get<std::int64_t>() + 1;
    for (const Insight& one : library_.all()) {
        const std::int64_t twin = one.id.value == first ? second : one.id.value == second ? first : 0;
        const ClaimClusterId expected = twin == 0 ? ClaimClusterId{} : library_[twin].cluster;
        EXPECT_EQ(same_claim(library_.index(), one).value_or(ClaimClusterId{}), expected) << one.text;
    }
}

TEST_F(SeedPage, SevenOfTenRelationsAreRightAndNoneIsTheOtherSide) {
    int right = 0;
    for (const auto& one : page_["related"]) {
        const auto wanted = one["stance_to_head"].get<std::string>();
        const RelationGuess guess = relation_to(library_[one["id"].get<std::int64_t>() + 1], library_[1]);
        if (!guess.relation) continue;
        right += to_string(*guess.relation) == (wanted == "context" ? "adds context" : wanted);
        if (wanted == "supports") {
            EXPECT_NE(*guess.relation, Relation::disputes) << one["id"];
        }
        if (wanted == "disputes") {
            EXPECT_NE(*guess.relation, Relation::supports) << one["id"];
        }
    }
    EXPECT_GE(right, 7);
}

}  // namespace
}  // namespace podbrief::search
