#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/commands/command.hpp"
#include "core/commands/grammar.hpp"
#include "core/commands/link_code.hpp"
#include "core/commands/typed_line.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

Command make(Verb verb, std::string text = {}, int number = 0) {
    Command command;
    command.verb = verb;
    command.text = std::move(text);
    command.number = number;
    return command;
}

Command suggest(std::string instead) {
    Command command = make(Verb::unknown);
    command.suggestion = std::move(instead);
    return command;
}

bool points_back(const std::string& text) {
    const std::string word = text::fold(text);
    return word == "this" || word == "that" || word == "it" || word == "these" || word == "this one" ||
           word == "that one";
}

// "2", "+1", "-0.5", "1,5"; not what is far from any weight, such as a year.
std::optional<double> weight_in(std::string text) {
    std::replace(text.begin(), text.end(), ',', '.');
    if (text.starts_with("\u2212")) text.replace(0, 3, "-");
    if (text.starts_with('+')) text.erase(0, 1);
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (text.empty() || read.ec != std::errc{} || read.ptr != end || !(std::abs(value) <= 100)) return std::nullopt;
    return value;
}

std::optional<Command> number_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (text.empty()) return make(form.verb);
    if (const auto number = line.number_from(first)) return make(form.verb, {}, *number);
    if (points_back(text)) return make(form.verb);
    if (form.verb == Verb::report) {
        std::size_t used = 0;
        if (const auto number = line.number_at(first, used)) {
            return make(form.verb, line.text_from(first + used), *number);
        }
    }
    if (form.verb == Verb::like && form.words == "like") return suggest("follow " + text);
    if (form.verb == Verb::less) return suggest("mute " + text);
    return std::nullopt;
}

Command number_or_topic(const Form& form, const TypedLine& line, std::size_t first) {
    const bool more = form.verb == Verb::more_topic;
    const Verb by_number = more ? Verb::more_number : Verb::against;
    const std::string text = line.text_from(first);
    if (text.empty()) return make(more ? Verb::more : form.verb);
    if (const auto number = line.number_from(first)) return make(by_number, {}, *number);
    if (points_back(text)) return make(form.verb == Verb::disagreement ? form.verb : by_number);
    // Against a topic means: who disagrees on it.
    return make(more ? Verb::more_topic : Verb::disagreement, line.topic_from(first));
}

std::optional<Command> target_argument(const Form& form, const TypedLine& line, std::size_t first) {
    constexpr std::pair<std::string_view, Target> kinds[] = {
        {"topic", Target::topic},   {"topics", Target::topic},     {"show", Target::show},
        {"podcast", Target::show},  {"person", Target::person},    {"the topic", Target::topic},
        {"the show", Target::show}, {"the podcast", Target::show}, {"speaker", Target::person},
    };
    if (first == line.size()) return std::nullopt;
    if (const auto number = line.number_from(first)) return make(form.verb, {}, *number);
    Command command = make(form.verb);
    for (const auto& [words, target] : kinds) {
        const std::size_t count = line.match_at(first, words);
        if (count > 0 && first + count < line.size()) {
            command.target = target;
            first += count;
            break;
        }
    }
    command.text = line.text_from(first);
    if (command.text.empty()) return std::nullopt;
    return command;
}

// "remote work 2", "remote work at -1,5", "3 to 0.5": what is weighed, and how much. "weight loss" is a topic.
std::optional<Command> weight_argument(const Form& form, const TypedLine& line, std::size_t first) {
    if (first < line.size() && line.match_at(first, "topic") > 0 && first + 2 < line.size()) ++first;
    if (first == line.size()) return std::nullopt;
    std::vector<std::string> words;
    for (std::string text = line.text_from(first); !text.empty();) {
        const auto end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.erase(0, end + 1);
    }
    const std::optional<double> weight = words.size() > 1 ? weight_in(words.back()) : std::nullopt;
    // Without a number it is asked for; but only `weigh` has no other meaning.
    if (!weight && form.words != "weigh" && form.words.find("of") == std::string_view::npos) return std::nullopt;
    Command command = make(form.verb);
    command.weight = weight;
    if (weight) words.pop_back();
    const bool joined = words.size() > 1 && (words.back() == "at" || words.back() == "to" || words.back() == "as");
    if (weight && joined) words.pop_back();
    command.text = fmt::format("{}", fmt::join(words, " "));
    const TypedLine what(command.text);
    if (const auto number = what.number_from(0)) {
        command.number = *number;
        command.text.clear();
    }
    return command;
}

