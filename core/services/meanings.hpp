#pragma once
#include <boost/asio/awaitable.hpp>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/search/meaning.hpp"
#include "core/services/vector_indexer.hpp"

namespace podbrief::services {

// What people ask about, as the model sees it whose vectors are in use. Asked of the endpoint with a short deadline,
// and remembered; where it is late or fails, nullopt, and the built-in vectors serve: an answer never waits longer.
// After failures the endpoint is left alone for a while.
class Meanings {
public:
    struct Ports {
        const VectorIndexer& indexer;
        Embedder& embedder;
        Clock& clock;
        Log& log;
        Metrics& metrics;
    };
    struct Settings {
        Millis deadline{150};
        std::size_t remembered = 500;                 // topics asked lately
        std::size_t at_once = 8;                      // calls under way; who comes then goes without
        int failures = 3;                             // one after the other, until it is left alone
        Millis first_rest = std::chrono::seconds{5};  // twice as long each time it fails again
        Millis longest_rest = std::chrono::minutes{2};
    };
    Meanings(Ports ports, Settings settings) : ports_(ports), settings_(settings) {}

    // To be used before the next wait. Throws StoreFailure where costs cannot be kept account of.
    asio::awaitable<std::optional<search::Meaning>> of_topic(std::string topic);
    // At once: an insight's vector is there, or it is not.
    std::optional<search::Meaning> of_insight(InsightId id) const;

private:
    struct Remembered {
        std::string topic;
        std::vector<float> vector;
    };
    asio::awaitable<std::vector<float>> ask(std::string topic);
    const std::vector<float>* recall(const std::string& topic);
    void remember(std::string topic, std::vector<float> vector);
    void failed(bool late);

    Ports ports_;
    Settings settings_;
    std::list<Remembered> latest_;  // latest first
    std::unordered_map<std::string, std::list<Remembered>::iterator> by_topic_;
    std::size_t under_way_ = 0;
    int failures_ = 0;  // one after the other
    int rests_ = 0;     // one after the other
    SteadyTime rests_until_{};
};

}  // namespace podbrief::services
