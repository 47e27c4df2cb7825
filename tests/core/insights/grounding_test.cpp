#include "core/insights/grounding.hpp"

#include <gtest/gtest.h>

#include "core/insights/gates.hpp"

namespace podbrief::insights {
namespace {

TEST(Grounding, WantsEveryNumberAndNameInTheQuote) {
    const std::string quote =
        "So Nvidia sold, um, 10,000 chips to three universities in the U.S. and the H200 costs 40% more.";
    const std::vector<std::string> persons = {"Mira Okonjo"};
    const struct {
        std::string_view gate;
        const char* text;
    } cases[] = {
        {gate::none, "Nvidia sold 10,000 chips to three universities."},
        {gate::none, "Nvidia sold 10000 chips to 3 universities in the US."},
        {gate::none, "Mira Okonjo thinks the H200 costs 40% more."},
        {gate::none, "Universities pay Nvidia's prices."},
        {gate::ungrounded_number, "Nvidia sold 20,000 chips."},
        {gate::ungrounded_number, "Chips cost 4% more."},
        {gate::ungrounded_number, "Nvidia sold chips to four universities."},
        {gate::ungrounded_number, "The H100 costs more."},
        {gate::ungrounded_name, "Chips from Huawei cost more."},
        {gate::ungrounded_name, "Tomasz and Mira Smith bought chips."},
    };
    for (const auto& c : cases) EXPECT_EQ(ungrounded(c.text, quote, persons), c.gate) << c.text;
}

}  // namespace
}  // namespace podbrief::insights
