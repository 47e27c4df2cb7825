#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"
#include "core/model/transcript.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief {

// What was said in one episode, for the index.
struct Talk {
    EpisodeId episode;
    PodcastId podcast;
    WallTime published_at{};
    std::string_view title;  // of the episode
    std::string_view notes;  // show notes, plain text; may be empty
    std::span<const Segment> segments;
};

struct PassageQuery {
    std::vector<QueryTerm> terms;
    std::string text;  // as typed, with spelling mended: what is said together there counts for more; may be empty
    std::optional<PodcastId> podcast;
    std::optional<EpisodeId> episode;  // look only into this one
    std::vector<EpisodeId> exclude_episodes;
    std::optional<WallTime> published_from;
    std::optional<WallTime> published_until;  // itself not among them
};

// A stretch of talk about what was asked.
struct Passage {
    EpisodeId episode;
    PodcastId podcast;
    std::size_t first_segment = 0;
    std::size_t last_segment = 0;  // itself part of it
    double score = 0;              // comparable within one result only
    double coverage = 0;           // 0..1: share of the query's weight (by rarity) that is said in or near it
};

// The local index over all that was said: in memory, rebuildable from the store; its documents are segments. Adverts
// are not in it. Calls do not wait. Used by one thread, or read by several while none writes.
class PassageIndex : public KnownWords {
public:
    virtual void put(const Talk& talk) = 0;     // replaces the episode's
    virtual void erase(EpisodeId episode) = 0;  // unknown: nothing happens
    virtual std::size_t episodes() const = 0;

    // Best first, none overlapping another.
    virtual std::vector<Passage> find(const PassageQuery& query, std::size_t limit) const = 0;

    // The segments of one episode, those nearest to what is asked first; segments without any relation are left out.
    virtual std::vector<std::size_t> rank_segments(EpisodeId episode, const std::vector<QueryTerm>& terms) const = 0;
};

}  // namespace podbrief
