// Replies about one insight.
#include <cmath>

#include "core/commands/links.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"
#include "core/text/topic_words.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

constexpr std::size_t most_links = 5;  // to other sources of a claim

std::string points(double value) {
    return fmt::format("{:.2f}", value);
}

std::string age(WallTime at, WallTime now) {
    using std::chrono::days;
    const auto passed = (std::chrono::floor<days>(now) - std::chrono::floor<days>(at)).count();
    if (passed <= 0) return "published today";
    if (passed == 1) return "published yesterday";
    if (passed < 60) return fmt::format("published {} days ago", passed);
    return "published on " + short_day(at);
}

// "1.25: you follow chips, weight 1.00; your likes add 0.30; what you wanted less of takes 0.05"
std::string interest_line(const Reason& reason) {
    std::string line = points(reason.interest) + ": ";
    if (!reason.watched.empty()) {
        line += "you watch " + reason.watched + ", and news of it comes first";
    } else if (reason.outside_bubble) {
        line += "nothing you follow, the one slot kept for something else";
    } else if (reason.matched == "what you liked") {
        line += "close to insights you liked";
    } else if (reason.matched.empty()) {
        line += "you have not said yet what you follow";
    } else if (reason.weight == 0) {
        line += "you follow " + reason.matched;
    } else {
        line += fmt::format("{} {}, weight {:.2f}", reason.weight >= 1 ? "you follow" : "you lean to", reason.matched,
                            reason.weight);
    }
    if (reason.liked >= 0.005) line += fmt::format("; your likes add {:.2f}", reason.liked);
    if (reason.against >= 0.005) line += fmt::format("; what you wanted less of takes {:.2f}", reason.against);
    return line;
}

// "0.72 = (0.20 + 1.00) x 0.60 x 1.00": as it is worked out, as far as that can be said in one line.
std::string score_line(const BriefItem& item) {
    const Reason& reason = item.reason;
    std::string line = points(item.score);
    if (reason.interest >= 0) {
        line += fmt::format(" = (0.20 + {:.2f}) x {:.2f} x {:.2f}", reason.interest, reason.quality, reason.freshness);
        if (std::abs(reason.fairness - 1) >= 0.005) line += fmt::format(" x {:.2f}", reason.fairness);
    }
    line += ", from interest, quality and freshness";
    if (reason.fairness >= 1.005) line += fmt::format("; {:.2f} as its show comes seldom", reason.fairness);
    if (reason.fairness <= 0.995) line += fmt::format("; {:.2f} as its show comes often", reason.fairness);
    return line;
}

// The words that change the numbers.
std::string change_line(int number, const BriefItem& item, const std::string& topic) {
    std::vector<std::string> words;
    const Reason& reason = item.reason;
    if (reason.weight != 0) words.push_back(fmt::format("weigh {} {}", reason.matched, reason.weight >= 2 ? 1 : 2));
    words.push_back(fmt::format("like {}", number));
    words.push_back(fmt::format("less {}", number));
    if (!topic.empty() && !text::is_same_topic(topic, reason.matched)) words.push_back("follow " + topic);
    if (!topic.empty()) words.push_back("mute " + topic);
    std::string line = words.front();
    for (std::size_t i = 1; i < words.size(); ++i) line += "; " + words[i];
    return line;
}

// What makes the quality of an insight, strongest first.
std::string quality_line(const InsightScores& scores) {
    std::vector<std::pair<float, std::string>> parts = {
        {scores.centrality, "central to the episode"},
        {scores.claim, "a clear claim"},
        {scores.specificity, "specific"},
        {scores.self_contained, "stands alone"},
        {scores.novelty, "rarely said"},
    };
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> strong;
    for (const auto& [value, name] : parts) {
        if (value >= 0.5f && strong.size() < 3) strong.push_back(name);
    }
    const std::string line = points(scores.quality);
    return strong.empty() ? line : line + ", " + listed(strong);
}

}  // namespace

