// The steps of one transcription, each kept as a file before the next begins.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/services/transcription_desk.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t largest_file = 64 << 20;  // of our own: clips, parts, facts
constexpr std::size_t prompt_tail = 400;        // bytes of what was said before
constexpr int patience = 5;                     // attempts at a download
constexpr int patience_with_answers = 2;        // at a part that is answered badly

// 10 minutes, doubling, to half a day.
Millis wait_after(int attempts) {
    return std::min<Millis>(std::chrono::minutes{10} * (1 << std::min(attempts, 10)), std::chrono::hours{12});
}

Millis until_midnight(WallTime now) {
    const auto today = std::chrono::floor<std::chrono::days>(now);
    return std::chrono::duration_cast<Millis>(today + std::chrono::days{1} - now) + std::chrono::minutes{1};
}

bool is_for_good(int status) {
    return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

// What a service calls the language, as feeds do.
std::string language_code(const std::string& heard) {
    if (heard.size() == 2) return heard;
    return heard == "english" || heard == "English" ? "en" : "";
}

}  // namespace

// What a failure of the service means for the desk. Whether it is the job's own fault is for the caller.
TranscriptionDesk::Outcome TranscriptionDesk::after(const ChatFailure& failure) const {
    using Kind = ChatFailure::Kind;
    Outcome outcome;
    outcome.kind = Outcome::Kind::paused;
    outcome.why = ports_.transcriber.name() + ": " + failure.detail;
    outcome.wait = std::chrono::hours{1};
    if (failure.our_ceiling) outcome.wait = until_midnight(ports_.clock.wall_now());
    if (failure.kind == Kind::retry_later) {
        outcome.wait = std::clamp<Millis>(failure.wait, std::chrono::minutes{5}, std::chrono::hours{6});
    }
    return outcome;
}

asio::awaitable<std::optional<TranscriptionDesk::Outcome>> TranscriptionDesk::download(const Job& job) {
    const std::string folder = folder_of(job.episode);
    co_await ports_.scratch.remove(folder, job_file::coming);
    bool disk_failed = false;
    HttpRequest request;
    request.url = job.url;
    request.headers.push_back({"Accept", "audio/*, video/*;q=0.5, */*;q=0.1"});
    request.deadline = settings_.download_deadline;
    request.max_body_bytes = settings_.max_audio_bytes;
    // Called while this coroutine waits for the answer.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
    request.take_piece = [this, &folder, &disk_failed](std::string piece) -> asio::awaitable<bool> {
        const auto added = co_await ports_.scratch.append(folder, job_file::coming, std::move(piece));
        disk_failed = !added;
        co_return added.has_value();
    };
    const HttpResult result = co_await ports_.http.send(std::move(request));
    Outcome failed;
    failed.kind = Outcome::Kind::later;
    failed.wait = wait_after(job.attempts);
    if (disk_failed) {
        failed.kind = Outcome::Kind::paused;
        failed.wait = std::chrono::hours{1};
        failed.why = "the recording cannot be written to disk";
        co_return failed;
    }
    bool for_good = job.attempts >= patience;
    if (result && result->status == 200) {
        const auto kept = co_await ports_.scratch.rename(folder, job_file::coming, job_file::audio);
        if (kept) co_return std::nullopt;
        for_good = true;
        failed.why = "the recording is empty";
    } else if (result) {
        failed.why = fmt::format("the recording's server answered {}", result->status);
        for_good = for_good || (is_for_good(result->status) && job.attempts >= 2);
    } else {
        const HttpFailure& failure = result.error();
        failed.why = "the recording: " + failure.detail;
        for_good = for_good || failure.code == HttpErrc::too_large || failure.code == HttpErrc::bad_url ||
                   failure.code == HttpErrc::blocked;
    }
    co_await ports_.scratch.remove(folder, job_file::coming);
    if (for_good) failed.kind = Outcome::Kind::given_up;
    co_return failed;
}

