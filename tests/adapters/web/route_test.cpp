#include "adapters/web/route.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

Route at(Place place, std::int64_t id = 0, std::string slug = {}) {
    Route route;
    route.place = place;
    route.id = id;
    route.slug = std::move(slug);
    return route;
}

TEST(RouteOf, FindsWhatAPathAsksFor) {
    const struct {
        const char* path;
        Route expected;
    } cases[] = {
        {"/", at(Place::home)},
        {"/i/7", at(Place::insight, 7)},
        {"/i/7-", at(Place::insight, 7)},
        {"/i/7-chips-are-scarce", at(Place::insight, 7, "chips-are-scarce")},
        {"/i/7.json", at(Place::insight_json, 7)},
        {"/i/7-chips.png", at(Place::insight_card, 7, "chips")},
        {"/topics", at(Place::topics)},
        {"/topics/open-source", at(Place::topic, 0, "open-source")},
        {"/topics/open-source.rss", at(Place::topic_feed, 0, "open-source")},
        {"/shows", at(Place::shows)},
        {"/shows/3-go-time", at(Place::show, 3, "go-time")},
        {"/shows/3-go-time.rss", at(Place::show_feed, 3, "go-time")},
        {"/search", at(Place::search)},
        {"/api/v1/search", at(Place::search_api)},
        {"/oembed", at(Place::oembed)},
        {"/robots.txt", at(Place::robots)},
        {"/sitemap.xml", at(Place::sitemap)},
        {"/sitemap-2.xml", at(Place::sitemap_part, 2)},
    };
    for (const auto& c : cases) EXPECT_EQ(route_of(c.path), c.expected) << c.path;
}

TEST(RouteOf, LeavesEverythingElseAlone) {
    for (const char* path : {"",
                             "//",
                             "/i",
                             "/i/",
                             "/i/0",
                             "/i/-1",
                             "/i/07",
                             "/i/x",
                             "/i/7x",
                             "/i/99999999999999999999",
                             "/i/7/..",
                             "/topics/",
                             "/topics/.rss",
                             "/topics/a/b",
                             "/shows/x",
                             "/sitemap-.xml",
                             "/sitemap-1-a.xml",
                             "/sitemap-0.xml",
                             "/Search",
                             "/search/",
                             "/b/secret",
                             "/status",
                             "/healthz"}) {
        EXPECT_EQ(route_of(path), std::nullopt) << path;
    }
    EXPECT_EQ(route_of("/topics/" + std::string(400, 'a')), std::nullopt);
}

}  // namespace
}  // namespace podbrief::web
