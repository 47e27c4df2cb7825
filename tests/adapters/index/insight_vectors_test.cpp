#include "adapters/index/insight_vectors.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "adapters/index/close_signatures.hpp"
#include "adapters/index/dot_product.hpp"
#include "core/ports/random.hpp"

namespace podbrief::index {
namespace {

float cosine(const InsightVectors& vectors, std::span<const float> vector, InsightId insight) {
    return vectors.cosines(vector, std::array{insight})[0];
}

using Near = InsightVectors::Near;

std::vector<float> random_vector(Random& random, std::size_t dimension) {
    std::vector<float> vector(dimension);
    double squares = 0;
    for (float& one : vector) {
        for (int i = 0; i < 6; ++i) one += static_cast<float>(random.unit() - 0.5);  // about normal
        squares += static_cast<double>(one) * one;
    }
    for (float& one : vector) one /= static_cast<float>(std::sqrt(squares));
    return vector;
}

// Around one of a few topics, as insights are.
std::vector<float> near_topic(Random& random, const std::vector<float>& topic, float spread) {
    std::vector<float> vector = random_vector(random, topic.size());
    double squares = 0;
    for (std::size_t i = 0; i < topic.size(); ++i) {
        vector[i] = topic[i] + spread * vector[i];
        squares += static_cast<double>(vector[i]) * vector[i];
    }
    for (float& one : vector) one /= static_cast<float>(std::sqrt(squares));
    return vector;
}

// Looks at all, with the bytes that are kept.
std::vector<Near> by_all(const InsightVectors& vectors, const std::vector<std::int64_t>& ids,
                         const std::vector<float>& wanted, std::size_t limit) {
    std::vector<Near> all;
    for (const std::int64_t id : ids) {
        if (!vectors.vector_of({id}).empty()) all.push_back({{id}, cosine(vectors, wanted, {id})});
    }
    std::sort(all.begin(), all.end(), [](const Near& a, const Near& b) {
        return a.cosine != b.cosine ? a.cosine > b.cosine : a.insight > b.insight;
    });
    all.resize(std::min(limit, all.size()));
    return all;
}

const InsightVectors::Wanted anyone = nullptr;

TEST(InsightVectors, KeepAVectorToWithinAByteADimension) {
    Random random(1);
    InsightVectors vectors(100);
    const std::vector<float> vector = random_vector(random, 100);
    vectors.put({7}, vector);
    EXPECT_NEAR(cosine(vectors, vector, {7}), 1, 1e-3);
    EXPECT_EQ(cosine(vectors, vector, {8}), 0);
    const std::vector<float> kept = vectors.vector_of({7});
    ASSERT_EQ(kept.size(), 100U);
    for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_NEAR(kept[i], vector[i], 0.003);
    EXPECT_TRUE(vectors.vector_of({8}).empty());
    EXPECT_THROW(vectors.put({8}, std::vector<float>(99)), std::invalid_argument);
}

TEST(InsightVectors, AnInsightWithoutAVectorIsNotThere) {
    Random random(1);
    InsightVectors vectors(64);
    const std::vector<float> vector = random_vector(random, 64);
    EXPECT_TRUE(vectors.nearest(vector, 5, anyone).empty());
    vectors.put({1}, vector);
    vectors.put({1}, {});
    EXPECT_EQ(vectors.size(), 0U);
    EXPECT_TRUE(vectors.nearest(vector, 5, anyone).empty());
    vectors.put({1}, vector);
    EXPECT_TRUE(vectors.nearest(std::vector<float>(65), 5, anyone).empty()) << "of another model";
    EXPECT_EQ(vectors.nearest(vector, 5, anyone).size(), 1U);
}

// Up to a few hundred, all are compared: then it is exactly what looking at all gives, after any history.
RC_GTEST_PROP(InsightVectorsAgainstAll, GiveTheSameAfterAnyHistory, (std::uint64_t seed)) {
    Random random(seed);
    const std::size_t dimension = 1 + random.below(150);
    InsightVectors vectors(dimension);
    std::map<std::int64_t, std::vector<float>> kept;
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; id <= 60; ++id) ids.push_back(id);
    const std::size_t steps = 1 + random.below(120);
    for (std::size_t step = 0; step < steps; ++step) {
        const auto id = static_cast<std::int64_t>(1 + random.below(60));
        if (random.below(4) == 0) {
            vectors.erase({id});
            kept.erase(id);
        } else {
            kept[id] = random_vector(random, dimension);
            vectors.put({id}, kept[id]);
        }
    }
    RC_ASSERT(vectors.size() == kept.size());
    const std::vector<float> wanted = random_vector(random, dimension);
    const std::vector<Near> found = vectors.nearest(wanted, 10, anyone);
    const std::vector<Near> all = by_all(vectors, ids, wanted, 10);
    RC_ASSERT(found.size() == all.size());
    // Two that are as near as rounding may change places.
    for (std::size_t i = 0; i < found.size(); ++i) RC_ASSERT(std::abs(found[i].cosine - all[i].cosine) < 0.001F);
    for (const auto& [id, vector] : kept) RC_ASSERT(cosine(vectors, vector, {id}) > 0.99F);
}

TEST(InsightVectors, FindNearlyAllOfTheNearestTwentyAmongTwentyThousand) {
    Random random(5);
    constexpr std::size_t dimension = 128;
    InsightVectors vectors(dimension);
    std::vector<std::vector<float>> topics;
    for (int i = 0; i < 200; ++i) topics.push_back(random_vector(random, dimension));
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; id <= 20'000; ++id) {
        ids.push_back(id);
        vectors.put({id}, near_topic(random, topics[random.below(topics.size())], 1.2F));
    }
    std::size_t right = 0;
    for (int round = 0; round < 50; ++round) {
        const std::vector<float> wanted = near_topic(random, topics[random.below(topics.size())], 0.8F);
        const std::vector<Near> all = by_all(vectors, ids, wanted, 20);
        for (const Near& one : vectors.nearest(wanted, 20, anyone)) {
            right +=
                std::any_of(all.begin(), all.end(), [&](const Near& other) { return other.insight == one.insight; });
        }
    }
    EXPECT_GE(right, 980U) << "of 1,000";
}

