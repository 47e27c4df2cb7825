#include "adapters/discord/commands.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

enum Type : std::uint8_t { subcommand = 1, group = 2, string = 3, integer = 4 };
constexpr int longest_argument = 200;

// A value of a subcommand; what was typed has `before` and the value for each that is given.
struct Argument {
    std::string_view name;
    std::string_view description;
    Type type = string;
    std::string_view before;   // "on"
    std::string_view suggest;  // "topic" or "show": names are suggested while it is typed
    bool required = false;
};

struct Subcommand {
    std::string_view group;  // empty: directly under /brief
    std::string_view name;
    std::string_view description;
    std::string_view words;  // as typed
    std::array<Argument, 3> arguments{};

    std::span<const Argument> used() const {
        std::size_t count = 0;
        while (count < arguments.size() && !arguments[count].name.empty()) ++count;
        return std::span(arguments).first(count);
    }
};

constexpr Argument words(std::string_view name, std::string_view description, bool required = false) {
    return {name, description, string, "", "", required};
}

constexpr Argument insight{"number", "Which insight of the latest list", integer, "", "", true};
constexpr Argument maybe_insight{"number", "Which insight of the latest list", integer, "", "", false};
constexpr Argument maybe_topic{"topic", "e.g. chip export controls", string, "on", "topic", false};
constexpr Argument follow_topic{"topic", "A topic, e.g. chip export controls", string, "topic", "topic", false};
constexpr Argument follow_show{"show", "A show by its name", string, "show", "show", false};
constexpr Argument follow_person{"person", "A person by their name", string, "person", "", false};

constexpr std::array<Subcommand, 33> table{{
    {"", "today", "Today's five insights", "brief", {{words("day", "Another day, e.g. yesterday or 2026-03-12")}}},
    {"",
     "more",
     "More on a topic or an insight; without either: the next page",
     "more",
     {{maybe_topic, maybe_insight}}},
    {"",
     "against",
     "The other side of an insight or a topic",
     "against",
     {{maybe_insight, {"topic", "e.g. chip export controls", string, "", "topic", false}}}},
    {"", "disagreement", "Both sides of a topic", "disagreement", {{maybe_topic}}},
    {"", "why", "Why an insight was chosen", "why", {{insight}}},
    {"", "quote", "The exact words and where they were said", "quote", {{insight}}},
    {"", "like", "More like this insight", "like", {{insight}}},
    {"", "less", "Less like this insight", "less", {{insight}}},
    {"", "save", "Keep an insight", "save", {{insight}}},
    {"", "saved", "The insights you kept", "saved", {}},
    {"", "follow", "Follow a topic, a show or a person", "follow", {{follow_topic, follow_show, follow_person}}},
    {"", "unfollow", "Follow or mute no longer", "unfollow", {{follow_topic, follow_show, follow_person}}},
    {"", "mute", "Leave out a topic, a show or a person", "mute", {{follow_topic, follow_show, follow_person}}},
    {"",
     "weigh",
     "How much a topic counts",
     "weigh",
     {{{"topic", "e.g. chip export controls", string, "", "topic", true},
       words("weight", "From -3 to 3, e.g. 2", true)}}},
    {"",
     "watch",
     "Hear of a topic when something new is said on it",
     "watch",
     {{{"topic", "e.g. chip export controls", string, "", "topic", true}}}},
    {"", "topics", "The topics you follow and mute", "topics", {}},
    {"", "shows", "The shows in your library", "shows", {}},
    {"", "add", "Add a show", "add", {{{"show", "A feed's address, or a show's name", string, "", "show", true}}}},
    {"",
     "pause",
     "No briefs for a while",
     "pause",
     {{{"until", "e.g. Monday or 2026-04-01; without: until you resume", string, "until", "", false}}}},
    {"", "resume", "Briefs again", "resume", {}},
    {"", "settings", "Your settings", "settings", {}},
    {"", "report", "Something is wrong with an insight", "report", {{insight, words("problem", "What is wrong")}}},
    {"", "help", "What you can say", "help", {}},
    {"set", "time", "When your brief comes", "at", {{words("at", "e.g. 8:00", true)}}},
    {"set", "zone", "Your time zone", "in", {{words("zone", "e.g. Europe/Berlin", true)}}},
    {"set", "daily", "A brief every day", "daily", {}},
    {"set", "weekdays", "A brief on weekdays", "weekdays", {}},
    {"set", "weekly", "A brief once a week", "weekly", {}},
    {"set", "quiet", "Hours in which nothing is sent", "quiet", {{words("hours", "e.g. 22:00 to 7:00, or off", true)}}},
    {"me",
     "link",
     "Use the same profile on another platform",
     "link",
     {{words("code", "The code you got there; without: a new code")}}},
    {"me",
     "page",
     "Your briefs on a web page of your own",
     "page",
     {{words("what", "new: another address; off: none")}}},
    {"me", "export", "Everything kept about you", "export", {}},
    {"me", "forget", "Delete everything about you", "forget me", {}},
}};

