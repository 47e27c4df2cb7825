// Pages that list insights: the front page, topics, shows.
#include "adapters/web/addresses.hpp"
#include "adapters/web/insight_view.hpp"
#include "adapters/web/site_parts.hpp"
#include "core/commands/links.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t best_of_day = 5;
constexpr std::size_t topics_of_home = 24;
constexpr std::size_t topics_a_page = 120;

// "1,234 insights".
std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    std::string digits = std::to_string(count);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return fmt::format("{} {}", digits, count == 1 ? one : many);
}

const Subscription* show_of(const std::vector<Subscription>& shows, std::int64_t id) {
    const auto found =
        std::find_if(shows.begin(), shows.end(), [&](const Subscription& one) { return one.podcast.id.value == id; });
    return found == shows.end() ? nullptr : &*found;
}

// Insights of one show, by episode, in the order given.
std::vector<View> by_episode(const std::vector<InsightDetail>& details) {
    std::vector<View> episodes;
    for (std::size_t at = 0; at < details.size();) {
        std::vector<InsightDetail> of_one;
        const InsightDetail& first = details[at];
        while (at < details.size() && details[at].insight.episode == first.insight.episode) {
            of_one.push_back(details[at]);
            ++at;
        }
        View view;
        view.set("id", std::to_string(first.insight.episode.value));
        view.set("title",
                 first.episode_title.empty() ? commands::short_day(first.insight.published_at) : first.episode_title);
        view.set("insights", entry_views(of_one));
        episodes.push_back(std::move(view));
    }
    return episodes;
}

}  // namespace

asio::awaitable<Page> home_page(Parts& parts) {
    const services::Catalogue& catalogue = parts.ports.catalogue;
    constexpr std::chrono::hours day{24};
    const WallTime now = parts.ports.clock.wall_now();
    std::vector<InsightId> best = catalogue.best_since(now - day, best_of_day);
    const bool today = best.size() >= 3;
    // On a quiet day, those of the weeks before the newest episode: as many as it takes.
    for (int days = 14; !today && days < 4'000; days *= 4) {
        best = catalogue.best_since(catalogue.newest_at() - days * day, best_of_day);
        if (best.size() == best_of_day) break;
    }
    const std::vector<InsightDetail> details = co_await details_of(parts, std::move(best));
    PageHead head;
    head.title = "podbrief: what podcasts say, in five insights a day";
    head.description =
        "We scan new podcasts and send you the top 5 insights daily: the claim, the exact words, and who disputes it.";
    head.path = "/";
    View view;
    view.set("doors", doors_view(parts));
    view.set("best_title", today ? "Today's best insights" : "Best of the latest episodes");
    view.set("insights", entry_views(details));
    view.set("topics", topics_view(catalogue.common_topics(topics_of_home), false));
    co_return parts.shell.page(head, "home", view);
}

asio::awaitable<Page> topics_page(Parts& parts, std::size_t page) {
    const services::Catalogue& catalogue = parts.ports.catalogue;
    std::vector<const services::Catalogue::Topic*> topics = catalogue.common_topics(page * topics_a_page + 1);
    const bool more = topics.size() > page * topics_a_page;
    const std::size_t skipped = std::min((page - 1) * topics_a_page, topics.size());
    topics.erase(topics.begin(), topics.begin() + static_cast<std::ptrdiff_t>(skipped));
    if (topics.size() > topics_a_page) topics.resize(topics_a_page);
    if (topics.empty() && page > 1) co_return not_found(parts, "There are not so many topics.");
    PageHead head;
    head.title = "Topics";
    head.description = "Everything that the newest podcast episodes are about, the most spoken of first.";
    head.path = page == 1 ? "/topics" : fmt::format("/topics?page={}", page);
    head.here = "topics";
    View view;
    view.set("count", catalogue.topic_count() == 0
                          ? "Nothing has been read yet."
                          : counted(catalogue.topic_count(), "topic", "topics") + ", the most spoken of first.");
    view.set("empty", catalogue.topic_count() == 0);
    view.set("topics", topics_view(topics, true));
    view.set("pager", pager_view("/topics", page, more));
    co_return parts.shell.page(head, "topics", view);
}

