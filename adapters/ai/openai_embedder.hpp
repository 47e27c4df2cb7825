#pragma once
#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/embedder.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::ai {

// POST {url}/embeddings, as OpenAI, Ollama, llama.cpp and others serve it. Texts go in batches; what comes back is
// placed by its index, checked and made unit length. The first answer settles the dimension, unless it is given.
class OpenAiEmbedder final : public Embedder {
public:
    struct Settings {
        std::size_t dimension = 0;   // 0: whatever the model has
        std::string passage_prefix;  // "passage: ", "search_document: ": as the model's card says
        std::string query_prefix;
        std::size_t batch = 64;            // texts a request
        std::size_t longest_text = 8'000;  // bytes; the rest is left out
        Millis deadline{60'000};           // of a request
    };
    OpenAiEmbedder(HttpClient& http, const Clock& clock, Endpoint endpoint, Settings settings)
        : http_(http),
          clock_(clock),
          endpoint_(std::move(endpoint)),
          settings_(std::move(settings)),
          dimension_(settings_.dimension) {}

    asio::awaitable<Result<Embedded>> embed(std::vector<std::string> texts, Role role) override;
    // The name, the dimension where one is set, and the prefix of passages where there is one.
    std::string model() const override;
    std::size_t dimension() const override { return dimension_; }
    std::string problem() const override { return last_problem_; }

private:
    asio::awaitable<Result<Embedded>> embed_batch(std::vector<std::string> texts);

    HttpClient& http_;
    const Clock& clock_;
    Endpoint endpoint_;
    Settings settings_;
    std::size_t dimension_;
    std::string last_problem_;
};

}  // namespace podbrief::ai
