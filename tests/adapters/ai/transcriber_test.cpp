#include "adapters/ai/openai_transcriber.hpp"

#include <gmock/gmock.h>

#include "adapters/ai/multipart.hpp"
#include "core/services/metered_transcriber.hpp"
#include "tests/adapters/ai/world.hpp"
#include "tests/doubles/ai/form_reader.hpp"
#include "tests/doubles/ai/transcription_double.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::ai {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::Hearing;
using ::testing::Not;
using testing::ToldSegment;
using testing::TranscriptionDouble;
using Kind = ChatFailure::Kind;
using Dialect_ = TranscriptionDouble::Dialect;

struct World {
    explicit World(Dialect_ dialect = Dialect_::openai, std::string model = "whisper-1")
        : server(dialect, http, test_url, test_key),
          ears(http, clock, Endpoint{test_url, dialect == Dialect_::openai ? test_key : "", std::move(model)},
               dialect == Dialect_::openai ? OpenAiTranscriber::Server::openai
                                           : OpenAiTranscriber::Server::whisper_cpp) {
        server.wants_flac = false;
    }

    TranscriptionResult hear(TranscriptionRequest request) {
        return testing::run_on_clock(io, clock, ears.transcribe(std::move(request)), 10'000);
    }

    asio::io_context io;
    ManualClock clock;
    ScriptedHttp http{clock};
    TranscriptionDouble server;
    OpenAiTranscriber ears;
};

TranscriptionRequest a_clip() {
    TranscriptionRequest request;
    request.audio = std::string("bytes with \r\n--podbrief-part-00000000\r\n in them, and a NUL ") + '\0' + "!";
    request.file_name = "clip.flac";
    request.media_type = "audio/flac";
    request.length = 60s;
    request.language = "en";
    request.prompt = "With Ada Lovelace.";
    return request;
}

TEST(Multipart, KeepsEveryByteApartFromItsBoundaries) {
    const std::string audio = a_clip().audio;
    const Form form = to_form(
        {{"model", "whisper-1", "", ""}, {"file", audio, "a\"b\r\n.flac", "audio/flac"}, {"prompt", "", "", ""}});
    HttpRequest request;
    request.headers = {{"Content-Type", form.content_type}};
    request.body = form.body;
    std::string problem;
    const auto parts = testing::read_form(request, problem);
    ASSERT_TRUE(parts) << problem;
    ASSERT_EQ(parts->size(), 3u);
    EXPECT_EQ((*parts)[0].content, "whisper-1");
    EXPECT_EQ((*parts)[1].content, audio);
    EXPECT_EQ((*parts)[1].file_name, "ab.flac");
    EXPECT_EQ((*parts)[2].content, "");
}

TEST(OpenAiTranscriber, HearsSegmentsWithTimesAndHowSureTheyAre) {
    World w;
    w.server.ears = [](const auto&, int) {
        return std::vector<ToldSegment>{{0, 3.32, " The rule takes effect.", -0.28, 0.01, 1.2},
                                        {3.5, 9.75, " Nobody was asked.", -0.5, 0.02, 1.1}};
    };
    const auto clip = w.hear(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
    ASSERT_EQ(clip->segments.size(), 2u);
    EXPECT_TRUE(clip->timed);
    EXPECT_EQ(clip->segments[1].text, "Nobody was asked.");
    EXPECT_EQ(clip->segments[1].start, 3500ms);
    EXPECT_EQ(clip->segments[1].end, 9750ms);
    EXPECT_EQ(clip->segments[1].avg_logprob, -0.5);
    EXPECT_EQ(clip->segments[1].no_speech_prob, 0.02);
    EXPECT_EQ(clip->segments[0].compression_ratio, 1.2);
    EXPECT_EQ(clip->language, "english");
    const auto& fields = w.server.asked.front().fields;
    EXPECT_EQ(fields.at("model"), "whisper-1");
    EXPECT_EQ(fields.at("response_format"), "verbose_json");
    EXPECT_EQ(fields.at("timestamp_granularities[]"), "segment");
    EXPECT_EQ(fields.at("language"), "en");
    EXPECT_EQ(fields.at("prompt"), "With Ada Lovelace.");
    EXPECT_EQ(w.server.asked.front().audio, a_clip().audio);
}

TEST(OpenAiTranscriber, SpeaksTheDialectOfWhisperCpp) {
    World w(Dialect_::whisper_cpp, "");
    TranscriptionRequest request = a_clip();
    request.language.clear();
    const auto clip = w.hear(std::move(request));
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
    EXPECT_FALSE(clip->segments.front().compression_ratio);
    const auto& fields = w.server.asked.front().fields;
    EXPECT_FALSE(fields.contains("model"));
    EXPECT_EQ(fields.at("language"), "auto") << "it takes everything for English otherwise";
    EXPECT_EQ(fields.at("no_language_probabilities"), "true");
    EXPECT_EQ(w.ears.name(), "whisper.cpp");
}

TEST(OpenAiTranscriber, TellsSpeakersApartWhereTheModelDoes) {
    World w(Dialect_::openai, "gpt-4o-transcribe-diarize");
    w.server.ears = [](const auto&, int) {
        return std::vector<ToldSegment>{{0, 3, "The rule takes effect."}, {3, 9, "Nobody was asked."}};
    };
    const auto clip = w.hear(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
    EXPECT_EQ(clip->segments[0].speaker, "A");
    EXPECT_EQ(clip->segments[1].speaker, "B");
}

TEST(OpenAiTranscriber, AsksForTextWhereAModelHasNoTimesAndSpreadsItsSentences) {
    World w(Dialect_::openai, "gpt-4o-transcribe");
    w.server.refuses_verbose = true;
    w.server.ears = [](const auto&, int) {
        return std::vector<ToldSegment>{{0, 0, "The rule takes effect now. Nobody was asked about it."}};
    };
    const auto refused = w.hear(a_clip());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, Kind::ask_again);
    const auto clip = w.hear(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
    EXPECT_FALSE(clip->timed);
    ASSERT_EQ(clip->segments.size(), 2u);
    EXPECT_EQ(clip->segments[1].text, "Nobody was asked about it.");
    EXPECT_NEAR(static_cast<double>(clip->segments[1].start.count()), 30'000, 2'000);
    EXPECT_EQ(clip->segments[1].end, 60s);
}

TEST(OpenAiTranscriber, TakesTextWithoutSegmentsWhateverItAskedFor) {
    World w;
    w.server.always = Hearing::text_only;
    const auto clip = w.hear(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_FALSE(clip->timed);
    EXPECT_EQ(clip->segments.size(), 3u);
}

TEST(OpenAiTranscriber, KeepsWildTimesInsideTheClipAndInOrder) {
    World w;
    w.server.always = Hearing::wild_times;
    const auto clip = w.hear(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    ASSERT_EQ(clip->segments.size(), 3u) << "what begins beyond the clip was made up";
    Millis last{0};
    for (const HeardSegment& segment : clip->segments) {
        EXPECT_GE(segment.start, last);
        EXPECT_GE(segment.end, segment.start);
        EXPECT_LE(segment.end, 60s);
        last = segment.start;
    }
}

TEST(OpenAiTranscriber, SaysWhatEachFailureMeansWithoutTheKey) {
    const std::vector<std::pair<Hearing, Kind>> table = {
        {Hearing::rate_limited, Kind::retry_later},
        {Hearing::quota, Kind::out_of_quota},
        {Hearing::overloaded, Kind::retry_later},
        {Hearing::server_error, Kind::retry_later},
        {Hearing::gateway_html, Kind::retry_later},
        {Hearing::loading, Kind::retry_later},
        {Hearing::lost, Kind::retry_later},
        {Hearing::no_connection, Kind::retry_later},
        {Hearing::bad_key, Kind::unauthorised},
        {Hearing::unknown_model, Kind::bad_request},
        {Hearing::too_large, Kind::context_too_long},
        {Hearing::cut_body, Kind::bad_answer},
        {Hearing::html, Kind::bad_answer},
        {Hearing::wrong_types, Kind::bad_answer},
        {Hearing::nothing, Kind::bad_answer},
        {Hearing::error_in_200, Kind::bad_answer},
        {Hearing::huge, Kind::bad_answer},
    };
    for (const auto& [trouble, kind] : table) {
        World w;
        w.server.always = trouble;
        const auto result = w.hear(a_clip());
        ASSERT_FALSE(result) << static_cast<int>(trouble);
        EXPECT_EQ(result.error().kind, kind) << static_cast<int>(trouble) << ": " << result.error().detail;
        EXPECT_THAT(result.error().detail, Not(HasSubstr("canary")));
        EXPECT_FALSE(result.error().detail.empty());
    }
}

TEST(OpenAiTranscriber, TakesWhisperCppsNotFoundForAModelThatIsStillLoading) {
    World w(Dialect_::whisper_cpp, "");
    w.server.always = Hearing::loading;
    const auto result = w.hear(a_clip());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::retry_later);
}

// ---- the meter before it --------------------------------------------------------------------------------------------

struct Metered : World {
    explicit Metered(services::CostMeter::Ceiling ceiling)
        : meter({store, clock, log, metrics}, ceiling, "spending", services::transcription_words()),
          metered({ears, meter, clock, random, metrics}, {0.006, 2, 120s}) {}

    TranscriptionResult pay(TranscriptionRequest request) {
        return testing::run_on_clock(io, clock, metered.transcribe(std::move(request)), 10'000);
    }
    services::Spent spent() {
        const auto today = testing::run_on_clock(io, clock, meter.today(), 100);
        return today.contains("openai whisper-1") ? today.at("openai whisper-1") : services::Spent{};
    }

    testing::MemoryStore store;
    NullLog log;
    NullMetrics metrics;
    Random random{1};
    services::CostMeter meter;
    services::MeteredTranscriber metered;
};

TEST(MeteredTranscriber, BooksSecondsAndMoneyAndNeverPassesEitherCeiling) {
    Metered minutes({1'000'000'000, 150});
    EXPECT_TRUE(minutes.pay(a_clip()));
    EXPECT_TRUE(minutes.pay(a_clip()));
    const auto third = minutes.pay(a_clip());
    ASSERT_FALSE(third) << "180 of 150 seconds";
    EXPECT_TRUE(third.error().our_ceiling);
    EXPECT_EQ(minutes.server.requests, 2);
    EXPECT_EQ(minutes.spent().tokens.input, 120);
    EXPECT_EQ(minutes.spent().money, 12'000) << "two minutes at 0.006";

    Metered money({13'000, 1'000'000});
    EXPECT_TRUE(money.pay(a_clip()));
    EXPECT_TRUE(money.pay(a_clip()));
    EXPECT_FALSE(money.pay(a_clip()));
    EXPECT_EQ(money.server.requests, 2);
}

TEST(MeteredTranscriber, RepeatsWhatMayPassAndPaysForWhatMayHaveBeenHeard) {
    Metered w({1'000'000'000, 1'000'000});
    w.server.troubles = {Hearing::lost, Hearing::rate_limited};
    const WallTime before = w.clock.wall_now();
    const auto clip = w.pay(a_clip());
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_EQ(w.server.requests, 3);
    EXPECT_GE(w.clock.wall_now() - before, 7s) << "the server asked for seven seconds";
    EXPECT_EQ(w.spent().tokens.input, 120) << "the lost one may be billed; the one that was refused is not";
}

TEST(MeteredTranscriber, GivesUpAfterThreeTriesAndAtOnceWhereRepeatingIsInVain) {
    Metered down({1'000'000'000, 1'000'000});
    down.server.always = Hearing::no_connection;
    EXPECT_FALSE(down.pay(a_clip()));
    EXPECT_EQ(down.server.requests, 3);
    EXPECT_EQ(down.spent().tokens.input, 0);
    Metered key({1'000'000'000, 1'000'000});
    key.server.always = Hearing::bad_key;
    EXPECT_FALSE(key.pay(a_clip()));
    EXPECT_EQ(key.server.requests, 1);
}

TEST(MeteredTranscriber, AsksInTheFormThatTheServerTakes) {
    Metered w({1'000'000'000, 1'000'000});
    w.server.refuses_verbose = true;
    EXPECT_TRUE(w.pay(a_clip()));
    EXPECT_EQ(w.server.requests, 2);
    EXPECT_EQ(w.spent().tokens.input, 60);
}

}  // namespace
}  // namespace podbrief::ai
