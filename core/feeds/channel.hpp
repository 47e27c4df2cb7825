#pragma once
#include <chrono>
#include <optional>
#include <pugixml.hpp>
#include <string>

#include "core/feeds/namespaces.hpp"
#include "core/feeds/parse.hpp"
#include "core/model/podcast.hpp"

namespace podbrief::feeds {

// What a feed says of the show.
struct Channel {
    Podcast podcast;
    std::string new_feed_url;
    std::optional<std::chrono::minutes> ttl;
    std::string next_page;
    std::string base;            // what relative URLs in items are resolved against
    bool has_title = false;      // false: podcast.title is a stand-in
    bool names_persons = false;  // by podcast:person: better than the authors of items
};

// `root`: the feed without its items. `channel`: the element that holds the show's fields; may be the root.
Channel read_channel(const pugi::xml_node& root, const pugi::xml_node& channel, const Namespaces& names,
                     const ParseOptions& options);

// One podcast:person, itunes:author, ... Nothing for an empty name or one that is there already; at most 50.
void add_person(std::vector<Person>& persons, std::string name, std::string role);

}  // namespace podbrief::feeds
