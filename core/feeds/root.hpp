#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/feeds/error.hpp"

namespace podbrief::feeds {

// What kind of document some text is, told by its first element whatever the media type said.
struct Root {
    enum class Kind { none, rss, rdf, atom, opml, html, other };
    Kind kind = Kind::none;
    std::string_view name;  // qualified
    std::size_t begin = 0;  // of the element; before it: declaration, DOCTYPE, comments, or rubbish
    bool rubbish = false;   // something else stood before it

    bool is_feed() const { return kind == Kind::rss || kind == Kind::rdf || kind == Kind::atom; }
    std::string_view item_name() const { return kind == Kind::atom ? "entry" : "item"; }
};
Root find_root(std::string_view text);

// Why it is not a feed, for people. `url`: where it came from, to make the feed's address absolute that a page names.
FeedError not_a_feed(const Root& root, std::string_view text, std::string_view url);

}  // namespace podbrief::feeds
