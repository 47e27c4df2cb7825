#include <nlohmann/json.hpp>

#include "tests/adapters/ai/world.hpp"

namespace podbrief::ai {
namespace {

using Kind = ChatFailure::Kind;

class EveryProvider : public ::testing::TestWithParam<Dialect> {
protected:
    EveryProvider() : p(GetParam()) {
        p.server.brain = [](const testing::Asked&, int) { return std::string(R"({"title":"Chip exports"})"); };
    }
    ChatResult ask() { return p.run(p.model->chat(a_request())); }
    ChatFailure fail(Trouble trouble) {
        p.server.troubles = {trouble};
        const ChatResult result = ask();
        if (!result) return result.error();
        ADD_FAILURE() << "answered: " << result->text;
        return {};
    }
    Provider p;
};

INSTANTIATE_TEST_SUITE_P(Dialects, EveryProvider,
                         ::testing::Values(Dialect::openai, Dialect::anthropic, Dialect::ollama));

TEST_P(EveryProvider, AsksAsTheApiWantsItAndReadsTextAndUsage) {
    const ChatResult answer = ask();
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->text, R"({"title":"Chip exports"})") << "what a model thinks to itself is left out";
    EXPECT_FALSE(answer->cut_short);
    EXPECT_TRUE(answer->usage_told);
    EXPECT_EQ(answer->usage, p.server.billed);
    EXPECT_TRUE(p.server.breaches.empty()) << p.server.breaches.front();
    ASSERT_EQ(p.server.asked.size(), 1u);
    EXPECT_TRUE(p.server.asked[0].schema);
    EXPECT_TRUE(p.server.asked[0].system.starts_with("You write briefs."));
    EXPECT_EQ(p.server.asked[0].user, a_request().user);
    EXPECT_EQ(p.server.asked[0].most_tokens, 1'000);
}

TEST_P(EveryProvider, SendsTextThatIsNotUtf8AsUtf8) {
    ChatRequest request = a_request();
    request.user += "\xC3\x28 \xF0\x9F";
    ASSERT_TRUE(p.run(p.model->chat(std::move(request))));
    EXPECT_TRUE(p.server.breaches.empty()) << p.server.breaches.front();
}

TEST_P(EveryProvider, SaysWhenAnAnswerWasCutShort) {
    p.server.troubles = {Trouble::cut_answer};
    const ChatResult answer = ask();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->cut_short);
}

TEST_P(EveryProvider, DoesWithoutUsage) {
    p.server.tells_usage = false;
    const ChatResult answer = ask();
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->usage_told);
}

