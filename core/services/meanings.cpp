#include "core/services/meanings.hpp"

#include <algorithm>

#include "core/async/with_timeout.hpp"

namespace podbrief::services {
namespace {

// Counts while it is alive, also when the wait is cut off.
class UnderWay {
public:
    explicit UnderWay(std::size_t& count) : count_(count) { ++count_; }
    ~UnderWay() { --count_; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

private:
    std::size_t& count_;
};

}  // namespace

const std::vector<float>* Meanings::recall(const std::string& topic) {
    const auto found = by_topic_.find(topic);
    if (found == by_topic_.end()) return nullptr;
    latest_.splice(latest_.begin(), latest_, found->second);
    return &found->second->vector;
}

void Meanings::remember(std::string topic, std::vector<float> vector) {
    if (by_topic_.contains(topic)) return;
    latest_.push_front({std::move(topic), std::move(vector)});
    by_topic_[latest_.front().topic] = latest_.begin();
    if (latest_.size() <= settings_.remembered) return;
    by_topic_.erase(latest_.back().topic);
    latest_.pop_back();
}

void Meanings::failed(bool late) {
    ports_.metrics.count("embedding_queries_total", late ? "late" : "failed");
    if (++failures_ < settings_.failures) return;
    failures_ = 0;
    const Millis rest = std::min(settings_.first_rest * (1 << std::min(rests_, 10)), settings_.longest_rest);
    rests_until_ = ports_.clock.steady_now() + rest;
    if (rests_++ > 0) return;
    const std::string why = late ? "it is late" : ports_.embedder.problem();
    ports_.log.warning("questions are searched with the built-in vectors: the embeddings endpoint fails",
                       {{"why", why}, {"deadline_ms", std::to_string(settings_.deadline.count())}});
}

asio::awaitable<std::vector<float>> Meanings::ask(std::string topic) {
    const UnderWay counted(under_way_);
    std::vector<std::string> texts(1, topic);
    auto asking = ports_.embedder.embed(std::move(texts), Embedder::Role::query);
    Result<Embedder::Embedded> made = co_await with_timeout(ports_.clock, settings_.deadline, std::move(asking));
    if (!made) {
        failed(made.error() == Errc::timed_out);
        co_return std::vector<float>{};
    }
    if (rests_ > 0) ports_.log.info("the embeddings endpoint answers questions in time again");
    failures_ = 0;
    rests_ = 0;
    ports_.metrics.count("embedding_queries_total", "answered");
    co_return std::move(made->vectors.front());
}

asio::awaitable<std::optional<search::Meaning>> Meanings::of_topic(std::string topic) {
    if (ports_.indexer.in_use() == nullptr || topic.empty()) co_return std::nullopt;
    std::vector<float> vector;
    if (const std::vector<float>* known = recall(topic)) {
        ports_.metrics.count("embedding_queries_total", "remembered");
        vector = *known;
    } else if (under_way_ >= settings_.at_once || ports_.clock.steady_now() < rests_until_) {
        ports_.metrics.count("embedding_queries_total", "not_asked");
    } else {
        vector = co_await ask(topic);
        if (!vector.empty()) remember(std::move(topic), vector);
    }
    // Looked at again: it may have been given up meanwhile, or have another dimension.
    const search::ModelFit* fit = ports_.indexer.in_use();
    if (fit == nullptr || vector.size() != ports_.indexer.vectors().dimension()) co_return std::nullopt;
    search::Meaning meaning;
    meaning.vectors = &ports_.indexer.vectors();
    meaning.vector = std::move(vector);
    meaning.fusion = fit->on_topic;
    co_return meaning;
}

std::optional<search::Meaning> Meanings::of_insight(InsightId id) const {
    const search::ModelFit* fit = ports_.indexer.in_use();
    if (fit == nullptr) return std::nullopt;
    search::Meaning meaning;
    meaning.vectors = &ports_.indexer.vectors();
    meaning.vector = ports_.indexer.vectors().vector_of(id);
    meaning.fusion = fit->between;
    if (meaning.vector.empty()) return std::nullopt;
    return meaning;
}

}  // namespace podbrief::services
