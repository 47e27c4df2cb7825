// The nearest of 100,000 insights by their vectors, as `more on ...` asks for them twice; and a vector from a text.
#include <benchmark/benchmark.h>

#include <cmath>
#include <span>

#include "adapters/index/insight_vectors.hpp"
#include "core/ports/random.hpp"
#include "core/search/text_vectors.hpp"

namespace podbrief {
namespace {

constexpr std::size_t dimension = 128;
constexpr std::int64_t insights = 100'000;

std::vector<float> random_unit(Random& random, std::span<const float> towards) {
    std::vector<float> vector(dimension);
    double squares = 0;
    for (std::size_t i = 0; i < dimension; ++i) {
        vector[i] = static_cast<float>(random.unit() + random.unit() + random.unit() - 1.5);
        if (!towards.empty()) vector[i] += 4 * towards[i];
        squares += static_cast<double>(vector[i]) * vector[i];
    }
    for (float& one : vector) one /= static_cast<float>(std::sqrt(squares));
    return vector;
}

void nearest(benchmark::State& state) {
    Random random(1);
    std::vector<std::vector<float>> topics;
    for (int i = 0; i < 500; ++i) topics.push_back(random_unit(random, {}));
    index::InsightVectors vectors(dimension);
    for (std::int64_t id = 1; id <= insights; ++id) {
        vectors.put({id}, random_unit(random, topics[random.below(topics.size())]));
    }
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<float> wanted = random_unit(random, topics[random.below(topics.size())]);
        state.ResumeTiming();
        benchmark::DoNotOptimize(vectors.nearest(wanted, static_cast<std::size_t>(state.range(0)), nullptr));
    }
    state.counters["MiB"] = static_cast<double>(vectors.bytes()) / (1 << 20);
}
BENCHMARK(nearest)->Arg(20)->Arg(100)->Unit(benchmark::kMicrosecond);

void vector_of_an_insight(benchmark::State& state) {
    const search::TextVectors& vectors = search::built_in_vectors();
    for (auto _ : state) {
        benchmark::DoNotOptimize(vectors.vector_of(
            "Restricting the number of people in a meeting makes decisions faster, because fewer of them have to agree "
            "before anything is written down, and because nobody waits for a consensus that will not come."));
    }
}
BENCHMARK(vector_of_an_insight)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace podbrief