asio::awaitable<std::optional<TranscriptionDesk::Outcome>> TranscriptionDesk::prepare(const Job& job,
                                                                                      PreparedAudio& audio) {
    const std::string folder = folder_of(job.episode);
    const auto facts = co_await ports_.scratch.read(folder, job_file::facts, largest_file);
    if (facts) {
        if (auto known = prepared_from(*facts)) {
            audio = std::move(*known);
            co_return std::nullopt;
        }
    }
    const auto files = co_await ports_.scratch.files(folder);
    if (std::find(files.begin(), files.end(), job_file::audio) == files.end()) {
        auto failed = co_await download(job);
        if (failed) co_return failed;
    }
    const std::string from = ports_.scratch.path(folder, job_file::audio);
    const std::string to = ports_.scratch.path(folder, job_file::decoding);
    auto prepared = co_await ports_.audio.prepare(from, to, settings_.longest);
    Outcome failed;
    if (!prepared) {
        failed.why = "decoding the recording: " + prepared.error().message();
        const bool in_itself = prepared.error() == Errc::invalid;
        failed.kind = in_itself ? Outcome::Kind::given_up : Outcome::Kind::later;
        if (!in_itself && job.attempts >= patience) failed.kind = Outcome::Kind::given_up;
        failed.wait = wait_after(job.attempts);
        co_return failed;
    }
    audio = std::move(*prepared);
    const auto renamed = co_await ports_.scratch.rename(folder, job_file::decoding, job_file::speech);
    const auto kept = co_await ports_.scratch.put(folder, job_file::facts, to_text(audio));
    if (!renamed || !kept) {
        failed.kind = Outcome::Kind::paused;
        failed.wait = std::chrono::hours{1};
        failed.why = "the decoded recording cannot be kept on disk";
        co_return failed;
    }
    co_await ports_.scratch.remove(folder, job_file::audio);
    co_return std::nullopt;
}

// One part: what is kept of it, or what the service hears now.
asio::awaitable<std::optional<TranscriptionDesk::Outcome>> TranscriptionDesk::hear(Job& job, std::size_t number,
                                                                                   TimeSpan span, std::string prompt,
                                                                                   KeptPart& kept) {
    const std::string folder = folder_of(job.episode);
    const std::string name = job_file::part(number);
    const auto before = co_await ports_.scratch.read(folder, name, largest_file);
    if (before) {
        auto known = part_from(*before);
        if (known && known->part.span == span) {
            kept = std::move(*known);
            co_return std::nullopt;
        }
    }
    const auto failed_disk = [](std::string why) {
        Outcome outcome;
        outcome.kind = Outcome::Kind::paused;
        outcome.wait = std::chrono::hours{1};
        outcome.why = std::move(why);
        return outcome;
    };
    std::string from = ports_.scratch.path(folder, job_file::speech);
    std::string to = ports_.scratch.path(folder, job_file::clip);
    const auto cut = co_await ports_.audio.cut(std::move(from), span, std::move(to));
    if (!cut) co_return failed_disk("cutting the recording: " + cut.error().message());
    auto clip = co_await ports_.scratch.read(folder, job_file::clip, largest_file);
    if (!clip) co_return failed_disk("a part of the recording cannot be read: " + clip.error().message());

    TranscriptionRequest request;
    request.audio = std::move(*clip);
    request.file_name = job_file::clip;
    request.media_type = "audio/flac";
    request.length = span.end - span.start;
    request.language = job.language;
    request.prompt = std::move(prompt);
    request.deadline = settings_.exchange_deadline;
    TranscriptionResult result = co_await ports_.transcriber.transcribe(std::move(request));
    kept = {};
    kept.part.span = span;
    if (result) {
        kept.part.segments = std::move(result->segments);
        kept.language = std::move(result->language);
    } else {
        using Kind = ChatFailure::Kind;
        const ChatFailure& failure = result.error();
        const bool of_this_part =
            failure.kind == Kind::bad_answer || failure.kind == Kind::refused || failure.kind == Kind::context_too_long;
        Outcome outcome = after(failure);
        if (!of_this_part) co_return outcome;
        if (job.attempts < patience_with_answers) {
            outcome.kind = Outcome::Kind::later;
            outcome.wait = wait_after(job.attempts);
            co_return outcome;
        }
        kept.part.failed = true;
    }
    std::string text = to_text(kept.part, kept.language);
    const auto written = co_await ports_.scratch.put(folder, name, std::move(text));
    if (!written) co_return failed_disk("what was heard cannot be kept: " + written.error().message());
    job.attempts = 0;
    co_return std::nullopt;
}

