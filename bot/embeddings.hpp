#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>

#include "adapters/index/vectors_of_model.hpp"
#include "bot/settings.hpp"
#include "core/ports/http_client.hpp"
#include "core/services/meanings.hpp"
#include "core/services/metered_embedder.hpp"
#include "core/services/vector_indexer.hpp"

namespace podbrief::bot {

// What the server of this store spends on embeddings is kept under this name.
inline constexpr const char* embedding_spending_note = "embedding_spending";

// The endpoint of embeddings, as it is set: the meter before it, the vectors it makes, and who asks it.
class Embeddings {
public:
    struct Ports {
        HttpClient& http;  // that may reach the endpoint's address, whatever network it is on
        LibraryStore& library;
        VectorStore& store;
        OutboxStore& notes;
        const index::MemoryIndex& index;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;
        asio::any_io_executor heavy;
    };
    Embeddings(const Settings::Embeddings& settings, Ports ports);

    services::VectorIndexer& indexer() { return indexer_; }
    services::Meanings& meanings() { return meanings_; }

private:
    std::unique_ptr<Embedder> service_;     // for many insights
    std::unique_ptr<Embedder> for_topics_;  // for questions: problems of its own
    services::CostMeter meter_;
    services::MeteredEmbedder metered_;
    services::MeteredEmbedder metered_topics_;
    index::VectorsOfModel vectors_;
    services::VectorIndexer indexer_;
    services::Meanings meanings_;
};

// Whether the endpoint makes a vector of a text, how far the server came with it and what it spent today.
struct EmbeddingState {
    bool set = false;
    bool works = false;
    std::string line;  // for people
    std::size_t dimension = 0;
    bool in_use = false;
    std::map<std::string, services::Spent> spent;
};
// Makes one vector.
asio::awaitable<EmbeddingState> look_at_embeddings(Settings::Embeddings settings, HttpClient* http, Clock& clock,
                                                   OutboxStore& notes);

}  // namespace podbrief::bot
