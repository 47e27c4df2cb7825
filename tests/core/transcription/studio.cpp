#include "tests/core/transcription/studio.hpp"

#include <charconv>

namespace podbrief::testing {

// False: the disk is full.
bool MemoryScratch::write() {
    if (++writes == crash_at_write) throw Crash{};
    return !full;
}

asio::awaitable<std::vector<std::string>> MemoryScratch::folders() {
    std::vector<std::string> out;
    for (const auto& [name, files] : disk) out.push_back(name);
    co_return out;
}

asio::awaitable<std::vector<std::string>> MemoryScratch::files(std::string folder) {
    std::vector<std::string> out;
    if (!disk.contains(folder)) co_return out;
    for (const auto& [name, bytes] : disk[folder]) out.push_back(name);
    co_return out;
}

asio::awaitable<Result<void>> MemoryScratch::put(std::string folder, std::string name, std::string bytes) {
    if (!write()) co_return Errc::unavailable;
    disk[folder][name] = std::move(bytes);
    co_return Result<void>();
}

asio::awaitable<Result<void>> MemoryScratch::append(std::string folder, std::string name, std::string bytes) {
    if (!write()) co_return Errc::unavailable;
    disk[folder][name] += bytes;
    co_return Result<void>();
}

asio::awaitable<Result<std::string>> MemoryScratch::read(std::string folder, std::string name, std::size_t max_bytes) {
    if (!disk.contains(folder) || !disk[folder].contains(name)) co_return Errc::not_found;
    const auto found = disk[folder].find(name);
    if (found->second.size() > max_bytes) co_return Errc::too_large;
    co_return found->second;
}

asio::awaitable<Result<void>> MemoryScratch::rename(std::string folder, std::string from, std::string to) {
    if (!disk.contains(folder) || !disk[folder].contains(from)) co_return Errc::not_found;
    if (!write()) co_return Errc::unavailable;
    disk[folder][to] = std::move(disk[folder][from]);
    disk[folder].erase(from);
    co_return Result<void>();
}

asio::awaitable<void> MemoryScratch::remove(std::string folder, std::string name) {
    if (disk.contains(folder)) disk[folder].erase(name);
    co_return;
}

asio::awaitable<void> MemoryScratch::remove_folder(std::string folder) {
    disk.erase(folder);
    co_return;
}

std::string* MemoryAudio::file(const std::string& path) {
    const std::size_t slash = path.find('/');
    auto& folder = scratch_.disk[path.substr(0, slash)];
    const auto found = folder.find(path.substr(slash + 1));
    return found == folder.end() ? nullptr : &found->second;
}

asio::awaitable<Result<PreparedAudio>> MemoryAudio::prepare(std::string from, std::string to, Millis at_most) {
    const std::string* bytes = file(from);
    if (bytes == nullptr) co_return Errc::unavailable;
    constexpr std::string_view begin = "minutes:";
    if (!bytes->starts_with(begin)) co_return Errc::invalid;
    ++prepared;
    int minutes = 0;
    std::from_chars(bytes->data() + begin.size(), bytes->data() + bytes->size(), minutes);
    PreparedAudio out;
    out.length = std::min<Millis>(std::chrono::minutes{minutes}, at_most);
    const std::size_t slash = to.find('/');
    scratch_.disk[to.substr(0, slash)][to.substr(slash + 1)] = "decoded";
    co_return out;
}

asio::awaitable<Result<void>> MemoryAudio::cut(std::string from, TimeSpan part, std::string to) {
    if (file(from) == nullptr) co_return Errc::unavailable;
    cuts.push_back(part);
    const std::size_t slash = to.find('/');
    scratch_.disk[to.substr(0, slash)][to.substr(slash + 1)] = "clip";
    co_return Result<void>();
}

asio::awaitable<TranscriptionResult> ScriptedEars::transcribe(TranscriptionRequest request) {
    heard.push_back(std::move(request));
    const int nth = static_cast<int>(heard.size());
    if (answer) co_return answer(heard.back(), nth);
    co_return talk_of_a_part(nth);
}

HeardClip talk_of_a_part(int nth) {
    HeardClip clip;
    clip.timed = true;
    clip.language = "english";
    for (int i = 0; i < 6; ++i) {
        HeardSegment segment;
        segment.start = std::chrono::seconds{30 + 20 * i};
        segment.end = segment.start + std::chrono::seconds{19};
        segment.text = fmt::format(
            "A single deployable service lowers the cost of change for companies with fewer than fifty engineers. In "
            "case {} the saving came to {} percent because the two teams stopped waiting for each other.",
            nth * 10 + i, 10 + 7 * i);
        segment.avg_logprob = -0.2;
        clip.segments.push_back(std::move(segment));
    }
    return clip;
}

ChatFailure failed(ChatFailure::Kind kind) {
    ChatFailure failure;
    failure.kind = kind;
    failure.detail = "as the test wants it";
    return failure;
}

Studio::Studio(services::TranscriptionDesk::Settings settings) : settings_(settings) {
    world.http.on(audio_url, answer_with("minutes:25 " + std::string(5'000, 'x'), {{"Content-Type", "audio/mpeg"}}));
    restart();
}

void Studio::restart() {
    pipeline.reset();
    services::TranscriptionDesk::Ports ports{
        world.store, world.http,  scratch,   audio,         ears,
        world.store, world.clock, world.log, world.metrics, world.io.get_executor()};
    desk = std::make_unique<services::TranscriptionDesk>(std::move(ports), settings_);
    services::Pipeline::Ports reading{world.store,
                                      world.index,
                                      world.engine,
                                      world.http,
                                      world.files,
                                      world.indexer,
                                      world.clock,
                                      world.log,
                                      world.metrics,
                                      world.io.get_executor(),
                                      world.io.get_executor()};
    reading.transcription = desk.get();
    pipeline = std::make_unique<services::Pipeline>(std::move(reading), services::Pipeline::Settings{});
}

void Studio::subscribe(const std::string& enclosure, const std::string& item_extra) {
    world.http.on(
        feed_url,
        answer_with("<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>A "
                    "show</title><language>en-us</language><podcast:person>Ada Lovelace</podcast:person>"
                    "<item><title>One</title><guid>a</guid><pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate>"
                    "<enclosure url=\"" +
                    enclosure + "\" type=\"audio/mpeg\" length=\"9\"/>" + item_extra + "</item></channel></rss>"));
    Podcast podcast;
    podcast.feed_url = feed_url;
    podcast.added_at = world.clock.wall_now();
    PollState poll;
    poll.next_poll_at = world.clock.wall_now();
    world.run(world.store.add_podcast(std::move(podcast), poll));
}

std::vector<services::EpisodeReport> Studio::ingest() {
    std::vector<services::EpisodeReport> reports;
    // Kept until the run below has ended.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
    auto work = [this, &reports]() -> asio::awaitable<bool> {
        co_await world.poller.poll_due();
        const auto keep = [&reports](const services::EpisodeReport& report) { reports.push_back(report); };
        co_await pipeline->read_due(keep);
        co_return true;
    };
    world.run(work());
    return reports;
}

Episode Studio::episode() {
    const auto podcasts = world.run(world.store.subscriptions());
    return world.run(world.store.episodes(podcasts.at(0).podcast.id)).at(0);
}

}  // namespace podbrief::testing