TEST(InsightVectors, GiveTheNewestOfManyThatAreEqual) {
    Random random(2);
    InsightVectors vectors(128);
    const std::vector<float> vector = random_vector(random, 128);
    for (std::int64_t id = 1; id <= 20'000; ++id) vectors.put({id}, vector);
    const std::vector<Near> found = vectors.nearest(vector, 3, anyone);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].insight.value, 20'000);
    EXPECT_EQ(found[2].insight.value, 19'998);
}

TEST(InsightVectors, LookFurtherWhereFewAreWanted) {
    Random random(9);
    InsightVectors vectors(128);
    for (std::int64_t id = 1; id <= 5000; ++id) vectors.put({id}, random_vector(random, 128));
    const auto one_of_a_thousand = [](InsightId id) { return id.value % 1000 == 7; };
    EXPECT_EQ(vectors.nearest(random_vector(random, 128), 20, one_of_a_thousand).size(), 5U);
}

TEST(DotProduct, IsTheSumOfProductsForEverySizeInEveryWay) {
    Random random(4);
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 100U, 128U, 2048U}) {
        std::vector<std::int16_t> a;
        std::vector<std::int8_t> b;
        std::int64_t expected = 0;
        for (std::size_t i = 0; i < size; ++i) {
            a.push_back(static_cast<std::int16_t>(8191 - static_cast<int>(random.below(2)) * 16382));
            b.push_back(static_cast<std::int8_t>(127 - static_cast<int>(random.below(2)) * 254));
            if (size == 2048) a.back() = 8191, b.back() = -127;  // the greatest sum
            expected += a.back() * b.back();
        }
        EXPECT_EQ(dot_product(a.data(), b.data(), size), expected) << size;
        EXPECT_EQ(dot_product_anywhere(a.data(), b.data(), size), expected) << size;
    }
}

TEST(CloseSignatures, AreThoseWithinTheBoundInTheirOrderInEveryWayWhateverTheNumberOfWordsAndOfSignatures) {
    Random random(3);
    for (std::size_t words = 1; words <= 4; ++words) {
        std::vector<std::uint64_t> wanted(words);
        for (std::uint64_t& word : wanted) word = random.next();
        for (std::uint32_t count = 0; count < 70; ++count) {
            std::vector<std::uint64_t> signatures;
            std::vector<CloseSignature> all;
            for (std::uint32_t i = 0; i < count; ++i) {
                std::uint16_t differing = 0;
                for (std::size_t w = 0; w < words; ++w) {
                    signatures.push_back(random.below(5) == 0 ? wanted[w] : random.next());
                    for (int bit = 0; bit < 64; ++bit) {
                        if (((signatures.back() ^ wanted[w]) >> bit & 1U) != 0) ++differing;
                    }
                }
                all.push_back({100 + i, differing});
            }
            for (const int bound : {0, 20, 32, 64, 70, 256, 0xffff}) {
                std::vector<CloseSignature> found;
                append_close(signatures, wanted, static_cast<std::uint16_t>(bound), 100, found);
                std::vector<CloseSignature> expected = all;
                std::erase_if(expected, [bound](const CloseSignature& one) { return one.distance > bound; });
                EXPECT_EQ(found, expected) << words << " " << count << " " << bound;
                for (const auto way : {CloseSignatureWay::anywhere, CloseSignatureWay::popcnt, CloseSignatureWay::avx2,
                                       CloseSignatureWay::avx512}) {
                    found.clear();
                    if (!append_close_in(way, signatures, wanted, static_cast<std::uint16_t>(bound), 100, found))
                        continue;
                    EXPECT_EQ(found, expected) << words << " " << count << " " << bound << " " << static_cast<int>(way);
                }
            }
        }
    }
}

}  // namespace
}  // namespace podbrief::index
