// The nearest of 100,000 insights by their vectors, as `more on ...` asks for them twice; and a vector from a text.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <span>

#include "adapters/index/insight_vectors.hpp"
#include "adapters/index/memory_index.hpp"
#include "core/ports/random.hpp"
#include "core/search/find.hpp"
#include "core/search/text_vectors.hpp"
#include "tests/adapters/index/random_library.hpp"

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

// 100,000 claims of invented words, common and rare ones, and six that mean something.
void more_on_a_topic(benchmark::State& state) {
    constexpr std::array topics = {"chips",      "exports",    "tariffs",   "doctors",   "patients",  "vaccines",
                                   "kubernetes", "databases",  "compilers", "salaries",  "inflation", "banks",
                                   "rockets",    "satellites", "climate",   "batteries", "privacy",   "lawsuits",
                                   "teachers",   "schools",    "podcasts",  "music",     "robots",    "factories",
                                   "energy",     "reactors",   "startups",  "investors"};
    index::RandomLibrary library(7, 20'000);
    Random random(8);
    index::MemoryIndex index(state.range(0) == 0 ? nullptr : &search::built_in_vectors());
    for (std::int64_t id = 1; id <= insights; ++id) {
        Insight one = library.insight(id);
        one.episode = {id / 5 + 1};
        one.text = library.text(20);
        // Neighbours in the list go together, as topics do.
        const std::size_t at = random.below(topics.size() - 2);
        for (std::size_t i = at; i < at + 3; ++i) one.text += std::string(" ") + topics[i];
        for (int i = 0; i < 3; ++i) one.text += std::string(" ") + topics[random.below(topics.size())];
        index.put(one, "A Show");
    }
    std::size_t shown = 0;
    for (auto _ : state) {
        const std::string topic = topics[random.below(topics.size())] + std::string(" ") + library.word();
        shown += search::find(index, search::understand(topic, index), {}).hits.size();
    }
    state.counters["shown"] = static_cast<double>(shown) / static_cast<double>(state.iterations());
}
BENCHMARK(more_on_a_topic)->Arg(0)->Arg(1)->ArgName("meaning")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace podbrief
