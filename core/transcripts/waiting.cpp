#include "core/transcripts/waiting.hpp"

#include <algorithm>

namespace podbrief::transcripts {
namespace {

Millis doubled(Millis first, int times, Millis longest) {
    Millis wait = first;
    for (int i = 0; i < times && wait < longest; ++i) wait *= 2;
    return std::min(wait, longest);
}

EpisodeState without(bool notes_suffice) {
    return notes_suffice ? EpisodeState::from_notes : EpisodeState::without_transcript;
}

}  // namespace

NextLook after_setback(const Episode& episode, Setback setback, std::optional<Millis> retry_after, bool notes_suffice,
                       WallTime now, const WaitingRules& rules) {
    const int before = std::max(episode.attempts - 1, 0);
    const Millis asked = std::clamp(retry_after.value_or(Millis::zero()), Millis::zero(), rules.longest_retry_after);
    const Millis own =
        doubled(setback == Setback::failed ? rules.first_retry : rules.first_wait, before, rules.longest_wait);
    const WallTime next = now + std::max(own, asked);

    const WallTime interest_ends = episode.first_seen_at + rules.interest;
    const WallTime patience_ends = episode.first_seen_at + rules.patience;
    const bool old = episode.first_seen_at - ordering_time(episode) > rules.interest;
    // An old episode gets no late transcript; one that is offered but could not be fetched is worth the retries.
    const bool waits = now < patience_ends && (!old || setback == Setback::failed);
    if (episode.state == EpisodeState::extracted) {
        return {EpisodeState::extracted, now < interest_ends && setback == Setback::failed ? next : never};
    }
    // The decision falls when patience ends, not some hours later.
    if (waits) return {EpisodeState::awaiting_transcript, std::max(now + asked, std::min(next, patience_ends))};
    const WallTime again = now + std::max(rules.look_again, asked);
    return {without(notes_suffice), !old && again <= interest_ends ? again : never};
}

NextLook after_feed_update(const Episode& stored, const std::vector<TranscriptOffer>& offers_now, WallTime now) {
    const NextLook unchanged{stored.state, stored.next_attempt_at};
    if (stored.state == EpisodeState::skipped || offers_now.empty()) return unchanged;
    const auto is_new = [&](const TranscriptOffer& offer) {
        return std::find(stored.transcripts.begin(), stored.transcripts.end(), offer) == stored.transcripts.end();
    };
    if (std::none_of(offers_now.begin(), offers_now.end(), is_new)) return unchanged;
    return {stored.state, std::min(now, stored.next_attempt_at)};
}

}  // namespace podbrief::transcripts
