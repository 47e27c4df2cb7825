// Whether a model's vectors are worth being searched with, told from the library itself.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/async/run_on.hpp"
#include "core/search/text_vectors.hpp"
#include "core/services/vector_indexer.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t fewest_weighed = 100;   // insights; fewer tell nothing
constexpr std::size_t most_weighed = 600;     // taken evenly from all
constexpr std::size_t most_between = 500;     // of which each is compared with each
constexpr std::size_t most_topics = 48;       // asked of the model, in one call
constexpr std::size_t others_of_topic = 150;  // insights on other things
constexpr std::size_t usual = 20;             // a topic of more than one in so many insights tells little apart
constexpr std::size_t longest_topic = 60;     // bytes

using Vectors = std::vector<std::vector<float>>;

// Topics that a few of the insights carry; first those of several insights.
std::vector<std::string> topics_of(const std::vector<InsightDetail>& details) {
    std::map<std::string, std::size_t> carried;
    for (const InsightDetail& detail : details) {
        for (const std::string& topic : detail.insight.topics) {
            if (!topic.empty() && topic.size() <= longest_topic) ++carried[topic];
        }
    }
    std::vector<std::string> several;
    std::vector<std::string> single;
    for (const auto& [topic, count] : carried) {
        if (count * usual > details.size()) continue;
        (count > 1 ? several : single).push_back(topic);
    }
    std::vector<std::string> topics;
    for (const std::vector<std::string>* some : {&several, &single}) {
        const std::size_t count = std::min(some->size(), most_topics - topics.size());
        for (std::size_t i = 0; i < count; ++i) topics.push_back((*some)[i * some->size() / count]);
    }
    return topics;
}

bool carries(const Insight& insight, const std::string& topic) {
    return std::find(insight.topics.begin(), insight.topics.end(), topic) != insight.topics.end();
}

std::vector<search::TwoCosines> each_with_each(const Vectors& built_in, const Vectors& model) {
    std::vector<search::TwoCosines> pairs;
    for (std::size_t a = 0; a < model.size(); ++a) {
        for (std::size_t b = a + 1; b < model.size(); ++b) {
            pairs.push_back({search::cosine(built_in[a], built_in[b]), search::cosine(model[a], model[b])});
        }
    }
    return pairs;
}

}  // namespace

asio::awaitable<search::ModelSample> VectorIndexer::sample(std::vector<InsightDetail> details,
                                                           std::vector<std::string> topics, Vectors vectors) {
    search::ModelSample sample;
    std::vector<InsightId> ids;
    for (const InsightDetail& detail : details) ids.push_back(detail.insight.id);
    for (std::size_t t = 0; t < topics.size(); ++t) {
        const std::vector<float> built_in = ports_.index.vector_of_text(topics[t]);
        if (built_in.empty()) continue;
        const std::vector<float> near_built_in = ports_.index.similarities(built_in, ids);
        const std::vector<float> near_model = ports_.vectors.similarities(vectors[t], ids);
        search::ModelSample::Topic topic;
        const std::size_t step = std::max<std::size_t>(1, details.size() / others_of_topic);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (near_built_in[i] == 0 || near_model[i] == 0) continue;  // has no vector
            const search::TwoCosines two{near_built_in[i], near_model[i]};
            if (carries(details[i].insight, topics[t])) {
                topic.about.push_back(two);
            } else if ((i + t) % step == 0) {
                topic.others.push_back(two);
            }
        }
        sample.topics.push_back(std::move(topic));
    }
    Vectors built_in;
    Vectors model;
    for (const InsightId id : ids) {
        std::vector<float> one = ports_.index.vector_of(id);
        std::vector<float> other = ports_.vectors.vector_of(id);
        if (one.empty() || other.empty() || model.size() == most_between) continue;
        built_in.push_back(std::move(one));
        model.push_back(std::move(other));
    }
    auto compare = [built_in = std::move(built_in), model = std::move(model)] {
        return each_with_each(built_in, model);
    };
    if (ports_.heavy) {
        sample.between = co_await run_on(ports_.heavy, std::move(compare));
    } else {
        sample.between = compare();
    }
    co_return sample;
}

asio::awaitable<bool> VectorIndexer::weigh() {
    const std::size_t count = ports_.vectors.size();
    // What was found wanting is looked at again in a library of twice the size.
    if (count < std::max(fewest_weighed, 2 * state_.weighed)) co_return true;
    std::vector<InsightId> ids = ports_.vectors.sample(most_weighed);
    std::vector<InsightDetail> details = co_await ports_.library.details(std::move(ids));
    std::vector<std::string> topics = topics_of(details);
    if (topics.empty()) co_return true;
    std::vector<std::string> texts = topics;
    const Result<Embedder::Embedded> made = co_await ports_.embedder.embed(std::move(texts), Embedder::Role::query);
    if (!made) co_return trouble(ports_.embedder.problem());
    const search::ModelSample sampled = co_await sample(std::move(details), std::move(topics), made->vectors);
    const std::optional<search::ModelFit> fit = search::fit_model(sampled);
    if (!fit) co_return true;
    state_.fit = *fit;
    state_.weighed = count;
    in_use_ = fit->useful;
    co_await save_state();
    const std::string order = fmt::format("{:.3f}", fit->model_order);
    const std::string order_built_in = fmt::format("{:.3f}", fit->built_in_order);
    if (in_use_) {
        ports_.log.info("search goes by the model's vectors from now on",
                        {{"model", state_.model}, {"order", order}, {"order_built_in", order_built_in}});
        co_await forget_others();
    } else {
        ports_.log.warning("the model tells topics apart worse than the built-in vectors, which stay in use",
                           {{"model", state_.model}, {"order", order}, {"order_built_in", order_built_in}});
    }
    co_return true;
}

}  // namespace podbrief::services
