// An embeddings endpoint in place of the vectors that are built in: what finding is worth with it, and what it costs
// with 100,000 insights. The models are made up (tests/doubles/fake_embedder.hpp): the built-in vectors in another
// dimension, with noise. Figures: tests/bench/QUALITY.md. Needs changelog and seed-page in $PODBRIEF_DATA or
// ../shared/data.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/index/vectors_of_model.hpp"
#include "adapters/system/real_clock.hpp"
#include "bot/quality/corpora.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/search/find.hpp"
#include "core/search/related.hpp"
#include "core/search/text_vectors.hpp"
#include "core/search/understand.hpp"
#include "core/services/meanings.hpp"
#include "core/services/vector_indexer.hpp"
#include "tests/adapters/index/random_library.hpp"
#include "tests/doubles/fake_embedder.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/doubles/memory_vectors.hpp"
#include "tests/support/run.hpp"

namespace podbrief {
namespace {

using testing::run;

// A store that has these insights and nothing else.
class FixedLibrary final : public testing::MemoryStore {
public:
    std::vector<Insight> insights;  // ids count from 1

    asio::awaitable<std::vector<InsightChange>> changes_since(std::int64_t sequence, std::size_t limit) override {
        std::vector<InsightChange> changes;
        for (auto at = static_cast<std::size_t>(sequence); at < insights.size() && changes.size() < limit; ++at) {
            changes.push_back({static_cast<std::int64_t>(at) + 1, insights[at]});
        }
        co_return changes;
    }
    asio::awaitable<std::vector<InsightDetail>> details(std::vector<InsightId> ids) override {
        std::vector<InsightDetail> found;
        for (const InsightId id : ids) {
            InsightDetail detail;
            detail.insight = insights.at(static_cast<std::size_t>(id.value) - 1);
            found.push_back(std::move(detail));
        }
        co_return found;
    }
};

// Everything of an endpoint but the network.
struct Endpoint {
    Endpoint(FixedLibrary& library, const index::MemoryIndex& index, testing::MadeUpModel model) : vectors(index) {
        embedder.vectors = model;
        services::VectorIndexer::Ports ports{library, kept,    library,           index, vectors, embedder, clock,
                                             log,     metrics, io.get_executor(), {}};
        indexer = std::make_unique<services::VectorIndexer>(std::move(ports), services::VectorIndexer::Settings{});
        run(io, indexer->catch_up(), std::chrono::seconds{600});
        services::Meanings::Ports asking{*indexer, embedder, clock, log, metrics};
        meanings = std::make_unique<services::Meanings>(asking, services::Meanings::Settings{});
    }
    std::optional<search::Meaning> of(const std::string& topic) { return run(io, meanings->of_topic(topic)); }
    // As if it were used whatever was found.
    std::optional<search::Meaning> forced(const std::string& topic, const search::Fusion& fusion) {
        return search::Meaning{&vectors, embedder.vectors.vector_of(topic), fusion};
    }
    services::EmbeddingNote noted(FixedLibrary& library) {
        return services::embedding_note_from(run(io, library.note(services::VectorIndexer::note)));
    }