std::optional<Command> time_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (text.empty()) return std::nullopt;
    // "8:00 in Berlin" is left to whoever carries it out.
    const std::string time = text.substr(0, text.find(" in "));
    const bool starts_like_a_time = text.front() >= '0' && text.front() <= '9' && form.words != "at";
    if (!briefs::parse_time_of_day(time) && !starts_like_a_time) return std::nullopt;
    return make(form.verb, text);
}

std::optional<Command> zone_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (text.empty()) return std::nullopt;
    const bool says_zone = form.words.find("zone") != std::string_view::npos;
    const bool looks_like_one = text.find('/') != std::string::npos && text.find(' ') == std::string::npos;
    if (!says_zone && !looks_like_one && !briefs::zone_named(text)) return std::nullopt;
    return make(form.verb, text);
}

std::optional<Command> hours_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    const bool says_hours = form.words.find("hours") != std::string_view::npos;
    if (text.empty()) return says_hours ? std::optional(suggest("quiet 22:00 to 7:00")) : std::nullopt;
    // "quiet quitting" is a topic, "quiet 25:00" a slip to be told of.
    const bool starts_like_a_time = text.front() >= '0' && text.front() <= '9';
    if (!briefs::parse_quiet_hours(text) && !starts_like_a_time) return std::nullopt;
    return make(form.verb, text);
}

std::optional<Command> day_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (!briefs::names_past_day(text)) return std::nullopt;
    return make(form.verb, text::fold(text) == "today" ? std::string{} : text);
}

// "link in bio" is a topic.
std::optional<Command> code_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (text.empty()) return make(form.verb);
    if (const auto code = read_link_code(text)) return make(form.verb, *code);
    return std::nullopt;
}

std::optional<Command> payload_argument(const Form& form, const TypedLine& line, std::size_t first) {
    const std::string text = line.text_from(first);
    if (text.empty()) return make(form.verb);
    const bool one_word = first + 1 == line.size();
    if (!one_word || text.size() < 3 || text[1] != '_') return std::nullopt;
    if (text[0] == 'l') {
        const auto code = read_link_code(text.substr(2), true);
        return code ? std::optional(make(Verb::link, *code)) : std::nullopt;
    }
    if (text[0] != 'i' && text[0] != 't') return std::nullopt;
    return make(form.verb, text);
}

std::optional<Command> with_argument(const Form& form, const TypedLine& line, std::size_t first) {
    switch (form.argument) {
        case Argument::nothing:
            if (first != line.size()) return std::nullopt;
            return make(form.verb, std::string(form.value));
        case Argument::number:
            return number_argument(form, line, first);
        case Argument::number_or_topic:
            return number_or_topic(form, line, first);
        case Argument::topic:
            if (line.text_from(first).empty()) return std::nullopt;
            return number_or_topic(form, line, first);
        case Argument::target:
            return target_argument(form, line, first);
        case Argument::weight:
            return weight_argument(form, line, first);
        case Argument::time:
            return time_argument(form, line, first);
        case Argument::zone:
            return zone_argument(form, line, first);
        case Argument::hours:
            return hours_argument(form, line, first);
        case Argument::day:
            return day_argument(form, line, first);
        case Argument::text:
            return make(form.verb, line.text_from(first));
        case Argument::code:
            return code_argument(form, line, first);
        case Argument::payload:
            return payload_argument(form, line, first);
    }
    return std::nullopt;
}

std::optional<Command> exact(const TypedLine& line) {
    for (const Form& form : forms()) {
        const std::size_t count = line.match_at(0, form.words);
        if (count == 0) continue;
        if (auto command = with_argument(form, line, count)) return command;
    }
    return std::nullopt;
}

