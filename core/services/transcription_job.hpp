#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/episode.hpp"
#include "core/ports/audio_tools.hpp"
#include "core/transcripts/heard.hpp"

// What is kept of an episode that is transcribed, in a folder of its own (core/ports/scratch_files.hpp), so that a
// crash costs at most the part that was under way.
namespace podbrief::services {

struct TranscriptionJob {
    enum class State { wanted, ready, given_up };
    EpisodeId episode;
    std::string url;       // of the recording; another one begins another job
    std::string language;  // ISO 639-1; empty: unknown
    std::string names;     // whom the feed names, for the prompt
    WallTime published{};
    WallTime not_before{};
    int attempts = 0;  // that failed in a way of their own, since the last progress
    State state = State::wanted;
    std::string why;  // given up
};

// Names of the files in a job's folder.
namespace job_file {
inline constexpr const char* job = "job.json";
inline constexpr const char* coming = "audio.part";
inline constexpr const char* audio = "audio";
inline constexpr const char* decoding = "speech.part";
inline constexpr const char* speech = "speech.flac";
inline constexpr const char* facts = "speech.json";
inline constexpr const char* clip = "clip.flac";
inline constexpr const char* transcript = "transcript.json";
std::string part(std::size_t number);  // "part-007.json"
}  // namespace job_file

std::string folder_of(EpisodeId episode);                               // "episode-12"
std::optional<EpisodeId> episode_of_folder(const std::string& folder);  // nullopt: no folder of a job

// JSON and back; nullopt where a file is not what it should be.
std::string to_text(const TranscriptionJob& job);
std::optional<TranscriptionJob> job_from(const std::string& text);
std::string to_text(const PreparedAudio& audio);
std::optional<PreparedAudio> prepared_from(const std::string& text);
std::string to_text(const transcripts::HeardPart& part, const std::string& language);
struct KeptPart {
    transcripts::HeardPart part;
    std::string language;
};
std::optional<KeptPart> part_from(const std::string& text);

// Whom the feed names, as a sentence for the prompt; empty: nobody.
std::string names_for_prompt(const Podcast& podcast, const Episode& episode);

}  // namespace podbrief::services
