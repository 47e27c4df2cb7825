#pragma once
#include <optional>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/time.hpp"

namespace podbrief::transcripts {

// How long a transcript is waited for.
struct WaitingRules {
    Millis first_wait = std::chrono::minutes{10};  // after the first look that found none; doubles each time
    Millis first_retry = std::chrono::minutes{1};  // after the first fetch that failed; doubles each time
    Millis longest_wait = std::chrono::hours{6};
    Millis patience = std::chrono::hours{48};             // from first seen; then the show notes must do
    Millis look_again = std::chrono::hours{24};           // and it is looked for this often
    Millis interest = std::chrono::hours{14 * 24};        // until this long after it was first seen
    Millis longest_retry_after = std::chrono::hours{24};  // what a server may ask of us at most
};

// Nothing more is done of its own accord: only new offers make the episode due again.
constexpr WallTime never = WallTime::max();

// How an attempt to get a transcript went, where it gave none.
enum class Setback {
    none_offered,  // the feed names no transcript
    failed,        // offered, but no answer or an error
    unreadable,    // offered and fetched, but no transcript in it
};

struct NextLook {
    EpisodeState state = EpisodeState::awaiting_transcript;
    WallTime at = never;
    bool operator==(const NextLook&) const = default;
};

// What becomes of an episode after an attempt without success. `episode.attempts` counts this attempt too (so at least
// 1). `retry_after` is what the server asked for. Episodes that were old when first seen (published more than
// `interest` before) are not waited for. State is from_notes or without_transcript, by `notes_suffice`, once patience
// has ended; an episode already extracted stays so.
NextLook after_setback(const Episode& episode, Setback setback, std::optional<Millis> retry_after, bool notes_suffice,
                       WallTime now, const WaitingRules& rules = {});

// What becomes of a stored episode when the feed now makes these offers. New or changed ones make it due at once,
// whatever its state (skipped ones excepted); otherwise nothing changes.
NextLook after_feed_update(const Episode& stored, const std::vector<TranscriptOffer>& offers_now, WallTime now);

}  // namespace podbrief::transcripts
