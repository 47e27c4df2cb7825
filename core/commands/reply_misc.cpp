// Greetings, help, adding shows, and what was not understood.
#include "core/briefs/profile.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_parts.hpp"

namespace podbrief::commands {

Reply add_needs_address(std::string_view typed) {
    if (typed.empty())
        return saying("Say add and the address of a feed, as in: add https://example.com/feed.xml", {"shows"});
    Reply reply = saying(fmt::format("{} is not the address of a feed. Say add and an address, as in: add "
                                     "https://example.com/feed.xml",
                                     typed),
                         {"shows"});
    suggest(reply, fmt::format("more on {}", typed));
    return reply;
}

Reply add_is_for_the_operator(std::string_view url) {
    return saying(fmt::format("Shows are added by whoever runs this podbrief, with: podbrief feeds add {}", url),
                  {"shows"});
}

Reply added_reply(std::string_view title, bool created) {
    const std::string name = title.empty() ? "The show" : std::string(title);
    return saying(
        created
            ? fmt::format("{} is added, and you follow it. Its insights come once its episodes have been read.", name)
            : fmt::format("{} was here already; you follow it now.", name),
        {"shows", "brief"});
}

Reply add_failed(std::string_view url, std::string_view problem) {
    return saying(
        fmt::format("{} could not be added. {}", url, problem.empty() ? std::string_view("Try again later.") : problem),
        {"shows"});
}

Reply hello_reply(const Reader& reader, bool library_is_empty) {
    Reply reply;
    if (briefs::has_interests(reader.profile)) {
        say(reply, fmt::format("Hello {}. Say brief for today's five, or ask for more on a topic.", reader.name));
        suggest(reply, "brief");
        suggest(reply, "topics");
        suggest(reply, "help");
        return reply;
    }
    reply.blocks.emplace_back(Heading{"Welcome to podbrief"});
    say(reply,
        "Five insights from new podcasts every day, each with its source, and answers to what you ask. Three "
        "things make it yours:");
    Table table;
    table.rows.push_back({"1. Topics", "follow chip export controls"});
    table.rows.push_back(
        {"2. Shows", library_is_empty ? "add https://example.com/feed.xml" : "shows, then follow one by its name"});
    table.rows.push_back({"3. Hour", "at 8:00 in Europe/Berlin"});
    reply.blocks.emplace_back(std::move(table));
    suggest(reply, "shows");
    suggest(reply, "brief");
    suggest(reply, "help");
    return reply;
}

Reply help_reply() {
    Reply reply;
    auto section = [&](std::string title, std::initializer_list<Table::Row> rows) {
        reply.blocks.emplace_back(Heading{std::move(title)});
        reply.blocks.emplace_back(Table{rows});
    };
    section("Ask", {{"brief, brief yesterday", "today's five, or those of another day"},
                    {"more on chips", "insights on a topic, all sides; the topic alone will do"},
                    {"more on chips since Monday", "or: from last week, by a person, in a show"},
                    {"more on 3", "what other episodes say on number 3 of the list"},
                    {"more", "the next page"},
                    {"against 3", "the other side of number 3"},
                    {"disagreement on chips", "who is for, who is against"},
                    {"quote 3", "the exact words, who said them, and where"},
                    {"why 3", "why it was chosen for you"}});
    section("Tune", {{"like 3, less 3", "more, or less, of that"},
                     {"follow, unfollow, mute", "and a topic, a show or a person"},
                     {"weigh chips 2", "how much a topic counts, from -3 to 3"},
                     {"watch chips, unwatch", "news on it comes first in your next brief"},
                     {"topics, shows", "what you follow, and what there is"},
                     {"add <address>", "a podcast's feed"},
                     {"save 3, saved", "keep an insight; see what you kept"},
                     {"report 3", "it is wrong"}});
    section("Settings", {{"at 8:00", "the hour of your brief"},
                         {"in Europe/Berlin", "your time zone"},
                         {"daily, weekdays, weekly", "how often; twice a day, too"},
                         {"quiet 22:00 to 7:00", "nothing comes meanwhile; quiet off ends it"},
                         {"pause until Friday, resume", "a break"},
                         {"brief here, places", "the chat where your brief comes; where else you have one"},
                         {"link", "one profile for all your chats, by a one-time code"},
                         {"page, page off", "your briefs on a web page of your own, also as a feed"},
                         {"settings, export", "all that is kept of you"},
                         {"forget me", "delete it"}});
    suggest(reply, "brief");
    suggest(reply, "topics");
    suggest(reply, "shows");
    suggest(reply, "settings");
    return reply;
}

Reply thanks_reply() {
    return saying("You are welcome.", {"brief"});
}

Reply only_on_platforms() {
    return saying("That is for chats on Slack, Telegram and Discord; here there is only this one.", {"help"});
}

Reply nothing_typed() {
    return saying("Ask for your brief, or for more on a topic. Help lists the rest.", {"brief", "help"});
}

Reply too_long() {
    return saying(
        fmt::format("That is longer than can be read here. Keep it under {} characters: a topic, or a command.",
                    longest_command),
        {"help"});
}

Reply unknown_command(std::string_view suggestion) {
    Reply reply;
    if (suggestion.empty()) {
        say(reply, "That is no command here. Help lists them.");
    } else {
        say(reply, fmt::format("That is no command here. Did you mean {}?", suggestion));
        suggest(reply, std::string(suggestion));
    }
    suggest(reply, "help");
    return reply;
}

}  // namespace podbrief::commands
