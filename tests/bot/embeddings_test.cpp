#include "bot/embeddings.hpp"

#include <gmock/gmock.h>

#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/system/real_clock.hpp"
#include "bot/embedding_settings.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/search/text_vectors.hpp"
#include "core/services/indexer.hpp"
#include "tests/doubles/ai/embeddings_double.hpp"
#include "tests/doubles/fake_embedder.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/files.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::bot {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> problems(const std::string& toml) {
    const Environment nothing = [](const std::string&) { return std::nullopt; };
    std::vector<std::string> out;
    for (const SettingsProblem& problem : parse_settings(toml, "test.toml", "/data", nothing).problems) {
        out.push_back(to_string(problem));
    }
    return out;
}

TEST(EmbeddingSettings, ServersOfOnesOwnNeedNeitherKeyNorPrice) {
    EXPECT_TRUE(problems("").empty());
    const auto found =
        problems("[embeddings]\nprovider = \"openai\"\nurl = \"http://10.0.0.2/v1\"\nname = \"nomic\"\n");
    EXPECT_TRUE(found.empty()) << found.front();
    Settings::Embeddings embeddings;
    EXPECT_EQ(url_of(embeddings), "");
    embeddings.provider = Settings::Embeddings::Provider::openai;
    EXPECT_EQ(url_of(embeddings), "https://api.openai.com/v1");
}

TEST(EmbeddingSettings, APaidServiceNeedsModelKeyAndPrice) {
    const auto found = problems("[embeddings]\nprovider = \"openai\"\n");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_THAT(found[0], HasSubstr("embeddings.name"));
    EXPECT_THAT(found[1], HasSubstr("PODBRIEF_EMBEDDINGS_KEY"));
    EXPECT_THAT(found[2], HasSubstr("embeddings.price"));
}

TEST(EmbeddingSettings, SayWhatIsWrongWithAValueAndNeverRepeatTheKey) {
    const auto found = problems(
        "[embeddings]\nprovider = \"cohere\"\nurl = \"10.0.0.2\"\ndimension = 5000\nkey = \"se cret\"\n"
        "query_prefix = \"query:\\n\"\n");
    ASSERT_EQ(found.size(), 5u);
    std::string all;
    for (const std::string& one : found) all += one + "\n";
    EXPECT_THAT(all, HasSubstr("test.toml:2: embeddings.provider is \"cohere\": give one of \"none\", \"openai\""));
    EXPECT_THAT(all, HasSubstr("embeddings.dimension is 5000"));
    EXPECT_THAT(all, Not(HasSubstr("se cret")));
}

// An endpoint as it is on the wire: the strict double behind a server on loopback, our client before it, the store on
// disk, real time.
class Wired : public ::testing::Test {
protected:
    Wired() {
        Database::Options options;
        options.path = folder.path() / "podbrief.db";
        database = Database::open(io.get_executor(), options);
        net::ServerOptions listening;
        listening.port = 0;
        server = std::make_unique<net::Server>(io.get_executor(), clock, listening,
                                               [this](ServerRequest request) { return answer(std::move(request)); });
        port = server->port();
        settings.provider = Settings::Embeddings::Provider::openai;
        settings.url = fmt::format("http://127.0.0.1:{}/v1", server->port());
        settings.name = "test-model";
        settings.key = "key-canary";
        settings.query_deadline = std::chrono::seconds{20};
        strict = std::make_unique<podbrief::testing::EmbeddingsDouble>(scripted, settings.url, settings.key);
        strict->vector_for = [this](const std::string& text) { return model.vector_of(text); };
        net::ClientOptions client_options;
        client_options.egress.allowed.push_back(*net::parse_network("127.0.0.0/8"));
        client = std::make_unique<net::Client>(io.get_executor(), clock, resolver, client_options);
    }
    using Database = sqlite::Database;

    asio::awaitable<ServerResponse> answer(ServerRequest request) {
        HttpRequest as_sent;
        as_sent.method = request.method;
        as_sent.url = fmt::format("http://127.0.0.1:{}{}", server->port(), request.target);
        as_sent.headers = std::move(request.headers);
        as_sent.body = std::move(request.body);
        as_sent.max_redirects = 0;  // which the wire does not show
        HttpResult result = co_await scripted.send(std::move(as_sent));
        if (!result) co_return text_response(500, "no");
        ServerResponse response = json_response(result->status, std::move(result->body));
        co_return response;
    }
    // Runs the server beside it.
    template <class T>
    T serve(asio::awaitable<T> work) {
        std::optional<T> value;
        auto keep = [](asio::awaitable<T> inner, std::optional<T>& out) -> asio::awaitable<void> {
            out.emplace(co_await std::move(inner));
        };
        std::vector<NamedTask> tasks;
        tasks.push_back({"server", server->run()});
        tasks.push_back({"work", keep(std::move(work), value)});
        podbrief::testing::run(io, until_first_ends(std::move(tasks)));
        server = std::make_unique<net::Server>(io.get_executor(), clock, again(),
                                               [this](ServerRequest request) { return answer(std::move(request)); });
        return std::move(*value);
    }
    net::ServerOptions again() {
        net::ServerOptions options;
        options.port = port;
        return options;
    }
    // 120 claims on 20 things.
    void fill() {
        Podcast podcast;
        podcast.title = "A Show";
        podcast.feed_url = "https://feeds.example/a";
        Episode episode;
        episode.podcast = podbrief::testing::run(io, database->library().add_podcast(podcast, {})).id;
        episode.guid = "one";
        FeedUpdate update;
        update.podcast = episode.podcast;
        update.added.push_back({episode, EpisodeIdentity{{}, "one", {}, {}, {}, {}, {}}});
        Extraction extraction;
        extraction.episode = podbrief::testing::run(io, database->library().apply(update)).at(0).id;
        extraction.transcript.content_hash = "one";
        for (const char* said : {"cost twice as much within three years", "are not what most experts take them for",
                                 "made all of this possible", "built this company", "do something to people",
                                 "will be regulated before long"}) {
            for (const char* topic : things) {
                Insight insight;
                insight.podcast = episode.podcast;
                insight.quote_begin = static_cast<int>(extraction.insights.size());
                insight.text = std::string(topic) + " " + said + ".";
                insight.topics = {topic};
                extraction.insights.push_back(insight);
            }
        }
        podbrief::testing::run(io, database->library().save(extraction));
    }
    // The endpoint's part of a server that has just started.
    struct Started {
        explicit Started(Wired& w)
            : indexer(w.database->library(), index),
              embeddings(w.settings, {*w.client,
                                      w.database->library(),
                                      w.database->vectors(),
                                      w.database->outbox(),
                                      index,
                                      w.clock,
                                      w.log,
                                      w.metrics,
                                      w.io.get_executor(),
                                      {}}) {
            indexer.tell(embeddings.indexer());
            podbrief::testing::run(w.io, indexer.catch_up());
        }
        index::MemoryIndex index{&search::built_in_vectors()};
        services::Indexer indexer;
        Embeddings embeddings;
    };

