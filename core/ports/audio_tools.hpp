#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/error.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct TimeSpan {
    Millis start{};
    Millis end{};
    bool operator==(const TimeSpan&) const = default;
};

// A recording made ready to be cut.
struct PreparedAudio {
    Millis length{};
    std::vector<TimeSpan> silences;  // half a second and longer, in order
};

// What a program for audio (ffmpeg) does for us. Paths are of our own folders. Errors: invalid (no audio, or broken
// beyond reading), timed_out, unavailable (the program could not be run, or the disk is full). Cancellation: throws
// operation_aborted; the program is stopped.
class AudioTools {
public:
    virtual ~AudioTools() = default;
    // Decodes the recording `from`, of whatever kind, into `to`: one channel, 16,000 samples a second, FLAC. What is
    // beyond `at_most` is left out.
    virtual asio::awaitable<Result<PreparedAudio>> prepare(std::string from, std::string to, Millis at_most) = 0;
    // A part of what `prepare` made, of the same kind.
    virtual asio::awaitable<Result<void>> cut(std::string from, TimeSpan part, std::string to) = 0;
};

}  // namespace podbrief
