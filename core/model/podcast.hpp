#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// Somebody named by the feed (podcast:person, itunes:author, dc:creator, atom author).
struct Person {
    std::string name;
    std::string role;  // lower case: "host", "guest", ...; "host" when the feed does not say
    bool operator==(const Person&) const = default;
};

// A podcast is a feed: one address, polled for episodes.
struct Podcast {
    PodcastId id;
    std::string feed_url;  // absolute http(s) URL, or file: URL of a local folder or file
    std::string title;
    std::string description;  // plain text
    std::string language;     // BCP 47, lower case, as the feed says it; may be empty
    std::string link;         // the show's home page
    std::string image_url;
    std::string podcast_guid;  // podcast:guid, lower case; survives moves of the feed
    std::vector<Person> persons;
    WallTime added_at{};
};

// What the last polls of a feed left behind: validators, failures, when to ask again. (core/feeds decides, the store
// keeps.)
struct PollState {
    WallTime next_poll_at{};
    std::optional<WallTime> last_success_at;
    std::optional<WallTime> last_attempt_at;
    std::string etag;           // verbatim, quotes and W/ included
    std::string last_modified;  // verbatim
    std::string body_hash;      // SHA-256 hex of the last decoded body that was parsed
    int consecutive_failures = 0;
    std::string last_error;  // one line for people, no secrets; empty after a success
    std::string moved_to;    // target of a permanent redirect that is not confirmed yet
    int moved_seen = 0;      // how many polls in a row saw that same target
    bool gone = false;       // 410: asked rarely from now on
    bool operator==(const PollState&) const = default;
};

}  // namespace podbrief