asio::awaitable<Page> topic_page(Parts& parts, Route route, std::size_t page) {
    const std::optional<std::string> name = unescaped_path(route.slug);
    const std::string key = name ? services::Catalogue::key_of(*name) : std::string();
    const services::Catalogue::Topic* topic = parts.ports.catalogue.topic(key);
    if (topic == nullptr) co_return not_found(parts, "No insight is about this topic.");
    const std::string path = topic_path(key);
    if (path != "/topics/" + route.slug) co_return redirect(path);
    const std::size_t count = topic->insights.size();
    const std::string shown = topic->name;
    std::vector<InsightId> ids = parts.ports.catalogue.newest(topic->insights, (page - 1) * page_size, page_size + 1);
    if (ids.empty() && page > 1) co_return not_found(parts, "This topic has not so many insights.");
    const bool more = ids.size() > page_size;
    if (more) ids.pop_back();
    const std::vector<InsightDetail> details = co_await details_of(parts, std::move(ids));
    PageHead head;
    head.title = shown;
    head.description = fmt::format("What podcasts say about {}: {}, each with the exact words.", shown,
                                   counted(count, "insight", "insights"));
    head.path = page == 1 ? path : fmt::format("{}?page={}", path, page);
    head.feed = path + ".rss";
    head.feed_title = fmt::format("podbrief: {}", shown);
    View view;
    view.set("name", shown).set("count", counted(count, "insight", "insights") + ".");
    view.set("feed", path + ".rss").set("search", search_path(shown));
    std::vector<std::string> topics(1, shown);
    const InsightId lead = details.empty() ? InsightId() : details.front().insight.id;
    view.set("doors", doors_view(parts, lead, topics));
    view.set("insights", entry_views(details)).set("pager", pager_view(path, page, more));
    co_return parts.shell.page(head, "topic", view);
}

asio::awaitable<Page> shows_page(Parts& parts) {
    const std::vector<Subscription>* shows = co_await shows_of(parts);
    std::vector<View> list;
    for (const Subscription& one : *shows) {
        const std::size_t count = parts.ports.catalogue.of_show(one.podcast.id).size();
        View view;
        view.set("title", one.podcast.title.empty() ? fmt::format("Show {}", one.podcast.id.value) : one.podcast.title);
        view.set("href", show_path(one.podcast.id, one.podcast.title));
        view.set("count", counted(count, "insight", "insights"));
        list.push_back(std::move(view));
    }
    PageHead head;
    head.title = "Shows";
    head.description = "The podcasts that are read here.";
    head.path = "/shows";
    head.here = "shows";
    View view;
    view.set("count", list.empty() ? "No podcast has been added yet."
                                   : counted(list.size(), "podcast is", "podcasts are") + " read here.");
    view.set("empty", list.empty()).set("shows", std::move(list));
    co_return parts.shell.page(head, "shows", view);
}

asio::awaitable<Page> show_page(Parts& parts, Route route, std::size_t page) {
    const std::vector<Subscription>* shows = co_await shows_of(parts);
    const Subscription* show = show_of(*shows, route.id);
    if (show == nullptr) co_return not_found(parts, "No show has this number.");
    const Podcast podcast = show->podcast;
    const std::string path = show_path(podcast.id, podcast.title);
    if (services::Catalogue::key_of(podcast.title, 60) != unescaped_path(route.slug)) co_return redirect(path);
    const std::vector<InsightId>& all = parts.ports.catalogue.of_show(podcast.id);
    const std::size_t count = all.size();
    std::vector<InsightId> ids = parts.ports.catalogue.newest(all, (page - 1) * page_size, page_size + 1);
    if (ids.empty() && page > 1) co_return not_found(parts, "This show has not so many insights.");
    const bool more = ids.size() > page_size;
    if (more) ids.pop_back();
    const std::vector<InsightDetail> details = co_await details_of(parts, std::move(ids));
    const std::string title = podcast.title.empty() ? fmt::format("Show {}", podcast.id.value) : podcast.title;
    PageHead head;
    head.title = title;
    head.description = text::shortened(podcast.description, 200);
    head.path = page == 1 ? path : fmt::format("{}?page={}", path, page);
    head.feed = path + ".rss";
    head.feed_title = fmt::format("podbrief: {}", title);
    View view;
    view.set("title", title).set("description", text::shortened(podcast.description, 300));
    view.set("count", counted(count, "insight", "insights") + ".").set("feed", path + ".rss");
    view.set("link", commands::is_web_address(podcast.link) ? podcast.link : std::string());
    const InsightId lead = details.empty() ? InsightId() : details.front().insight.id;
    view.set("doors", doors_view(parts, lead));
    view.set("episodes", by_episode(details)).set("pager", pager_view(path, page, more));
    co_return parts.shell.page(head, "show", view);
}

}  // namespace podbrief::web
