#include "adapters/web/route.hpp"

#include <charconv>
#include <cstdint>

namespace podbrief::web {
namespace {

constexpr std::size_t longest_path = 300;

bool take(std::string_view& text, std::string_view end) {
    if (!text.ends_with(end)) return false;
    text.remove_suffix(end.size());
    return true;
}

// "7-chips" or "7"; a number above 0 without leading zeros.
bool read_id(std::string_view text, Route& route) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), route.id);
    if (end.ec != std::errc{} || route.id <= 0 || text.front() == '0') return false;
    const std::string_view rest(end.ptr, static_cast<std::size_t>(text.data() + text.size() - end.ptr));
    if (rest.empty()) return true;
    if (rest.front() != '-') return false;
    route.slug = std::string(rest.substr(1));
    return true;
}

std::optional<Route> at_id(std::string_view rest, Place place) {
    Route route;
    route.place = place;
    if (!read_id(rest, route)) return std::nullopt;
    return route;
}

std::optional<Route> insight_route(std::string_view rest) {
    if (take(rest, ".json")) return at_id(rest, Place::insight_json);
    if (take(rest, ".png")) return at_id(rest, Place::insight_card);
    return at_id(rest, Place::insight);
}

std::optional<Route> topic_route(std::string_view rest) {
    Route route;
    route.place = take(rest, ".rss") ? Place::topic_feed : Place::topic;
    if (rest.empty() || rest.find('/') != rest.npos) return std::nullopt;
    route.slug = std::string(rest);
    return route;
}

std::optional<Route> sitemap_route(std::string_view rest) {
    if (!take(rest, ".xml")) return std::nullopt;
    auto route = at_id(rest, Place::sitemap_part);
    if (route && !route->slug.empty()) return std::nullopt;
    return route;
}

}  // namespace

std::optional<Route> route_of(std::string_view path) {
    if (path.size() > longest_path) return std::nullopt;
    const auto plain = [](Place place) {
        Route route;
        route.place = place;
        return route;
    };
    const auto below = [&](std::string_view folder) -> std::optional<std::string_view> {
        if (!path.starts_with(folder) || path.size() == folder.size()) return std::nullopt;
        return path.substr(folder.size());
    };
    if (path == "/") return plain(Place::home);
    if (path == "/topics") return plain(Place::topics);
    if (path == "/shows") return plain(Place::shows);
    if (path == "/search") return plain(Place::search);
    if (path == "/api/v1/search") return plain(Place::search_api);
    if (path == "/oembed") return plain(Place::oembed);
    if (path == "/robots.txt") return plain(Place::robots);
    if (path == "/sitemap.xml") return plain(Place::sitemap);
    if (const auto rest = below("/i/")) return insight_route(*rest);
    if (const auto rest = below("/topics/")) return topic_route(*rest);
    if (auto rest = below("/shows/")) {
        const bool feed = take(*rest, ".rss");
        return at_id(*rest, feed ? Place::show_feed : Place::show);
    }
    if (const auto rest = below("/sitemap-")) return sitemap_route(*rest);
    return std::nullopt;
}

}  // namespace podbrief::web
