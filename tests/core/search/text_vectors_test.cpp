#include "core/search/text_vectors.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/core/search/vector_file.hpp"

namespace podbrief::search {
namespace {

double length_of(const std::vector<float>& vector) {
    return std::sqrt(cosine(vector, vector));
}

TEST(AveragedWords, GiveTheDirectionOfTheSumOfATextsWords) {
    const std::string file = VectorFile(2).add("chip", {3, 0}).add("export", {0, 4}).bytes();
    const AveragedWords words(file);
    const std::vector<float> vector = words.vector_of("Exporting the chips");
    ASSERT_EQ(vector.size(), 2U);
    EXPECT_NEAR(vector[0], 0.6, 1e-6);
    EXPECT_NEAR(vector[1], 0.8, 1e-6);
}

TEST(AveragedWords, GiveNothingForATextOfWhichNothingIsKnown) {
    const std::string file = VectorFile(2).add("chip", {3, 0}).add("anti", {-3, 0}).bytes();
    const AveragedWords words(file);
    EXPECT_TRUE(words.vector_of("").empty());
    EXPECT_TRUE(words.vector_of("the and of").empty());
    EXPECT_TRUE(words.vector_of("zebrafish").empty());
    EXPECT_TRUE(words.vector_of("chip anti").empty()) << "it points nowhere";
}

TEST(BuiltInVectors, AreOfUnitLengthAndAlwaysTheSame) {
    const TextVectors& vectors = built_in_vectors();
    for (const char* text :
         {"export controls", "x", "The US bans chips.", "kubernetes", "a b c d 1 2 3", "Ünïcode ist überall"}) {
        const std::vector<float> vector = vectors.vector_of(text);
        if (vector.empty()) continue;
        EXPECT_EQ(vector.size(), vectors.dimension());
        EXPECT_NEAR(length_of(vector), 1, 1e-5) << text;
        EXPECT_EQ(vector, vectors.vector_of(text)) << text;
    }
    EXPECT_FALSE(vectors.vector_of("semiconductors").empty());
}

TEST(BuiltInVectors, LayWhatMeansMuchTheSameNearer) {
    const auto nearness = [](const char* a, const char* b) {
        return cosine(built_in_vectors().vector_of(a), built_in_vectors().vector_of(b));
    };
    const struct {
        const char* text;
        const char* near;
        const char* far;
    } cases[] = {
        {"doctors treat patients", "physicians in hospitals", "compilers emit warnings"},
        {"containers run in clusters", "kubernetes pods and docker", "wine from old vineyards"},
        {"interest rates rise", "the central bank and inflation", "unit tests for parsers"},
        {"salary and wages", "pay of workers", "galaxies and telescopes"},
    };
    for (const auto& one : cases) {
        EXPECT_GT(nearness(one.text, one.near), nearness(one.text, one.far) + 0.2) << one.text;
    }
}

TEST(MiddleOf, IsTheUnitVectorBetween) {
    const std::vector<float> middle = middle_of({{1, 0}, {0, 1}});
    ASSERT_EQ(middle.size(), 2U);
    EXPECT_NEAR(middle[0], std::sqrt(0.5), 1e-6);
    EXPECT_NEAR(length_of(middle), 1, 1e-6);
    EXPECT_TRUE(middle_of({}).empty());
    EXPECT_TRUE(middle_of({{1, 0}, {-1, 0}}).empty()) << "there is none";
    EXPECT_EQ(cosine({}, middle), 0);
}

}  // namespace
}  // namespace podbrief::search
