#include "adapters/web/site.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <unordered_map>

#include "adapters/web/page_cache.hpp"
#include "adapters/web/rate_limit.hpp"
#include "adapters/web/site_parts.hpp"
#include "core/ports/store_failure.hpp"

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

// A page that is being made, and those who wait for it.
struct Making {
    explicit Making(const asio::any_io_executor& executor) : ended(executor, asio::steady_timer::time_point::max()) {}

    asio::steady_timer ended;  // never by time: cancelled when it is over
    bool over = false;
    std::shared_ptr<ReadyPage> page;  // nullptr: whoever made it was cut off
    std::exception_ptr failure;       // the store's
};

// One request, read.
struct Wish {
    std::optional<Route> route;
    Asked asked;
    bool kept = false;  // its page may be shown to others
    std::string key;    // what a page does not ask for makes no other page of it
};

Wish wish_of(const ServerRequest& request) {
    Wish wish{route_of(request.path()), asked_of(request.query()), false, std::string(request.path())};
    wish.kept = wish.route && is_kept(wish.route->place) && wish.asked.problem.empty();
    if (wish.kept && has_pages(wish.route->place) && wish.asked.page > 1)
        wish.key += fmt::format("?page={}", wish.asked.page);
    return wish;
}

}  // namespace

struct Site::Impl {
    Impl(Ports ports, Options options)
        : parts(std::move(ports), std::move(options)),
          limit(parts.options.requests_a_second, parts.options.burst, most_addresses),
          cache(parts.options.cache_bytes) {}

    // What was taken back must not be shown from memory, nor from what was begun before.
    void forget_stale() {
        const std::uint64_t removals = parts.ports.catalogue.removals();
        if (removals == removals_seen) return;
        removals_seen = removals;
        cache.clear();
        being_made.clear();
    }

    asio::awaitable<std::shared_ptr<ReadyPage>> make(Wish wish, SteadyTime now);
    asio::awaitable<std::shared_ptr<ReadyPage>> make_for_all(Wish wish, SteadyTime now);
    asio::awaitable<std::shared_ptr<ReadyPage>> kept_or_made(Wish wish, SteadyTime now);

    Parts parts;
    RateLimit limit;
    PageCache cache;
    std::unordered_map<std::string, std::shared_ptr<Making>> being_made;
    std::uint64_t removals_seen = 0;
    Figures figures;
};

asio::awaitable<std::shared_ptr<ReadyPage>> Site::Impl::make(Wish wish, SteadyTime now) {
    const std::uint64_t removals = removals_seen;
    const Place place = wish.route ? wish.route->place : Place::home;
    Page made;
    if (wish.route) {
        made = co_await page_of(parts, std::move(*wish.route), std::move(wish.asked));
    } else {
        made = not_found(parts);
    }
    const bool keep = wish.kept && (made.status == 200 || made.status == 301);
    auto page = std::make_shared<ReadyPage>(std::move(made), keep ? Effort::small : Effort::fast);
    // Something was taken back while it was made: shown once more, but not kept.
    forget_stale();
    if (keep && removals == removals_seen) cache.keep(std::move(wish.key), page, now + fresh_for(place));
    co_return page;
}

asio::awaitable<std::shared_ptr<ReadyPage>> Site::Impl::make_for_all(Wish wish, SteadyTime now) {
    // Ends the waiting in whatever way the making ends, also when it is cancelled.
    struct Turn {
        Impl& in;
        std::string key;
        std::shared_ptr<Making> making;
        Turn(Impl& i, std::string k, std::shared_ptr<Making> m) : in(i), key(std::move(k)), making(std::move(m)) {
            in.being_made[key] = making;
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            making->over = true;
            making->ended.cancel();
            const auto mine = in.being_made.find(key);
            if (mine != in.being_made.end() && mine->second == making) in.being_made.erase(mine);
        }
    };
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const Turn turn(*this, wish.key, std::make_shared<Making>(executor));
    ++figures.misses;
    try {
        turn.making->page = co_await make(std::move(wish), now);
    } catch (const StoreFailure&) {
        turn.making->failure = std::current_exception();
        throw;
    }
    co_return turn.making->page;
}

asio::awaitable<std::shared_ptr<ReadyPage>> Site::Impl::kept_or_made(Wish wish, SteadyTime now) {
    for (;;) {
        forget_stale();
        std::shared_ptr<ReadyPage> page = cache.find(wish.key, now);
        if (page) {
            ++figures.hits;
            co_return page;
        }
        const auto under_way = being_made.find(wish.key);
        if (under_way == being_made.end()) co_return co_await make_for_all(std::move(wish), now);
        const std::shared_ptr<Making> making = under_way->second;
        ++figures.joined;
        while (!making->over) co_await making->ended.async_wait(asio::as_tuple(asio::use_awaitable));
        if (making->failure) std::rethrow_exception(making->failure);
        if (making->page) co_return making->page;
    }
}

Site::Site(Ports ports, Options options) : impl_(std::make_unique<Impl>(std::move(ports), std::move(options))) {}

Site::~Site() = default;

Shell& Site::shell() {
    return impl_->parts.shell;
}

Site::Figures Site::figures() const {
    Figures figures = impl_->figures;
    figures.pages = impl_->cache.size();
    figures.bytes = impl_->cache.bytes();
    return figures;
}

ServerResponse Site::out_of_order() {
    Page page = problem_page(impl_->parts, 503, "The library cannot be read just now",
                             "Please come again in a minute. Nothing is lost.");
    page.cache = "no-store";
    page.headers.push_back({"Retry-After", "30"});
    ReadyPage ready(std::move(page));
    ServerResponse response = ready.answer(ServerRequest());
    impl_->parts.shell.secure(response);
    return response;
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
        Wish wish = wish_of(request);
        if (wish.kept) {
            page = co_await in.kept_or_made(std::move(wish), now);
        } else {
            in.forget_stale();
            page = co_await in.make(std::move(wish), now);
        }
    }
    ServerResponse response = page->answer(request);
    in.parts.shell.secure(response);
    co_return response;
}

}  // namespace podbrief::web
