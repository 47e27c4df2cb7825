#include "core/search/model_fit.hpp"

#include <algorithm>

#include "core/search/related.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t fewest_topics = 12;
constexpr std::size_t fewest_pairs = 1'000;
constexpr std::size_t told_by = 10;  // pairs above a cosine, to tell where it stands
// Topics are words of the insights, which favours the built-in vectors a little; beyond that, finding gets worse with
// the order (bench_embeddings).
constexpr double least_order = 0.8;
constexpr double order_given_up = 0.015;

struct Sorted {
    std::vector<double> built_in;
    std::vector<double> model;
};

Sorted sorted(const std::vector<TwoCosines>& pairs) {
    Sorted out;
    for (const TwoCosines& pair : pairs) {
        out.built_in.push_back(pair.built_in);
        out.model.push_back(pair.model);
    }
    std::sort(out.built_in.begin(), out.built_in.end());
    std::sort(out.model.begin(), out.model.end());
    return out;
}

double floor_of(const Sorted& pairs, double floor) {
    const auto at = std::lower_bound(pairs.built_in.begin(), pairs.built_in.end(), floor);
    const auto above = static_cast<std::size_t>(pairs.built_in.end() - at);
    const std::size_t size = pairs.model.size();
    if (above >= size) return pairs.model.front();
    if (above >= told_by) return pairs.model[size - above];
    const double last_built_in = pairs.built_in[size - told_by];
    const double last_model = pairs.model[size - told_by];
    if (last_built_in >= 1) return 1;
    return last_model + (floor - last_built_in) / (1 - last_built_in) * (1 - last_model);
}

template <class Cosine>
double order(const ModelSample::Topic& topic, Cosine cosine) {
    double above = 0;
    for (const TwoCosines& about : topic.about) {
        for (const TwoCosines& other : topic.others) {
            const double difference = cosine(about) - cosine(other);
            above += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        }
    }
    return above / static_cast<double>(topic.about.size() * topic.others.size());
}

Fusion with_floors(Fusion fusion, const Sorted& to_topics, const Sorted& between) {
    fusion.least_near = floor_of(to_topics, fusion.least_near);
    fusion.first_near = floor_of(to_topics, fusion.first_near);
    fusion.near_enough = floor_of(to_topics, fusion.near_enough);
    fusion.near_with_first = floor_of(to_topics, fusion.near_with_first);
    fusion.near_to_first = floor_of(between, fusion.near_to_first);
    fusion.some_have_none = true;
    return fusion;
}

}  // namespace

double floor_of_model(const std::vector<TwoCosines>& pairs, double floor) {
    return floor_of(sorted(pairs), floor);
}

std::optional<ModelFit> fit_model(const ModelSample& sample) {
    ModelFit fit;
    std::vector<TwoCosines> to_topics;
    std::size_t topics = 0;
    for (const ModelSample::Topic& topic : sample.topics) {
        if (topic.about.empty() || topic.others.empty()) continue;
        ++topics;
        fit.built_in_order += order(topic, [](const TwoCosines& two) { return two.built_in; });
        fit.model_order += order(topic, [](const TwoCosines& two) { return two.model; });
        to_topics.insert(to_topics.end(), topic.others.begin(), topic.others.end());
    }
    if (topics < fewest_topics || to_topics.size() < fewest_pairs || sample.between.size() < fewest_pairs) {
        return std::nullopt;
    }
    fit.built_in_order /= static_cast<double>(topics);
    fit.model_order /= static_cast<double>(topics);
    fit.useful = fit.model_order >= least_order && fit.model_order >= fit.built_in_order - order_given_up;
    const Sorted near_topics = sorted(to_topics);
    const Sorted near_insights = sorted(sample.between);
    fit.on_topic = with_floors({}, near_topics, near_insights);
    fit.between = with_floors(RelatedOptions::between_insights(), near_insights, near_insights);
    return fit;
}

}  // namespace podbrief::search
