#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/library_store.hpp"

namespace podbrief::web {

// XML documents of this site: pure.

// Text fit for an element or an attribute; what XML cannot hold is left out.
std::string xml_text(std::string_view text);

// RSS 2.0. Addresses are absolute where `site` is; without it they are paths, which readers take ill.
struct Feed {
    std::string title;
    std::string description;
    std::string page;  // path of what it is the feed of
    std::string self;  // its own path
};
std::string rss_of(const Feed& feed, const std::vector<InsightDetail>& insights, std::string_view site);

// sitemaps.org 0.9.
struct SitemapEntry {
    std::string path;
    WallTime modified{};  // epoch: not said
};
std::string sitemap_of(const std::vector<SitemapEntry>& entries, std::string_view site);
std::string sitemap_index_of(std::size_t parts, std::string_view site);

}  // namespace podbrief::web
