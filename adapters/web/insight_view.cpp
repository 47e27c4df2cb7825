#include "adapters/web/insight_view.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/http_date.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t most_of_group = 6;

std::string kind_of(Relation relation) {
    switch (relation) {
        case Relation::supports:
            return "supports";
        case Relation::disputes:
            return "disputes";
        case Relation::adds_context:
            break;
    }
    return "context";
}

std::string sources_of(const InsightCard& card) {
    return card.sources > 1 ? fmt::format("{} independent sources", card.sources) : std::string();
}

std::vector<View> topic_views(const std::vector<std::string>& topics) {
    std::vector<View> views;
    for (const std::string& topic : topics) {
        std::string path = topic_path(topic);
        if (path.empty()) continue;
        View view;
        view.set("name", topic).set("href", std::move(path));
        views.push_back(std::move(view));
    }
    return views;
}

// What the words rest on, where that is not simply that somebody said them.
std::string origin_note(const InsightCard& card) {
    if (card.origin == InsightOrigin::show_notes) return "From the show notes, not from what was said.";
    if (card.origin == InsightOrigin::asked) return "Looked up in the transcripts because somebody asked.";
    return {};
}

View group_view(std::string heading, std::string kind, const std::vector<const services::FoundInsight*>& found) {
    std::vector<View> entries;
    for (const services::FoundInsight* one : found) {
        if (entries.size() == most_of_group) break;
        entries.push_back(entry_view(one->detail, one->relation));
    }
    View view;
    view.set("heading", std::move(heading)).set("kind", std::move(kind)).set("insights", std::move(entries));
    return view;
}

}  // namespace

std::string role_of(const InsightDetail& detail) {
    const std::string name = text::fold(detail.insight.speaker);
    for (const Person& person : detail.persons) {
        if (!name.empty() && text::fold(person.name) == name) return person.role;
    }
    return {};
}

std::string said_by(const InsightDetail& detail) {
    if (detail.insight.speaker.empty()) return detail.show;
    if (detail.show.empty()) return detail.insight.speaker;
    return fmt::format("{} on {}", detail.insight.speaker, detail.show);
}

std::string description_of(const InsightDetail& detail) {
    return fmt::format("“{}” {}", text::shortened(detail.insight.quote, 220), said_by(detail));
}

View entry_view(const InsightDetail& detail, std::optional<Relation> relation) {
    InsightCard card = commands::card_of(detail, 0);
    card.relation = relation;
    std::string label;
    if (relation) {
        InsightCard bare;
        bare.relation = relation;
        label = commands::labels(bare).front();
    }
    View view;
    view.set("text", card.text).set("href", insight_path(detail.insight));
    view.set("chip", label).set("chip_kind", relation ? kind_of(*relation) : std::string());
    view.set("speaker", commands::attribution(card));
    view.set("show", card.show).set("show_href", show_path(detail.insight.podcast, detail.show));
    view.set("day", commands::short_day(detail.insight.published_at));
    view.set("iso_day", iso_day(detail.insight.published_at));
    view.set("sources", sources_of(card));
    return view;
}

std::vector<View> entry_views(const std::vector<InsightDetail>& details) {
    std::vector<View> views;
    views.reserve(details.size());
    for (const InsightDetail& detail : details) views.push_back(entry_view(detail));
    return views;
}

std::vector<View> entry_views(const std::vector<services::FoundInsight>& found) {
    std::vector<View> views;
    views.reserve(found.size());
    for (const services::FoundInsight& one : found) views.push_back(entry_view(one.detail, one.relation));
    return views;
}

namespace {

// A claim that is its quote but for a comma need not be read twice.
bool is_said_so(const Insight& insight) {
    constexpr double nearly_all = 0.9;
    return text::jaccard(text::unique_stems(insight.text), text::unique_stems(insight.quote)) >= nearly_all;
}

}  // namespace

View insight_view(const InsightDetail& detail) {
    const InsightCard card = commands::card_of(detail, 0);
    const std::string role = role_of(detail);
    const std::string time = commands::moment(card);
    std::string listen;
    if (!card.link.empty()) listen = time.empty() ? "Open the episode" : "Listen at " + time;
    View view;
    constexpr std::size_t long_claim = 160;  // bytes; set smaller, so that the doors stay within a phone's first screen
    const bool said_so = is_said_so(detail.insight);
    const std::string& shown = said_so ? detail.insight.quote : card.text;
    view.set("text", shown).set("long", shown.size() > long_claim);
    view.set("said_so", said_so).set("quote", detail.insight.quote);
    view.set("speaker", commands::attribution(card)).set("role", role);
    view.set("who", detail.insight.speaker);
    view.set("show", card.show).set("show_href", show_path(detail.insight.podcast, detail.show));
    view.set("episode", card.episode == card.show ? std::string() : card.episode);
    view.set("day", commands::short_day(detail.insight.published_at));
    view.set("iso_day", iso_day(detail.insight.published_at));
    view.set("moment", time).set("approximate", card.time_is_approximate && !time.empty());
    view.set("listen", listen).set("link", card.link);
    view.set("sources", sources_of(card));
    view.set("origin_note", origin_note(card));
    view.set("topics", topic_views(detail.insight.topics));
    return view;
}

RelatedGroups related_groups(const std::vector<services::FoundInsight>& related) {
    std::vector<const services::FoundInsight*> supports, disputes, context, others;
    for (const services::FoundInsight& one : related) {
        if (!one.relation) {
            others.push_back(&one);
        } else if (*one.relation == Relation::supports) {
            supports.push_back(&one);
        } else if (*one.relation == Relation::disputes) {
            disputes.push_back(&one);
        } else {
            context.push_back(&one);
        }
    }
    RelatedGroups made;
    if (!supports.empty()) made.groups.push_back(group_view("Supports", "supports", supports));
    if (!disputes.empty()) made.groups.push_back(group_view("Disputes", "disputes", disputes));
    if (!context.empty()) made.groups.push_back(group_view("Adds context", "context", context));
    if (!others.empty()) made.groups.push_back(group_view("On the same topic", "same", others));
    if (related.empty()) {
        made.missing = "Nothing else in the library speaks of this so far.";
    } else if (disputes.empty()) {
        made.missing = "No opposing view in the library so far.";
    } else if (supports.empty()) {
        made.missing = "Nothing that backs it up in the library so far.";
    }
    return made;
}

}  // namespace podbrief::web
