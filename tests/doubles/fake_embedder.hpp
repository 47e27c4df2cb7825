#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/embedder.hpp"

namespace podbrief::testing {

// A model made of the vectors that are built in: turned into another dimension, with noise that a text always gets the
// same of, and with something that all vectors share (so that its cosines lie elsewhere). `noise` 1 is as much as the
// meaning itself; nothing but noise is a useless model.
struct MadeUpModel {
    std::size_t dimension = 96;
    double meaning = 1;
    double noise = 0.2;
    double shared = 0.5;
    std::uint64_t seed = 1;

    std::vector<float> vector_of(const std::string& text) const;

private:
    mutable std::vector<float> turning_;  // dimension x 128, made when first needed
};

// An embedder without a network. A call takes `takes`, on `clock`, where both are set.
class FakeEmbedder final : public Embedder {
public:
    MadeUpModel vectors;
    std::string name = "made-up-1";
    std::function<std::optional<Errc>(const std::vector<std::string>& texts)> fails;  // nullopt: it works
    Clock* clock = nullptr;
    Millis takes{0};

    std::vector<std::vector<std::string>> asked;  // of each call
    std::size_t texts_embedded = 0;               // with success

    asio::awaitable<Result<Embedded>> embed(std::vector<std::string> texts, Role role) override;
    std::string model() const override { return name; }
    std::size_t dimension() const override { return vectors.dimension; }
    std::string problem() const override { return "made up"; }
};

}  // namespace podbrief::testing
