// How answers are understood. onboarding_questions.cpp has the messages.
#include "core/commands/onboarding.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

using Step = Onboarding::Step;

constexpr std::size_t most_typed = 20;  // names in one message

bool holds(const std::vector<PodcastId>& ids, PodcastId id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool follows(const Reader& reader, std::string_view topic) {
    return briefs::follows_topic(reader.profile, topic);
}

std::vector<std::string> names_in(std::string_view typed) {
    std::vector<std::string> names;
    while (names.size() < most_typed) {
        const auto end = typed.find_first_of(",;\n");
        std::string name = text::collapse_white_space(typed.substr(0, end));
        if (!name.empty()) names.push_back(std::move(name));
        if (end == std::string_view::npos) break;
        typed.remove_prefix(end + 1);
    }
    return names;
}

bool is_one_of(std::string_view typed, std::initializer_list<std::string_view> words) {
    std::string folded = text::collapse_white_space(text::fold(typed));
    while (!folded.empty() && (folded.back() == '.' || folded.back() == '!')) folded.pop_back();
    return std::find(words.begin(), words.end(), folded) != words.end();
}

// The show whose title is, begins with, or alone holds what was typed.
const NamedShow* show_named(const std::vector<NamedShow>& shows, std::string_view typed) {
    const std::string wanted = text::fold(typed);
    const NamedShow* beginning = nullptr;
    const NamedShow* holding = nullptr;
    int begin = 0;
    int hold = 0;
    for (const NamedShow& show : shows) {
        const std::string title = text::fold(show.title);
        if (title == wanted) return &show;
        if (title.starts_with(wanted) && ++begin == 1) beginning = &show;
        if (title.find(wanted) != std::string::npos && ++hold == 1) holding = &show;
    }
    if (begin == 1) return beginning;
    return begin == 0 && hold == 1 ? holding : nullptr;
}

OnboardingAnswer answer_to(Step step, const OnboardingView& view) {
    OnboardingAnswer answer;
    answer.step = step;
    answer.reader = view.reader;
    return answer;
}

std::optional<OnboardingAnswer> typed_topics(std::string_view typed, const OnboardingView& view) {
    const Command command = parse_command(typed);
    if (command.verb != Verb::more_topic || !command.bare) return std::nullopt;
    OnboardingAnswer answer = answer_to(Step::topics, view);
    for (const std::string& name : names_in(typed)) briefs::follow_topic(answer.reader.profile, name);
    answer.goes_on = true;
    return answer;
}

std::optional<OnboardingAnswer> typed_shows(std::string_view typed, const OnboardingView& view) {
    OnboardingAnswer answer = answer_to(Step::shows, view);
    std::string unknown;
    for (const std::string& name : names_in(typed)) {
        if (const NamedShow* show = show_named(view.shows, name)) {
            briefs::follow_show(answer.reader.profile, show->id);
            answer.goes_on = true;
        } else {
            unknown += (unknown.empty() ? "" : ", ") + name;
        }
    }
    const Command command = parse_command(typed);
    const bool names_only = command.verb == Verb::more_topic && command.bare;
    if (!answer.goes_on && !names_only) return std::nullopt;
    if (!unknown.empty()) answer.words = "No show here is named so: " + unknown + ".";
    return answer;
}

std::optional<OnboardingAnswer> typed_hour(std::string_view typed, const OnboardingView& view) {
    const Command command = parse_command(typed);
    std::string said = command.verb == Verb::set_time ? command.text : text::collapse_white_space(typed);
    OnboardingAnswer answer = answer_to(Step::hour, view);
    if (const auto in = said.find(" in "); in != std::string::npos) {
        const auto zone = briefs::zone_named(said.substr(in + 4));
        if (zone) answer.reader.time_zone = *zone;
        said.resize(in);
    }
    const auto time = briefs::parse_time_of_day(said);
    if (time) {
        answer.reader.brief_at = *time;
        answer.goes_on = true;
        return answer;
    }
    const bool meant_as_one = command.verb == Verb::set_time || (!said.empty() && said[0] >= '0' && said[0] <= '9');
    if (!meant_as_one) return std::nullopt;
    answer = answer_to(Step::hour, view);
    answer.words = "I do not know that time of day. Say it like 7:30 or 6pm.";
    return answer;
}

std::optional<OnboardingAnswer> typed_zone(std::string_view typed, const OnboardingView& view) {
    const Command command = parse_command(typed);
    const std::string said = command.verb == Verb::set_zone ? command.text : text::collapse_white_space(typed);
    OnboardingAnswer answer = answer_to(Step::zone, view);
    const auto zone = briefs::zone_named(said);
    if (zone) {
        answer.reader.time_zone = *zone;
        answer.goes_on = true;
        return answer;
    }
    const bool meant_as_one = command.verb == Verb::set_zone || (command.verb == Verb::more_topic && command.bare);
    if (!meant_as_one) return std::nullopt;
    answer.words = "I do not know the time zone " + said + ". Name a large city in it, as in: Berlin.";
    return answer;
}

}  // namespace

