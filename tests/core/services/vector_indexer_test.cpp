#include "core/services/vector_indexer.hpp"

#include <gmock/gmock.h>

#include "adapters/index/vectors_of_model.hpp"
#include "core/search/find.hpp"
#include "core/search/text_vectors.hpp"
#include "core/search/understand.hpp"
#include "core/services/meanings.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/doubles/fake_embedder.hpp"
#include "tests/doubles/memory_vectors.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::Claim;
using ::testing::HasSubstr;

class CountingLog final : public Log {
public:
    std::vector<std::string> warnings;
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField>) override {
        if (level == LogLevel::warning) warnings.emplace_back(event);
    }
};

// Six claims on each of twenty things. `start` makes another process on the same store.
struct World : testing::ChatLibrary {
    World() : ChatLibrary(&podbrief::search::built_in_vectors()) {
        for (const char* said : {"The cost of % doubled within three years.", "Most experts are wrong about %.",
                                 "Without % nothing of this would have happened.", "He built a company on %.",
                                 "Nobody measures what % does to people.", "% will be regulated before long."}) {
            for (const char* topic : things) add(claim(said, topic));
        }
        embedder.vectors.noise = 0.1;
        start();
    }
    static Claim claim(std::string said, const std::string& topic) {
        said.replace(said.find('%'), 1, topic);
        Claim out;
        out.show = "A Show";
        out.text = said;
        out.topics = {topic};
        return out;
    }
    void start() {
        asked_before = embedder.asked.size();
        vectors = std::make_unique<index::VectorsOfModel>(search);
        VectorIndexer::Settings settings;
        settings.batch = 16;
        VectorIndexer::Ports ports{
            store, kept, store, search, *vectors, embedder, clock, log, metrics, context.get_executor(), {}};
        indexer = std::make_unique<VectorIndexer>(std::move(ports), settings);
        Meanings::Ports asking{*indexer, embedder, clock, log, metrics};
        meanings = std::make_unique<Meanings>(asking, Meanings::Settings{});
    }
    bool catch_up() { return get(indexer->catch_up()); }
    bool in_use() const { return indexer->in_use() != nullptr; }
    std::size_t calls() const { return embedder.asked.size() - asked_before; }

    static constexpr std::array things = {"chips",     "tariffs",  "vaccines",   "kubernetes", "databases",
                                          "inflation", "rockets",  "satellites", "climate",    "batteries",
                                          "privacy",   "lawsuits", "schools",    "music",      "robots",
                                          "factories", "reactors", "investors",  "farmers",    "hospitals"};

    testing::MemoryVectors kept;
    testing::FakeEmbedder embedder;
    CountingLog log;
    NullMetrics metrics;
    std::unique_ptr<index::VectorsOfModel> vectors;
    std::unique_ptr<VectorIndexer> indexer;
    std::unique_ptr<Meanings> meanings;
    std::size_t asked_before = 0;
};

constexpr std::size_t insights = 120;

TEST(VectorIndexer, GivesEveryInsightAVectorThenTakesTheModelIntoUse) {
    World world;
    EXPECT_FALSE(world.in_use());
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.vectors->size(), insights);
    EXPECT_EQ(world.kept.all.at("made-up-1").size(), insights);
    ASSERT_TRUE(world.in_use());
    EXPECT_GT(world.indexer->in_use()->model_order, 0.9);
    EXPECT_GT(world.indexer->in_use()->on_topic.first_near, 0.2) << "its cosines lie higher";
    EXPECT_EQ(world.calls(), 9u) << "eight of 16 at most, and one for the topics it is weighed by";
}

TEST(VectorIndexer, GoesOnWhereItStoodAfterARestartAndPaysForNothingTwice) {
    World world;
    int left = 3;
    world.embedder.fails = [&](const auto&) -> std::optional<Errc> {
        if (left-- > 0) return std::nullopt;
        return Errc::unavailable;
    };
    EXPECT_FALSE(world.catch_up());
    EXPECT_EQ(world.kept.all.at("made-up-1").size(), 48u);
    world.start();
    world.embedder.fails = nullptr;
    world.embedder.texts_embedded = 0;
    EXPECT_TRUE(world.catch_up());
    EXPECT_TRUE(world.in_use());
    EXPECT_EQ(world.embedder.texts_embedded, insights - 48 + 1 + World::things.size())
        << "the others, one to see that the model is the same, and the topics";
    world.start();
    EXPECT_TRUE(world.catch_up());
    EXPECT_TRUE(world.in_use());
    EXPECT_EQ(world.calls(), 1u) << "to see that the model is the same";
}

