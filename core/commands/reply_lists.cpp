// Replies that list insights.
#include <set>

#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/commands/links.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

// That something adds context is worth saying only beside what takes a side.
void add_cards(Reply& reply, const ListPage& page) {
    const bool takes_sides = page.supports || page.disputes;
    int number = page.first_number;
    for (const ListItem& item : page.items) {
        InsightCard card = card_of(item.detail, number++);
        if (takes_sides || item.relation != Relation::adds_context) card.relation = item.relation;
        reply.blocks.emplace_back(std::move(card));
    }
}

// The buttons below a list.
void add_next(Reply& reply, const ListPage& page) {
    if (page.left == 0) return;
    suggest(reply, "more");
    if (page.list == 0) return;
    Choice next;
    next.label = "Next";
    next.action.kind = Action::Kind::next;
    next.action.list = page.list;
    Choices choices;
    choices.choices.push_back(std::move(next));
    reply.blocks.emplace_back(std::move(choices));
}

// "Related to 3", or to the beginning of its claim where no number leads there.
std::string head_name(const ListPage& page) {
    return page.head_number > 0 ? std::to_string(page.head_number) : ": " + beginning_of_claim(page.head_text);
}

std::string only_show_notes(const std::vector<ListItem>& items) {
    const bool all = !items.empty() && std::all_of(items.begin(), items.end(), [](const ListItem& item) {
        return item.detail.insight.origin == InsightOrigin::show_notes;
    });
    return all ? "All of this is from show notes: no transcript could be had." : std::string{};
}

// What is said before a list on a topic.
void add_notes(Reply& reply, const ListPage& page) {
    if (!page.not_narrowed.empty()) {
        say(reply,
            fmt::format("Nothing on {} {} in the library. Without that there is:", page.subject, page.not_narrowed));
    }
    say(reply, page.note);
}

std::string title_of(std::string_view before, const ListPage& page) {
    return fmt::format("{}{}{}{}", before, page.subject, page.narrowed.empty() ? "" : ", ", page.narrowed);
}

// What was looked up because somebody asked is told from what the engine chose.
std::string looked_up(const std::vector<ListItem>& items) {
    const auto asked = std::count_if(items.begin(), items.end(), [](const ListItem& item) {
        return item.detail.insight.origin == InsightOrigin::asked;
    });
    if (asked == 0) return {};
    if (asked == static_cast<std::ptrdiff_t>(items.size())) {
        return "No insight was on this before somebody asked: these were looked up in the transcripts.";
    }
    return "Few insights are on this; those marked From the transcripts were looked up there.";
}

// Exact words with who says them and where, and buttons that open the moment.
void add_spoken(Reply& reply, const std::vector<InsightDetail>& spoken) {
    Table table;
    Choices choices;
    for (const InsightDetail& detail : spoken) {
        const InsightCard card = card_of(detail, 0);
        Table::Row row;
        row.label = fmt::format("{}, {}", card.show, moment(card));
        row.value = fmt::format("\"{}\" ({}{}{})", detail.insight.quote, card.speaker, card.speaker.empty() ? "" : ", ",
                                short_day(detail.insight.published_at));
        table.rows.push_back(row);
        if (card.link.empty()) continue;
        Choice listen;
        listen.label = "Listen: " + row.label;
        listen.link = card.link;
        choices.choices.push_back(std::move(listen));
    }
    reply.blocks.emplace_back(std::move(table));
    if (!choices.choices.empty()) reply.blocks.emplace_back(std::move(choices));
}

// "against 2": the first of the page that others dispute; empty: none is in favour.
std::string against_one(const ListPage& page) {
    int number = page.first_number;
    for (const ListItem& item : page.items) {
        if (item.relation == Relation::supports) return fmt::format("against {}", number);
        ++number;
    }
    return {};
}

// What a list says of the other side, when it has none.
std::string missing_views(const ListPage& page) {
    if (page.supports && page.disputes) return {};
    if (page.supports) return "No opposing view found in the library so far.";
    if (page.disputes)
        return page.of_insight ? "Nothing found that backs it up in the library so far."
                               : "Nothing found in favour of it in the library so far.";
    return "No opposing view either: none of these takes a clear side.";
}