Step step_after(Step step, bool ask_zone) {
    switch (step) {
        case Step::topics:
            return Step::shows;
        case Step::shows:
            return Step::hour;
        case Step::hour:
            return ask_zone ? Step::zone : Step::done;
        case Step::zone:
        case Step::done:
            break;
    }
    return Step::done;
}

std::optional<OnboardingAnswer> pressed_answer(std::string_view choice, const OnboardingView& view,
                                               std::optional<bool> follow) {
    const auto colon = choice.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view what = choice.substr(0, colon);
    const std::string value(choice.substr(colon + 1));
    if (what == "done" || what == "end") {
        const auto step = onboarding_step_from(value);
        if (!step || *step == Step::done) return std::nullopt;
        OnboardingAnswer answer = answer_to(*step, view);
        answer.goes_on = true;
        answer.ends = what == "end";
        return answer;
    }
    const auto step = onboarding_step_from(what);
    if (!step || *step == Step::done) return std::nullopt;
    OnboardingAnswer answer = answer_to(*step, view);
    Profile& profile = answer.reader.profile;
    switch (*step) {
        case Step::topics: {
            answer.follow = follow.value_or(!follows(view.reader, value));
            answer.follow ? briefs::follow_topic(profile, value) : briefs::unfollow_topic(profile, value);
            answer.words = (answer.follow ? "Followed: " : "Not followed any more: ") + value + ".";
            return answer;
        }
        case Step::shows: {
            PodcastId id;
            const auto read = std::from_chars(value.data(), value.data() + value.size(), id.value);
            const auto show =
                std::find_if(view.shows.begin(), view.shows.end(), [&](const NamedShow& one) { return one.id == id; });
            if (read.ec != std::errc{} || show == view.shows.end()) return std::nullopt;
            answer.follow = follow.value_or(!holds(view.reader.profile.shows, id));
            answer.follow ? briefs::follow_show(profile, id) : briefs::unfollow_show(profile, id);
            answer.words = (answer.follow ? "Followed: " : "Not followed any more: ") + show->title + ".";
            return answer;
        }
        case Step::hour: {
            const auto time = briefs::parse_time_of_day(value);
            if (!time) return std::nullopt;
            answer.reader.brief_at = *time;
            answer.goes_on = true;
            return answer;
        }
        case Step::zone:
            if (!briefs::valid_zone(value)) return std::nullopt;
            answer.reader.time_zone = value;
            answer.goes_on = true;
            return answer;
        case Step::done:
            break;
    }
    return std::nullopt;
}

std::optional<OnboardingAnswer> typed_answer(Step step, std::string_view typed, const OnboardingView& view) {
    if (step == Step::done) return std::nullopt;
    const bool ends = is_one_of(typed, {"skip all", "skip the rest", "finish", "later", "not now", "cancel"});
    if (ends ||
        is_one_of(typed, {"skip", "done", "none", "no", "next", "nothing", "that's all", "that is all", "ready"})) {
        OnboardingAnswer answer = answer_to(step, view);
        answer.goes_on = true;
        answer.ends = ends;
        return answer;
    }
    switch (step) {
        case Step::topics:
            return typed_topics(typed, view);
        case Step::shows:
            return typed_shows(typed, view);
        case Step::hour:
            return typed_hour(typed, view);
        case Step::zone:
            return typed_zone(typed, view);
        case Step::done:
            break;
    }
    return std::nullopt;
}

}  // namespace podbrief::commands
