#include "core/search/model_fit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/ports/random.hpp"
#include "core/search/related.hpp"

namespace podbrief::search {
namespace {

// A library of 40 topics with some insights each. What the built-in vectors say is bell-shaped around `far`, for
// insights on the topic around `near`; the model's cosines are made of those by `as_model`.
template <class AsModel>
ModelSample sample(AsModel as_model, double far = 0.05, double near = 0.5) {
    Random random(5);
    const auto around = [&](double middle) {
        return middle + 0.3 * (random.unit() + random.unit() + random.unit() - 1.5);
    };
    const auto pair = [&](double middle) {
        const double built_in = around(middle);
        return TwoCosines{built_in, as_model(built_in, random)};
    };
    ModelSample out;
    for (int t = 0; t < 40; ++t) {
        ModelSample::Topic topic;
        for (int i = 0; i < 4; ++i) topic.about.push_back(pair(near));
        for (int i = 0; i < 100; ++i) topic.others.push_back(pair(far));
        out.topics.push_back(topic);
    }
    for (int i = 0; i < 20'000; ++i) out.between.push_back(pair(far));
    return out;
}

TEST(ModelFit, LeavesFloorsWhereTheyAreForTheSameVectors) {
    const auto fit = fit_model(sample([](double built_in, Random&) { return built_in; }));
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->useful);
    EXPECT_DOUBLE_EQ(fit->model_order, fit->built_in_order);
    const Fusion built_in;
    EXPECT_NEAR(fit->on_topic.least_near, built_in.least_near, 0.02);
    EXPECT_NEAR(fit->on_topic.first_near, built_in.first_near, 0.02);
    EXPECT_NEAR(fit->on_topic.near_enough, built_in.near_enough, 1e-9);
    EXPECT_NEAR(fit->on_topic.near_to_first, built_in.near_to_first, 1e-9);
    EXPECT_NEAR(fit->between.near_enough, RelatedOptions::between_insights().near_enough, 1e-9);
    EXPECT_TRUE(fit->on_topic.some_have_none);
    EXPECT_EQ(fit->on_topic.meaning, built_in.meaning) << "weights belong to the ranking, not to the model";
    EXPECT_EQ(fit->on_topic.least_coverage, built_in.least_coverage);
}

TEST(ModelFit, PutsFloorsWhereTheModelsCosinesLie) {
    // As of models all of whose vectors lie in one corner: nothing is below 0.7.
    const auto as_model = [](double built_in, Random&) { return 0.7 + 0.3 * built_in; };
    const auto fit = fit_model(sample(as_model));
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->useful);
    const Fusion built_in;
    EXPECT_NEAR(fit->on_topic.first_near, 0.7 + 0.3 * built_in.first_near, 0.01);
    EXPECT_NEAR(fit->on_topic.near_enough, 0.7 + 0.3 * built_in.near_enough, 0.01);
    EXPECT_NEAR(fit->on_topic.near_to_first, 0.7 + 0.3 * built_in.near_to_first, 0.01);
}

TEST(ModelFit, KeepsTheOrderOfFloorsAndNeverGoesBeyondOne) {
    for (const double bend : {0.3, 1.0, 3.0}) {
        const auto fit = fit_model(sample(
            [bend](double built_in, Random&) { return std::pow(std::clamp(0.5 + 0.5 * built_in, 0.0, 1.0), bend); }));
        ASSERT_TRUE(fit);
        EXPECT_LT(fit->on_topic.first_near, fit->on_topic.least_near);
        EXPECT_LT(fit->on_topic.least_near, fit->on_topic.near_enough);
        EXPECT_LT(fit->on_topic.near_enough, 1);
    }
}

TEST(ModelFit, CallsAModelThatTellsNothingUseless) {
    const auto chance = fit_model(sample([](double, Random& random) { return random.unit() - 0.5; }));
    ASSERT_TRUE(chance);
    EXPECT_NEAR(chance->model_order, 0.5, 0.05);
    EXPECT_FALSE(chance->useful);
    EXPECT_GT(chance->on_topic.near_enough, 0.6) << "and even so, hardly anything would be near enough";
    const auto upside_down = fit_model(sample([](double built_in, Random&) { return -built_in; }));
    EXPECT_FALSE(upside_down->useful);
    const auto constant = fit_model(sample([](double, Random&) { return 0.9; }));
    EXPECT_DOUBLE_EQ(constant->model_order, 0.5);
    EXPECT_FALSE(constant->useful);
}

TEST(ModelFit, CallsAModelUselessThatIsMuchWorseThanWhatIsBuiltIn) {
    const auto noisy = fit_model(
        sample([](double built_in, Random& random) { return built_in + 1.2 * (random.unit() + random.unit() - 1); }));
    ASSERT_TRUE(noisy);
    EXPECT_LT(noisy->model_order, noisy->built_in_order - 0.03);
    EXPECT_FALSE(noisy->useful);
}

TEST(ModelFit, SaysNothingOfASmallSample) {
    EXPECT_FALSE(fit_model({}));
    const auto same = [](double built_in, Random&) { return built_in; };
    ModelSample few_topics = sample(same);
    few_topics.topics.resize(5);
    EXPECT_FALSE(fit_model(few_topics));
    ModelSample few_pairs = sample(same);
    few_pairs.between.resize(100);
    EXPECT_FALSE(fit_model(few_pairs));
    ModelSample nobody = sample(same);
    for (ModelSample::Topic& topic : nobody.topics) topic.about.clear();
    EXPECT_FALSE(fit_model(nobody));
}

TEST(FloorOfModel, DividesWhatIsMissingToOneWhereHardlyAnyPairIsThatNear) {
    std::vector<TwoCosines> pairs;
    for (int i = 0; i < 1000; ++i) pairs.push_back({i * 0.0005, 0.5 + i * 0.0001});
    // The tenth from the end: 0.495 and 0.599.
    EXPECT_NEAR(floor_of_model(pairs, 0.495), 0.599, 1e-9);
    EXPECT_NEAR(floor_of_model(pairs, 1), 1, 1e-9);
    EXPECT_NEAR(floor_of_model(pairs, (0.495 + 1) / 2), (0.599 + 1) / 2, 1e-9);
    EXPECT_NEAR(floor_of_model(pairs, -1), 0.5, 1e-9) << "all are nearer than that";
}

}  // namespace
}  // namespace podbrief::search
