#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/ports/library_store.hpp"

namespace podbrief::feeds {

// What an episode is recognised by, and the fingerprint of all that would make us look at it again: title, notes,
// enclosure_key, transcript offers, chapters address, duration. Tokens and expiry dates in addresses do not count.
EpisodeIdentity identify(const Episode& episode);

// An enclosure's address without what changes between polls and hosts: scheme, tracking prefixes (podtrac, chtbl.com,
// op3.dev, pdst.fm, mgln.ai, ...), user, port, query, fragment; host in lower case. Empty for an empty one.
std::string enclosure_key(std::string_view url);

// The evidence on which an item of the feed was taken for a known episode.
enum class MatchRung { guid, enclosure, title };
std::string_view to_string(MatchRung);

struct LowerMatch {
    EpisodeId id;
    MatchRung rung = MatchRung::enclosure;
    std::string title;  // of the item, as parsed
};

struct MatchResult {
    std::vector<IdentifiedEpisode> added;    // id 0; newest first, as parsed
    std::vector<IdentifiedEpisode> changed;  // id set; look at it again
    // id set; only what it is recognised by changed (guid, date, ...): to be written, not to be looked at again.
    std::vector<IdentifiedEpisode> reidentified;
    std::size_t unchanged = 0;
    std::size_t repeated = 0;             // items left out because the feed has them twice
    std::vector<LowerMatch> lower_rungs;  // matches made without the guid, for the log
};

// Which items of a feed are new. `parsed` as parse_feed gives it (newest first). The ladder:
// 1. guid;
// 2. enclosure_key, if only one item and one known episode have it;
// 3. title_key, with a date at most a day off and a duration at most 10 minutes off (or unknown). An item more than 12
// h
//    later than the known episode must be as long to 30 s: daily shows may have the same title every day.
// Each known episode is matched at most once. Further rules:
// - An item without guid may match a known episode with one and the other way round.
// - A guid that comes twice: the newest is kept; items with another enclosure are kept as episodes of their own, whose
//   guid gets the enclosure_key appended.
// - A known guid with another enclosure, another title and another date (by more than a day) is a guid used again; a
// known
//   enclosure with another title and another date is a file name used again: new episodes.
// In `changed` and `reidentified` the episode is as the feed gives it: podcast, state, attempts, next_attempt_at and
// chapters that were fetched are the caller's to carry over.
MatchResult match(const std::vector<EpisodeIdentity>& known, std::vector<Episode> parsed);

}  // namespace podbrief::feeds
