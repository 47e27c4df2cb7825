#include "bot/cli/reader_options.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

#include "bot/exit_codes.hpp"
#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"

namespace podbrief::bot {

void add_reader_options(CLI::App& command, ReaderOptions& options) {
    command
        .add_option("--topics", options.topics, "Topics to follow, separated by commas; replaces those followed so far")
        ->type_name("\"A, B\"");
    command.add_option("--zone", options.zone, "Time zone, such as Europe/Berlin")->type_name("ZONE");
    command.add_option("--at", options.at, "Local time of the daily brief, such as 8:00")->type_name("TIME");
    command.add_option("--quiet", options.quiet, "Local hours without any brief, such as 22:00-07:00; off: none")
        ->type_name("TIME-TIME");
}

void check(const ReaderOptions& options) {
    if (!options.zone.empty() && !briefs::zone_named(options.zone)) {
        throw ExitError(exit_usage, fmt::format("--zone \"{}\" is no time zone: give one such as Europe/Berlin or UTC",
                                                options.zone));
    }
    if (!options.at.empty() && !briefs::parse_time_of_day(options.at)) {
        throw ExitError(exit_usage,
                        fmt::format("--at \"{}\" is no time of day: give one such as 8:00 or 8pm", options.at));
    }
    if (!options.quiet.empty() && options.quiet != "off" && !briefs::parse_quiet_hours(options.quiet)) {
        throw ExitError(exit_usage,
                        fmt::format("--quiet \"{}\" is no stretch of the day: give one such as 22:00-07:00, "
                                    "or off",
                                    options.quiet));
    }
}

bool apply(const ReaderOptions& options, Reader& reader) {
    const Reader before = reader;
    if (!options.topics.empty()) {
        reader.profile.topics.clear();
        reader.profile.learnt.clear();
        std::istringstream parts(options.topics);
        for (std::string topic; std::getline(parts, topic, ',');) briefs::follow_topic(reader.profile, topic);
    }
    if (!options.zone.empty()) reader.time_zone = *briefs::zone_named(options.zone);
    if (!options.at.empty()) reader.brief_at = *briefs::parse_time_of_day(options.at);
    if (options.quiet == "off") {
        reader.quiet.reset();
    } else if (!options.quiet.empty()) {
        reader.quiet = *briefs::parse_quiet_hours(options.quiet);
    }
    return reader != before;
}

}  // namespace podbrief::bot