asio::awaitable<TranscriptionDesk::Outcome> TranscriptionDesk::join(const Job& job, std::vector<KeptPart> parts,
                                                                    const PreparedAudio& audio) {
    std::vector<transcripts::HeardPart> heard_parts;
    std::string language = job.language;
    for (KeptPart& kept : parts) {
        if (language.empty()) language = language_code(kept.language);
        heard_parts.push_back(std::move(kept.part));
    }
    const transcripts::Heard heard = transcripts::join_heard(heard_parts, audio.silences);
    const transcripts::HeardReport& report = heard.report;
    Outcome outcome;
    const nlohmann::json note = {{"by", ports_.transcriber.name()},
                                 {"quality", report.quality},
                                 {"length_ms", audio.length.count()},
                                 {"kept", report.kept},
                                 {"silent", report.silent},
                                 {"repeated", report.repeated},
                                 {"unsure", report.unsure}};
    std::string name = "transcription_" + std::to_string(job.episode.value);
    std::string value = note.dump();
    co_await ports_.notes.set_note(std::move(name), std::move(value));
    if (heard.segments.empty() || report.quality < settings_.least_quality) {
        outcome.kind = Outcome::Kind::given_up;
        outcome.why = fmt::format("what was heard is not to be relied on: quality {:.2f}, {} segments kept",
                                  report.quality, report.kept);
        co_return outcome;
    }
    std::string json = transcripts::to_transcript_json(heard.segments, language);
    const auto kept = co_await ports_.scratch.put(folder_of(job.episode), job_file::transcript, std::move(json));
    if (!kept) {
        outcome.kind = Outcome::Kind::paused;
        outcome.wait = std::chrono::hours{1};
        outcome.why = "the transcript cannot be kept: " + kept.error().message();
    }
    co_return outcome;
}

asio::awaitable<TranscriptionDesk::Outcome> TranscriptionDesk::transcribe(Job& job) {
    Outcome gone;
    gone.kind = Outcome::Kind::gone;
    const auto episode = co_await ports_.library.episode(job.episode);
    if (!episode) co_return gone;
    PreparedAudio audio;
    auto failed = co_await prepare(job, audio);
    if (failed) co_return std::move(*failed);
    const auto spans = transcripts::plan_spans(audio.length, audio.silences, settings_.spans);
    std::vector<KeptPart> parts;
    std::size_t holes = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (!jobs_.contains(job.episode)) co_return gone;
        std::string prompt = job.names;
        if (!parts.empty()) {
            // Only what can be relied on: a loop in the prompt makes the next.
            const std::vector<transcripts::HeardPart> last = {parts.back().part};
            const std::string tail = transcripts::tail_of(transcripts::join_heard(last, {}).segments, prompt_tail);
            if (!tail.empty()) prompt += (prompt.empty() ? "" : " ") + tail;
        }
        KeptPart kept;
        auto stopped = co_await hear(job, i, spans[i], std::move(prompt), kept);
        if (stopped) co_return std::move(*stopped);
        holes += kept.part.failed ? 1 : 0;
        parts.push_back(std::move(kept));
    }
    if (spans.empty() || holes * 4 > spans.size()) {
        Outcome outcome;
        outcome.kind = Outcome::Kind::given_up;
        outcome.why = spans.empty() ? "the recording is empty" : "too many parts of the recording were not heard";
        co_return outcome;
    }
    Outcome outcome = co_await join(job, std::move(parts), audio);
    co_return outcome;
}

}  // namespace podbrief::services
