// Prints every kind of request that we make of an OpenAI-compatible API and what the doubles answer, one JSON line
// each:
// {"schema": name in OpenAI's description, "body": ...}.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/ai/openai_chat.hpp"
#include "adapters/ai/openai_embedder.hpp"
#include "core/insights/model_prompts.hpp"
#include "tests/doubles/ai/ai_double.hpp"
#include "tests/doubles/ai/embeddings_double.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief {
namespace {

using nlohmann::json;

constexpr const char* url = "https://models.example/v1";

void print(const char* schema, const std::string& body) {
    const json line = {{"schema", schema}, {"body", json::parse(body)}};
    std::puts(line.dump().c_str());
}

// Sees what goes by.
class Listening final : public HttpClient {
public:
    explicit Listening(HttpClient& inner) : inner_(inner) {}
    asio::awaitable<HttpResult> send(HttpRequest request) override {
        const bool chat = request.url.ends_with("/chat/completions");
        print(chat ? "CreateChatCompletionRequest" : "CreateEmbeddingRequest", request.body);
        HttpResult result = co_await inner_.send(std::move(request));
        if (result && result->status == 200) {
            print(chat ? "CreateChatCompletionResponse" : "CreateEmbeddingResponse", result->body);
        } else if (result) {
            print("ErrorResponse", result->body);
        }
        co_return result;
    }

private:
    HttpClient& inner_;
};

std::vector<ChatRequest> requests() {
    insights::ModelWindow window;
    window.text = "[0] Ada: Export controls slow down training.\n";
    window.segments = {0};
    Podcast podcast;
    podcast.title = "A show";
    Episode episode;
    episode.title = "An episode";
    episode.persons = {{"Ada Lovelace", "guest"}};
    const insights::ModelPrompts prompts = insights::default_prompts();
    insights::ModelClaim claim{"A claim", "a quote", {0}};
    const std::vector<insights::FailedClaim> failed = {{claim, "too short"}};
    const std::vector<std::string> claims = {"One.", "Two."};
    std::vector<ChatRequest> all = {insights::ask_for_claims(prompts, window, podcast, episode, 5),
                                    insights::ask_for_repair(prompts, window, failed),
                                    insights::ask_for_choice(prompts, claims, 1)};
    ChatRequest plain;
    plain.system = "Answer.";
    plain.user = "Hello.";
    all.push_back(plain);
    return all;
}

asio::awaitable<void> converse(HttpClient& http, testing::ManualClock& clock, testing::AiDouble& server) {
    Listening listening(http);
    const ai::Endpoint endpoint{url, "key", "test-model"};
    for (int form = 0; form < 4; ++form) {
        server.refuses_schema = form > 0;
        server.refuses_json_object = form > 1;
        server.refuses_max_tokens = form > 2;
        ai::OpenAiChat model(listening, clock, endpoint);
        for (const ChatRequest& request : requests()) {
            for (int tries = 0; tries < 5; ++tries) {
                ChatRequest same = request;
                const ChatResult result = co_await model.chat(std::move(same));
                if (result || result.error().kind != ChatFailure::Kind::ask_again) break;
            }
        }
    }
    server.troubles = {testing::Trouble::refusal, testing::Trouble::content_filter, testing::Trouble::cut_answer,
                       testing::Trouble::quota};
    ai::OpenAiChat model(listening, clock, endpoint);
    for (int i = 0; i < 4; ++i) {
        ChatRequest request = requests().front();
        co_await model.chat(std::move(request));
    }
    ai::OpenAiEmbedder::Settings settings;
    settings.dimension = 8;
    ai::OpenAiEmbedder embedder(listening, clock, endpoint, settings);
    std::vector<std::string> texts = {"chip export controls", "second text"};
    co_await embedder.embed(std::move(texts), Embedder::Role::query);
}

}  // namespace
}  // namespace podbrief

int main() {
    using namespace podbrief;
    asio::io_context io;
    testing::ManualClock clock;
    testing::ScriptedHttp http(clock);
    testing::AiDouble server(testing::Dialect::openai, http, url, "key");
    testing::EmbeddingsDouble embeddings(http, url, "key");
    std::exception_ptr failure;
    asio::co_spawn(io, converse(http, clock, server), [&](std::exception_ptr e) { failure = e; });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}
