// The page of shared_data("seed-page"): a head insight and ten related ones with labels.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/insights/stance.hpp"
#include "tests/support/files.hpp"

namespace podbrief::insights {
namespace {

// The head speaks in favour of the measure, so who supports it is favourable, who disputes it critical.
Stance stance_of_label(const std::string& label) {
    if (label == "supports") return Stance::favourable;
    return label == "disputes" ? Stance::critical : Stance::neutral;
}

TEST(StanceOnTheSeedPage, IsRightForSevenOfTenAndNeverOpposite) {
    const auto folder = testing::shared_data("seed-page");
    if (!folder) GTEST_SKIP() << "the seed page is not on this machine";
    const auto page = nlohmann::json::parse(testing::read_file(*folder / "page.json"));
    EXPECT_EQ(stance_of(page["head"]["text"].get<std::string>()), Stance::favourable);
    int right = 0;
    for (const auto& related : page["related"]) {
        const Stance wanted = stance_of_label(related["stance_to_head"].get<std::string>());
        const Stance got = stance_of(related["text"].get<std::string>());
        right += got == wanted;
        const bool opposite = got != Stance::neutral && wanted != Stance::neutral && got != wanted;
        EXPECT_FALSE(opposite) << related["id"];
    }
    EXPECT_GE(right, 7);
}

}  // namespace
}  // namespace podbrief::insights
