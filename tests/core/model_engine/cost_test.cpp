#include "core/async/parallel.hpp"
#include "tests/core/model_engine/world.hpp"

namespace podbrief::services {
namespace {

using testing::Asked;

constexpr MicroMoney one = 1'000'000;  // of whatever money it is

asio::awaitable<bool> settled(World& w, CostMeter::Booking booking) {
    const TokenUsage used{50'000, 1'000};
    co_await w.meter->settle(std::move(booking), used, w.prices);
    co_return true;
}

asio::awaitable<bool> read_at_once(World& w, std::size_t episodes) {
    std::vector<ExtractionRequest> talks(episodes, testing::a_talk());
    // The lambda is handed over, and kept by whom it is handed to.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
    auto read = [&w](ExtractionRequest talk) -> asio::awaitable<void> { co_await w.engine->extract(std::move(talk)); };
    co_await for_each_parallel(std::move(talks), episodes, std::move(read));
    co_return true;
}

TEST(CostMeter, BooksTheMostBeforeACallAndWhatItWasAfterwards) {
    World w(Dialect::openai, {one, 1'000'000'000});
    auto booking = w.run(w.meter->book("openai test", {100'000, 10'000}, w.prices));
    ASSERT_TRUE(booking);
    EXPECT_EQ(w.run(w.meter->today()).at("openai test").money, 280'000);
    w.run(settled(w, *booking));
    const Spent spent = w.run(w.meter->today()).at("openai test");
    EXPECT_EQ(spent, (Spent{{50'000, 1'000}, 108'000, 1}));
}

TEST(CostMeter, RefusesWhatMightPassTheCeilingAndSaysSoOnceADay) {
    World w(Dialect::openai, {one, 1'000'000'000});
    EXPECT_TRUE(w.run(w.meter->book("a", {400'000, 0}, w.prices)));
    EXPECT_FALSE(w.run(w.meter->book("a", {200'000, 0}, w.prices)));
    EXPECT_FALSE(w.run(w.meter->book("b", {200'000, 0}, w.prices))) << "one ceiling for all providers";
    EXPECT_EQ(w.log.warnings(), 1);
    EXPECT_EQ(w.count("model_calls_over_ceiling_total"), 2);
    EXPECT_TRUE(w.run(w.meter->book("a", {100'000, 0}, w.prices))) << "to the last coin";
}

TEST(CostMeter, CountsTokensWhereThereIsNoPrice) {
    World w(Dialect::openai, {one, 10'000});
    EXPECT_TRUE(w.run(w.meter->book("local", {6'000, 2'000}, {})));
    EXPECT_FALSE(w.run(w.meter->book("local", {2'000, 1'000}, {})));
}

TEST(CostMeter, BeginsAnewWithTheDayButNotWithAClockThatIsSetBack) {
    World w(Dialect::openai, {one, 1'000'000'000});
    w.clock.advance(std::chrono::hours{23});
    EXPECT_TRUE(w.run(w.meter->book("a", {500'000, 0}, w.prices)));
    EXPECT_FALSE(w.run(w.meter->book("a", {1, 0}, w.prices)));
    w.clock.advance(std::chrono::hours{2});
    EXPECT_TRUE(w.run(w.meter->book("a", {500'000, 0}, w.prices)));
    w.clock.set_wall(w.clock.wall_now() - std::chrono::hours{3});
    EXPECT_FALSE(w.run(w.meter->book("a", {1, 0}, w.prices)));
}

TEST(CostMeter, RemembersWhatWasSpentAcrossARestart) {
    World w(Dialect::openai, {one, 1'000'000'000});
    EXPECT_TRUE(w.run(w.meter->book("openai test", {450'000, 0}, w.prices)));  // and the process dies in the call
    w.start();
    EXPECT_EQ(w.run(w.meter->today()).at("openai test").money, 900'000);
    EXPECT_FALSE(w.run(w.meter->book("openai test", {100'000, 0}, w.prices)));
}

TEST(SpendingNote, IsReadAsItWasWrittenAndSurvivesNonsense) {
    const SpendingNote note{"2026-03-02", {{"openai gpt 5", {{1, 2}, 3, 4}}, {"ollama x", {{5, 6}, 7, 8}}}};
    const SpendingNote again = spending_from(to_text(note));
    EXPECT_EQ(again.day, note.day);
    EXPECT_EQ(again.spent, note.spent);
    EXPECT_TRUE(spending_from("").spent.empty());
    EXPECT_TRUE(spending_from("2026-03-02\nnonsense\n1 2\n\n").spent.empty());
}

TEST(MeteredModel, RepeatsTwiceAndHonoursWhatTheServerAskedFor) {
    World w;
    w.server.always = Trouble::rate_limit_seconds;
    ChatRequest request;
    request.system = "s";
    request.user = "u";
    EXPECT_FALSE(w.run(w.model->chat(request)));
    EXPECT_EQ(w.server.requests.size(), 3u);
    EXPECT_EQ(w.elapsed(), std::chrono::seconds{14});
}

TEST(MeteredModel, WaitsLongerEachTimeWithSomeChanceInIt) {
    World w;
    w.server.always = Trouble::overloaded;
    ChatRequest request;
    request.system = "s";
    request.user = "u";
    EXPECT_FALSE(w.run(w.model->chat(request)));
    EXPECT_GE(w.elapsed(), Millis{375 + 750});
    EXPECT_LE(w.elapsed(), Millis{500 + 1000});
}

TEST(MeteredModel, DoesNotRepeatInVain) {
    for (const Trouble trouble : {Trouble::rate_limit_long, Trouble::no_retry, Trouble::quota, Trouble::bad_key,
                                  Trouble::unknown_model, Trouble::refusal, Trouble::html}) {
        SCOPED_TRACE(static_cast<int>(trouble));
        World w;
        w.server.always = trouble;
        ChatRequest request;
        request.system = "s";
        request.user = "u";
        EXPECT_FALSE(w.run(w.model->chat(request)));
        EXPECT_EQ(w.server.requests.size(), 1u);
        EXPECT_EQ(w.elapsed(), Millis{0});
    }
}

TEST(MeteredModel, EndsWithItsDeadlineHoweverOftenItCouldRepeat) {
    World w;
    w.http.hang(std::string(test_url) + "/chat/completions");
    ChatRequest request;
    request.system = "s";
    request.user = "u";
    request.deadline = std::chrono::seconds{100};
    EXPECT_FALSE(w.run(w.model->chat(request)));
    EXPECT_LE(w.elapsed(), std::chrono::seconds{100});
}

TEST(MeteredModel, FindsTheFormThatTheServerTakesInOneCall) {
    World w;
    w.server.refuses_schema = w.server.refuses_json_object = w.server.refuses_max_tokens = true;
    ChatRequest request = insights::ask_for_choice(insights::default_prompts(), {}, 1);
    EXPECT_TRUE(w.run(w.model->chat(request)));
    EXPECT_EQ(w.server.requests.size(), 4u);
}

// Row 113.
TEST(CostRunaway, NeverPassesTheCeilingWithATranscriptOfTenMegabytes) {
    ModelEngine::Settings settings;
    settings.windows.most = 100'000;
    settings.patience = std::chrono::hours{10};
    World w(Dialect::openai, {one, 1'000'000'000}, settings);
    w.server.bytes_a_token = 1;  // the worst tokenizer there can be
    const ExtractionRequest talk = testing::a_long_talk(10 << 20);
    const ExtractedInsights out = w.extract(talk);
    EXPECT_GT(w.bill(), one / 2) << "it was used";
    EXPECT_LE(w.bill(), one);
    EXPECT_EQ(w.run(w.meter->today()).begin()->second.money, w.bill()) << "the account is right";
    EXPECT_FALSE(out.insights.empty());
    EXPECT_EQ(w.log.warnings(), 1);
}

TEST(CostRunaway, NeverPassesTheCeilingWithRetriesRefusalsAndLostAnswers) {
    for (const Trouble trouble : {Trouble::lost, Trouble::refusal, Trouble::cut_body, Trouble::empty_text,
                                  Trouble::huge, Trouble::overloaded, Trouble::cut_answer, Trouble::none}) {
        SCOPED_TRACE(static_cast<int>(trouble));
        World w(Dialect::openai, {one / 4, 1'000'000'000});
        w.server.always = trouble;
        w.server.bytes_a_token = 1;
        w.server.tells_usage = trouble != Trouble::cut_answer;
        for (int day = 0; day < 2; ++day) {
            const MicroMoney before = w.bill();
            for (int i = 0; i < 25; ++i) {
                w.extract();
                if (i % 7 == 0) w.start();  // a restart forgets nothing
                w.clock.advance(std::chrono::minutes{24});
            }
            EXPECT_LE(w.bill() - before, one / 4);
            w.clock.advance(std::chrono::hours{14});
        }
    }
}

TEST(CostRunaway, NeverPassesTheCeilingWithManyEpisodesAtOnce) {
    World w(Dialect::openai, {one / 10, 1'000'000'000});
    w.server.bytes_a_token = 1;
    w.server.answer_after(std::chrono::seconds{5});
    w.run(read_at_once(w, 20));
    EXPECT_GT(w.bill(), 0);
    EXPECT_LE(w.bill(), one / 10);
    EXPECT_EQ(w.run(w.meter->today()).begin()->second.money, w.bill());
}

TEST(CostRunaway, KeepsWhatWasCancelledBooked) {
    World w;
    w.server.answer_after(std::chrono::seconds{5});
    asio::cancellation_signal stop;
    std::exception_ptr ended;
    asio::co_spawn(w.io, w.engine->extract(testing::a_talk()),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&ended](std::exception_ptr e, Result<ExtractedInsights>) { ended = e; }));
    w.io.poll();
    const MicroMoney booked = w.run(w.meter->today()).begin()->second.money;
    EXPECT_GT(booked, 0);
    stop.emit(asio::cancellation_type::terminal);
    w.io.restart();
    w.io.poll();
    ASSERT_TRUE(ended) << "an order to stop is no failure that the built-in engine could mend";
    EXPECT_THROW(std::rethrow_exception(ended), boost::system::system_error);
    EXPECT_EQ(w.run(w.meter->today()).begin()->second.money, booked);
    w.extract();
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
}

TEST(CostRunaway, EndsInTheBuiltInEnginesResultOnceTheCeilingIsReached) {
    World w(Dialect::openai, {1, 1'000'000'000});
    const ExtractedInsights out = w.extract();
    EXPECT_EQ(out.insights, w.by_itself().insights);
    EXPECT_TRUE(w.server.requests.empty());
    w.extract();
    EXPECT_EQ(w.log.warnings(), 1) << "said once";
}

}  // namespace
}  // namespace podbrief::services