std::string why_line(const Reason& reason) {
    if (!reason.watched.empty()) return "you watch " + reason.watched;
    if (reason.outside_bubble) return "from outside what you follow, for balance";
    const bool leans = reason.weight != 0 && reason.weight < 1;
    std::string line;
    if (!reason.matched.empty()) line = (leans ? "you lean to " : "you follow ") + reason.matched;
    if (reason.matched == "what you liked") line = "close to what you liked";
    if (reason.update) line += line.empty() ? "more sources since you saw it" : "; more sources since you saw it";
    if (!reason.disputed_by.empty()) {
        line += (line.empty() ? "you had it before; disputed since by " : "; disputed since by ") + reason.disputed_by;
    }
    return line;
}

// "Thursday, 12 March 2026": the day it is for, which may begin after it was composed.
std::string day_of(const Brief& brief, const Reader& reader) {
    const auto day = briefs::read_key(brief.local_date);
    return day ? briefs::name_of(*day) : briefs::format_day(brief.composed_at, reader.time_zone);
}

// How many of these views are independent of each other: what one guest says on three shows is one, and so is what one
// show says three times. Claims that others made too bring those along.
std::size_t independent_of(const std::vector<ListItem>& items) {
    std::vector<std::size_t> group(items.size());
    for (std::size_t at = 0; at < items.size(); ++at) {
        group[at] = at;
        const Insight& one = items[at].detail.insight;
        for (std::size_t before = 0; before < at; ++before) {
            const Insight& other = items[before].detail.insight;
            const bool same_voice = !one.speaker.empty() && text::fold(one.speaker) == text::fold(other.speaker);
            if (one.podcast != other.podcast && !same_voice) continue;
            const std::size_t from = group[at], to = group[before];
            for (std::size_t any = 0; any <= at; ++any) group[any] = group[any] == from ? to : group[any];
        }
    }
    std::size_t echoed = 0;
    for (const ListItem& item : items)
        echoed += static_cast<std::size_t>(std::max(1, item.detail.independent_sources) - 1);
    return std::set<std::size_t>(group.begin(), group.end()).size() + echoed;
}

// "In favour: two insights from three independent sources."
std::string side(std::string_view name, const ListPage& page) {
    return fmt::format("{}: {} from {}", name, counted(page.items.size(), "insight", "insights"),
                       counted(independent_of(page.items), "source", "independent sources"));
}

}  // namespace

InsightCard card_of(const InsightDetail& detail, int number) {
    const Insight& insight = detail.insight;
    InsightCard card;
    card.number = number;
    card.insight = insight.id;
    card.text = insight.text;
    card.origin = insight.origin;
    card.modality = insight.modality;
    card.speaker = insight.speaker;
    card.show = detail.show;
    card.episode = detail.episode_title;
    card.published_at = insight.published_at;
    card.start = insight.start;
    card.time_is_approximate = insight.origin != InsightOrigin::show_notes && !detail.timed;
    card.link = time_link(detail);
    card.sources = std::max(1, detail.independent_sources);
    if (!insight.topics.empty()) card.topic = insight.topics.front();
    return card;
}

Reply brief_reply(const Brief& brief, const std::vector<InsightDetail>& details, const Reader& reader) {
    Reply reply;
    reply.blocks.emplace_back(Heading{"Your brief for " + day_of(brief, reader)});
    int number = 0;
    std::string topic;
    for (const BriefItem& item : brief.items) {
        ++number;
        const auto detail = std::find_if(details.begin(), details.end(),
                                         [&](const InsightDetail& d) { return d.insight.id == item.insight; });
        if (detail == details.end()) continue;
        InsightCard card = card_of(*detail, number);
        card.update = item.reason.update;
        card.now_disputed = !item.reason.disputed_by.empty();
        card.outside_bubble = item.reason.outside_bubble;
        card.why = why_line(item.reason);
        if (topic.empty() && !detail->insight.topics.empty()) topic = detail->insight.topics.front();
        reply.blocks.emplace_back(std::move(card));
    }
    say(reply, brief.note);
    if (reply.blocks.size() == 1) {
        say(reply,
            brief.items.empty() ? "Nothing new today." : "What was in this brief is not in the library any more.");
    }
    if (brief.items.empty()) {
        suggest(reply, "topics");
        suggest(reply, "shows");
        suggest(reply, "help");
        return reply;
    }
    Choice why;
    why.label = "Why these";
    why.action.kind = Action::Kind::why;
    Choices choices;
    choices.choices.push_back(std::move(why));
    reply.blocks.emplace_back(std::move(choices));
    suggest(reply, "more on 1");
    suggest(reply, "against 1");
    if (!topic.empty()) suggest(reply, "more on " + topic);
    suggest(reply, "why 1");
    return reply;
}

