#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"

namespace podbrief::web {

// What a path of the public pages asks for.
enum class Place {
    home,
    insight,       // /i/7-chips
    insight_json,  // /i/7.json
    insight_card,  // /i/7.png
    topics,
    topic,       // /topics/chips
    topic_feed,  // /topics/chips.rss
    shows,
    show,       // /shows/3-go-time
    show_feed,  // /shows/3-go-time.rss
    search,
    search_api,  // /api/v1/search
    oembed,
    robots,
    sitemap,       // /sitemap.xml
    sitemap_part,  // /sitemap-2.xml
};

struct Route {
    Place place = Place::home;
    std::int64_t id = 0;  // of insight or show; which part of the sitemap, from 1
    std::string slug;     // what follows the id; of topics: their name as in the path
    bool operator==(const Route&) const = default;
};

// nullopt: nothing of ours is there. Pure; any bytes will do.
std::optional<Route> route_of(std::string_view path);

}  // namespace podbrief::web