TEST(VectorIndexer, KeepsWhatIsInUseWhileNewInsightsComeAndFindsThoseByTheirWordsUntilThen) {
    World world;
    world.catch_up();
    const Insight fresh = world.add(World::claim("Bakers speak of % all day.", "chips"));
    ASSERT_TRUE(world.in_use());
    EXPECT_FALSE(world.vectors->has(fresh.id));
    search::FindOptions options;
    options.limit = 200;
    options.per_episode = 200;
    options.meaning = world.get(world.meanings->of_topic("chips bakers love"));
    ASSERT_TRUE(options.meaning);
    const auto found = search::find(world.search, search::understand("chips bakers love", world.search), options);
    const bool there = std::any_of(found.hits.begin(), found.hits.end(),
                                   [&](const SearchHit& hit) { return hit.insight == fresh.id; });
    EXPECT_TRUE(there);
    EXPECT_TRUE(world.catch_up());
    EXPECT_TRUE(world.vectors->has(fresh.id));
}

TEST(VectorIndexer, MakesAllAnewForAnotherModelAndForgetsTheFormerOnesOnlyThen) {
    World world;
    world.catch_up();
    world.embedder.name = "made-up-2";
    world.embedder.vectors = {};
    world.embedder.vectors.dimension = 160;
    world.embedder.vectors.seed = 9;
    world.start();
    int left = 2;
    world.embedder.fails = [&](const auto&) -> std::optional<Errc> {
        if (left-- > 0) return std::nullopt;
        return Errc::unavailable;
    };
    EXPECT_FALSE(world.catch_up());
    EXPECT_FALSE(world.in_use()) << "search goes on with the built-in vectors";
    EXPECT_EQ(world.kept.all.at("made-up-1").size(), insights);
    world.embedder.fails = nullptr;
    EXPECT_TRUE(world.catch_up());
    EXPECT_TRUE(world.in_use());
    EXPECT_EQ(world.vectors->dimension(), 160u);
    EXPECT_TRUE(world.kept.all.at("made-up-1").empty());
    EXPECT_EQ(world.kept.all.at("made-up-2").size(), insights);
}

TEST(VectorIndexer, NoticesAnotherModelBehindTheSameName) {
    for (const std::size_t dimension : {96u, 128u}) {
        World world;
        world.catch_up();
        world.embedder.vectors = {};
        world.embedder.vectors.dimension = dimension;
        world.embedder.vectors.seed = 5;
        world.start();
        EXPECT_TRUE(world.catch_up());
        EXPECT_TRUE(world.in_use());
        EXPECT_EQ(world.log.warnings.size(), 1u);
        const Insight any = world.add(World::claim("Something else about %.", "chips"));
        world.catch_up();
        EXPECT_NEAR(world.vectors->similarities(world.embedder.vectors.vector_of(any.text), {any.id})[0], 1, 0.01);
        EXPECT_EQ(world.vectors->size(), insights + 1);
        EXPECT_EQ(world.vectors->dimension(), dimension);
    }
}

TEST(VectorIndexer, LeavesWhatTheModelCannotReadToTheWordsAndSwitchesWithTheOthers) {
    World world;
    const auto cannot_read = [](const std::string& text) { return text.find("regulated") != std::string::npos; };
    world.embedder.fails = [&](const std::vector<std::string>& texts) -> std::optional<Errc> {
        if (std::any_of(texts.begin(), texts.end(), cannot_read)) return Errc::invalid;
        return std::nullopt;
    };
    EXPECT_TRUE(world.catch_up());
    EXPECT_TRUE(world.in_use());
    EXPECT_EQ(world.vectors->size(), insights - World::things.size());
    EXPECT_TRUE(world.log.warnings.empty());
    const std::size_t calls = world.calls();
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.calls(), calls) << "it is not asked again";
}

TEST(VectorIndexer, TakesAnEndpointThatRefusesEverythingForABrokenOneAndLosesNothing) {
    World world;
    world.embedder.fails = [](const auto&) -> std::optional<Errc> { return Errc::invalid; };
    EXPECT_FALSE(world.catch_up());
    EXPECT_FALSE(world.catch_up());
    EXPECT_LE(world.calls(), 4u) << "no hunting for the text that is at fault";
    EXPECT_EQ(world.log.warnings.size(), 1u);
    world.embedder.fails = nullptr;
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.vectors->size(), insights);
}

