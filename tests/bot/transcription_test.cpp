#include "bot/transcription.hpp"

#include <gmock/gmock.h>

#include "adapters/system/real_clock.hpp"
#include "bot/transcription_settings.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::bot {
namespace {

using ::testing::HasSubstr;

LoadedSettings parse(const std::string& toml) {
    const Environment nothing = [](const std::string&) { return std::nullopt; };
    return parse_settings(toml, "test.toml", "/data", nothing);
}

std::vector<std::string> problems(const std::string& toml) {
    std::vector<std::string> out;
    for (const SettingsProblem& problem : parse(toml).problems) out.push_back(problem.what);
    return out;
}

TEST(TranscriptionSettings, ServersOfOnesOwnNeedNeitherKeyNorPrice) {
    EXPECT_TRUE(problems("[transcription]\nprovider = \"whisper_cpp\"\n").empty());
    EXPECT_TRUE(
        problems("[transcription]\nprovider = \"openai\"\nurl = \"http://10.0.0.2/v1\"\nname = \"w\"\n").empty());
    EXPECT_EQ(url_of(parse("[transcription]\nprovider = \"whisper_cpp\"\n").settings.transcription),
              "http://127.0.0.1:8080");
}

TEST(TranscriptionSettings, APaidServiceNeedsModelKeyAndPrice) {
    const auto found = problems("[transcription]\nprovider = \"openai\"\n");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_THAT(found[0], HasSubstr("transcription.name"));
    EXPECT_THAT(found[1], HasSubstr("transcription.key"));
    EXPECT_THAT(found[2], HasSubstr("transcription.price_minute"));
}

class Looked : public ::testing::Test {
protected:
    TranscriptionState look(Settings::Transcription settings) {
        return podbrief::testing::run(io, look_at_transcription(std::move(settings), clock, store));
    }
    asio::io_context io;
    system::RealClock clock;
    podbrief::testing::MemoryStore store;
};

TEST_F(Looked, DoctorSaysThatNoServiceIsSet) {
    EXPECT_FALSE(look({}).set);
    EXPECT_THAT(look({}).line, HasSubstr("no service is set"));
}

TEST_F(Looked, DoctorSaysWhatToInstallWhereFfmpegIsMissing) {
    Settings::Transcription settings;
    settings.provider = Settings::Transcription::Provider::whisper_cpp;
    settings.ffmpeg = "no-such-ffmpeg";
    const auto found = look(settings);
    EXPECT_TRUE(found.set);
    EXPECT_FALSE(found.works);
    EXPECT_THAT(found.line, HasSubstr("apt install ffmpeg"));
    settings.ffmpeg = "/bin/false";
    EXPECT_THAT(look(settings).line, HasSubstr("/bin/false does not run"));
}

TEST_F(Looked, DoctorTellsWhoTranscribesAndWhatItUsedToday) {
    if (!system::find_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed (apt install ffmpeg)";
    services::SpendingNote note;
    note.day = services::spending_day(clock.wall_now());
    note.spent["whisper.cpp"] = {{600, 0}, 0, 1};
    podbrief::testing::run(io, store.set_note("transcription_spending", services::to_text(note)));
    Settings::Transcription settings;
    settings.provider = Settings::Transcription::Provider::whisper_cpp;
    const auto found = look(settings);
    EXPECT_TRUE(found.works);
    EXPECT_THAT(found.line, HasSubstr("transcribed by whisper.cpp at http://127.0.0.1:8080, cut by ffmpeg version"));
    EXPECT_EQ(found.spent.at("whisper.cpp").tokens.input, 600);
}

}  // namespace
}  // namespace podbrief::bot
