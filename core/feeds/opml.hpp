#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/feeds/error.hpp"
#include "core/model/time.hpp"

namespace podbrief::feeds {

struct OpmlFeed {
    std::string title;     // may be empty
    std::string feed_url;  // absolute http(s) URL
    std::string link;      // home page; may be empty
    std::string folder;    // titles of the outlines above it, joined with '/'; empty: at the top
    bool operator==(const OpmlFeed&) const = default;
};

struct Opml {
    std::string title;
    std::vector<OpmlFeed> feeds;       // in the file's order, each address once, at most 20,000
    std::vector<std::string> skipped;  // one line each: an entry whose address cannot be used, and why
};

// OPML 1.0 and 2.0: every outline with an xmlUrl, at any depth up to 64, its name in any case; encodings and broken XML
// as in parse_feed; at most 8 MiB.
FeedResult<Opml> read_opml(std::string file);

// OPML 2.0, UTF-8. Feeds of the same folder are written together, folders in the order of their first feed.
std::string write_opml(std::string_view title, WallTime created, const std::vector<OpmlFeed>& feeds);

}  // namespace podbrief::feeds
