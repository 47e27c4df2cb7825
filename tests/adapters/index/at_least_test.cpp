#include "adapters/index/at_least.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/ports/random.hpp"

namespace podbrief::index {
namespace {

TEST(AtLeast, TellsThePlacesInTheirOrderWhereverTheyLie) {
    Random random(5);
    for (const std::size_t size : {0U, 32U, 64U, 4096U}) {
        for (const std::uint64_t one_in : {1U, 2U, 40U, 5000U}) {
            std::vector<std::int32_t> values(size);
            std::vector<std::uint32_t> expected = {7};
            for (std::uint32_t at = 0; at < size; ++at) {
                const bool is_great = random.below(one_in) == 0;
                values[at] = is_great ? 1000 + static_cast<std::int32_t>(random.below(3)) : 999;
                if (is_great) expected.push_back(at);
            }
            std::vector<std::uint32_t> places = {7};
            append_at_least(values, 1000, places);
            EXPECT_EQ(places, expected) << size << " " << one_in;
        }
    }
}

TEST(AtLeast, KnowsTheGreatestAndTheLeastNumbers) {
    std::vector<std::int32_t> values(32, std::numeric_limits<std::int32_t>::min());
    values[3] = std::numeric_limits<std::int32_t>::max();
    std::vector<std::uint32_t> places;
    append_at_least(values, std::numeric_limits<std::int32_t>::max(), places);
    EXPECT_EQ(places, (std::vector<std::uint32_t>{3}));
    places.clear();
    append_at_least(values, std::numeric_limits<std::int32_t>::min(), places);
    EXPECT_EQ(places.size(), 32U);
}

}  // namespace
}  // namespace podbrief::index
