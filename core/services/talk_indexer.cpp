#include "core/services/talk_indexer.hpp"

#include <memory>

#include "core/ports/store_failure.hpp"
#include "core/text/html.hpp"

namespace podbrief::services {
namespace {

constexpr Millis patience = std::chrono::seconds{3};
constexpr std::int64_t most_looked_at = 20'000;  // episodes: in larger libraries those without insights do not matter

}  // namespace

TalkIndexer::TalkIndexer(LibraryStore& library, PassageIndex& index, Clock& clock, Log& log, asio::any_io_executor main,
                         asio::any_io_executor heavy, Settings settings)
    : library_(library),
      index_(index),
      clock_(clock),
      log_(log),
      strand_(asio::make_strand(heavy)),
      settings_(settings),
      turnstile_(main),
      wakeup_(main) {}

void TalkIndexer::heard(const InsightChange& change) {
    if (!is_on()) return;
    const Insight& insight = change.insight;
    if (!insight.episode) {
        podcast_removed_ = true;
    } else if (insight.superseded) {
        doubtful_.insert(insight.episode);
    } else if (insight.origin != InsightOrigin::show_notes) {
        Known& known = known_[insight.episode];
        if (known.transcript >= insight.transcript) return;
        order_.erase({known.published_at, insight.episode});
        known.transcript = insight.transcript;
        known.podcast = insight.podcast;
        known.published_at = insight.published_at;
        order_.insert({known.published_at, insight.episode});
    } else {
        return;
    }
    wakeup_.notify();
}

void TalkIndexer::heard_without_insights(const Episode& episode) {
    if (!is_on()) return;
    const auto [known, fresh] = known_.try_emplace(episode.id);
    if (fresh) {
        known->second.podcast = episode.podcast;
        known->second.published_at = ordering_time(episode);
        order_.insert({known->second.published_at, episode.id});
    } else {
        doubtful_.insert(episode.id);
    }
    wakeup_.notify();
}

// Once: episodes that were read before this process began, and of which no insight was made.
asio::awaitable<void> TalkIndexer::look_around() {
    looked_around_ = true;
    const LibraryCounts counts = co_await library_.counts();
    if (counts.episodes > most_looked_at) co_return;
    const std::vector<Subscription> subscriptions = co_await library_.subscriptions();
    for (const Subscription& one : subscriptions) {
        const std::vector<Episode> episodes = co_await library_.episodes(one.podcast.id);
        for (const Episode& episode : episodes) {
            const bool is_new = episode.state == EpisodeState::extracted && !known_.contains(episode.id);
            if (is_new) heard_without_insights(episode);
        }
    }
}

void TalkIndexer::forget(EpisodeId id) {
    const auto known = known_.find(id);
    if (known == known_.end()) return;
    order_.erase({known->second.published_at, id});
    known_.erase(known);
}

asio::awaitable<void> TalkIndexer::forget_removed() {
    podcast_removed_ = false;
    std::set<PodcastId> there;
    for (const Subscription& one : co_await library_.subscriptions()) there.insert(one.podcast.id);
    std::vector<EpisodeId> gone;
    for (const auto& [id, known] : known_) {
        if (!there.contains(known.podcast)) gone.push_back(id);
    }
    for (const EpisodeId id : gone) forget(id);
}

// The episodes that are to be in the index, newest first.
std::vector<EpisodeId> TalkIndexer::wanted() const {
    std::vector<EpisodeId> ids;
    for (const auto& [published_at, id] : order_) {
        if (ids.size() == settings_.most_episodes) break;
        ids.push_back(id);
    }
    return ids;
}

std::size_t TalkIndexer::missing() const {
    std::size_t count = 0;
    for (const EpisodeId id : wanted()) {
        const auto there = indexed_.find(id);
        count += there == indexed_.end() || there->second != known_.at(id).transcript ? 1 : 0;
    }
    return count;
}

asio::awaitable<void> TalkIndexer::leave_out(EpisodeId id) {
    indexed_.erase(id);
    auto erase = [&index = index_, id] { index.erase(id); };
    co_await run_on(strand_, std::move(erase));
    if (acronyms_ != nullptr) acronyms_->heard_talk(id, {});
}

asio::awaitable<void> TalkIndexer::load(EpisodeId id) {
    std::optional<Transcript> transcript = co_await library_.transcript(id);
    std::optional<Episode> episode = co_await library_.episode(id);
    const bool is_talk = transcript && episode && transcript->format != TranscriptFormat::show_notes;
    if (!is_talk) {
        forget(id);
        if (indexed_.contains(id)) co_await leave_out(id);
        co_return;
    }
    const TranscriptId version = transcript->id;
    auto put = [&index = index_, said = std::move(*transcript), of = std::move(*episode)] {
        const std::string notes = text::html_to_text(of.notes);
        Talk talk;
        talk.episode = of.id;
        talk.podcast = of.podcast;
        talk.published_at = ordering_time(of);
        talk.title = of.title;
        talk.notes = notes;
        talk.segments = said.segments;
        index.put(talk);
        return spelled_out_in(said.segments, of.title, notes);
    };
    const std::vector<text::SpelledOut> spelled_out = co_await run_on(strand_, std::move(put));
    if (acronyms_ != nullptr) acronyms_->heard_talk(id, spelled_out);
    indexed_[id] = version;
    const auto known = known_.find(id);
    if (known != known_.end()) known->second.transcript = std::max(known->second.transcript, version);
}

asio::awaitable<void> TalkIndexer::catch_up() {
    if (!is_on()) co_return;
    const auto turn = co_await turnstile_.enter();
    const SteadyTime began = clock_.steady_now();
    for (bool more = true; more;) {
        more = false;
        if (!looked_around_) co_await look_around();
        if (podcast_removed_) co_await forget_removed();
        for (const EpisodeId id : std::exchange(doubtful_, {})) indexed_.erase(id);
        const std::vector<EpisodeId> ids = wanted();
        const std::set<EpisodeId> keep(ids.begin(), ids.end());
        std::vector<EpisodeId> surplus;
        for (const auto& [id, version] : indexed_) {
            if (!keep.contains(id)) surplus.push_back(id);
        }
        for (const EpisodeId id : surplus) co_await leave_out(id);
        for (const EpisodeId id : ids) {
            const auto known = known_.find(id);
            const auto there = indexed_.find(id);
            if (known == known_.end()) continue;  // gone meanwhile
            if (there != indexed_.end() && there->second == known->second.transcript) continue;
            // Who waits for an answer gets one of the newest; the next question goes on.
            if (settings_.when_asked && clock_.steady_now() - began > patience) co_return;
            co_await load(id);
            more = true;  // what came meanwhile is looked at again
        }
    }
}

asio::awaitable<void> TalkIndexer::run() {
    constexpr Millis after_failure = std::chrono::seconds{60};
    settings_.when_asked = false;
    for (;;) {
        bool failed = false;
        try {
            co_await catch_up();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            log_.error("store failed", {{"error", failure.what()}});
            failed = true;
        }
        if (failed) {
            co_await clock_.sleep_for(after_failure);
        } else {
            co_await wakeup_.wait();
        }
    }
}

}  // namespace podbrief::services
