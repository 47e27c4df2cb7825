#include "adapters/web/brief_views.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/web/addresses.hpp"
#include "adapters/web/http_date.hpp"
#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::web {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_days = 60;

std::string path_of(const InsightCard& card) {
    Insight insight;
    insight.id = card.insight;
    insight.text = card.text;
    return insight_path(insight);
}

std::string name_of_key(std::string_view key) {
    const auto day = briefs::read_key(key);
    return day ? briefs::name_of(*day) : std::string(key);
}

std::vector<InsightCard> cards_of(const Reply& reply) {
    std::vector<InsightCard> cards;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) cards.push_back(*card);
    }
    return cards;
}

// What is said beside the insights: a note when there are few.
std::vector<std::string> words_of(const ShownBrief& shown) {
    std::vector<std::string> words;
    for (const ReplyBlock& block : shown.reply.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) words.push_back(paragraph->text);
    }
    if (shown.withdrawn > 0) {
        words.push_back(shown.withdrawn == 1
                            ? "One insight of this brief was withdrawn since."
                            : fmt::format("{} insights of this brief were withdrawn since.", shown.withdrawn));
    }
    return words;
}

View card_view(const InsightCard& card, const std::string& site) {
    std::vector<View> labels;
    for (const std::string& label : commands::labels(card)) {
        View one;
        one.set("text", label);
        labels.push_back(std::move(one));
    }
    std::string source;
    for (const std::string& part : commands::source_parts(card)) source += (source.empty() ? "" : " \u00b7 ") + part;
    View view;
    view.set("number", std::to_string(card.number)).set("text", card.text).set("labels", std::move(labels));
    view.set("href", site + path_of(card)).set("source", std::move(source)).set("why", card.why);
    view.set("listen", card.link);
    return view;
}

std::vector<View> card_views(const ShownBrief& shown, const std::string& site) {
    std::vector<View> views;
    for (const InsightCard& card : cards_of(shown.reply)) views.push_back(card_view(card, site));
    return views;
}

std::vector<View> day_views(const ShownBriefs& what) {
    const std::string shown = what.briefs.empty() ? std::string() : what.briefs.front().brief.local_date;
    std::vector<View> days;
    for (const std::string& key : what.days) {
        if (days.size() == most_days) break;
        View day;
        day.set("href", what.address + "/" + day_path(key)).set("name", name_of_key(key)).set("here", key == shown);
        days.push_back(std::move(day));
    }
    return days;
}

std::string first_brief_words(const Reader& reader, WallTime now) {
    const WallTime next = briefs::next_brief_at(reader, now);
    return fmt::format("No brief was made for you yet. The next one is due on {} at {} ({}).",
                       briefs::format_day(next, reader.time_zone), briefs::format_time_of_day(reader.brief_at),
                       reader.time_zone);
}

PageHead head_of(const ShownBriefs& what) {
    PageHead head;
    head.title = what.briefs.empty() ? std::string("Your briefs")
                                     : "Your brief for " + name_of_key(what.briefs.front().brief.local_date);
    head.index = false;
    head.feed = what.address + ".rss";
    head.feed_title = "Your briefs";
    return head;
}

Json card_json(const InsightCard& card, const std::string& site) {
    Json json = Json::object();
    json["number"] = card.number;
    json["id"] = card.insight.value;
    json["page"] = site + path_of(card);
    json["text"] = card.text;
    json["labels"] = commands::labels(card);
    json["speaker"] = card.speaker;
    json["show"] = card.show;
    json["episode"] = card.episode;
    json["published_at"] = card.published_at ? Json(iso_time(*card.published_at)) : Json(nullptr);
    json["start_ms"] = card.start.count();
    json["time_is_approximate"] = card.time_is_approximate;
    json["listen"] = card.link;
    json["sources"] = card.sources;
    json["why"] = card.why;
    return json;
}

}  // namespace

std::string day_path(std::string_view brief_key) {
    std::string path(brief_key);
    std::replace(path.begin(), path.end(), '#', '-');
    return path;
}

std::string key_of_day_path(std::string_view path) {
    constexpr std::size_t day_length = 10;  // "2026-03-12"
    if (path.size() < day_length || path.size() > day_length + 3) return {};
    std::string key(path);
    if (key.size() > day_length && key[day_length] == '-') key[day_length] = '#';
    const auto day = briefs::read_key(key);
    return day && briefs::write_key(*day) == key ? key : std::string();
}

Page brief_page(Shell& shell, const ShownBriefs& what) {
    View view;
    const bool has = !what.briefs.empty();
    view.set("heading", has ? "Your brief for " + name_of_key(what.briefs.front().brief.local_date) : "Your briefs");
    view.set("insights", has ? card_views(what.briefs.front(), {}) : std::vector<View>());
    std::vector<std::string> words;
    if (has) words = words_of(what.briefs.front());
    if (!has) words.push_back(first_brief_words(what.reader, what.now));
    view.set("words", words);
    view.set("name", what.reader.name).set("feed", what.address + ".rss").set("json", what.address + ".json");
    View days;
    days.set("list", day_views(what));
    if (what.days.size() > 1) {
        view.set("days", std::move(days));
    } else {
        view.set("days", false);
    }
    return shell.page(head_of(what), "brief", view);
}

Page brief_feed(Shell& shell, const ShownBriefs& what) {
    std::vector<View> items;
    for (const ShownBrief& shown : what.briefs) {
        View inner;
        inner.set("insights", card_views(shown, what.site)).set("words", words_of(shown));
        View item;
        const std::string link = what.site + what.address + "/" + day_path(shown.brief.local_date);
        item.set("title", "Your brief for " + name_of_key(shown.brief.local_date)).set("link", link);
        item.set("date", http_date(shown.brief.composed_at)).set("html", shell.render("brief_feed_item", inner));
        items.push_back(std::move(item));
    }
    View view;
    view.set("link", what.site + what.address).set("self", what.site + what.address + ".rss");
    view.set("items", std::move(items));
    Page page;
    page.type = "application/rss+xml; charset=utf-8";
    page.bytes = shell.render("brief_feed", view);
    // What XML cannot hold, not even escaped.
    std::erase_if(page.bytes, [](unsigned char c) { return c < 0x20 && c != '\n' && c != '\t'; });
    return page;
}

Page brief_documents(const ShownBriefs& what) {
    Json all = Json::array();
    for (const ShownBrief& shown : what.briefs) {
        Json one = Json::object();
        one["day"] = shown.brief.local_date;
        one["title"] = "Your brief for " + name_of_key(shown.brief.local_date);
        one["page"] = what.site + what.address + "/" + day_path(shown.brief.local_date);
        one["composed_at"] = iso_time(shown.brief.composed_at);
        one["notes"] = words_of(shown);
        one["insights"] = Json::array();
        for (const InsightCard& card : cards_of(shown.reply)) one["insights"].push_back(card_json(card, what.site));
        all.push_back(std::move(one));
    }
    Json json = Json::object();
    json["format"] = "podbrief-briefs-1";
    json["briefs"] = std::move(all);
    Page page;
    page.type = "application/json";
    // Text from outside is valid UTF-8 by then; should it not be, it is replaced rather than refused.
    page.bytes = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return page;
}

}  // namespace podbrief::web
