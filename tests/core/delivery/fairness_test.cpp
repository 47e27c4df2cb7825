#include "core/delivery/fairness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace podbrief::delivery {
namespace {

Delivery of(std::string tenant, DeliveryKind kind = DeliveryKind::brief) {
    Delivery d;
    d.tenant = std::move(tenant);
    d.kind = kind;
    return d;
}

std::vector<Delivery> many(const std::string& tenant, int count, DeliveryKind kind = DeliveryKind::brief) {
    return std::vector<Delivery>(static_cast<std::size_t>(count), of(tenant, kind));
}

std::map<std::string, int> shares(const std::vector<Delivery>& chosen) {
    std::map<std::string, int> count;
    for (const Delivery& d : chosen) ++count[d.tenant];
    return count;
}

TEST(FairShare, GivesTheSmallTheirTurnBesideOneWithTwentyThousand) {
    std::vector<Delivery> all = many("big", 20'000);
    for (int t = 0; t < 500; ++t) {
        const auto ten = many("small" + std::to_string(t), 10);
        all.insert(all.end(), ten.begin(), ten.end());
    }
    FairShare fair;
    const auto first_round = shares(fair.choose(all, 501, 1));
    EXPECT_EQ(first_round.size(), 501u);

    FairShare other;
    const auto ten_rounds = shares(other.choose(all, 5'010, 1));
    EXPECT_EQ(ten_rounds.size(), 501u);
    for (const auto& [tenant, count] : ten_rounds) EXPECT_EQ(count, 10) << tenant;
}

TEST(FairShare, GivesTheBigOneAllThatOthersLeave) {
    std::vector<Delivery> all = many("big", 50);
    all.push_back(of("small"));
    FairShare fair;
    const auto chosen = fair.choose(std::move(all), 40, 2);
    EXPECT_EQ(chosen.size(), 40u);
    EXPECT_EQ(shares(chosen)["big"], 39);
}

TEST(FairShare, KeepsEachTenantsOrder) {
    std::vector<Delivery> all;
    for (int i = 0; i < 20; ++i) {
        all.push_back(of("a"));
        all.back().id = DeliveryId{i};
    }
    all.push_back(of("b"));
    FairShare fair;
    std::int64_t last = -1;
    for (const Delivery& d : fair.choose(std::move(all), 15, 2)) {
        if (d.tenant != "a") continue;
        EXPECT_EQ(d.id.value, last + 1);
        last = d.id.value;
    }
    EXPECT_EQ(last, 13);
}

TEST(FairShare, CountsCallsSoThatTwoCorrectionsWeighAsMuchAsABriefOfTwoCalls) {
    std::vector<Delivery> all = many("briefs", 100);
    const auto corrections = many("corrections", 100, DeliveryKind::correction);
    all.insert(all.end(), corrections.begin(), corrections.end());
    FairShare fair;
    const auto count = shares(fair.choose(std::move(all), 30, 2));
    EXPECT_EQ(count.at("briefs"), 10);
    EXPECT_EQ(count.at("corrections"), 20);
}

TEST(FairShare, KeepsWhatATenantCouldNotUseForItsNextMessage) {
    // One call is left to "a" when its brief of two does not fit any more; later it has three.
    std::vector<Delivery> all = {of("a", DeliveryKind::correction), of("a"), of("a", DeliveryKind::correction),
                                 of("a")};
    const auto others = many("b", 10);
    all.insert(all.end(), others.begin(), others.end());
    FairShare fair;
    std::string order;
    for (const Delivery& d : fair.choose(std::move(all), 7, 2)) order += d.tenant;
    EXPECT_EQ(order, "abaabab");
}

TEST(FairShare, DoesNotLetATenantSaveUpTurnsThatWereCutShort) {
    FairShare fair;
    for (int i = 0; i < 1'000; ++i) fair.choose(many("a", 5, DeliveryKind::correction), 1, 2);
    std::vector<Delivery> all = many("a", 50, DeliveryKind::correction);
    const auto others = many("b", 50);
    all.insert(all.end(), others.begin(), others.end());
    EXPECT_GE(shares(fair.choose(std::move(all), 30, 2)).at("b"), 9);
}

TEST(FairShare, TellsWhereTheNextLookBegins) {
    FairShare fair;
    EXPECT_EQ(fair.last_tenant(), "");
    fair.choose({of("a"), of("b"), of("c")}, 2, 1);
    EXPECT_EQ(fair.last_tenant(), "b");
    EXPECT_TRUE(fair.choose({}, 2, 1).empty());
    EXPECT_TRUE(fair.choose({of("a")}, 0, 1).empty());
    EXPECT_EQ(fair.last_tenant(), "b");
}

}  // namespace
}  // namespace podbrief::delivery
