// What buttons and suggestions stand for.
#include <fmt/format.h>

#include "core/commands/command.hpp"

namespace podbrief::commands {

std::optional<Command> command_of(const Action& action) {
    Command command;
    command.insight = action.insight;
    switch (action.kind) {
        case Action::Kind::more:
            command.verb = Verb::more_number;
            return command;
        case Action::Kind::against:
            command.verb = Verb::against;
            return command;
        case Action::Kind::source:
            command.verb = Verb::quote;
            return command;
        case Action::Kind::why:
            command.verb = action.insight ? Verb::why : Verb::why_all;
            return command;
        case Action::Kind::next:
            command.verb = Verb::more;
            command.list = action.list;
            return command;
        case Action::Kind::say:
        case Action::Kind::form:
            return parse_command(action.text);
        case Action::Kind::like:
        case Action::Kind::less:
        case Action::Kind::save:
        case Action::Kind::mute:
        case Action::Kind::choose:
            break;
    }
    return std::nullopt;
}

std::string to_text(const Command& command) {
    auto with_number = [&](std::string_view verb) {
        return command.number > 0 ? fmt::format("{} {}", verb, command.number) : std::string(verb);
    };
    auto with_text = [&](std::string_view verb) {
        return command.text.empty() ? std::string(verb) : fmt::format("{} {}", verb, command.text);
    };
    auto with_target = [&](std::string_view verb) {
        if (command.number > 0) return with_number(verb);
        constexpr std::string_view kinds[] = {"", "topic ", "show ", "person "};
        return fmt::format("{} {}{}", verb, kinds[static_cast<std::size_t>(command.target)], command.text);
    };
    switch (command.verb) {
        case Verb::brief:
            return with_text("brief");
        case Verb::more_topic:
            return "more on " + command.text;
        case Verb::more_number:
            return with_number("more on");
        case Verb::more:
            return "more";
        case Verb::against:
            return command.number > 0 ? with_number("against") : "other side";
        case Verb::disagreement:
            return command.text.empty() ? "disagreement" : "disagreement on " + command.text;
        case Verb::why:
            return with_number("why");
        case Verb::why_all:
            return "why these";
        case Verb::quote:
            return with_number("quote");
        case Verb::like:
            return with_number("like");
        case Verb::less:
            return with_number("less");
        case Verb::save:
            return with_number("save");
        case Verb::report:
            return with_number("report") + (command.text.empty() ? "" : " " + command.text);
        case Verb::saved:
            return "saved";
        case Verb::follow:
            return with_target("follow");
        case Verb::unfollow:
            return with_target("unfollow");
        case Verb::mute:
            return with_target("mute");
        case Verb::weigh: {
            const std::string what = command.number > 0 ? std::to_string(command.number) : command.text;
            return command.weight ? fmt::format("weigh {} {}", what, *command.weight) : "weigh " + what;
        }
        case Verb::watch:
            return command.number > 0 ? with_number("watch") : with_text("watch");
        case Verb::unwatch:
            return command.number > 0 ? with_number("unwatch") : with_text("unwatch");
        case Verb::topics:
            return "topics";
        case Verb::shows:
            return "shows";
        case Verb::add:
            return with_text("add");
        case Verb::set_time:
            return with_text("at");
        case Verb::set_zone:
            return with_text("in");
        case Verb::set_cadence:
            return command.text;
        case Verb::set_quiet:
            return with_text("quiet");
        case Verb::pause:
            return command.text.empty() ? "pause" : "pause until " + command.text;
        case Verb::resume:
            return "resume";
        case Verb::settings:
            return "settings";
        case Verb::export_profile:
            return "export";
        case Verb::forget:
            return "forget me";
        case Verb::forget_now:
            return "forget me now";
        case Verb::hello:
            return "hello";
        case Verb::start:
            return with_text("start");
        case Verb::link:
            return with_text("link");
        case Verb::brief_here:
            return "brief here";
        case Verb::stop_here:
            return "stop here";
        case Verb::places:
            return "places";
        case Verb::page:
            return with_text("page");
        case Verb::thanks:
            return "thanks";
        case Verb::help:
        case Verb::nothing:
        case Verb::too_long:
        case Verb::unknown:
            break;
    }
    return "help";
}

}  // namespace podbrief::commands
