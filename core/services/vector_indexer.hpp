#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/embedder.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/model_vectors.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/vector_store.hpp"
#include "core/services/embedding_note.hpp"
#include "core/services/indexer.hpp"

namespace podbrief::services {

// Has a vector made of every insight by a model that is waited for, in the background, and keeps them: what was paid
// for once is there after a restart. Follows the store's change feed from where it came to. Once all are there, the
// model is weighed against the vectors that are built in (core/search/model_fit.hpp), and taken into use if it is no
// worse; another model begins anew. Until then, and whenever the endpoint fails, search goes on as it is.
class VectorIndexer final : public ChangeListener {
public:
    struct Ports {
        LibraryStore& library;
        VectorStore& store;
        OutboxStore& notes;
        const SearchIndex& index;  // has the built-in vectors of what is weighed
        ModelVectors& vectors;
        Embedder& embedder;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;
        asio::any_io_executor heavy;  // empty: computes in place
    };
    struct Settings {
        std::size_t batch = 64;                        // insights a call
        Millis first_pause = std::chrono::seconds{1};  // after a failure; twice as long after each further one
        Millis longest_pause = std::chrono::minutes{5};
    };
    VectorIndexer(Ports ports, Settings settings);

    void heard(const InsightChange& change) override;

    // All that is new. False: the endpoint did not do what it should; what was done until then is kept. Throws
    // StoreFailure. Cancellation: operation_aborted, and what was kept counts.
    asio::awaitable<bool> catch_up();
    // For ever, until cancelled.
    asio::awaitable<void> run();

    // How the model is to be searched with; null: it is not in use. To be asked anew after each wait.
    const search::ModelFit* in_use() const { return in_use_ ? &state_.fit : nullptr; }
    const ModelVectors& vectors() const { return ports_.vectors; }

    static constexpr const char* note = "embedding_state";

private:
    struct Wanted {
        InsightId id;
        std::string text;
    };
    asio::awaitable<void> begin();
    asio::awaitable<bool> is_same_model();
    asio::awaitable<void> start_over();
    asio::awaitable<bool> follow();
    asio::awaitable<bool> embed(std::vector<Wanted> some);
    asio::awaitable<bool> keep(std::vector<Wanted> some, std::vector<std::vector<float>> vectors);
    asio::awaitable<bool> answers();
    asio::awaitable<bool> weigh();
    asio::awaitable<search::ModelSample> sample(std::vector<InsightDetail> details, std::vector<std::string> topics,
                                                std::vector<std::vector<float>> vectors);
    asio::awaitable<void> forget_others();
    asio::awaitable<void> save_state();
    bool trouble(std::string why);
    void works();

    Ports ports_;
    Settings settings_;
    Wakeup wakeup_;
    EmbeddingNote state_;
    bool begun_ = false;
    bool same_model_ = false;  // what is kept is still what the model makes
    bool in_use_ = false;
    bool failing_ = false;
};

}  // namespace podbrief::services
