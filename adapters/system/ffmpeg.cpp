#include "adapters/system/ffmpeg.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "adapters/system/child_process.hpp"

namespace podbrief::system {
namespace {

// Demuxers of what podcasts are published in; without those that lead to other files (hls, concat, dash).
constexpr const char* formats =
    "mp3,mov,mp4,m4a,3gp,3g2,mj2,aac,ogg,flac,wav,w64,aiff,matroska,webm,asf,mpegts,mpeg,amr";
constexpr const char* silence_filter = "silencedetect=noise=-40dB:d=0.5";
// Of decoding; a slow core does 50 times the speed of talk and more.
constexpr Millis prepare_deadline = std::chrono::minutes{30};
constexpr Millis cut_deadline = std::chrono::minutes{3};

std::vector<std::string> common_arguments() {
    return {"-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-y", "-threads", "1"};
}

std::string seconds(Millis time) {
    return fmt::format("{}.{:03}", time.count() / 1000, time.count() % 1000);
}

// The number after `mark`, in seconds.
std::optional<double> number_after(std::string_view line, std::string_view mark) {
    const std::size_t at = line.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view rest = line.substr(at + mark.size());
    rest = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    double number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || number < -1 || number > 1e12) return std::nullopt;
    return std::max(number, 0.0);
}

Millis millis(double s) {
    return Millis{static_cast<std::int64_t>(s * 1000.0)};
}

bool is_executable(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
    if (name.empty()) return std::nullopt;
    if (name.find('/') != std::string::npos) {
        if (!is_executable(name)) return std::nullopt;
        return std::filesystem::absolute(name).string();
    }
    const char* set = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody sets the environment
    const std::string path = set != nullptr ? set : "/usr/local/bin:/usr/bin:/bin";
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        const std::filesystem::path file = std::filesystem::path(path.substr(begin, end - begin)) / name;
        if (file.is_absolute() && is_executable(file)) return file.string();
        begin = end + 1;
    }
    return std::nullopt;
}

asio::awaitable<std::string> ffmpeg_version(Clock& clock, std::string program) {
    ChildCommand command;
    command.program = std::move(program);
    command.arguments = {"-hide_banner", "-version"};
    command.deadline = std::chrono::seconds{20};
    const auto end = co_await run_child(clock, std::move(command));
    if (!end || end->code != 0) co_return std::string();
    std::string line = end->output.substr(0, end->output.find_first_of("\r\n"));
    if (const std::size_t tail = line.find(" Copyright"); tail != std::string::npos) line.resize(tail);
    co_return line;
}

PreparedAudio read_ffmpeg_output(std::string_view output) {
    PreparedAudio audio;
    std::optional<Millis> silent_since;
    for (std::size_t begin = 0; begin < output.size();) {
        const std::size_t end = std::min(output.find_first_of("\r\n", begin), output.size());
        const std::string_view line = output.substr(begin, end - begin);
        begin = end + 1;
        if (const auto start = number_after(line, "silence_start:")) silent_since = millis(*start);
        if (const auto stop = number_after(line, "silence_end:"); stop && silent_since) {
            if (millis(*stop) > *silent_since) audio.silences.push_back({*silent_since, millis(*stop)});
            silent_since.reset();
        }
        if (line.starts_with("out_time_us=")) {
            if (const auto us = number_after(line, "out_time_us=")) audio.length = millis(*us / 1e6);
        }
    }
    if (silent_since && audio.length > *silent_since) audio.silences.push_back({*silent_since, audio.length});
    return audio;
}

asio::awaitable<Result<PreparedAudio>> Ffmpeg::prepare(std::string from, std::string to, Millis at_most) {
    ChildCommand command;
    command.program = program_;
    command.deadline = prepare_deadline;
    command.arguments = common_arguments();
    const auto add = [&command](std::vector<std::string> words) {
        command.arguments.insert(command.arguments.end(), words.begin(), words.end());
    };
    add({"-progress", "pipe:1", "-stats_period", "60", "-protocol_whitelist", "file", "-format_whitelist", formats});
    add({"-i", "file:" + from, "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-t", seconds(at_most)});
    add({"-af", silence_filter, "-ac", "1", "-ar", "16000", "-sample_fmt", "s16", "-c:a", "flac", "-f", "flac"});
    add({"file:" + to});
    const auto end = co_await run_child(clock_, std::move(command));
    if (!end) co_return end.error();
    // A recording that breaks off is taken as far as it goes; ffmpeg says so and succeeds.
    PreparedAudio audio = read_ffmpeg_output(end->output);
    if (end->code != 0) {
        const bool no_space = end->output.find("No space left on device") != std::string::npos;
        if (no_space) co_return Errc::unavailable;
        co_return Errc::invalid;
    }
    if (audio.length < Millis{500}) co_return Errc::invalid;
    co_return audio;
}

asio::awaitable<Result<void>> Ffmpeg::cut(std::string from, TimeSpan part, std::string to) {
    ChildCommand command;
    command.program = program_;
    command.deadline = cut_deadline;
    command.arguments = common_arguments();
    const auto add = [&command](std::vector<std::string> words) {
        command.arguments.insert(command.arguments.end(), words.begin(), words.end());
    };
    add({"-protocol_whitelist", "file", "-format_whitelist", "flac", "-ss", seconds(part.start)});
    add({"-t", seconds(part.end - part.start), "-i", "file:" + from, "-c:a", "flac", "-f", "flac", "file:" + to});
    const auto end = co_await run_child(clock_, std::move(command));
    if (!end) co_return end.error();
    if (end->code != 0) co_return Errc::unavailable;
    co_return Result<void>();
}

}  // namespace podbrief::system