TEST(VectorIndexer, TriesAgainAfterGrowingPausesWithOneLineOfTheLog) {
    World world;
    world.embedder.fails = [](const auto&) -> std::optional<Errc> { return Errc::unavailable; };
    asio::cancellation_signal stop;
    bool stopped = false;
    asio::co_spawn(world.context, world.indexer->run(),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e) { stopped = e != nullptr; }));
    const auto go_on = [&] {
        world.context.restart();
        world.context.poll();
    };
    go_on();
    std::vector<Millis> pauses;
    for (int i = 0; i < 12; ++i) {
        const SteadyTime before = world.clock.steady_now();
        ASSERT_TRUE(world.clock.advance_to_next());
        pauses.push_back(std::chrono::duration_cast<Millis>(world.clock.steady_now() - before));
        go_on();
    }
    EXPECT_EQ(world.calls(), 13u);
    EXPECT_EQ(pauses[0], 1s);
    EXPECT_EQ(pauses[1], 2s);
    EXPECT_EQ(pauses.back(), 5min);
    EXPECT_EQ(world.log.warnings.size(), 1u);
    world.embedder.fails = nullptr;
    ASSERT_TRUE(world.clock.advance_to_next());
    go_on();
    EXPECT_TRUE(world.in_use());
    EXPECT_FALSE(world.clock.advance_to_next()) << "it waits for news, not for a time";
    const Insight fresh = world.add(World::claim("Nurses know % well.", "vaccines"));
    world.indexer->heard({1, fresh});
    go_on();
    EXPECT_TRUE(world.vectors->has(fresh.id));
    stop.emit(asio::cancellation_type::terminal);
    go_on();
    EXPECT_TRUE(stopped);
}

TEST(VectorIndexer, StoppedInTheMiddleOfACallItGoesOnAfterwards) {
    World world;
    world.embedder.clock = &world.clock;
    world.embedder.takes = 1s;
    asio::cancellation_signal stop;
    bool stopped = false;
    asio::co_spawn(world.context, world.indexer->run(),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e) { stopped = e != nullptr; }));
    const auto go_on = [&] {
        world.context.restart();
        world.context.poll();
    };
    go_on();
    for (int i = 0; i < 3; ++i) {
        world.clock.advance_to_next();
        go_on();
    }
    stop.emit(asio::cancellation_type::terminal);
    go_on();
    EXPECT_TRUE(stopped);
    EXPECT_EQ(world.kept.all.at("made-up-1").size(), 48u);
    world.embedder.takes = 0s;
    world.start();
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.vectors->size(), insights);
}

TEST(VectorIndexer, DropsTheVectorOfAWithdrawnInsightAtOnce) {
    World world;
    world.catch_up();
    Insight gone = world.add(World::claim("Nurses know % well.", "vaccines"));
    world.catch_up();
    ASSERT_TRUE(world.vectors->has(gone.id));
    gone.superseded = true;
    world.indexer->heard({1, gone});
    EXPECT_FALSE(world.vectors->has(gone.id));
}

TEST(VectorIndexer, DoesNotUseAModelThatTellsNothing) {
    World world;
    world.embedder.vectors.meaning = 0;
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.vectors->size(), insights);
    EXPECT_FALSE(world.in_use());
    EXPECT_EQ(world.log.warnings.size(), 1u);
    EXPECT_FALSE(world.get(world.meanings->of_topic("chips")));
    const std::size_t calls = world.calls();
    world.add(World::claim("Nurses know % well.", "vaccines"));
    EXPECT_TRUE(world.catch_up());
    EXPECT_EQ(world.calls(), calls + 1) << "it is weighed again in a library of twice the size";
    world.start();
    EXPECT_TRUE(world.catch_up());
    EXPECT_FALSE(world.in_use());
}

TEST(VectorIndexer, WeighsNothingInASmallLibrary) {
    testing::ChatLibrary library(&search::built_in_vectors());
    testing::MemoryVectors kept;
    testing::FakeEmbedder embedder;
    CountingLog log;
    NullMetrics metrics;
    index::VectorsOfModel vectors(library.search);
    library.add_sample();
    VectorIndexer::Ports ports{library.store,
                               kept,
                               library.store,
                               library.search,
                               vectors,
                               embedder,
                               library.clock,
                               log,
                               metrics,
                               library.context.get_executor(),
                               {}};
    VectorIndexer indexer(std::move(ports), {});
    EXPECT_TRUE(library.get(indexer.catch_up()));
    EXPECT_GT(vectors.size(), 10u);
    EXPECT_EQ(indexer.in_use(), nullptr);
    EXPECT_TRUE(log.warnings.empty());
}

// ---- questions ----

