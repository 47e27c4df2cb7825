// The page of one insight.
#include "adapters/web/addresses.hpp"
#include "adapters/web/card.hpp"
#include "adapters/web/http_date.hpp"
#include "adapters/web/insight_json.hpp"
#include "adapters/web/insight_view.hpp"
#include "adapters/web/site_parts.hpp"
#include "core/async/run_on.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t most_elsewhere = 10;

// 410: it was there, and why it is not any more.
Page withdrawn(Parts& parts, const InsightDetail& detail, std::string message) {
    PageHead head;
    head.title = "Withdrawn";
    head.index = false;
    std::vector<View> topics;
    for (const std::string& topic : detail.insight.topics) {
        if (parts.ports.catalogue.topic(services::Catalogue::key_of(topic)) == nullptr) continue;
        View view;
        view.set("name", topic).set("href", topic_path(topic));
        topics.push_back(std::move(view));
        if (topics.size() == 3) break;
    }
    View view;
    view.set("message", std::move(message)).set("show", detail.show);
    view.set("show_href", show_path(detail.insight.podcast, detail.show)).set("topics", std::move(topics));
    Page page = parts.shell.page(head, "gone", view);
    page.status = 410;
    return page;
}

// Other insights of the same claim, in other episodes.
View elsewhere_view(const InsightDetail& detail, const std::vector<InsightDetail>& members) {
    std::vector<View> list;
    for (const InsightDetail& member : members) {
        if (member.insight.episode == detail.insight.episode) continue;
        View one;
        one.set("href", insight_path(member.insight)).set("by", said_by(member));
        one.set("day", commands::short_day(member.insight.published_at));
        one.set("iso_day", iso_day(member.insight.published_at));
        list.push_back(std::move(one));
    }
    View view;
    const auto sources = static_cast<std::size_t>(std::max(1, detail.independent_sources));
    view.set("heading", commands::counted(sources, "independent source", "independent sources"));
    view.set("list", std::move(list));
    return view;
}

}  // namespace

asio::awaitable<Looked> look_at(Parts& parts, std::int64_t id) {
    Looked looked;
    std::vector<InsightId> wanted(1, InsightId{id});
    std::vector<InsightDetail> details = co_await parts.ports.library.details(wanted);
    if (details.empty()) {
        looked.message = "No insight has this number.";
        looked.instead = not_found(parts, looked.message);
        co_return looked;
    }
    if (!details.front().insight.superseded) {
        looked.detail = std::move(details.front());
        co_return looked;
    }
    const std::vector<OutboxStore::Withdrawal> withdrawals = co_await parts.ports.outbox.withdrawals(wanted);
    std::string why = "A newer version of the transcript took its place, so it is not shown any more.";
    looked.message = why;
    if (!withdrawals.empty()) {
        why = withdrawals.front().reason;  // below a headline that says the rest
        looked.message = commands::withdrawn_text(why);
    }
    looked.instead = withdrawn(parts, details.front(), std::move(why));
    co_return looked;
}

asio::awaitable<Page> insight_page(Parts& parts, Route route) {
    Looked looked = co_await look_at(parts, route.id);
    if (!looked.detail) co_return std::move(looked.instead);
    const InsightDetail detail = std::move(*looked.detail);
    const std::string path = insight_path(detail.insight);
    if (services::Catalogue::slug_of(detail.insight) != route.slug) co_return redirect(path);
    std::vector<InsightId> members = detail.cluster_members;
    std::erase(members, detail.insight.id);
    if (members.size() > most_elsewhere) members.resize(most_elsewhere);
    const std::vector<InsightDetail> elsewhere = co_await details_of(parts, std::move(members));
    const std::vector<services::FoundInsight> related = co_await parts.finder.related_to(detail.insight);
    RelatedGroups groups = related_groups(related);

    PageHead head;
    head.title = text::shortened(detail.insight.text, 110);
    head.description = description_of(detail);
    head.path = path;
    head.image = fmt::format("/i/{}.png", detail.insight.id.value);
    head.image_alt = text::shortened(detail.insight.text, 200);
    head.kind = "article";
    head.oembed = path;
    std::vector<std::string> topics = detail.insight.topics;
    if (topics.size() > 3) topics.resize(3);
    View view;
    view.set("i", insight_view(detail)).set("has_topics", !detail.insight.topics.empty());
    view.set("doors", doors_view(parts, detail.insight.id, topics));
    if (elsewhere.empty()) {
        view.set("others", false);
    } else {
        view.set("others", elsewhere_view(detail, elsewhere));
    }
    view.set("groups", std::move(groups.groups)).set("missing", groups.missing);
    co_return parts.shell.page(head, "insight", view);
}

asio::awaitable<Page> insight_card(Parts& parts, Route route) {
    Looked looked = co_await look_at(parts, route.id);
    Page page;
    if (!looked.detail) {
        page.status = looked.instead.status;
        page.type = "text/plain; charset=utf-8";
        page.bytes = looked.message + "\n";
        co_return page;
    }
    const InsightDetail& detail = *looked.detail;
    CardText text;
    text.claim = detail.insight.text;
    text.who = said_by(detail);
    text.below = commands::short_day(detail.insight.published_at);
    if (detail.independent_sources > 1)
        text.below += fmt::format(" · {} independent sources", detail.independent_sources);
    page.type = "image/png";
    page.cache = "public, max-age=86400";
    auto draw = [text = std::move(text)] { return draw_card(text); };
    if (parts.ports.heavy) {
        page.bytes = co_await run_on(parts.ports.heavy, std::move(draw));
    } else {
        page.bytes = draw();
    }
    co_return page;
}

asio::awaitable<Page> insight_json(Parts& parts, Route route) {
    Looked looked = co_await look_at(parts, route.id);
    if (!looked.detail) {
        std::string code = looked.instead.status == 410 ? "withdrawn" : "not_found";
        co_return api_problem(looked.instead.status, std::move(code), std::move(looked.message));
    }
    const InsightDetail detail = std::move(*looked.detail);
    const std::vector<services::FoundInsight> related = co_await parts.finder.related_to(detail.insight);
    Page page;
    page.type = "application/json; charset=utf-8";
    page.bytes = insight_document(detail, related, parts.shell.options().public_url);
    co_return page;
}

}  // namespace podbrief::web
