#pragma once
#include <pugixml.hpp>
#include <string>

#include "core/feeds/namespaces.hpp"
#include "core/model/episode.hpp"

namespace podbrief::feeds {

struct ItemContext {
    const Namespaces& names;
    std::string base;                 // for relative URLs
    WallTime now{};                   // becomes first_seen_at
    bool show_names_persons = false;  // then the authors of items are left out
};

// Fills `episode`, which is blank, from an <item> or <entry>. False for one that has neither guid, title, notes, link
// nor enclosure.
bool read_item(const pugi::xml_node& item, const ItemContext& context, Episode& episode);

}  // namespace podbrief::feeds
