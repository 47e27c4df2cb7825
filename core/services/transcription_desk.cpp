#include "core/services/transcription_desk.hpp"

#include "core/ports/store_failure.hpp"
#include "core/text/ascii.hpp"

namespace podbrief::services {
namespace {

using State = TranscriptionJob::State;

constexpr std::size_t largest_note = 64 << 20;  // of our own files
constexpr Millis longest_sleep = std::chrono::minutes{10};

std::string primary_language(const std::string& language) {
    std::string primary = language.substr(0, language.find_first_of("-_"));
    std::transform(primary.begin(), primary.end(), primary.begin(), text::ascii_lower);
    return primary.size() == 2 ? primary : "";
}

bool is_from_network(const std::string& url) {
    return url.starts_with("https://") || url.starts_with("http://");
}

}  // namespace

TranscriptionDesk::TranscriptionDesk(Ports ports, Settings settings)
    : ports_(std::move(ports)), settings_(settings), loading_(ports_.main), wakeup_(ports_.main) {}

// What a former process left. Jobs of episodes that are gone, or have a transcript by now, end here.
asio::awaitable<void> TranscriptionDesk::load() {
    if (loaded_) co_return;
    const auto turn = co_await loading_.enter();
    if (loaded_) co_return;
    const auto folders = co_await ports_.scratch.folders();
    for (const std::string& folder : folders) {
        const auto id = episode_of_folder(folder);
        if (!id) continue;
        const auto episode = co_await ports_.library.episode(*id);
        const auto text = co_await ports_.scratch.read(folder, job_file::job, largest_note);
        std::optional<Job> job;
        if (text) job = job_from(*text);
        if (!job || !episode || episode->state == EpisodeState::extracted) {
            co_await ports_.scratch.remove_folder(folder);
            continue;
        }
        job->episode = *id;
        jobs_[*id] = std::move(*job);
    }
    loaded_ = true;
}

asio::awaitable<void> TranscriptionDesk::keep(const Job& job) {
    const auto kept = co_await ports_.scratch.put(folder_of(job.episode), job_file::job, to_text(job));
    if (!kept) ports_.log.error("cannot keep a transcription", {{"error", kept.error().message()}});
}

asio::awaitable<std::optional<TranscriptionDesk::Ready>> TranscriptionDesk::ask(const Podcast& podcast,
                                                                                const Episode& episode) {
    co_await load();
    if (!is_from_network(episode.enclosure_url)) co_return std::nullopt;
    const auto found = jobs_.find(episode.id);
    const bool known = found != jobs_.end();  // whatever becomes of it while we wait
    if (known && found->second.url == episode.enclosure_url) {
        if (found->second.state != State::ready) co_return std::nullopt;
        auto json = co_await ports_.scratch.read(folder_of(episode.id), job_file::transcript, largest_note);
        if (json) co_return Ready{std::move(*json), "transcribed: " + ports_.transcriber.name()};
    }
    if (known) co_await forget(episode.id);
    Job job;
    job.episode = episode.id;
    job.url = episode.enclosure_url;
    job.language = primary_language(podcast.language);
    job.names = names_for_prompt(podcast, episode);
    job.published = ordering_time(episode);
    jobs_[episode.id] = job;
    co_await keep(job);
    wakeup_.notify();
    co_return std::nullopt;
}

asio::awaitable<void> TranscriptionDesk::forget(EpisodeId episode) {
    co_await load();
    if (jobs_.erase(episode) > 0) co_await ports_.scratch.remove_folder(folder_of(episode));
}

// The newest of those that may be done now.
std::optional<EpisodeId> TranscriptionDesk::next_job() const {
    const WallTime now = ports_.clock.wall_now();
    if (now < paused_until_) return std::nullopt;
    const Job* best = nullptr;
    for (const auto& [id, job] : jobs_) {
        if (job.state != State::wanted || now < job.not_before) continue;
        if (best == nullptr || job.published > best->published) best = &job;
    }
    if (best == nullptr) return std::nullopt;
    return best->episode;
}

Millis TranscriptionDesk::until_next() const {
    const WallTime now = ports_.clock.wall_now();
    Millis wait = longest_sleep;
    for (const auto& [id, job] : jobs_) {
        if (job.state != State::wanted) continue;
        wait = std::min(wait, std::chrono::duration_cast<Millis>(std::max(job.not_before, paused_until_) - now));
    }
    return std::max(wait, Millis{1000});
}

asio::awaitable<void> TranscriptionDesk::make_due(EpisodeId id) {
    auto episode = co_await ports_.library.episode(id);
    if (!episode) {
        co_await forget(id);
        co_return;
    }
    episode->next_attempt_at = ports_.clock.wall_now();
    co_await ports_.library.update_progress(std::move(*episode));
}

// Whoever was reading an episode at the moment it was made due may have written another time over that.
asio::awaitable<std::size_t> TranscriptionDesk::remind() {
    const WallTime now = ports_.clock.wall_now();
    std::vector<EpisodeId> ready;
    if (now - reminded_at_ < longest_sleep) co_return 0;
    reminded_at_ = now;
    for (const auto& [id, job] : jobs_) {
        if (job.state == State::ready) ready.push_back(id);
    }
    for (const EpisodeId id : ready) co_await make_due(id);
    co_return ready.size();
}

asio::awaitable<void> TranscriptionDesk::settle(Job job, Outcome outcome) {
    using Kind = Outcome::Kind;
    const WallTime now = ports_.clock.wall_now();
    const auto found = jobs_.find(job.episode);
    if (found == jobs_.end() || found->second.url != job.url) {
        // Not wanted any more, or of another recording; what was written meanwhile goes.
        co_await ports_.scratch.remove_folder(folder_of(job.episode));
        const auto other = jobs_.find(job.episode);
        if (other == jobs_.end()) co_return;
        const Job wanted = other->second;
        co_await keep(wanted);
        co_return;
    }
    const std::string number = std::to_string(job.episode.value);
    switch (outcome.kind) {
        case Kind::ready:
            job.state = State::ready;
            ports_.log.info("transcribed", {{"episode", number}, {"by", ports_.transcriber.name()}});
            break;
        case Kind::later:
            ++job.attempts;
            job.not_before = now + outcome.wait;
            ports_.log.info("transcription waits", {{"episode", number}, {"why", outcome.why}});
            break;
        case Kind::paused:
            paused_until_ = now + outcome.wait;
            ports_.log.warning("transcription pauses",
                               {{"why", outcome.why}, {"minutes", std::to_string(outcome.wait.count() / 60'000)}});
            break;
        case Kind::given_up:
            job.state = State::given_up;
            job.why = outcome.why;
            for (const char* file : {job_file::audio, job_file::speech, job_file::clip}) {
                co_await ports_.scratch.remove(folder_of(job.episode), file);
            }
            ports_.log.warning("transcription given up", {{"episode", number}, {"why", outcome.why}});
            break;
        case Kind::gone:
            co_await forget(job.episode);
            co_return;
    }
    jobs_[job.episode] = job;
    co_await keep(job);
    if (outcome.kind == Kind::ready) co_await make_due(job.episode);
}

// True: it is ready.
asio::awaitable<bool> TranscriptionDesk::work_on(EpisodeId id) {
    Job job = jobs_.at(id);
    Outcome outcome = co_await transcribe(job);
    const bool ready = outcome.kind == Outcome::Kind::ready;
    static constexpr std::string_view names[] = {"ready", "later", "paused", "given_up", "gone"};
    ports_.metrics.count("recordings_transcribed_total", names[static_cast<std::size_t>(outcome.kind)]);
    co_await settle(std::move(job), std::move(outcome));
    co_return ready;
}

asio::awaitable<std::size_t> TranscriptionDesk::work_off() {
    co_await load();
    std::size_t ready = co_await remind();
    while (const auto id = next_job()) {
        const bool done = co_await work_on(*id);
        ready += done ? 1 : 0;
    }
    co_return ready;
}

asio::awaitable<void> TranscriptionDesk::run(std::function<void()> on_ready) {
    for (;;) {
        Millis wait = longest_sleep;
        try {
            co_await load();
            const std::size_t reminded = co_await remind();
            if (reminded > 0) on_ready();
            const auto id = next_job();
            if (id) {
                const bool ready = co_await work_on(*id);
                if (ready) on_ready();
                continue;
            }
            wait = until_next();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await wakeup_.wait_for(ports_.clock, wait);
    }
}

}  // namespace podbrief::services