struct Group {
    std::string_view name;
    std::string_view description;
};
constexpr std::array<Group, 2> groups{
    {{"set", "When and how often your brief comes"}, {"me", "Your profile: link, page, export, delete"}}};

Json option_of(const Argument& argument) {
    Json out = Json::object();
    out["type"] = argument.type;
    out["name"] = argument.name;
    out["description"] = argument.description;
    out["required"] = argument.required;
    if (argument.type == integer) {
        out["min_value"] = 1;
        out["max_value"] = 99;
    } else {
        out["max_length"] = longest_argument;
    }
    if (!argument.suggest.empty()) out["autocomplete"] = true;
    return out;
}

Json option_of(const Subcommand& one) {
    Json out = Json::object();
    out["type"] = subcommand;
    out["name"] = one.name;
    out["description"] = one.description;
    Json arguments = Json::array();
    for (const Argument& argument : one.used()) arguments.push_back(option_of(argument));
    if (!arguments.empty()) out["options"] = std::move(arguments);
    return out;
}

Json command_of(std::string_view name, std::string_view description) {
    Json out = Json::object();
    out["type"] = 1;
    out["name"] = name;
    out["description"] = description;
    out["integration_types"] = Json::array({0, 1});  // of a server, of a user
    out["contexts"] = Json::array({0, 1, 2});        // servers, our direct messages, others' direct messages
    return out;
}

// The options below one of that type; null: there are none.
const Json& only_option(const Json& of) {
    const Json& options = member(of, "options");
    static const Json nothing;
    return options.is_array() && !options.empty() ? options.front() : nothing;
}

struct Chosen {
    const Subcommand* subcommand = nullptr;
    const Json* options = nullptr;
};

// Which subcommand of /brief it is.
Chosen chosen(const Json& data) {
    const Json* at = &only_option(data);
    std::string in_group;
    if (number_member(*at, "type") == group) {
        in_group = text_member(*at, "name");
        at = &only_option(*at);
    }
    if (number_member(*at, "type") != subcommand) return {};
    const std::string name = text_member(*at, "name");
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Subcommand& one) { return one.name == name && one.group == in_group; });
    if (found == table.end()) return {};
    return {&*found, &member(*at, "options")};
}

std::string value_of(const Json& option) {
    const Json& value = member(option, "value");
    if (value.is_string()) return bounded(value.get<std::string>(), limits::typed);
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    return {};
}

const Json& named(const Json& options, std::string_view name) {
    static const Json nothing;
    if (!options.is_array()) return nothing;
    for (const Json& option : options) {
        if (text_member(option, "name") == name) return option;
    }
    return nothing;
}

}  // namespace

Json command_list() {
    Json brief = command_of("brief", "Your podcast brief, and questions about it");
    Json options = Json::array();
    for (const Subcommand& one : table) {
        if (one.group.empty()) options.push_back(option_of(one));
    }
    for (const Group& each : groups) {
        Json out = Json::object();
        out["type"] = group;
        out["name"] = each.name;
        out["description"] = each.description;
        out["options"] = Json::array();
        for (const Subcommand& one : table) {
            if (one.group == each.name) out["options"].push_back(option_of(one));
        }
        options.push_back(std::move(out));
    }
    brief["options"] = std::move(options);

    Json ask = command_of("ask", "Say anything to podbrief in your own words");
    Json text = option_of(words("text", "e.g. more on chip export controls", true));
    ask["options"] = Json::array({std::move(text)});
    return Json::array({std::move(brief), std::move(ask)});
}

std::optional<std::string> typed_text(const Json& data) {
    const std::string name = text_member(data, "name");
    if (name == "ask") return value_of(named(member(data, "options"), "text"));
    if (name != "brief") return std::nullopt;
    const Chosen which = chosen(data);
    if (which.subcommand == nullptr) return std::nullopt;
    std::string text(which.subcommand->words);
    for (const Argument& argument : which.subcommand->used()) {
        const std::string value = value_of(named(*which.options, argument.name));
        if (value.empty()) continue;
        text += ' ';
        if (!argument.before.empty()) text += std::string(argument.before) + ' ';
        text += value;
    }
    return bounded(text, limits::typed);
}

std::optional<Typing> typing(const Json& data) {
    if (text_member(data, "name") != "brief") return std::nullopt;
    const Chosen which = chosen(data);
    if (which.subcommand == nullptr) return std::nullopt;
    for (const Argument& argument : which.subcommand->used()) {
        const Json& option = named(*which.options, argument.name);
        if (argument.suggest.empty() || !flag_member(option, "focused")) continue;
        return Typing{std::string(argument.suggest), value_of(option)};
    }
    return std::nullopt;
}

}  // namespace podbrief::discord