Reply no_brief_of(std::string_view day, std::string_view latest) {
    Reply reply = saying(fmt::format("There is no brief of {}.", day));
    if (!latest.empty()) suggest(reply, fmt::format("brief {}", latest));
    suggest(reply, "brief");
    return reply;
}

Reply day_to_come(std::string_view day) {
    return saying(fmt::format("There is no brief of {} yet: that day is to come.", day), {"brief"});
}

Reply bad_brief_day(std::string_view typed) {
    return saying(fmt::format("I do not know the day {}. Say it like: brief 2026-03-12, or brief yesterday.", typed),
                  {"brief yesterday", "brief"});
}

Reply topic_reply(const ListPage& page) {
    Reply reply;
    const bool head = page.of_insight;
    std::string title = title_of("On ", page);
    if (head) title = page.head_number > 0 ? "Related to " + head_name(page) : "Related" + head_name(page);
    reply.blocks.emplace_back(Heading{std::move(title)});
    add_notes(reply, page);
    say(reply, looked_up(page.items));
    add_cards(reply, page);
    say(reply, only_show_notes(page.items));
    say(reply, missing_views(page));
    add_next(reply, page);
    const int first = page.first_number;
    if (page.supports && page.disputes && !page.subject.empty() && !head) {
        suggest(reply, "disagreement on " + page.subject);
    }
    if (page.supports && page.disputes) suggest(reply, against_one(page));
    suggest(reply, fmt::format("more on {}", first));
    suggest(reply, fmt::format("quote {}", first));
    if (!page.followed && !page.subject.empty() && !head) suggest(reply, "follow " + page.subject);
    if (head) suggest(reply, fmt::format("against {}", first));
    return reply;
}

Reply next_page_reply(const ListPage& page) {
    Reply reply;
    reply.blocks.emplace_back(Heading{page.subject.empty() ? std::string("More") : "More on " + page.subject});
    add_cards(reply, page);
    if (page.left == 0) say(reply, "That is all there is on this so far.");
    add_next(reply, page);
    suggest(reply, fmt::format("more on {}", page.first_number));
    suggest(reply, fmt::format("quote {}", page.first_number));
    return reply;
}

Reply against_reply(const ListPage& page, bool by_stance_only) {
    Reply reply;
    std::string about;  // " to 3", " on chips", or nothing
    if (page.head_number > 0) about = fmt::format(" to {}", page.head_number);
    if (!page.of_insight) about = " on " + page.subject;
    if (page.items.empty()) {
        say(reply, fmt::format("No opposing view{} found in the library so far.", about));
        if (page.head_number > 0) suggest(reply, fmt::format("more on {}", page.head_number));
        if (!page.subject.empty()) suggest(reply, "more on " + page.subject);
        if (!page.subject.empty() && !page.followed) suggest(reply, "follow " + page.subject);
        return reply;
    }
    std::string of = page.head_number > 0 ? fmt::format(" of {}", page.head_number) : about;
    if (page.of_insight && page.head_number == 0 && page.by_button) of = head_name(page);
    reply.blocks.emplace_back(Heading{"The other side" + of});
    if (!page.of_insight) add_notes(reply, page);
    add_cards(reply, page);
    if (by_stance_only) {
        say(reply, "None of these answers it outright; they take the other side of the same subject.");
    }
    say(reply, only_show_notes(page.items));
    if (page.left > 0) add_next(reply, page);
    suggest(reply, fmt::format("more on {}", page.first_number));
    suggest(reply, fmt::format("quote {}", page.first_number));
    if (!page.subject.empty()) suggest(reply, "disagreement on " + page.subject);
    return reply;
}

