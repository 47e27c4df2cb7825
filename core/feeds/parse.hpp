#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/feeds/error.hpp"
#include "core/model/episode.hpp"
#include "core/model/podcast.hpp"
#include "core/model/time.hpp"

namespace podbrief::feeds {

struct ParseOptions {
    std::string url;           // address the body came from: relative URLs are resolved against it
    std::string content_type;  // HTTP header as received; only its charset is used, and not trusted
    WallTime now{};            // becomes first_seen_at
    std::size_t max_items = 500;
    int max_depth = 64;
    std::size_t max_bytes = 32ull << 20;      // of the body
    std::size_t max_attributes = 256;         // of one element
    std::size_t max_tag_bytes = 64ull << 10;  // of one start tag, all its attributes included
    std::size_t max_part_elements = 50'000;   // of one item, and of all that is not in an item
};

struct ParsedFeed {
    Podcast podcast;  // id 0, feed_url = options.url
    // Newest first by ordering_time, in the feed's order where that is equal; the newest max_items of them.
    // id 0; state discovered; notes raw (HTML or text, at most 256 KiB); URLs absolute http(s), or file: below the
    // folder of a feed that is itself a local file.
    std::vector<Episode> episodes;
    std::string new_feed_url;                 // itunes:new-feed-url: verify that a feed is there before moving
    std::optional<std::chrono::minutes> ttl;  // how long the feed asks not to be asked again
    std::string next_page;                    // atom:link rel="next" (RFC 5005)
    bool recovered = false;                   // the XML was broken and had to be mended
};

// RSS 2.0 and 0.9x, RSS 1.0 and 0.90 (RDF), Atom 1.0 and 0.3, with the podcast namespaces, in whatever encoding and
// state of repair they are found. Touches neither files nor the network; entities are never expanded. Time is linear in
// body.size() and memory a small multiple of it. `body` is taken apart in place.
FeedResult<ParsedFeed> parse_feed(std::string body, const ParseOptions& options);

}  // namespace podbrief::feeds