    asio::io_context io;
    system::RealClock clock;
    NullLog log;
    NullMetrics metrics;
    testing::MemoryVectors kept;
    testing::FakeEmbedder embedder;
    index::VectorsOfModel vectors;
    std::unique_ptr<services::VectorIndexer> indexer;
    std::unique_ptr<services::Meanings> meanings;
};

// Insights of the 120 episodes of changelog, and the seed page among them.
struct Talk {
    Talk() {
        const char* folder = std::getenv("PODBRIEF_DATA");
        const std::filesystem::path data = folder != nullptr ? folder : "../shared/data";
        insights::EngineSettings generous;
        generous.per_episode = 60;
        generous.one_per = std::chrono::seconds(5);
        generous.least_quality = 0;
        std::map<std::string, std::vector<std::size_t>> of_episode;
        for (const auto& episode : bot::quality::read_changelog(data)) {
            for (Insight& one : insights::extract_insights(episode.request, generous).insights) {
                one.episode = episode.request.episode.id;
                of_episode[episode.show + "/" + episode.slug].push_back(library.insights.size());
                add(std::move(one));
            }
        }
        for (const auto& query : bot::quality::read_topic_queries(data)) {
            if (!query.clear) continue;
            Question question{query.text, {}};
            for (const std::size_t at : of_episode[query.show + "/" + query.slug]) {
                const Insight& one = library.insights[at];
                if (one.start + Millis{15'000} >= query.start && one.start < query.end + Millis{15'000})
                    question.right.insert(one.id);
            }
            if (!question.right.empty()) questions.push_back(std::move(question));
        }
        std::ifstream in(data / "seed-page" / "page.json");
        const auto page = nlohmann::json::parse(in);
        const auto of_page = [&](const nlohmann::json& said) {
            Insight one;
            one.text = said.at("text").get<std::string>();
            std::erase(one.text, '*');
            one.episode = EpisodeId(static_cast<std::int64_t>(100'000 + library.insights.size()));
            add(std::move(one));
        };
        of_page(page.at("head"));
        for (const auto& one : page.at("related")) {
            of_page(one);
            related.insert(library.insights.back().id);
        }
        head = library.insights[library.insights.size() - 1 - related.size()];
    }
    void add(Insight one) {
        one.id = InsightId(static_cast<std::int64_t>(library.insights.size()) + 1);
        one.podcast = PodcastId(1);
        one.cluster = ClaimClusterId(one.id.value);
        index.put(one, "A Show");
        library.insights.push_back(std::move(one));
    }

    struct Question {
        std::string text;
        std::set<InsightId> right;
    };
    FixedLibrary library;
    index::MemoryIndex index{&search::built_in_vectors()};
    std::vector<Question> questions;
    Insight head;
    std::set<InsightId> related;
};

struct Worth {
    double hit_10 = 0;
    double reciprocal_rank = 0;
    double answered = 0;
    double recall_of_page = 0;  // at 10, of the head and three topics
};

Worth worth_of(const Talk& talk, const std::function<std::optional<search::Meaning>(const std::string&)>& meaning_of,
               const std::optional<search::Meaning>& of_head) {
    Worth worth;
    for (const Talk::Question& question : talk.questions) {
        search::FindOptions options;
        options.limit = 40;
        const auto query = search::understand(question.text, talk.index);
        options.meaning = meaning_of(query.topic);
        const auto hits = search::find(talk.index, query, options).hits;
        worth.answered += !hits.empty();
        for (std::size_t place = 0; place < hits.size(); ++place) {
            if (!question.right.contains(hits[place].insight)) continue;
            worth.hit_10 += place < 10;
            worth.reciprocal_rank += 1.0 / static_cast<double>(place + 1);
            break;
        }
    }
    const auto count = static_cast<double>(talk.questions.size());
    worth.hit_10 /= count;
    worth.reciprocal_rank /= count;
    worth.answered /= count;
    const auto in_ten = [&](const std::vector<SearchHit>& hits) {
        double right = 0;
        for (std::size_t place = 0; place < std::min<std::size_t>(10, hits.size()); ++place) {
            right += talk.related.contains(hits[place].insight);
        }
        return right / static_cast<double>(talk.related.size());
    };
    search::RelatedOptions related;
    related.meaning = of_head;
    worth.recall_of_page = in_ten(search::related(talk.index, talk.head, related)) / 4;
    for (const char* topic :
         {"chip export controls", "semiconductor export curbs", "should the US stop selling chips to China"}) {
        search::FindOptions options;
        options.limit = 40;
        options.exclude.push_back(talk.head.id);
        const auto query = search::understand(topic, talk.index);
        options.meaning = meaning_of(query.topic);
        worth.recall_of_page += in_ten(search::find(talk.index, query, options).hits) / 4;
    }
    return worth;
}

void show(benchmark::State& state, const Worth& worth, const char* how) {
    const std::string name(how);
    state.counters[name + "hit10"] = worth.hit_10;
    state.counters[name + "MRR"] = worth.reciprocal_rank;
    state.counters[name + "answered"] = worth.answered;
    state.counters[name + "page10"] = worth.recall_of_page;
}

// Noise in tenths of the meaning; 1000: nothing but noise. As it would be used, and, where it would not be, if it were.
void worth_with_a_model(benchmark::State& state) {
    static Talk talk;
    for (auto _ : state) {
        if (state.range(0) < 0) {
            const auto built_in = [](const std::string&) { return std::optional<search::Meaning>(); };
            show(state, worth_of(talk, built_in, std::nullopt), "");
            continue;
        }
        testing::MadeUpModel model;
        model.dimension = static_cast<std::size_t>(state.range(1));
        model.noise = static_cast<double>(state.range(0)) / 10;
        if (state.range(0) == 1000) model.meaning = 0;
        run(*std::make_unique<asio::io_context>(), talk.library.set_note(services::VectorIndexer::note, ""));
        Endpoint endpoint(talk.library, talk.index, model);
        const services::EmbeddingNote noted = endpoint.noted(talk.library);
        state.counters["order"] = noted.fit.model_order;
        state.counters["order_built_in"] = noted.fit.built_in_order;
        state.counters["used"] = noted.fit.useful;
        show(state,
             worth_of(
                 talk, [&](const std::string& topic) { return endpoint.of(topic); },
                 endpoint.meanings->of_insight(talk.head.id)),
             "");
        if (noted.fit.useful) continue;
        search::Meaning of_head{&endpoint.vectors, endpoint.vectors.vector_of(talk.head.id), noted.fit.between};
        show(state,
             worth_of(
                 talk, [&](const std::string& topic) { return endpoint.forced(topic, noted.fit.on_topic); }, of_head),
             "forced_");
    }
    state.counters["questions"] = static_cast<double>(talk.questions.size());
    state.counters["insights"] = static_cast<double>(talk.library.insights.size());
}
BENCHMARK(worth_with_a_model)
    ->Args({-1, 0})
    ->Args({1, 384})
    ->Args({3, 384})
    ->Args({5, 384})
    ->Args({7, 384})
    ->Args({10, 384})
    ->Args({15, 384})
    ->Args({20, 384})
    ->Args({30, 384})
    ->Args({3, 1536})
    ->Args({1000, 384})
    ->ArgNames({"noise_tenths", "dimension"})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// 100,000 claims of invented words, and six that mean something each; vectors of so many dimensions.
void with_100_000_insights(benchmark::State& state) {
    constexpr std::int64_t insights = 100'000;
    constexpr std::array topics = {"chips",      "exports",    "tariffs",   "doctors",   "patients",  "vaccines",
                                   "kubernetes", "databases",  "compilers", "salaries",  "inflation", "banks",
                                   "rockets",    "satellites", "climate",   "batteries", "privacy",   "lawsuits",
                                   "teachers",   "schools",    "podcasts",  "music",     "robots",    "factories",
                                   "energy",     "reactors",   "startups",  "investors"};
    index::RandomLibrary random_library(7, 20'000);
    Random random(8);
    FixedLibrary library;
    index::MemoryIndex index(&search::built_in_vectors());
    for (std::int64_t id = 1; id <= insights; ++id) {
        Insight one = random_library.insight(id);
        one.episode = {id / 5 + 1};
        one.text = random_library.text(20);
        const std::size_t at = random.below(topics.size() - 2);
        one.topics = {topics[at], random_library.word() + " " + topics[at + 1]};
        for (std::size_t i = at; i < at + 3; ++i) one.text += std::string(" ") + topics[i];
        for (int i = 0; i < 3; ++i) one.text += std::string(" ") + topics[random.below(topics.size())];
        index.put(one, "A Show");
        library.insights.push_back(std::move(one));
    }
    testing::MadeUpModel model;
    model.dimension = static_cast<std::size_t>(state.range(0));
    model.noise = 0.3;
    const auto begin = std::chrono::steady_clock::now();
    Endpoint endpoint(library, index, model);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    state.counters["all_vectors_s"] = took.count();
    state.counters["MiB"] = static_cast<double>(endpoint.vectors.bytes()) / (1 << 20);
    state.counters["used"] = endpoint.indexer->in_use() != nullptr;
    const search::ModelFit fit = endpoint.noted(library).fit;
    std::size_t shown = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const std::string topic = topics[random.below(topics.size())] + std::string(" ") + random_library.word();
        search::FindOptions options;
        options.meaning = endpoint.forced(topic, fit.on_topic);
        state.ResumeTiming();
        shown += search::find(index, search::understand(topic, index), options).hits.size();
    }
    state.counters["shown"] = static_cast<double>(shown) / static_cast<double>(state.iterations());
}
BENCHMARK(with_100_000_insights)
    ->Arg(128)
    ->Arg(384)
    ->Arg(1536)
    ->Arg(3072)
    ->ArgName("dimension")
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace podbrief