Reply disagreement_reply(const ListPage& in_favour, const ListPage& against) {
    Reply reply;
    const std::string& topic = in_favour.subject;
    if (in_favour.items.empty() && against.items.empty()) {
        say(reply,
            fmt::format("No disagreement on {} found in the library so far: nothing clearly takes a side.", topic));
        suggest(reply, "more on " + topic);
        if (!in_favour.followed) suggest(reply, "follow " + topic);
        return reply;
    }
    reply.blocks.emplace_back(Heading{title_of("Disagreement on ", in_favour)});
    add_notes(reply, in_favour);
    if (in_favour.items.empty()) {
        say(reply, "Only one side of it was found: nothing clearly in favour so far.");
    } else {
        reply.blocks.emplace_back(Heading{side("In favour", in_favour)});
        add_cards(reply, in_favour);
    }
    if (against.items.empty()) {
        say(reply, "Only one side of it was found: nothing clearly against it so far.");
    } else {
        reply.blocks.emplace_back(Heading{side("Against", against)});
        add_cards(reply, against);
    }
    if (!in_favour.items.empty() && !against.items.empty()) suggest(reply, against_one(in_favour));
    suggest(reply, fmt::format("quote {}", in_favour.items.empty() ? against.first_number : in_favour.first_number));
    suggest(reply, fmt::format("more on {}", against.items.empty() ? in_favour.first_number : against.first_number));
    suggest(reply, "more on " + topic);
    if (!in_favour.followed) suggest(reply, "follow " + topic);
    return reply;
}

Reply saved_reply(const ListPage& page) {
    Reply reply;
    if (page.items.empty()) {
        say(reply, "Nothing saved yet. Say save 2 to keep the second insight of a list.");
        suggest(reply, "brief");
        return reply;
    }
    reply.blocks.emplace_back(Heading{"Saved"});
    add_cards(reply, page);
    add_next(reply, page);
    suggest(reply, fmt::format("quote {}", page.first_number));
    suggest(reply, fmt::format("more on {}", page.first_number));
    return reply;
}

Reply nothing_found(const NothingFound& what) {
    Reply reply;
    if (what.library_is_empty) {
        say(reply, "The library holds no insights yet: no episode has been read so far.");
        if (!what.did_you_mean.empty()) say(reply, "Did you mean " + what.did_you_mean + "?");
        suggest(reply, what.did_you_mean);
        suggest(reply, "shows");
        suggest(reply, "help");
        return reply;
    }
    if (what.topic.empty()) {
        say(reply, "Name a topic, a company or a person, as in: more on chip export controls.");
        suggest(reply, "topics");
        suggest(reply, "brief");
        return reply;
    }
    if (what.spoken.empty()) {
        say(reply, fmt::format("Nothing on {} in the library so far.", what.topic));
    } else {
        say(reply, fmt::format("No insight on {} in the library so far. It is spoken of here:", what.topic));
        add_spoken(reply, what.spoken);
    }
    if (!what.unknown.empty()) {
        say(reply, fmt::format("No insight here speaks of {}.", listed(what.unknown)));
    }
    if (!what.did_you_mean.empty()) say(reply, "Did you mean " + what.did_you_mean + "?");
    suggest(reply, what.did_you_mean);
    if (what.watched) {
        say(reply, "You watch it, so your brief will begin with it when it comes up.");
    } else if (what.followed) {
        say(reply, "You follow it, so it will be in your brief when it comes up.");
    } else {
        say(reply, fmt::format("Say watch {}, and your brief will begin with it when it comes up.", what.topic));
        suggest(reply, "watch " + what.topic);
    }
    suggest(reply, "topics");
    suggest(reply, "brief");
    return reply;
}

Reply old_list() {
    return saying("That list is an old one; another has come since. Ask again for what you want more of.",
                  {"more", "brief"});
}

Reply nothing_related(int number, std::string_view topic) {
    Reply reply;
    const std::string what = number > 0 ? std::to_string(number) : std::string("that one");
    say(reply, fmt::format("Nothing in other episodes is close to {} so far.", what));
    if (number > 0) suggest(reply, fmt::format("quote {}", number));
    if (!topic.empty()) suggest(reply, fmt::format("more on {}", topic));
    return reply;
}

Reply nothing_more(std::string_view subject, bool was_brief) {
    Reply reply;
    if (was_brief) {
        say(reply, "That was the whole brief. Ask for more on one of its numbers, or on a topic.");
        suggest(reply, "more on 1");
        suggest(reply, "brief");
    } else if (subject.empty()) {
        say(reply, "There is no list to go on with. Say brief, or ask for more on a topic.");
        suggest(reply, "brief");
        suggest(reply, "topics");
    } else {
        say(reply, fmt::format("That is all there is on {} so far.", subject));
        suggest(reply, "brief");
    }
    return reply;
}

}  // namespace podbrief::commands
