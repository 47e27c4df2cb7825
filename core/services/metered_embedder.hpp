#pragma once
#include <string>

#include "core/ports/embedder.hpp"
#include "core/ports/metrics.hpp"
#include "core/services/cost_meter.hpp"

namespace podbrief::services {

// Stands before a server of embeddings: books the most that a call can take (no tokenizer makes more tokens than there
// are bytes) before it begins, and settles it afterwards. Over the day's ceiling: refused, and nothing is sent.
class MeteredEmbedder final : public Embedder {
public:
    struct Ports {
        Embedder& service;
        CostMeter& meter;
        Metrics& metrics;
    };
    MeteredEmbedder(Ports ports, TokenPrices prices) : ports_(ports), prices_(prices) {}

    // Throws StoreFailure too, where the account cannot be kept.
    asio::awaitable<Result<Embedded>> embed(std::vector<std::string> texts, Role role) override;
    std::string model() const override { return ports_.service.model(); }
    std::size_t dimension() const override { return ports_.service.dimension(); }
    std::string problem() const override { return over_ceiling_ ? over_ceiling().detail : ports_.service.problem(); }

private:
    Ports ports_;
    TokenPrices prices_;
    bool over_ceiling_ = false;  // the last call was
};

// The meter's words for embeddings.
constexpr MeterWords embedding_words() {
    return {"embedding_calls_over_ceiling_total", "embedding_tokens_total", "embedding_cost_total",
            "the day's ceiling for embeddings is reached: search goes on with the built-in vectors until midnight UTC"};
}

}  // namespace podbrief::services
