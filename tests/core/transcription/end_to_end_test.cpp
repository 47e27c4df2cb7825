// From a recording to insights with the real ffmpeg, real files and the double of the API.
#include <gmock/gmock.h>

#include <cmath>

#include "adapters/ai/openai_transcriber.hpp"
#include "adapters/system/ffmpeg.hpp"
#include "adapters/system/real_clock.hpp"
#include "adapters/system/scratch_folder.hpp"
#include "core/services/metered_transcriber.hpp"
#include "tests/core/transcription/studio.hpp"
#include "tests/doubles/ai/transcription_double.hpp"
#include "tests/support/files.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::answer_with;
using testing::TranscriptionDouble;

// 8,000 samples a second, 16 bits, one channel: a tone with a second of silence at the end of each minute.
std::string wav(int seconds) {
    constexpr int rate = 8'000;
    std::string samples;
    samples.reserve(static_cast<std::size_t>(seconds) * rate * 2);
    for (int i = 0; i < seconds * rate; ++i) {
        const bool silent = i / rate % 60 == 59;
        const double tone = std::sin(i * 2 * 3.14159265 * 440 / rate) * 8'000;
        const auto value = static_cast<std::int16_t>(silent ? 0 : tone);
        samples += static_cast<char>(value & 255);
        samples += static_cast<char>((value >> 8) & 255);
    }
    const auto number = [](std::uint32_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
        return out;
    };
    const auto size = static_cast<std::uint32_t>(samples.size());
    return "RIFF" + number(36 + size, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) + number(rate, 4) +
           number(rate * 2, 4) + number(2, 2) + number(16, 2) + "data" + number(size, 4) + samples;
}

template <class T>
T run_really(asio::io_context& io, asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr e, T v) {
        failure = e;
        if (!e) value.emplace(std::move(v));
    });
    io.restart();
    io.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(value.value());
}

TEST(TranscriptionEndToEnd, ARecordingBecomesInsights) {
    const auto program = system::find_program("ffmpeg");
    if (!program) GTEST_SKIP() << "ffmpeg is not installed (apt install ffmpeg)";
    testing::Studio studio;
    const testing::TemporaryFolder folder;
    system::RealClock real;
    system::Ffmpeg ffmpeg(real, *program);
    system::ScratchFolder scratch(studio.world.io.get_executor(), folder.path() / "audio");
    TranscriptionDouble server(TranscriptionDouble::Dialect::openai, studio.world.http, "https://ears.example/v1",
                               "key");
    server.ears = [](const testing::AskedToHear& asked, int nth) {
        std::vector<testing::ToldSegment> out;
        const double length = static_cast<double>(asked.length.count()) / 1000.0;
        for (const HeardSegment& segment : testing::talk_of_a_part(nth).segments) {
            const double start = static_cast<double>(segment.start.count()) / 1000.0;
            if (start + 19 < length) out.push_back({start, start + 19, " " + segment.text});
        }
        return out;
    };
    ai::OpenAiTranscriber service(studio.world.http, studio.world.clock,
                                  {"https://ears.example/v1", "key", "whisper-1"});
    CostMeter meter({studio.world.store, studio.world.clock, studio.world.log, studio.world.metrics},
                    {1'000'000, 3'600}, "transcription_spending", transcription_words());
    MeteredTranscriber metered({service, meter, studio.world.clock, studio.world.random, studio.world.metrics}, {});
    TranscriptionDesk::Settings settings;
    settings.spans = {3min + 5s, 40s, 5s};
    TranscriptionDesk::Ports ports{studio.world.store,
                                   studio.world.http,
                                   scratch,
                                   ffmpeg,
                                   metered,
                                   studio.world.store,
                                   studio.world.clock,
                                   studio.world.log,
                                   studio.world.metrics,
                                   studio.world.io.get_executor()};
    studio.world.http.on(testing::Studio::audio_url, answer_with(wav(420)));
    studio.desk = std::make_unique<TranscriptionDesk>(std::move(ports), settings);
    Pipeline::Ports reading{studio.world.store,
                            studio.world.index,
                            studio.world.engine,
                            studio.world.http,
                            studio.world.files,
                            studio.world.indexer,
                            studio.world.clock,
                            studio.world.log,
                            studio.world.metrics,
                            studio.world.io.get_executor(),
                            studio.world.io.get_executor(),
                            studio.desk.get()};
    studio.pipeline = std::make_unique<Pipeline>(std::move(reading), Pipeline::Settings{});

    studio.subscribe();
    studio.ingest();
    studio.world.run_for(2h);
    studio.ingest();
    ASSERT_EQ(run_really(studio.world.io, studio.desk->work_off()), 1u) << studio.world.log.text();
    EXPECT_TRUE(server.breaches.empty()) << server.breaches.front();
    ASSERT_EQ(server.asked.size(), 3u) << "cut in the silences at 2:59, 5:59";
    EXPECT_NEAR(static_cast<double>(server.asked[0].length.count()), 179'500, 300);
    EXPECT_NEAR(static_cast<double>(server.asked[1].length.count()), 180'000, 300);
    EXPECT_NEAR(static_cast<double>(server.asked[2].length.count()), 60'500, 300);

    const auto reports = studio.ingest();
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].state, EpisodeState::extracted);
    EXPECT_GT(reports[0].insights, 0u);
    const auto transcript = studio.world.run(studio.world.store.transcript(studio.episode().id));
    ASSERT_TRUE(transcript);
    EXPECT_GT(transcript->segments.back().end, 5min);
    EXPECT_LE(transcript->segments.back().end, 7min);
    EXPECT_EQ(studio.world.run(meter.today()).at("openai whisper-1").tokens.input, 421) << "seconds, rounded up";
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "audio" / folder_of(studio.episode().id)));
}

}  // namespace
}  // namespace podbrief::services
