#include "tests/doubles/fake_embedder.hpp"

#include <cmath>

#include "core/ports/random.hpp"
#include "core/search/text_vectors.hpp"
#include "core/text/digest.hpp"

namespace podbrief::testing {
namespace {

float bell(Random& random) {  // of variance 1
    return static_cast<float>(2 * (random.unit() + random.unit() + random.unit() - 1.5));
}

void add(std::vector<float>& sum, const std::vector<float>& part, double by) {
    double squares = 0;
    for (const float one : part) squares += static_cast<double>(one) * one;
    if (squares == 0) return;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<float>(by / std::sqrt(squares)) * part[i];
}

std::vector<float> random_vector(std::size_t dimension, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> vector(dimension);
    for (float& one : vector) one = bell(random);
    return vector;
}

}  // namespace

std::vector<float> MadeUpModel::vector_of(const std::string& text) const {
    const std::vector<float> built_in = search::built_in_vectors().vector_of(text);
    if (turning_.empty()) turning_ = random_vector(dimension * search::built_in_vectors().dimension(), seed);
    std::vector<float> turned(dimension);
    for (std::size_t i = 0; i < built_in.size(); ++i) {
        for (std::size_t to = 0; to < dimension; ++to) turned[to] += built_in[i] * turning_[i * dimension + to];
    }
    std::vector<float> sum(dimension);
    add(sum, turned, meaning);
    add(sum, random_vector(dimension, text::fnv1a(text) + seed), noise);
    add(sum, random_vector(dimension, 17 * seed), shared);
    std::vector<float> unit(dimension);
    add(unit, sum, 1);
    return unit;
}

asio::awaitable<Result<Embedder::Embedded>> FakeEmbedder::embed(std::vector<std::string> texts, Role) {
    asked.push_back(texts);
    if (clock != nullptr) co_await clock->sleep_for(takes);
    if (fails) {
        const std::optional<Errc> error = fails(texts);
        if (error) co_return *error;
    }
    Embedded made;
    for (const std::string& text : texts) made.vectors.push_back(vectors.vector_of(text));
    made.tokens = static_cast<std::int64_t>(texts.size());
    texts_embedded += texts.size();
    co_return made;
}

}  // namespace podbrief::testing