TEST_P(EveryProvider, TellsWhatMayBeRepeatedAndWhen) {
    const struct {
        Trouble trouble;
        std::int64_t wait_ms;
    } cases[] = {
        {Trouble::rate_limit_seconds, 7'000},
        {Trouble::rate_limit_ms, 1'500},
        {Trouble::rate_limit_date, 20'000},
        {Trouble::rate_limit_long, 3'600'000},
        {Trouble::rate_limit_garbage, 0},
        {Trouble::rate_limit_silent, 0},
        {Trouble::please_retry, 0},
        {Trouble::overloaded, 0},
        {Trouble::conflict, 0},
        {Trouble::server_error, 0},
        {Trouble::gateway_html, 0},
        {Trouble::loading, 0},
        {Trouble::lost, 0},
        {Trouble::no_connection, 0},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(static_cast<int>(c.trouble));
        const ChatFailure failure = fail(c.trouble);
        EXPECT_EQ(failure.kind, Kind::retry_later) << to_string(failure.kind) << ": " << failure.detail;
        EXPECT_EQ(failure.wait.count(), c.wait_ms);
        EXPECT_FALSE(failure.in_vain);
        const bool may_have_worked =
            c.trouble == Trouble::lost || c.trouble == Trouble::server_error || c.trouble == Trouble::gateway_html;
        EXPECT_EQ(failure.may_cost, may_have_worked);
    }
    EXPECT_TRUE(fail(Trouble::no_retry).in_vain);
}

TEST_P(EveryProvider, TellsWhatIsNotToBeRepeated) {
    const struct {
        Trouble trouble;
        Kind kind;
    } cases[] = {
        {Trouble::bad_key, Kind::unauthorised},
        {Trouble::unknown_model, Kind::bad_request},
        {Trouble::too_large, Kind::context_too_long},
        {Trouble::cut_body, Kind::bad_answer},
        {Trouble::html, Kind::bad_answer},
        {Trouble::wrong_types, Kind::bad_answer},
        {Trouble::no_choices, Kind::bad_answer},
        {Trouble::empty_text, Kind::bad_answer},
        {Trouble::huge, Kind::bad_answer},
        {Trouble::error_in_200, Kind::bad_answer},
        {Trouble::billing, Kind::out_of_quota},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(static_cast<int>(c.trouble));
        const ChatFailure failure = fail(c.trouble);
        EXPECT_EQ(failure.kind, c.kind) << to_string(failure.kind) << ": " << failure.detail;
        EXPECT_FALSE(failure.detail.empty());
    }
}

TEST_P(EveryProvider, NeverRepeatsTheKey) {
    for (int t = 1; t <= static_cast<int>(Trouble::too_large); ++t) {
        p.server.troubles = {static_cast<Trouble>(t)};
        const ChatResult result = ask();
        const std::string said = result ? result->text : result.error().detail;
        EXPECT_EQ(said.find("canary"), std::string::npos) << said;
    }
}

TEST_P(EveryProvider, EndsAtTheDeadlineWhenTheServerHangs) {
    for (const auto& path : {"/chat/completions", "/v1/messages", "/api/chat"})
        p.http.hang(test_url + std::string(path));
    ChatRequest request = a_request();
    request.deadline = std::chrono::seconds{30};
    const SteadyTime before = p.clock.steady_now();
    const ChatResult result = p.run(p.model->chat(std::move(request)));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::retry_later);
    EXPECT_TRUE(result.error().may_cost);
    EXPECT_EQ(p.clock.steady_now() - before, std::chrono::seconds{30});
}

TEST_P(EveryProvider, ReadsTheSizesOfAContextThatIsTooSmall) {
    for (const Trouble trouble : {Trouble::context_openai, Trouble::context_llama, Trouble::context_anthropic}) {
        const ChatFailure failure = fail(trouble);
        EXPECT_EQ(failure.kind, Kind::context_too_long) << failure.detail;
        EXPECT_EQ(failure.request_tokens, 9'000);
        EXPECT_EQ(failure.context_tokens, 4'096);
    }
}

TEST(OpenAiChat, TellsRefusalsQuotaAndFilters) {
    Provider p(Dialect::openai);
    const auto kind = [&p](Trouble trouble) {
        p.server.troubles = {trouble};
        const ChatResult result = p.run(p.model->chat(a_request()));
        return result ? "answered" : std::string(to_string(result.error().kind));
    };
    EXPECT_EQ(kind(Trouble::refusal), "refused");
    EXPECT_EQ(kind(Trouble::content_filter), "refused");
    EXPECT_EQ(kind(Trouble::quota), "out_of_quota");
}

TEST(AnthropicChat, TellsRefusalsWithTheirCost) {
    Provider p(Dialect::anthropic);
    p.server.troubles = {Trouble::refusal};
    const ChatResult result = p.run(p.model->chat(a_request()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::refused);
    EXPECT_EQ(result.error().usage, p.server.billed);
}

// Asks until the form is one that the server takes.
ChatResult insist(Provider& p, int* times) {
    for (*times = 1;; ++*times) {
        ChatResult result = p.run(p.model->chat(a_request()));
        if (result || result.error().kind != Kind::ask_again || *times > 9) return result;
    }
}

TEST(OpenAiChat, StepsDownFromSchemaToJsonToPlainTextAndRemembersIt) {
    Provider p(Dialect::openai);
    p.server.refuses_schema = true;
    int times = 0;
    ASSERT_TRUE(insist(p, &times));
    EXPECT_EQ(times, 2);
    EXPECT_FALSE(p.server.asked.back().schema);
    EXPECT_NE(p.server.asked.back().system.find(a_request().schema), std::string::npos) << "it is told in words";
    p.server.refuses_json_object = true;
    ASSERT_TRUE(insist(p, &times));
    EXPECT_EQ(times, 2);
    ASSERT_TRUE(insist(p, &times));
    EXPECT_EQ(times, 1) << "what was learnt is kept";
    EXPECT_EQ(p.server.requests.back().body.find("response_format"), std::string::npos);
    EXPECT_TRUE(p.server.breaches.empty()) << p.server.breaches.front();
}

TEST(OpenAiChat, FindsTheNameOfTheTokenLimitThatTheServerKnows) {
    Provider p(Dialect::openai);
    p.server.refuses_max_tokens = true;
    int times = 0;
    ASSERT_TRUE(insist(p, &times));
    EXPECT_EQ(times, 2);
    EXPECT_NE(p.server.requests.back().body.find("\"max_completion_tokens\":1000"), std::string::npos);
    p.server.refuses_max_completion_tokens = true;  // a server that takes neither is no reason to go round for ever
    EXPECT_FALSE(insist(p, &times));
    EXPECT_EQ(times, 1);
}

TEST(OpenAiChat, UsesTheNewNameOfTheTokenLimitAtOpenAi) {
    ManualClock clock;
    ScriptedHttp http(clock);
    AiDouble server(Dialect::openai, http, "https://api.openai.com/v1", test_key);
    server.refuses_max_tokens = true;
    OpenAiChat model(http, clock, {"https://api.openai.com/v1", test_key, "test-model"});
    asio::io_context io;
    bool answered = false;
    asio::co_spawn(io, model.chat(a_request()),
                   [&](std::exception_ptr e, ChatResult result) { answered = !e && result; });
    io.run();
    EXPECT_TRUE(answered);
}

TEST(OpenAiChat, SendsNoKeyToAServerThatHasNone) {
    ManualClock clock;
    ScriptedHttp http(clock);
    AiDouble server(Dialect::openai, http, test_url, "");
    OpenAiChat model(http, clock, {test_url, "", "test-model"});
    asio::io_context io;
    bool answered = false;
    asio::co_spawn(io, model.chat(a_request()),
                   [&](std::exception_ptr e, ChatResult result) { answered = !e && result; });
    io.run();
    EXPECT_TRUE(answered);
    EXPECT_TRUE(server.breaches.empty());
}

TEST(AnthropicChat, AsksInWordsWhereTheModelKnowsNoFormats) {
    Provider p(Dialect::anthropic);
    p.server.refuses_schema = true;
    int times = 0;
    ASSERT_TRUE(insist(p, &times));
    EXPECT_EQ(times, 2);
    EXPECT_NE(p.server.asked.back().system.find(a_request().schema), std::string::npos);
}

TEST(OllamaChat, ReadsLinesWhereSomethingStreamsAllTheSame) {
    Provider p(Dialect::ollama);
    p.server.streams_anyway = true;
    p.server.brain = [](const testing::Asked&, int) { return std::string(R"({"title":"In many pieces"})"); };
    const ChatResult answer = p.run(p.model->chat(a_request()));
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->text, R"({"title":"In many pieces"})");
}

TEST(OllamaChat, AsksForAContextThatHoldsTheRequest) {
    Provider p(Dialect::ollama);
    ChatRequest request = a_request();
    request.user = std::string(30'000, 'x');
    ASSERT_TRUE(p.run(p.model->chat(std::move(request))));
    const auto body = nlohmann::json::parse(p.server.requests.back().body);
    EXPECT_GE(body["options"]["num_ctx"].get<int>(), 11'000);
    EXPECT_EQ(body["options"]["num_ctx"].get<int>() % 2048, 0);
}

TEST(OllamaChat, RefusesWhatOllamaWouldCutWithoutAWord) {
    Provider p(Dialect::ollama);
    ChatRequest request = a_request();
    request.user = std::string(300'000, 'x');
    const ChatResult result = p.run(p.model->chat(std::move(request)));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::context_too_long);
    EXPECT_TRUE(p.server.requests.empty());
}

TEST(Failures, ShowNothingThatLooksLikeAKey) {
    Provider p(Dialect::openai);
    p.http.on(
        std::string(test_url) + "/chat/completions",
        testing::answer_with(R"({"error":{"message":"no access for sk-proj-****wxyz here, risk-averse"}})", {}, 404));
    const ChatResult result = p.run(p.model->chat(a_request()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().detail, "HTTP 404: no access for (key) here, risk-averse");
}

TEST(Failures, SayThatARedirectIsNotFollowed) {
    Provider p(Dialect::openai);
    p.http.on(std::string(test_url) + "/chat/completions", testing::redirect_to("https://elsewhere.example/"));
    const ChatResult result = p.run(p.model->chat(a_request()));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::bad_request);
    EXPECT_EQ(p.http.times("https://elsewhere.example/"), 0);
}

}  // namespace
}  // namespace podbrief::ai
