#include "core/commands/reply_places.hpp"

#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/commands/link_code.hpp"
#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {
namespace {

void add_say(Reply& reply, std::initializer_list<std::pair<const char*, const char*>> buttons) {
    Choices choices;
    for (const auto& [label, text] : buttons) {
        Choice choice;
        choice.label = label;
        choice.action.kind = Action::Kind::say;
        choice.action.text = text;
        choices.choices.push_back(std::move(choice));
    }
    reply.blocks.emplace_back(std::move(choices));
}

std::string place_name(const Destination& place, const Destination& here) {
    const bool this_one =
        place.platform == here.platform && place.workspace == here.workspace && place.chat == here.chat;
    std::string where = this_one ? "this chat" : "chat " + place.chat;
    if (!place.workspace.empty() && place.workspace != here.workspace) where += " of " + place.workspace;
    return platform_name(place.platform) + ", " + where;
}

std::string state_text(const DestinationRecord& place) {
    switch (place.state) {
        case DestinationState::active:
            return "your brief comes here";
        case DestinationState::paused:
            return place.note.empty() ? "paused" : "no brief: " + place.note;
        case DestinationState::blocked:
            return "blocked" + (place.note.empty() ? std::string() : ": " + place.note);
        case DestinationState::gone:
            return "gone" + (place.note.empty() ? std::string() : ": " + place.note);
        case DestinationState::tenant_revoked:
            return "removed" + (place.note.empty() ? std::string() : ": " + place.note);
    }
    return {};
}

std::string when(const Reader& reader, WallTime next_brief) {
    return fmt::format("{} ({}), next on {}", briefs::format_time_of_day(reader.brief_at), reader.time_zone,
                       briefs::format_day(next_brief, reader.time_zone));
}

}  // namespace

std::string platform_name(std::string_view platform) {
    std::string name(platform);
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') name.front() = static_cast<char>(name[0] - 32);
    return name;
}

Reply channel_hello() {
    Reply reply = saying(
        "Hello. I bring insights from new podcasts, each with its source. Ask me for more on a topic, or start a daily "
        "brief for everybody here.");
    add_say(reply, {{"Start a daily brief here", "brief here"}});
    suggest(reply, "help");
    return reply;
}

Reply channel_hello_about(const std::vector<std::string>& topics) {
    Reply reply = saying(
        fmt::format("Hello. I bring insights from new podcasts, each with its source. A daily brief for everybody here "
                    "would begin with {}.",
                    listed(topics)));
    add_say(reply, {{"Start a daily brief here", "brief here"}});
    suggest(reply, "help");
    return reply;
}

Reply known_hello(const Reader& reader, bool brief_comes) {
    Reply reply =
        saying(fmt::format("Hello {}. Your brief of today is at hand; or ask for more on a topic.", reader.name));
    if (brief_comes) {
        add_say(reply, {{"Today's brief", "brief"}, {"Settings", "settings"}});
    } else {
        say(reply, "No brief comes here by itself at present.");
        add_say(reply, {{"Today's brief", "brief"}, {"Send it here daily", "brief here"}, {"Settings", "settings"}});
    }
    suggest(reply, "help");
    return reply;
}

void offer_brief(Reply& reply) {
    say(reply, "New here? Say start, and five insights come every day, on your topics and at your hour.");
    add_say(reply, {{"Start", "start"}});
}

Reply places_reply(const std::vector<DestinationRecord>& places, const Destination& here, bool channel) {
    if (places.empty()) {
        return saying("No brief comes anywhere yet. Say brief here, and it comes to this chat.", {"brief here"});
    }
    Reply reply;
    reply.blocks.emplace_back(Heading{channel ? "Where this channel's brief comes" : "Where your brief comes"});
    Table table;
    for (const DestinationRecord& place : places)
        table.rows.push_back({place_name(place.address, here), state_text(place)});
    reply.blocks.emplace_back(std::move(table));
    const bool comes_here = std::any_of(places.begin(), places.end(), [&](const DestinationRecord& place) {
        return place.state == DestinationState::active && place_name(place.address, here).ends_with("this chat");
    });
    suggest(reply, comes_here ? "stop here" : "brief here");
    if (!channel) suggest(reply, "link");
    return reply;
}

Reply brief_here_reply(const Reader& reader, WallTime next_brief, const std::vector<Destination>& paused) {
    Reply reply = saying(fmt::format("Your brief comes here from now on: {}.", when(reader, next_brief)));
    if (!paused.empty()) {
        std::vector<std::string> names;
        for (const Destination& place : paused) names.push_back(platform_name(place.platform));
        say(reply, fmt::format("It does not come any more to {}.", listed(names)));
    }
    suggest(reply, "brief");
    suggest(reply, "places");
    suggest(reply, "settings");
    return reply;
}

Reply channel_brief_reply(const Reader& reader, WallTime next_brief, bool anyone_may_change) {
    Reply reply = saying(fmt::format("A daily brief comes here from now on: {}.", when(reader, next_brief)));
    say(reply,
        fmt::format("It has a profile of its own. {} may change it here, with follow, mute, at 9:00 and the like; "
                    "likes count for it too. Say stop here to end it.",
                    anyone_may_change ? "Anyone" : "Those who manage this channel"));
    suggest(reply, "brief");
    suggest(reply, "settings");
    suggest(reply, "stop here");
    return reply;
}

Reply stopped_here_reply(bool channel) {
    return saying(channel ? "No brief comes to this channel any more. Its profile is kept; say brief here to go on."
                          : "No brief comes here any more. Say brief here to have it again.",
                  {"brief here", "places"});
}

Reply no_brief_here() {
    return saying("No brief comes here. Say brief here, and it does.", {"brief here"});
}

Reply not_yours_to_change() {
    return saying(
        "This channel's brief can be changed by those who manage the channel. In a direct message you can have one of "
        "your own.",
        {"brief", "help"});
}

Reply say_it_privately() {
    return saying("That is about you alone: say it to me in a direct message.", {"help"});
}

Reply link_code_reply(std::string_view code, std::chrono::minutes lives) {
    Reply reply;
    reply.blocks.emplace_back(Heading{"One profile for all your chats"});
    say(reply, fmt::format("On the other platform, write to me: link {}", show_link_code(code)));
    say(reply, fmt::format("The code holds for {} minutes and works once. Give it to nobody else: it opens your "
                           "profile. Afterwards one brief comes, to the chat where you say brief here.",
                           lives.count()));
    return reply;
}

Reply link_code_unknown() {
    return saying(
        "That code is not known here: it was used, is too old, or has a slip in it. Say link on the other "
        "platform for a new one.",
        {"link"});
}

Reply linked_already() {
    return saying("These two are linked already. Say places to see where your brief comes.", {"places"});
}

Reply linked_reply(const std::vector<DestinationRecord>& places, const Destination& here) {
    Reply reply = saying("Linked: one profile and one brief from now on.");
    for (const DestinationRecord& place : places) {
        if (place.state != DestinationState::active) continue;
        say(reply, fmt::format("The brief comes to: {}.", place_name(place.address, here)));
    }
    add_say(reply, {{"Send it here", "brief here"}});
    suggest(reply, "places");
    suggest(reply, "settings");
    return reply;
}

Reply nothing_to_answer() {
    return saying("That was answered before. Say settings to change it.", {"settings"});
}

Reply apology() {
    return saying("Something went wrong here, and it was noted. Please say it again, or differently.", {"help"});
}

}  // namespace podbrief::commands
