#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/route.hpp"
#include "adapters/web/site.hpp"
#include "core/services/catalogue.hpp"
#include "core/services/insight_finder.hpp"

namespace podbrief::web {

// The inside of Site; of this room only.

// What every page is made with.
struct Parts {
    Parts(Site::Ports p, Site::Options o);

    Site::Ports ports;
    Site::Options options;
    Shell shell;
    services::InsightFinder finder;
    std::vector<Subscription> shows;  // as they were a minute ago at most
    SteadyTime shows_at{};
    bool shows_known = false;
};

inline constexpr std::size_t page_size = 20;
inline constexpr std::size_t last_page = 1'000;
inline constexpr std::size_t longest_query = 200;  // code points

// What a request asks for besides its path; what is out of range or broken is told by `problem`.
struct Asked {
    std::string text;      // `q`, valid UTF-8, single spaces
    std::size_t page = 1;  // `page`
    std::string url;       // `url`
    std::string format;    // `format`
    std::string problem;   // one sentence; empty: all is well
};
Asked asked_of(std::string_view query);

// ---- shared by the pages (site_parts.cpp) ----
View doors_view(const Parts& parts, InsightId insight = {}, const std::vector<std::string>& topics = {});
View topics_view(const std::vector<const services::Catalogue::Topic*>& topics, bool counted);
// Links to the pages before and after; `path` without a query, or with one to go on with "&".
View pager_view(std::string_view path, std::size_t page, bool more);
asio::awaitable<const std::vector<Subscription>*> shows_of(Parts& parts);
// The insight's page as it is linked from elsewhere.
Page redirect(std::string path);
Page not_found(Parts& parts, std::string message = "The link may be old or mistyped.");
Page problem_page(Parts& parts, int status, std::string heading, std::string message);
Page api_problem(int status, std::string code, std::string message);
// In the order asked for, without those that were withdrawn meanwhile.
asio::awaitable<std::vector<InsightDetail>> details_of(Parts& parts, std::vector<InsightId> ids);

// ---- the pages ----
asio::awaitable<Page> home_page(Parts& parts);
asio::awaitable<Page> insight_page(Parts& parts, Route route);
asio::awaitable<Page> insight_json(Parts& parts, Route route);
asio::awaitable<Page> insight_card(Parts& parts, Route route);
asio::awaitable<Page> topics_page(Parts& parts, std::size_t page);
asio::awaitable<Page> topic_page(Parts& parts, Route route, std::size_t page);
asio::awaitable<Page> shows_page(Parts& parts);
asio::awaitable<Page> show_page(Parts& parts, Route route, std::size_t page);
asio::awaitable<Page> feed_page(Parts& parts, Route route);
asio::awaitable<Page> search_page(Parts& parts, Asked asked);
asio::awaitable<Page> search_api(Parts& parts, Asked asked);
asio::awaitable<Page> oembed_page(Parts& parts, Asked asked);
Page robots_page(const Parts& parts);
asio::awaitable<Page> sitemap_page(Parts& parts, Route route);

// An insight in any state, with what stands in its place where it is not shown (404, 410); its own path is
// checked against the route's by whoever shows it.
struct Looked {
    std::optional<InsightDetail> detail;
    Page instead;
    std::string message;  // why it is not shown
};
asio::awaitable<Looked> look_at(Parts& parts, std::int64_t id);

}  // namespace podbrief::web