Reply why_reply(int number, const InsightDetail& detail, const BriefItem* item, std::string_view subject,
                WallTime now) {
    Reply reply;
    const Insight& insight = detail.insight;
    const std::string topic = insight.topics.empty() ? std::string{} : insight.topics.front();
    reply.blocks.emplace_back(Heading{fmt::format("Why {}", number)});
    reply.blocks.emplace_back(card_of(detail, number));
    Table table;
    if (item) {
        table.rows.push_back({"Interest", interest_line(item->reason)});
        table.rows.push_back({"Quality", quality_line(insight.scores)});
        table.rows.push_back(
            {"Freshness", fmt::format("{}, {}", points(item->reason.freshness), age(insight.published_at, now))});
        table.rows.push_back({"Score", score_line(*item)});
        if (item->reason.update) {
            table.rows.push_back({"Update", "you had this idea before; more independent sources carry it now"});
        }
        if (!item->reason.disputed_by.empty()) {
            table.rows.push_back({"Now disputed", "you had this idea before; disputed since by " +
                                                      item->reason.disputed_by +
                                                      fmt::format(", see against {}", number)});
        }
        table.rows.push_back({"Change it", change_line(number, *item, topic)});
    } else {
        table.rows.push_back({"Found for", subject.empty() ? "your question" : std::string(subject)});
        table.rows.push_back({"Quality", quality_line(insight.scores)});
        table.rows.push_back({"Age", age(insight.published_at, now)});
    }
    reply.blocks.emplace_back(std::move(table));
    suggest(reply, fmt::format("like {}", number));
    suggest(reply, fmt::format("less {}", number));
    if (item && item->reason.weight != 0) {
        suggest(reply, fmt::format("weigh {} {}", item->reason.matched, item->reason.weight >= 2 ? 1 : 2));
    } else if (item && !item->reason.matched.empty() && item->reason.matched != "what you liked") {
        suggest(reply, "unfollow " + item->reason.matched);
    } else if (!topic.empty()) {
        suggest(reply, "follow " + topic);
    }
    if (!topic.empty()) suggest(reply, "mute " + topic);
    return reply;
}

Reply why_all_reply(const std::vector<Chosen>& items) {
    if (items.empty()) return saying("There is no brief to explain yet. Say brief for today's.", {"brief"});
    Reply reply;
    reply.blocks.emplace_back(Heading{"Why these"});
    Table table;
    for (const Chosen& one : items) {
        std::string line = "interest " + interest_line(one.reason) + "; quality " + points(one.reason.quality) +
                           "; freshness " + points(one.reason.freshness);
        if (one.reason.update) line += "; new evidence since you had it";
        if (!one.reason.disputed_by.empty()) line += "; disputed since by " + one.reason.disputed_by;
        table.rows.push_back({fmt::format("{}. {}", one.number, beginning_of_claim(one.text)), std::move(line)});
    }
    reply.blocks.emplace_back(std::move(table));
    suggest(reply, "topics");
    suggest(reply, "settings");
    return reply;
}

// The card, every other source with the moment, and a way to open each.
Reply quote_reply(int number, const InsightDetail& detail, const std::vector<InsightDetail>& echoes) {
    Reply reply;
    InsightCard card = card_of(detail, number);
    const bool notes = card.origin == InsightOrigin::show_notes;
    card.quote = detail.insight.quote;
    const bool approximate = card.time_is_approximate;
    const bool has_link = !card.link.empty();
    reply.blocks.emplace_back(std::move(card));
    if (notes) {
        say(reply, "These words are from the show notes; no transcript could be had.");
    } else if (approximate) {
        say(reply, "The transcript has no times of its own: the moment is an estimate.");
    }
    if (!has_link) say(reply, "The feed gives no address for this episode.");
    if (!echoes.empty()) {
        reply.blocks.emplace_back(Heading{"The same claim elsewhere"});
        Table table;
        Choices links;
        for (const InsightDetail& echo : echoes) {
            const InsightCard other = card_of(echo, 0);
            if (!other.link.empty() && links.choices.size() < most_links) {
                Choice open;
                open.label = "Open " + std::string(text::shortened(echo.show, 40));
                open.link = other.link;
                links.choices.push_back(std::move(open));
            }
            std::vector<std::string> parts = source_parts(other);
            std::erase(parts, echo.show);
            std::erase(parts, fmt::format("{} independent sources", echo.independent_sources));
            std::string line;
            for (const std::string& part : parts) line += (line.empty() ? "" : ", ") + part;
            table.rows.push_back({echo.show, std::move(line)});
        }
        reply.blocks.emplace_back(std::move(table));
        if (!links.choices.empty()) reply.blocks.emplace_back(std::move(links));
    }
    suggest(reply, fmt::format("more on {}", number));
    suggest(reply, fmt::format("against {}", number));
    suggest(reply, fmt::format("save {}", number));
    return reply;
}