    static constexpr std::array things = {"chips",     "tariffs",  "vaccines",   "kubernetes", "databases",
                                          "inflation", "rockets",  "satellites", "climate",    "batteries",
                                          "privacy",   "lawsuits", "schools",    "music",      "robots",
                                          "factories", "reactors", "investors",  "farmers",    "hospitals"};

    podbrief::testing::TemporaryFolder folder;
    asio::io_context io;
    system::RealClock clock;
    podbrief::testing::ManualClock stopped;
    podbrief::testing::ScriptedHttp scripted{stopped};
    podbrief::testing::MadeUpModel model;
    NullLog log;
    NullMetrics metrics;
    net::SystemResolver resolver{io.get_executor()};
    std::unique_ptr<Database> database;
    std::uint16_t port = 0;
    std::unique_ptr<net::Server> server;
    Settings::Embeddings settings;
    std::unique_ptr<podbrief::testing::EmbeddingsDouble> strict;
    std::unique_ptr<net::Client> client;
};

asio::awaitable<bool> begin_and_ask(Embeddings& embeddings) {
    const bool done = co_await embeddings.indexer().catch_up();
    if (!done) co_return false;
    std::string topic = "semiconductors";
    const auto meaning = co_await embeddings.meanings().of_topic(std::move(topic));
    co_return meaning.has_value();
}

TEST_F(Wired, InsightsAndQuestionsGoToTheEndpointAndARestartPaysForNothingTwice) {
    model.noise = 0.1;
    fill();
    {
        Started first(*this);
        EXPECT_TRUE(serve(begin_and_ask(first.embeddings)))
            << (strict->breaches.empty() ? "" : strict->breaches.front());
        EXPECT_NE(first.embeddings.indexer().in_use(), nullptr);
    }
    EXPECT_TRUE(strict->breaches.empty()) << strict->breaches.front();
    std::size_t texts = 0;
    for (const auto& input : strict->inputs) texts += input.size();
    EXPECT_EQ(texts, 120 + things.size() + 1) << "insights, topics to weigh the model by, the question";
    strict->inputs.clear();
    Started second(*this);
    EXPECT_TRUE(serve(begin_and_ask(second.embeddings)));
    ASSERT_EQ(strict->inputs.size(), 2u) << "whether it is the same model, and the question";
    EXPECT_EQ(strict->inputs[1], std::vector<std::string>{"semiconductors"});
}

TEST_F(Wired, DoctorMakesAVectorAndSaysHowFarItIs) {
    const auto look = [&] { return serve(look_at_embeddings(settings, client.get(), clock, database->outbox())); };
    const EmbeddingState fresh = look();
    EXPECT_TRUE(fresh.works);
    EXPECT_EQ(fresh.dimension, model.dimension);
    EXPECT_THAT(fresh.line, HasSubstr("test-model at http://127.0.0.1:"));
    EXPECT_THAT(fresh.line, HasSubstr("makes vectors of 96 numbers"));
    EXPECT_THAT(fresh.line, HasSubstr("serve has not begun with it"));
    model.noise = 0.1;
    fill();
    Started started(*this);
    EXPECT_TRUE(serve(begin_and_ask(started.embeddings)));
    const EmbeddingState used = look();
    EXPECT_TRUE(used.in_use);
    EXPECT_THAT(used.line, HasSubstr("in use: it tells topics apart in"));
    ASSERT_EQ(used.spent.count("test-model"), 1u);
    EXPECT_GT(used.spent.at("test-model").tokens.input, 0);
}

TEST_F(Wired, DoctorNamesWhatIsWrong) {
    const auto look = [&] { return serve(look_at_embeddings(settings, client.get(), clock, database->outbox())); };
    strict->fail_with_status = 401;
    EXPECT_FALSE(look().works);
    EXPECT_THAT(look().line, HasSubstr("401"));
    EXPECT_THAT(look().line, Not(HasSubstr("key-canary")));
    strict->fail_with_status = 0;
    strict->spoil = [](std::string& body) { body = "<html>"; };
    EXPECT_THAT(look().line, HasSubstr("not one vector of numbers for each text"));
    settings.url = "http://127.0.0.1:1/v1";
    EXPECT_THAT(look().line, HasSubstr("makes no vectors"));
    settings.provider = Settings::Embeddings::Provider::none;
    EXPECT_THAT(look().line, HasSubstr("no endpoint is set"));
}

}  // namespace
}  // namespace podbrief::bot
