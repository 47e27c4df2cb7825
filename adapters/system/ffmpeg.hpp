#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/audio_tools.hpp"
#include "core/ports/clock.hpp"

namespace podbrief::system {

namespace asio = boost::asio;

// The program of that name in the folders of $PATH; a path with a slash is taken as it is. nullopt: not there, or not
// to be executed.
std::optional<std::string> find_program(const std::string& name);

// The first line that it says of its version, or nothing where it does not run.
asio::awaitable<std::string> ffmpeg_version(Clock& clock, std::string program);

// ffmpeg, from version 4 on. Recordings come from strangers: only files are opened (a playlist in place of a recording
// opens nothing else), only the formats that podcasts come in, the first audio track alone, with limits on time.
class Ffmpeg final : public AudioTools {
public:
    Ffmpeg(Clock& clock, std::string program) : clock_(clock), program_(std::move(program)) {}

    asio::awaitable<Result<PreparedAudio>> prepare(std::string from, std::string to, Millis at_most) override;
    asio::awaitable<Result<void>> cut(std::string from, TimeSpan part, std::string to) override;

private:
    Clock& clock_;
    std::string program_;
};

// What ffmpeg said while it decoded: the length from -progress, the silences from silencedetect. Length 0: it told
// none.
PreparedAudio read_ffmpeg_output(std::string_view output);

}  // namespace podbrief::system
