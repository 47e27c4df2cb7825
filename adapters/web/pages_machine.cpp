// What programs read: feeds, the site map, oEmbed.
#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/web/addresses.hpp"
#include "adapters/web/insight_view.hpp"
#include "adapters/web/site_parts.hpp"
#include "adapters/web/xml.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t feed_length = 30;
constexpr std::size_t topics_on_map = 5'000;
constexpr std::size_t insights_a_part = 20'000;  // the protocol allows 50,000 and 50 MiB

Page xml_page(std::string type, std::string bytes) {
    Page page;
    page.type = std::move(type);
    page.bytes = std::move(bytes);
    page.cache = "public, max-age=600";
    return page;
}

// "/i/7-chips" of an address on this site; empty: another place.
std::string path_on_site(std::string_view url, std::string_view site) {
    if (url.starts_with('/') && !url.starts_with("//")) return std::string(url);
    if (site.empty() || !url.starts_with(site)) return {};
    url.remove_prefix(site.size());
    return url.starts_with('/') ? std::string(url) : std::string();
}

}  // namespace

asio::awaitable<Page> feed_page(Parts& parts, Route route) {
    Feed feed;
    std::vector<InsightId> ids;
    if (route.place == Place::topic_feed) {
        const std::optional<std::string> name = unescaped_path(route.slug);
        const std::string key = name ? services::Catalogue::key_of(*name) : std::string();
        const services::Catalogue::Topic* topic = parts.ports.catalogue.topic(key);
        if (topic == nullptr) co_return not_found(parts, "No insight is about this topic.");
        feed.page = topic_path(key);
        feed.title = "podbrief: " + topic->name;
        feed.description = fmt::format("What podcasts say about {}.", topic->name);
        ids = parts.ports.catalogue.newest(topic->insights, 0, feed_length);
    } else {
        const std::vector<Subscription>* shows = co_await shows_of(parts);
        const auto show = std::find_if(shows->begin(), shows->end(),
                                       [&](const Subscription& one) { return one.podcast.id.value == route.id; });
        if (show == shows->end()) co_return not_found(parts, "No show has this number.");
        const Podcast& podcast = show->podcast;
        feed.page = show_path(podcast.id, podcast.title);
        feed.title = "podbrief: " + podcast.title;
        feed.description = fmt::format("Insights from {}.", podcast.title);
        ids = parts.ports.catalogue.newest(parts.ports.catalogue.of_show(podcast.id), 0, feed_length);
    }
    feed.self = feed.page + ".rss";
    const std::vector<InsightDetail> details = co_await details_of(parts, std::move(ids));
    Page page = xml_page("application/rss+xml; charset=utf-8", rss_of(feed, details, parts.options.public_url));
    if (!details.empty()) page.modified = details.front().insight.published_at;
    co_return page;
}

Page robots_page(const Parts& parts) {
    Page page;
    page.type = "text/plain; charset=utf-8";
    page.cache = "public, max-age=3600";
    page.bytes = "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /b/\nDisallow: /status\n";
    if (!parts.options.public_url.empty()) page.bytes += "Sitemap: " + parts.options.public_url + "/sitemap.xml\n";
    return page;
}

asio::awaitable<Page> sitemap_page(Parts& parts, Route route) {
    const services::Catalogue& catalogue = parts.ports.catalogue;
    const std::string& site = parts.options.public_url;
    const std::size_t insight_parts = (catalogue.size() + insights_a_part - 1) / insights_a_part;
    if (route.place == Place::sitemap) {
        co_return xml_page("application/xml; charset=utf-8", sitemap_index_of(1 + insight_parts, site));
    }
    std::vector<SitemapEntry> entries;
    if (route.id == 1) {  // everything that is no insight
        for (const char* path : {"/", "/topics", "/shows"}) entries.push_back({path, {}});
        const std::vector<Subscription>* shows = co_await shows_of(parts);
        for (const Subscription& one : *shows) entries.push_back({show_path(one.podcast.id, one.podcast.title), {}});
        for (const auto* topic : catalogue.common_topics(topics_on_map))
            entries.push_back({topic_path(topic->name), {}});
    } else {
        const auto skip = static_cast<std::size_t>(route.id - 2);
        if (skip >= insight_parts) co_return not_found(parts, "The site map has not so many parts.");
        for (const services::Catalogue::Entry* entry : catalogue.slice(skip * insights_a_part, insights_a_part)) {
            entries.push_back({insight_path(entry->id, entry->slug), entry->published_at});
        }
    }
    co_return xml_page("application/xml; charset=utf-8", sitemap_of(entries, site));
}

asio::awaitable<Page> oembed_page(Parts& parts, Asked asked) {
    if (!asked.format.empty() && asked.format != "json" && asked.format != "xml") {
        co_return api_problem(501, "unknown_format", "The format is json or xml.");
    }
    const std::string path = path_on_site(asked.url, parts.options.public_url);
    const std::optional<Route> route = route_of(std::string_view(path).substr(0, path.find_first_of("?#")));
    if (!route || route->place != Place::insight) {
        co_return api_problem(404, "not_found", "Only the address of an insight on this site can be embedded.");
    }
    Looked looked = co_await look_at(parts, route->id);
    if (!looked.detail) co_return api_problem(looked.instead.status, "not_found", std::move(looked.message));
    const InsightDetail& detail = *looked.detail;
    nlohmann::ordered_json json;
    json["version"] = "1.0";
    json["type"] = "link";
    json["title"] = text::shortened(detail.insight.text, 200);
    json["author_name"] = said_by(detail);
    json["author_url"] = parts.shell.absolute(show_path(detail.insight.podcast, detail.show));
    json["provider_name"] = "podbrief";
    json["provider_url"] = parts.shell.absolute("/");
    json["cache_age"] = 3600;
    json["thumbnail_url"] = parts.shell.absolute(fmt::format("/i/{}.png", detail.insight.id.value));
    json["thumbnail_width"] = 1200;
    json["thumbnail_height"] = 630;
    Page page;
    page.cache = "public, max-age=600";
    if (asked.format == "xml") {
        page.type = "text/xml; charset=utf-8";
        page.bytes = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n";
        for (const auto& [name, value] : json.items()) {
            const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
            page.bytes += fmt::format("<{0}>{1}</{0}>\n", name, xml_text(text));
        }
        page.bytes += "</oembed>\n";
    } else {
        page.type = "application/json; charset=utf-8";
        page.bytes = json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    }
    page.headers.push_back({"Access-Control-Allow-Origin", "*"});
    co_return page;
}

}  // namespace podbrief::web