// A slip of the fingers, not another word: letters swapped, lost or doubled, but none exchanged for another.
bool is_slip(std::string_view typed, std::string_view meant) {
    if (typed.empty() || typed.front() != meant.front()) return false;
    const int distance = edit_distance(typed, meant);
    if (distance == 2 && meant.size() >= 7) return true;
    if (distance != 1) return false;
    if (typed.size() != meant.size()) return typed.size() >= 4;
    std::string a(typed), b(meant);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

// Where the rest of the line shows that the first word must be a verb, more is forgiven than where it may be a topic.
std::optional<Command> misspelt(const TypedLine& line) {
    const std::string& typed = line.word(0);
    for (const Form& form : keywords()) {
        const int distance = edit_distance(typed, form.words);
        if (distance == 0) continue;
        const bool near = distance <= (form.words.size() <= 4 ? 1 : 2);
        bool accepted = false;
        switch (form.argument) {
            case Argument::nothing:
                // "moore" and "ore" are subjects; only swapped letters make them `more`.
                accepted = is_slip(typed, form.words) && (form.words != "more" || typed.size() == 4);
                break;
            case Argument::number:
                accepted = near && line.size() > 1 && line.number_from(1).has_value();
                break;
            case Argument::number_or_topic: {
                const bool leads_on = line.size() > 2 && (line.word(1) == "on" || line.word(1) == "about");
                if (leads_on && (near || (form.words.size() > 8 && distance <= 4))) {
                    return number_or_topic(form, line, 2);
                }
                accepted = near && line.size() > 1 && line.number_from(1).has_value();
                break;
            }
            case Argument::target:
                accepted = line.size() > 1 && is_slip(typed, form.words);
                break;
            default:
                break;
        }
        if (!accepted) continue;
        if (auto command = with_argument(form, line, 1); command && command->verb != Verb::unknown) return command;
    }
    return std::nullopt;
}

// Takes one polite phrase off the front, the longest that is there. False: none, or nothing would be left.
bool drop_beginning(TypedLine& line) {
    std::size_t longest = 0;
    for (const std::string_view phrase : polite_beginnings()) longest = std::max(longest, line.match_at(0, phrase));
    if (longest == 0 || longest >= line.size()) return false;
    line.drop_front(longest);
    return true;
}

void drop_endings(TypedLine& line) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view phrase : polite_endings()) {
            const std::size_t count = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
            if (line.size() <= count || !line.ends_with(phrase)) continue;
            line.drop_back(count);
            again = true;
        }
    }
}

// A command that a single word may have been meant for; empty: none is near.
std::string nearest_keyword(std::string_view word) {
    std::string_view nearest;
    int least = 3;
    for (const Form& form : keywords()) {
        const int distance = edit_distance(word, form.words);
        if (distance < least && distance * 2 < static_cast<int>(form.words.size())) {
            least = distance;
            nearest = form.words;
        }
    }
    return std::string(nearest);
}

// "/more_on@podbrief_bot chips" -> "more on chips"; says whether there was a slash.
bool strip_slash(std::string& line) {
    if (!line.starts_with("/")) return false;
    line.erase(0, 1);
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::size_t at = std::min(line.find('@'), end);
    std::replace(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(at), '_', ' ');
    line.erase(at, end - at);
    return true;
}

void strip_name(TypedLine& line) {
    if (line.size() > 1 && (line.begins_with("@podbrief") || line.begins_with("podbrief"))) line.drop_front(1);
}

}  // namespace

Command parse_command(std::string_view typed) {
    constexpr std::size_t most_bytes = 8 * longest_command;
    if (typed.size() > most_bytes) return make(Verb::too_long);
    std::string text = text::collapse_white_space(text::to_valid_utf8(typed));
    if (text::code_point_count(text) > longest_command) return make(Verb::too_long);
    const bool slash = strip_slash(text);

    TypedLine line(text);
    strip_name(line);
    if (line.empty()) return make(Verb::nothing);
    const std::string whole = line.text_from(0);
    const bool says_something = std::any_of(whole.begin(), whole.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
    });
    if (!says_something) return make(line.word(0) == "?" ? Verb::help : Verb::nothing);
    drop_endings(line);

    for (TypedLine rest = line;;) {
        if (auto command = exact(rest)) return *command;
        if (!drop_beginning(rest)) break;
    }
    for (TypedLine rest = line;;) {
        if (auto command = misspelt(rest)) return *command;
        if (!drop_beginning(rest)) break;
    }
    const bool has_digit = std::any_of(whole.begin(), whole.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (const auto number = line.number_from(0); number && (has_digit || line.begins_with("the"))) {
        return make(Verb::more_number, {}, *number);
    }
    const std::string nearest = line.size() == 1 ? nearest_keyword(line.word(0)) : std::string{};
    if (slash) return suggest(nearest.empty() ? "more on " + whole : nearest);

    Command topic = make(Verb::more_topic, whole);
    topic.bare = true;
    topic.suggestion = nearest;
    return topic;
}

}  // namespace podbrief::commands
