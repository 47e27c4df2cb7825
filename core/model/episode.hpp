#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/podcast.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// One podcast:transcript (or a file found beside others): where a transcript may be had and in what form.
struct TranscriptOffer {
    std::string url;
    std::string type;      // media type as offered, lower case, without parameters; often wrong
    std::string language;  // BCP 47 or empty
    std::string rel;       // "captions" or empty
    bool operator==(const TranscriptOffer&) const = default;
};

struct Chapter {
    Millis start{};
    std::string title;
    bool operator==(const Chapter&) const = default;
};

struct Soundbite {
    Millis start{};
    Millis duration{};
    std::string title;
    bool operator==(const Soundbite&) const = default;
};

// How far an episode is on its way to insights. Stored and shown by these names (see to_string).
enum class EpisodeState {
    discovered,           // seen in the feed, its transcript not fetched yet
    awaiting_transcript,  // none offered yet, or none that could be read: asked again at `next_attempt_at`
    extracted,            // insights made from a transcript
    from_notes,           // no transcript came in time: insights made from the show notes, and they say so
    without_transcript,   // no transcript, and show notes too short: nothing to make insights from
    skipped,              // back catalogue older than wanted when the podcast was added
};
std::string_view to_string(EpisodeState);
std::optional<EpisodeState> episode_state_from(std::string_view);

// An item of a feed.
struct Episode {
    EpisodeId id;
    PodcastId podcast;
    std::string guid;  // trimmed; empty when the feed gives none
    std::string title;
    std::string link;
    std::string enclosure_url;
    std::string enclosure_type;
    std::string notes;                     // show notes as the feed gives them: HTML or text, capped in size
    std::optional<WallTime> published_at;  // as the feed says; clamped for ordering only, see ordering_time
    WallTime first_seen_at{};
    Millis duration{};  // 0: unknown
    std::optional<int> season;
    std::optional<double> number;  // podcast:episode / itunes:episode
    std::string episode_type;      // "full", "trailer", "bonus" or empty
    std::vector<Person> persons;   // item level; empty means those of the podcast
    std::vector<TranscriptOffer> transcripts;
    std::vector<Soundbite> soundbites;
    std::string chapters_url;
    std::string revision;  // of local files: changes when they are written again; part of the fingerprint, not stored
    std::vector<Chapter> chapters;  // Podlove or fetched from chapters_url; ordered by start
    EpisodeState state = EpisodeState::discovered;
    WallTime next_attempt_at{};
    int attempts = 0;        // fetches of a transcript so far
    std::string last_error;  // why the last attempt gave no transcript
};

// The time by which episodes are ordered: published_at, or first_seen_at where that is missing, before 2000 or in the
// future of first_seen_at.
WallTime ordering_time(const Episode&);

}  // namespace podbrief
