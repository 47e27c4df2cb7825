#include "adapters/ai/openai_embedder.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/adapters/ai/world.hpp"
#include "tests/doubles/ai/embeddings_double.hpp"

namespace podbrief::ai {
namespace {

using Vectors = std::vector<std::vector<float>>;
using nlohmann::json;

struct World {
    explicit World(OpenAiEmbedder::Settings settings = {})
        : embedder(http, clock, {test_url, test_key, "test-model"}, std::move(settings)) {}

    Result<Vectors> embed(std::vector<std::string> texts, Embedder::Role role = Embedder::Role::passage) {
        std::optional<Result<Embedder::Embedded>> value;
        asio::co_spawn(io, embedder.embed(std::move(texts), role),
                       [&](std::exception_ptr e, Result<Embedder::Embedded> v) {
                           if (!e) value = std::move(v);
                       });
        io.restart();
        io.run();
        if (!value.value()) return value->error();
        tokens = (*value)->tokens;
        return (*value)->vectors;
    }

    asio::io_context io;
    ManualClock clock;
    ScriptedHttp http{clock};
    testing::EmbeddingsDouble server{http, test_url, test_key};
    OpenAiEmbedder embedder;
    std::int64_t tokens = 0;
};

double length_of(const std::vector<float>& vector) {
    double sum = 0;
    for (const float x : vector) sum += static_cast<double>(x) * x;
    return std::sqrt(sum);
}

TEST(OpenAiEmbedder, PlacesVectorsByTheirIndexAndMakesThemUnitLength) {
    World w;
    const auto vectors = w.embed({"aaaa", "abab", "chips"});
    ASSERT_TRUE(vectors) << w.embedder.problem();
    ASSERT_EQ(vectors->size(), 3u);
    for (const auto& vector : *vectors) EXPECT_NEAR(length_of(vector), 1.0, 1e-6);
    EXPECT_FLOAT_EQ((*vectors)[0][0], 0.5f) << "the first text's own, though it came last";
    EXPECT_NE((*vectors)[0], (*vectors)[1]);
    EXPECT_EQ(w.embedder.dimension(), 4u);
    EXPECT_EQ(w.embedder.model(), "test-model");
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
}

TEST(OpenAiEmbedder, AsksInBatchesAndKeepsTheOrder) {
    OpenAiEmbedder::Settings settings;
    settings.batch = 10;
    World w(settings);
    std::vector<std::string> texts;
    for (int i = 0; i < 25; ++i) texts.push_back("text number " + std::to_string(i));
    const auto vectors = w.embed(texts);
    ASSERT_TRUE(vectors);
    ASSERT_EQ(w.server.inputs.size(), 3u);
    EXPECT_EQ(w.server.inputs[2].size(), 5u);
    EXPECT_EQ((*vectors)[24], w.embed({texts[24]})->front());
}

TEST(OpenAiEmbedder, PutsThePrefixOfTheRoleBeforeEachText) {
    OpenAiEmbedder::Settings settings;
    settings.query_prefix = "query: ";
    settings.passage_prefix = "passage: ";
    World w(settings);
    ASSERT_TRUE(w.embed({"chips"}, Embedder::Role::query));
    ASSERT_TRUE(w.embed({"chips"}, Embedder::Role::passage));
    EXPECT_EQ(w.server.inputs[0], std::vector<std::string>{"query: chips"});
    EXPECT_EQ(w.server.inputs[1], std::vector<std::string>{"passage: chips"});
}

TEST(OpenAiEmbedder, AsksForADimensionOnlyWhenOneIsSet) {
    World any;
    ASSERT_TRUE(any.embed({"chips"}));
    EXPECT_EQ(any.server.requests[0].body.find("dimensions"), std::string::npos)
        << "many servers do not know the field";
    OpenAiEmbedder::Settings settings;
    settings.dimension = 8;
    World w(settings);
    EXPECT_EQ(w.embed({"chips"})->front().size(), 8u);
    EXPECT_NE(w.server.requests[0].body.find("\"dimensions\":8"), std::string::npos);
}

TEST(OpenAiEmbedder, IsAnotherModelWithAnotherDimensionOrPrefixOfPassages) {
    EXPECT_EQ(World().embedder.model(), "test-model");
    OpenAiEmbedder::Settings settings;
    settings.dimension = 8;
    settings.passage_prefix = "passage: ";
    settings.query_prefix = "query: ";
    EXPECT_EQ(World(settings).embedder.model(), "test-model of 8 after \"passage: \"");
}

TEST(OpenAiEmbedder, AddsUpTheTokensThatTheServerTellsOf) {
    OpenAiEmbedder::Settings settings;
    settings.batch = 2;
    World w(settings);
    ASSERT_TRUE(w.embed({"one", "two", "three"}));
    EXPECT_EQ(w.tokens, 12) << "six a request";
    w.server.spoil = [](std::string& body) {
        json answer = json::parse(body);
        answer.erase("usage");
        body = answer.dump();
    };
    ASSERT_TRUE(w.embed({"one"})) << "servers of one's own may say nothing";
    EXPECT_EQ(w.tokens, 0);
}

TEST(OpenAiEmbedder, RefusesVectorsOfAnotherDimensionThanBefore) {
    World w;
    ASSERT_TRUE(w.embed({"chips"}));
    w.server.dimension = 6;  // the model behind the name was changed
    EXPECT_EQ(w.embed({"chips"}).error(), Errc::invalid);
    EXPECT_FALSE(w.embedder.problem().empty());
}

TEST(OpenAiEmbedder, RefusesWhatIsNotOneVectorForEachText) {
    const std::pair<const char*, std::function<void(json&)>> spoilers[] = {
        {"one is missing", [](json& a) { a["data"].erase(0); }},
        {"an index twice", [](json& a) { a["data"][0]["index"] = 0; }},
        {"an index too large", [](json& a) { a["data"][0]["index"] = 7; }},
        {"an index below zero", [](json& a) { a["data"][0]["index"] = -1; }},
        {"no index", [](json& a) { a["data"][0].erase("index"); }},
        {"texts for numbers", [](json& a) { a["data"][0]["embedding"][1] = "0.5"; }},
        {"base64 nobody asked for", [](json& a) { a["data"][0]["embedding"] = "AACAPw=="; }},
        {"an empty vector", [](json& a) { a["data"][0]["embedding"] = json::array(); }},
        {"nothing but zeros", [](json& a) { a["data"][0]["embedding"] = {0.0, 0.0, 0.0, 0.0}; }},
        {"dimensions that differ", [](json& a) { a["data"][0]["embedding"] = {1.0, 0.0}; }},
        {"no data", [](json& a) { a = {{"object", "list"}}; }},
    };
    for (const auto& [name, spoiler] : spoilers) {
        SCOPED_TRACE(name);
        World w;
        w.server.spoil = [&spoil = spoiler](std::string& body) {
            json answer = json::parse(body);
            spoil(answer);
            body = answer.dump();
        };
        const auto vectors = w.embed({"one", "two"});
        ASSERT_FALSE(vectors);
        EXPECT_EQ(vectors.error(), Errc::invalid);
    }
    World w;
    w.server.spoil = [](std::string& body) { body.resize(body.size() / 2); };
    EXPECT_EQ(w.embed({"one"}).error(), Errc::invalid);
}

TEST(OpenAiEmbedder, SaysWhatMayWorkLaterAndWhatWillNot) {
    const std::pair<int, Errc> cases[] = {{429, Errc::unavailable}, {500, Errc::unavailable}, {529, Errc::unavailable},
                                          {401, Errc::refused},     {402, Errc::refused},     {404, Errc::invalid}};
    for (const auto& [status, error] : cases) {
        World w;
        w.server.fail_with_status = status;
        EXPECT_EQ(w.embed({"one"}).error(), error) << status;
    }
    World w;
    w.http.hang(std::string(test_url) + "/embeddings");
    std::optional<Result<Embedder::Embedded>> value;
    asio::co_spawn(w.io, w.embedder.embed({"one"}, Embedder::Role::query),
                   [&](std::exception_ptr, Result<Embedder::Embedded> v) { value = std::move(v); });
    w.io.poll();
    w.clock.advance(std::chrono::seconds{61});
    w.io.restart();
    w.io.poll();
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(value->error(), Errc::unavailable);
}

TEST(OpenAiEmbedder, SendsNoEmptyTextAndCutsLongOnesAtACharacter) {
    OpenAiEmbedder::Settings settings;
    settings.longest_text = 10;
    World w(settings);
    EXPECT_EQ(w.embed({"one", ""}).error(), Errc::invalid);
    EXPECT_TRUE(w.server.requests.empty());
    ASSERT_TRUE(w.embed({"a\u20AC\u20AC\u20AC\u20AC\u20AC"}));
    EXPECT_EQ(w.server.inputs[0][0], "a\u20AC\u20AC\u20AC");
}

}  // namespace
}  // namespace podbrief::ai
