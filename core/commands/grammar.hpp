#pragma once
#include <span>
#include <string_view>

#include "core/commands/command.hpp"

namespace podbrief::commands {

// What may follow the words of a form.
enum class Argument {
    nothing,          // the words are all there is
    number,           // a number, or nothing
    number_or_topic,  // a number, a topic, or nothing
    topic,            // a number or a topic; required
    target,           // [topic|show|person] text, or a number; required
    weight,           // [topic] text or a number, then a weight or nothing; required
    time,             // a time of day; required
    zone,             // a time zone; required
    hours,            // two times of day; required
    day,              // a day that has passed; required
    text,             // anything, or nothing
    code,             // a one-time code, or nothing
    payload,          // what a deep link carries ("i_1a2b", "t_chips", "l_code"), or nothing
};

// One way to say something: folded words, then an argument.
struct Form {
    std::string_view words;
    Verb verb;
    Argument argument;
    std::string_view value = {};  // Command::text of forms without an argument
};

// All forms, those with more words first where one begins like another.
std::span<const Form> forms();

// Words without meaning before and after a command; dropped as long as there are some.
std::span<const std::string_view> polite_beginnings();
std::span<const std::string_view> polite_endings();

// The words whose misspellings are understood, with what may follow.
std::span<const Form> keywords();

}  // namespace podbrief::commands
