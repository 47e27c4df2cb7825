#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/ports/audio_tools.hpp"
#include "core/ports/scratch_files.hpp"
#include "core/ports/transcriber.hpp"
#include "core/services/transcription_desk.hpp"
#include "tests/simulation/world.hpp"

// What a desk works with, in memory.
namespace podbrief::testing {

// Thrown where a test lets the process die.
struct Crash {};

class MemoryScratch final : public ScratchFiles {
public:
    std::map<std::string, std::map<std::string, std::string>> disk;
    int writes = 0;
    int crash_at_write = -1;  // the process dies before that write
    bool full = false;

    asio::awaitable<std::vector<std::string>> folders() override;
    asio::awaitable<std::vector<std::string>> files(std::string folder) override;
    asio::awaitable<Result<void>> put(std::string folder, std::string name, std::string bytes) override;
    asio::awaitable<Result<void>> append(std::string folder, std::string name, std::string bytes) override;
    asio::awaitable<Result<std::string>> read(std::string folder, std::string name, std::size_t max_bytes) override;
    asio::awaitable<Result<void>> rename(std::string folder, std::string from, std::string to) override;
    asio::awaitable<void> remove(std::string folder, std::string name) override;
    asio::awaitable<void> remove_folder(std::string folder) override;
    std::string path(const std::string& folder, const std::string& name) const override { return folder + "/" + name; }

private:
    bool write();
};

// "Recordings" of a text, "minutes:25": that long, without silences. Anything else is no audio.
class MemoryAudio final : public AudioTools {
public:
    explicit MemoryAudio(MemoryScratch& scratch) : scratch_(scratch) {}
    int prepared = 0;
    std::vector<TimeSpan> cuts;

    asio::awaitable<Result<PreparedAudio>> prepare(std::string from, std::string to, Millis at_most) override;
    asio::awaitable<Result<void>> cut(std::string from, TimeSpan part, std::string to) override;

private:
    std::string* file(const std::string& path);
    MemoryScratch& scratch_;
};

// Hears what a test says; counts what it is paid for.
class ScriptedEars final : public Transcriber {
public:
    std::function<TranscriptionResult(const TranscriptionRequest& request, int nth)> answer;
    std::vector<TranscriptionRequest> heard;

    asio::awaitable<TranscriptionResult> transcribe(TranscriptionRequest request) override;
    std::string name() const override { return "scripted ears"; }
};

// Talk that gives insights, `nth` of its parts.
HeardClip talk_of_a_part(int nth);
ChatFailure failed(ChatFailure::Kind kind);

// The server's world with a desk in its pipeline; `restart` makes a new process of the same store and disk.
class Studio {
public:
    explicit Studio(services::TranscriptionDesk::Settings settings = {});

    void restart();
    // A podcast with one episode that has a recording and no transcript.
    void subscribe(const std::string& enclosure = audio_url, const std::string& item_extra = {});
    // Polls and reads what is due; the pipeline is the studio's.
    std::vector<services::EpisodeReport> ingest();
    std::size_t work_off() { return world.run(desk->work_off()); }
    Episode episode();

    static constexpr const char* feed_url = "https://host.example/feed.xml";
    static constexpr const char* audio_url = "https://host.example/a.mp3";

    World world;
    MemoryScratch scratch;
    MemoryAudio audio{scratch};
    ScriptedEars ears;
    std::unique_ptr<services::TranscriptionDesk> desk;
    std::unique_ptr<services::Pipeline> pipeline;

private:
    services::TranscriptionDesk::Settings settings_;
};

}  // namespace podbrief::testing
