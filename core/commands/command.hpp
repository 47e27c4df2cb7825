#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/action.hpp"
#include "core/model/ids.hpp"

namespace podbrief::commands {

// What a reader can ask for; the same on every platform, typed or by button.
enum class Verb {
    nothing,       // an empty message
    too_long,      // more text than a command can have
    unknown,       // looks like a command, is none: see suggestion
    brief,         // today's five; text: another day as typed, may be empty
    more_topic,    // text: the topic
    more_number,   // number
    more,          // the next page of the latest list
    against,       // number; 0: what the latest list was about
    disagreement,  // text: the topic; empty: what the latest list was about
    why,           // number
    why_all,       // the whole brief; insight: one of it, else the latest
    quote,         // number
    like,          // number
    less,          // number
    save,          // number
    report,        // number; text: what is wrong with it, may be empty
    saved,
    follow,    // text, target
    unfollow,  // text, target
    mute,      // text, target
    weigh,     // text: the topic; weight, if one was given
    watch,     // text, or number: the first topic of that
    unwatch,   // text, or number
    topics,
    shows,
    add,          // text: a feed's address, or words that are none
    set_time,     // text: the time of day as typed
    set_zone,     // text: the zone as typed
    set_cadence,  // text: "daily", "weekdays", "weekly", "twice a day"
    set_quiet,    // text: the hours as typed, or "off"
    pause,        // text: until when as typed, may be empty
    resume,
    settings,
    export_profile,
    forget,  // asks first
    forget_now,
    help,
    hello,
    thanks,
    start,       // the platform's Start button; text: what came with it ("i_1a2b", "t_chips"), may be empty
    link,        // text: the code typed; empty: a code is wanted
    brief_here,  // this chat is where the brief comes
    stop_here,   // no brief here any more
    places,      // where the brief comes, and what became of each place
    page,        // the reader's own page on the web; text: "new", "off" or empty
};

// What `follow`, `unfollow` and `mute` were told that their text is.
enum class Target { any, topic, show, person };

struct Command {
    Verb verb = Verb::nothing;
    std::string text;       // as typed, white space folded; what each verb says of it is above
    int number = 0;         // from 1; 0: none given
    InsightId insight;      // what is meant, by whoever pressed a button under it; goes before the number
    std::int64_t list = 0;  // of `more` by button: the list that is to go on; 0: the latest
    Target target = Target::any;
    std::optional<double> weight;  // of `weigh`
    bool bare = false;             // more_topic from a text without a verb: it may have been meant as something else
    std::string suggestion;        // a command worth typing instead; empty: none
    bool operator==(const Command&) const = default;
};

inline constexpr std::size_t longest_command = 300;  // code points

// Reads what somebody typed. Case, punctuation, polite words, a leading slash or "@podbrief" and slips of the
// fingers in the verb ("mroe on chips") do not matter; numbers may be words. A text without a verb is a topic.
Command parse_command(std::string_view typed);

// What a button asks for, as far as it is something one could type. nullopt: a change of what it shows (like, less,
// save, mute) or the answer to a question (choose).
std::optional<Command> command_of(const Action& action);

// The command as one would type it: "more on 3". What suggestions and buttons hold.
std::string to_text(const Command& command);

}  // namespace podbrief::commands
