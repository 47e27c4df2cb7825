#include "adapters/web/site.hpp"

#include "adapters/web/page_cache.hpp"
#include "adapters/web/rate_limit.hpp"
#include "adapters/web/site_parts.hpp"

namespace podbrief::web {
namespace {

// What is withdrawn or changed is forgotten at once (forget_stale); what is new shows after this.
constexpr Millis list_is_fresh_for{60'000};
constexpr Millis insight_is_fresh_for{600'000};  // dear to make: all that is related is looked for
constexpr std::size_t most_addresses = 50'000;

// What is asked in words, and by how many, differs too much to be kept.
bool is_kept(Place place) {
    return place != Place::search && place != Place::search_api && place != Place::oembed;
}

bool has_pages(Place place) {
    return place == Place::topics || place == Place::topic || place == Place::show;
}

Millis fresh_for(Place place) {
    const bool one = place == Place::insight || place == Place::insight_json || place == Place::insight_card;
    return one ? insight_is_fresh_for : list_is_fresh_for;
}

asio::awaitable<Page> page_of(Parts& parts, Route route, Asked asked) {
    if (has_pages(route.place) && !asked.problem.empty()) {
        co_return problem_page(parts, 400, "This address cannot be read", std::move(asked.problem));
    }
    switch (route.place) {
        case Place::home:
            co_return co_await home_page(parts);
        case Place::insight:
            co_return co_await insight_page(parts, std::move(route));
        case Place::insight_json:
            co_return co_await insight_json(parts, std::move(route));
        case Place::insight_card:
            co_return co_await insight_card(parts, std::move(route));
        case Place::topics:
            co_return co_await topics_page(parts, asked.page);
        case Place::topic:
            co_return co_await topic_page(parts, std::move(route), asked.page);
        case Place::shows:
            co_return co_await shows_page(parts);
        case Place::show:
            co_return co_await show_page(parts, std::move(route), asked.page);
        case Place::topic_feed:
        case Place::show_feed:
            co_return co_await feed_page(parts, std::move(route));
        case Place::search:
            co_return co_await search_page(parts, std::move(asked));
        case Place::search_api:
            co_return co_await search_api(parts, std::move(asked));
        case Place::oembed:
            co_return co_await oembed_page(parts, std::move(asked));
        case Place::robots:
            co_return robots_page(parts);
        case Place::sitemap:
        case Place::sitemap_part:
            co_return co_await sitemap_page(parts, std::move(route));
    }
    co_return not_found(parts);  // no other value
}

Page wrong_method() {
    Page page;
    page.status = 405;
    page.type = "text/plain; charset=utf-8";
    page.bytes = "only GET and HEAD\n";
    page.cache = "no-store";
    page.headers.push_back({"Allow", "GET, HEAD"});
    return page;
}

Page too_many(Millis wait) {
    Page page;
    page.status = 429;
    page.type = "text/plain; charset=utf-8";
    page.bytes = "Too many requests from this address; try again in a moment.\n";
    page.cache = "no-store";
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    page.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(1, seconds))});
    return page;
}

}  // namespace

struct Site::Impl {
    Impl(Ports ports, Options options)
        : parts(std::move(ports), std::move(options)),
          limit(parts.options.requests_a_second, parts.options.burst, most_addresses),
          cache(parts.options.cache_bytes) {}

    // What was taken back must not be shown from memory.
    void forget_stale() {
        const std::uint64_t removals = parts.ports.catalogue.removals();
        if (removals == removals_seen) return;
        removals_seen = removals;
        cache.clear();
    }

    Parts parts;
    RateLimit limit;
    PageCache cache;
    std::uint64_t removals_seen = 0;
};

Site::Site(Ports ports, Options options) : impl_(std::make_unique<Impl>(std::move(ports), std::move(options))) {}

Site::~Site() = default;

Shell& Site::shell() {
    return impl_->parts.shell;
}

asio::awaitable<ServerResponse> Site::answer(ServerRequest request) {
    Impl& in = *impl_;
    const SteadyTime now = in.parts.ports.clock.steady_now();
    std::shared_ptr<ReadyPage> page;
    const Millis wait = in.limit.wait_for(request.remote_address, now);
    if (wait > Millis{0}) {
        page = std::make_shared<ReadyPage>(too_many(wait));
    } else if (request.method != "GET" && request.method != "HEAD") {
        page = std::make_shared<ReadyPage>(wrong_method());
    } else if (ReadyPage* asset = in.parts.shell.asset(request.path())) {
        ServerResponse response = asset->answer(request);
        in.parts.shell.secure(response);
        co_return response;
    } else {
        in.forget_stale();
        std::optional<Route> route = route_of(request.path());
        Asked asked = asked_of(request.query());
        // What a page does not ask for makes no other page of it.
        std::string key(request.path());
        const Place place_asked = route ? route->place : Place::home;
        const bool kept = route && is_kept(route->place) && asked.problem.empty();
        if (kept && has_pages(route->place) && asked.page > 1) key += fmt::format("?page={}", asked.page);
        if (kept) page = in.cache.find(key, now);
        if (!page) {
            const std::uint64_t removals = in.removals_seen;
            Page made;
            if (route) {
                Route place = std::move(*route);
                made = co_await page_of(in.parts, std::move(place), std::move(asked));
            } else {
                made = not_found(in.parts);
            }
            const bool keep = kept && (made.status == 200 || made.status == 301);
            page = std::make_shared<ReadyPage>(std::move(made), keep ? Effort::small : Effort::fast);
            // Something was taken back while it was made: shown once more, but not kept.
            in.forget_stale();
            if (keep && removals == in.removals_seen) in.cache.keep(std::move(key), page, now + fresh_for(place_asked));
        }
    }
    ServerResponse response = page->answer(request);
    in.parts.shell.secure(response);
    co_return response;
}

}  // namespace podbrief::web