Reply learned_reply(FeedbackKind kind, bool again, const std::vector<briefs::Learned>& learned) {
    const bool like = kind == FeedbackKind::like;
    if (again)
        return saying(like ? "You liked it already; that counts once." : "Noted before; that counts once.", {"topics"});
    Reply reply;
    say(reply, like ? "Noted: more like this." : "Noted: less like this, and not this claim again.");
    if (!learned.empty()) {
        Table table;
        for (const briefs::Learned& change : learned) {
            table.rows.push_back({change.topic, fmt::format("{:.2f} -> {:.2f}", change.before, change.after)});
        }
        reply.blocks.emplace_back(std::move(table));
    }
    suggest(reply, "topics");
    if (!like && !learned.empty()) suggest(reply, "mute " + learned.front().topic);
    if (like && !learned.empty()) {
        suggest(reply, (learned.front().after < 1 ? "follow " : "more on ") + learned.front().topic);
    }
    return reply;
}

Reply saved_one_reply(int number, bool again) {
    return saying(again ? fmt::format("{} was saved already.", number) : fmt::format("Saved {}.", number), {"saved"});
}

Reply reported_reply(int number, bool again) {
    Reply reply =
        saying(again ? fmt::format("{} was reported already.", number)
                     : fmt::format("Thank you. {} is marked as wrong for whoever runs this podbrief.", number));
    suggest(reply, fmt::format("quote {}", number));
    return reply;
}

std::string toggled_words(Action::Kind kind, bool on, std::string_view topic, bool full) {
    const std::string about = topic.empty() ? std::string("this") : std::string(topic);
    switch (kind) {
        case Action::Kind::like:
            return on ? fmt::format("Liked. More on {} from now on.", about) : "Your like is taken back.";
        case Action::Kind::less:
            return on ? fmt::format("Less on {} from now on.", about) : "Taken back.";
        case Action::Kind::save:
            return on ? "Saved. Say saved to see all you kept." : "Not among your saved insights any more.";
        case Action::Kind::mute:
            if (full) return "Your list of muted topics is full. Unmute something first.";
            return on ? fmt::format("Muted: {}. No brief will bring it.", about)
                      : fmt::format("Not muted any more: {}.", about);
        default:
            return {};
    }
}

Reply which_one(std::string_view verb, std::size_t count) {
    if (count == 0)
        return saying("There is no list to count in yet. Say brief, or ask for more on a topic.", {"brief", "topics"});
    Reply reply = saying(fmt::format("Which one? Say for instance {} 1; the latest list goes to {}.", verb, count));
    suggest(reply, fmt::format("{} 1", verb));
    return reply;
}

Reply no_such_number(int number, std::size_t count) {
    if (count == 0) return which_one("more on", 0);
    Reply reply = saying(fmt::format("There is no {}: the latest list goes to {}.", number, count));
    suggest(reply, fmt::format("more on {}", count));
    suggest(reply, "brief");
    return reply;
}

Reply withdrawn(int number) {
    const std::string what = number > 0 ? std::to_string(number) : std::string("That one");
    return saying(fmt::format("{} has been withdrawn since: its episode was read again, or its show removed.", what),
                  {"brief"});
}

}  // namespace podbrief::commands
