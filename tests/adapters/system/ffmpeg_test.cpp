#include "adapters/system/ffmpeg.hpp"

#include <gtest/gtest.h>

#include "adapters/system/child_process.hpp"
#include "adapters/system/real_clock.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::system {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::run;

TEST(FfmpegOutput, TellsLengthAndSilences) {
    const auto audio = read_ffmpeg_output(
        "Input #0, wav, from 'file:a':\n"
        "[silencedetect @ 0x55] silence_start: 1.5\n"
        "out_time_us=60000000\nprogress=continue\r"
        "[silencedetect @ 0x55] silence_end: 3.25 | silence_duration: 1.75\n"
        "[silencedetect @ 0x55] silence_start: -0.01\n[silencedetect @ 0x55] silence_end: garbage\n"
        "[silencedetect @ 0x55] silence_start: 118\n"
        "out_time_us=120000000\nout_time_us=N/A\nprogress=end\n");
    EXPECT_EQ(audio.length, 120s);
    EXPECT_EQ(audio.silences, (std::vector<TimeSpan>{{1500ms, 3250ms}, {118s, 120s}}));
    EXPECT_EQ(read_ffmpeg_output("").length, 0ms);
}

// With the program itself.
class FfmpegProgram : public ::testing::Test {
protected:
    void SetUp() override {
        const auto found = find_program("ffmpeg");
        if (!found) GTEST_SKIP() << "ffmpeg is not installed (apt install ffmpeg)";
        program = *found;
        ffmpeg = std::make_unique<Ffmpeg>(clock, program);
    }
    // Tones of 20 s with 2 s of silence after 9 s, as an MP3 or whatever the name says.
    std::string recording(const std::string& name) {
        ChildCommand make;
        make.program = program;
        const std::string to = (folder.path() / name).string();
        make.arguments = {"-nostdin",
                          "-loglevel",
                          "error",
                          "-f",
                          "lavfi",
                          "-i",
                          "aevalsrc='0.3*sin(2000*t)*(lt(t,9)+gt(t,11))':d=20:s=44100",
                          to};
        const auto end = run(io, run_child(clock, std::move(make)));
        EXPECT_TRUE(end && end->code == 0) << (end ? end->output : "not started");
        return to;
    }
    Result<PreparedAudio> prepare(const std::string& from, Millis at_most = 1h) {
        return run(io, ffmpeg->prepare(from, (folder.path() / "speech").string(), at_most));
    }

    podbrief::testing::TemporaryFolder folder;
    asio::io_context io;
    RealClock clock;
    std::string program;
    std::unique_ptr<Ffmpeg> ffmpeg;
};

TEST_F(FfmpegProgram, DecodesWhatPodcastsArePublishedIn) {
    for (const char* name : {"a.wav", "a.flac", "a.m4a", "a.ogg", "a.mp3"}) {
        const auto audio = prepare(recording(name));
        ASSERT_TRUE(audio) << name << ": " << audio.error().message();
        EXPECT_NEAR(static_cast<double>(audio->length.count()), 20'000, 200) << name;
        ASSERT_EQ(audio->silences.size(), 1u) << name;
        EXPECT_NEAR(static_cast<double>(audio->silences[0].start.count()), 9'000, 200) << name;
        EXPECT_NEAR(static_cast<double>(audio->silences[0].end.count()), 11'000, 200) << name;
    }
}

TEST_F(FfmpegProgram, CutsWhatItPrepared) {
    ASSERT_TRUE(prepare(recording("a.wav")));
    const std::string clip = (folder.path() / "clip").string();
    ASSERT_TRUE(run(io, ffmpeg->cut((folder.path() / "speech").string(), {5s, 12s}, clip)));
    const auto audio = run(io, ffmpeg->prepare(clip, (folder.path() / "again").string(), 1h));
    ASSERT_TRUE(audio);
    EXPECT_NEAR(static_cast<double>(audio->length.count()), 7'000, 50);
    ASSERT_EQ(audio->silences.size(), 1u);
    EXPECT_NEAR(static_cast<double>(audio->silences[0].start.count()), 4'000, 50);
}

TEST_F(FfmpegProgram, LeavesOutWhatIsBeyondTheLimit) {
    const auto audio = prepare(recording("a.wav"), 6s);
    ASSERT_TRUE(audio);
    EXPECT_EQ(audio->length, 6s);
}

TEST_F(FfmpegProgram, WhatIsNoRecordingIsInvalid) {
    const auto file = folder.path() / "page";
    podbrief::testing::write_file(file, "<html><body>Not found</body></html>");
    EXPECT_EQ(prepare(file.string()).error(), Errc::invalid);
    podbrief::testing::write_file(file, "");
    EXPECT_EQ(prepare(file.string()).error(), Errc::invalid);
    EXPECT_EQ(prepare((folder.path() / "absent").string()).error(), Errc::invalid);
}

TEST_F(FfmpegProgram, APlaylistInPlaceOfARecordingOpensNoOtherFile) {
    const std::string other = recording("other.wav");
    const auto file = folder.path() / "audio";
    for (const std::string& text :
         {"#EXTM3U\n#EXT-X-TARGETDURATION:20\n#EXTINF:20,\n" + other + "\n#EXT-X-ENDLIST\n",
          "ffconcat version 1.0\nfile '" + other + "'\n", "file '" + other + "'\n",
          std::string("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")}) {
        podbrief::testing::write_file(file, text);
        const auto audio = prepare(file.string());
        ASSERT_FALSE(audio) << text;
        EXPECT_EQ(audio.error(), Errc::invalid);
    }
}

TEST_F(FfmpegProgram, ARecordingThatBreaksOffIsTakenAsFarAsItGoes) {
    const std::string whole = recording("a.mp3");
    const std::string bytes = podbrief::testing::read_file(whole);
    podbrief::testing::write_file(whole, bytes.substr(0, bytes.size() / 2));
    const auto audio = prepare(whole);
    ASSERT_TRUE(audio);
    EXPECT_NEAR(static_cast<double>(audio->length.count()), 10'000, 500);
}

TEST_F(FfmpegProgram, SaysItsVersion) {
    EXPECT_TRUE(run(io, ffmpeg_version(clock, program)).starts_with("ffmpeg version "));
    EXPECT_EQ(run(io, ffmpeg_version(clock, "/bin/false")), "");
}

}  // namespace
}  // namespace podbrief::system
