#include "adapters/web/brief_pages.hpp"

#include <algorithm>

#include "adapters/web/brief_views.hpp"
#include "core/briefs/brief_key.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/services/private_pages.hpp"

namespace podbrief::web {
namespace {

constexpr std::chrono::days kept{92};    // how far back pages go
constexpr std::chrono::days recent{14};  // what feeds hold
constexpr double a_second = 1;
constexpr double burst = 60;
constexpr std::size_t most_addresses = 20'000;

Page not_allowed(Shell& shell) {
    Page page = words_page(shell, 405, "This page can only be read", "Open it in a browser or a feed reader.");
    page.headers.push_back({"Allow", "GET, HEAD"});
    return page;
}

}  // namespace

struct BriefPages::Target {
    enum class Kind { none, page, feed, documents };
    Kind kind = Kind::none;
    std::string key;    // of the page
    std::string brief;  // which brief; empty: the latest
};

struct BriefPages::Found {
    std::vector<Brief> briefs;
    std::vector<std::string> days;
};

BriefPages::BriefPages(Ports ports, Shell& shell, std::function<std::string()> site)
    : ports_(ports), shell_(shell), site_(std::move(site)), limit_(a_second, burst, most_addresses) {}

BriefPages::Target BriefPages::target_of(std::string_view path) {
    Target target;
    path.remove_prefix(std::min<std::size_t>(3, path.size()));  // "/b/"
    const std::string_view key = path.substr(0, services::key_length);
    if (!services::is_key(key)) return target;
    const std::string_view rest = path.substr(key.size());
    if (rest == ".rss") {
        target.kind = Target::Kind::feed;
    } else if (rest == ".json") {
        target.kind = Target::Kind::documents;
    } else if (rest.empty()) {
        target.kind = Target::Kind::page;
    } else if (rest.starts_with('/')) {
        target.brief = key_of_day_path(rest.substr(1));
        if (target.brief.empty()) return target;
        target.kind = Target::Kind::page;
    }
    target.key = std::string(key);
    return target;
}

Page BriefPages::nobodys() {
    return words_page(
        shell_, 404, "There is no page here",
        "The address is mistyped, or it does not work any more. Say page to podbrief in your chat, and you "
        "get the one that does.");
}

asio::awaitable<BriefPages::Found> BriefPages::find(ReaderId reader, std::string key, bool recent_ones) {
    const WallTime now = ports_.clock.wall_now();
    const std::vector<Brief> all = co_await ports_.readers.briefs_since(reader, now - kept);
    Found found;
    for (const Brief& brief : all) {
        found.days.push_back(brief.local_date);
        const bool wanted = recent_ones   ? brief.composed_at >= now - recent
                            : key.empty() ? found.briefs.empty()
                                          : brief.local_date == key;
        if (wanted) found.briefs.push_back(brief);
    }
    co_return found;
}

asio::awaitable<Page> BriefPages::page_of(ServerRequest request) {
    if (request.method != "GET" && request.method != "HEAD") co_return not_allowed(shell_);
    const Millis wait = limit_.wait_for(request.remote_address, ports_.clock.steady_now());
    if (wait > Millis{0}) co_return too_often_page(shell_, wait);
    const Target target = target_of(request.path());
    if (target.kind == Target::Kind::none) co_return nobodys();
    const std::optional<ReaderId> whose = co_await ports_.keys.page(services::hash_of_key(target.key));
    if (!whose) co_return nobodys();
    std::optional<Reader> reader = co_await ports_.readers.reader(*whose);
    if (!reader) co_return nobodys();
    const bool is_page = target.kind == Target::Kind::page;
    const Found found = co_await find(*whose, target.brief, !is_page);
    if (!target.brief.empty() && found.briefs.empty()) co_return nobodys();

    std::vector<InsightId> ids;
    for (const Brief& brief : found.briefs) {
        for (const BriefItem& item : brief.items) ids.push_back(item.insight);
    }
    const std::vector<OutboxStore::Withdrawal> withdrawn = co_await ports_.outbox.withdrawals(ids);
    std::vector<InsightDetail> details = co_await ports_.library.details(std::move(ids));
    const auto is_withdrawn = [&](InsightId id) {
        return std::any_of(withdrawn.begin(), withdrawn.end(), [&](const auto& one) { return one.insight == id; });
    };
    std::erase_if(details, [&](const InsightDetail& one) { return is_withdrawn(one.insight.id); });

    ShownBriefs shown;
    shown.reader = std::move(*reader);
    shown.site = site_();
    shown.address = "/b/" + target.key;
    shown.days = found.days;
    shown.now = ports_.clock.wall_now();
    for (const Brief& brief : found.briefs) {
        ShownBrief one;
        one.brief = brief;
        one.reply = commands::brief_reply(brief, details, shown.reader);
        one.withdrawn = static_cast<int>(std::count_if(brief.items.begin(), brief.items.end(),
                                                       [&](const auto& item) { return is_withdrawn(item.insight); }));
        shown.briefs.push_back(std::move(one));
    }
    if (target.kind == Target::Kind::feed) co_return brief_feed(shell_, shown);
    if (target.kind == Target::Kind::documents) co_return brief_documents(shown);
    co_return brief_page(shell_, shown);
}

asio::awaitable<ServerResponse> BriefPages::answer(ServerRequest request) {
    Page page = co_await page_of(request);
    co_return private_answer(shell_, std::move(page), request);
}

}  // namespace podbrief::web