TEST(Meanings, AskOnceForATopicAndRememberIt) {
    World world;
    world.catch_up();
    const std::size_t calls = world.calls();
    const auto first = world.get(world.meanings->of_topic("semiconductors"));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->vector, world.embedder.vectors.vector_of("semiconductors"));
    EXPECT_EQ(first->vectors, world.vectors.get());
    EXPECT_EQ(first->fusion.first_near, world.indexer->in_use()->on_topic.first_near);
    EXPECT_TRUE(world.get(world.meanings->of_topic("semiconductors")));
    EXPECT_EQ(world.calls(), calls + 1);
    EXPECT_FALSE(world.get(world.meanings->of_topic("")));
}

TEST(Meanings, RememberOnlySoMany) {
    World world;
    world.catch_up();
    for (int i = 0; i <= 500; ++i) world.get(world.meanings->of_topic("topic " + std::to_string(i)));
    const std::size_t calls = world.calls();
    world.get(world.meanings->of_topic("topic 500"));
    EXPECT_EQ(world.calls(), calls);
    world.get(world.meanings->of_topic("topic 0"));
    EXPECT_EQ(world.calls(), calls + 1) << "the one not asked for the longest time went";
}

TEST(Meanings, AskNobodyWhileTheModelIsNotInUse) {
    World world;
    EXPECT_FALSE(world.get(world.meanings->of_topic("chips")));
    EXPECT_FALSE(world.meanings->of_insight({1}));
    EXPECT_EQ(world.calls(), 0u);
}

TEST(Meanings, AreTheInsightsOwnForWhatIsRelatedToIt) {
    World world;
    world.catch_up();
    const auto meaning = world.meanings->of_insight({1});
    ASSERT_TRUE(meaning);
    EXPECT_EQ(meaning->vector, world.vectors->vector_of({1}));
    EXPECT_EQ(meaning->fusion.near_enough, world.indexer->in_use()->between.near_enough);
    EXPECT_FALSE(world.meanings->of_insight({9'999}));
}

TEST(Meanings, WaitNoLongerThanTheirDeadlineAndLeaveALateEndpointAlone) {
    World world;
    world.catch_up();
    world.embedder.clock = &world.clock;
    world.embedder.takes = 1s;
    std::size_t calls = world.calls();
    for (int i = 0; i < 3; ++i) {
        std::optional<bool> found;
        const SteadyTime before = world.clock.steady_now();
        asio::co_spawn(
            world.context, world.meanings->of_topic("topic " + std::to_string(i)),
            [&](std::exception_ptr, std::optional<search::Meaning> meaning) { found = meaning.has_value(); });
        world.context.restart();
        world.context.poll();
        ASSERT_TRUE(world.clock.advance_to_next());
        world.context.restart();
        world.context.poll();
        ASSERT_TRUE(found.has_value());
        EXPECT_FALSE(*found);
        EXPECT_EQ(world.clock.steady_now() - before, 150ms);
    }
    EXPECT_EQ(world.calls(), calls + 3);
    EXPECT_EQ(world.log.warnings.size(), 1u);
    EXPECT_FALSE(world.get(world.meanings->of_topic("at once")));
    EXPECT_EQ(world.calls(), calls + 3) << "it rests";
    world.embedder.takes = 0s;
    world.clock.advance(6s);
    EXPECT_TRUE(world.get(world.meanings->of_topic("again")));
    EXPECT_EQ(world.log.warnings.size(), 1u);
}

TEST(Meanings, OfAnswersInAChatComeFromTheModelAndFromWhatIsBuiltInWhenItFails) {
    World world;
    world.catch_up();
    world.embedder.vectors.seed = 1;
    services::Responder responder(world.store, world.store, world.search, world.composer, world.clock, nullptr);
    responder.use(*world.meanings);
    const Reader reader = world.reader("ann");
    const std::size_t calls = world.calls();
    const Reply with_model = world.get(responder.answer(reader, "terminal:ann", std::string("more on rockets")));
    EXPECT_EQ(world.calls(), calls + 1);
    world.embedder.fails = [](const auto&) -> std::optional<Errc> { return Errc::unavailable; };
    const Reply without = world.get(responder.answer(reader, "terminal:ann", std::string("more on satellites")));
    EXPECT_EQ(world.calls(), calls + 2);
    const Reply again = world.get(responder.answer(reader, "terminal:ann", std::string("more on rockets")));
    EXPECT_EQ(world.calls(), calls + 2) << "remembered";
    const Reply related = world.get(responder.answer(reader, "terminal:ann", std::string("more on 1")));
    EXPECT_EQ(world.calls(), calls + 2) << "an insight's vector is there";
}

}  // namespace
}  // namespace podbrief::services
