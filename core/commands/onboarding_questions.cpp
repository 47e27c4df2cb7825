// The messages of the first questions.
#include <algorithm>
#include <array>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/commands/onboarding.hpp"
#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"
#include "core/text/topic_words.hpp"

namespace podbrief::commands {
namespace {

using Step = Onboarding::Step;

constexpr std::size_t most_buttons = 8;
constexpr std::array hours{"6:00", "7:00", "8:00", "9:00", "12:00", "18:00"};
constexpr std::array<std::pair<const char*, const char*>, 12> zones{{{"Los Angeles", "America/Los_Angeles"},
                                                                     {"Denver", "America/Denver"},
                                                                     {"Chicago", "America/Chicago"},
                                                                     {"New York", "America/New_York"},
                                                                     {"S\u00e3o Paulo", "America/Sao_Paulo"},
                                                                     {"London", "Europe/London"},
                                                                     {"Berlin", "Europe/Berlin"},
                                                                     {"Nairobi", "Africa/Nairobi"},
                                                                     {"Kolkata", "Asia/Kolkata"},
                                                                     {"Singapore", "Asia/Singapore"},
                                                                     {"Tokyo", "Asia/Tokyo"},
                                                                     {"Sydney", "Australia/Sydney"}}};

void add(Choices& choices, std::string label, std::string text, bool chosen = false) {
    Choice choice;
    choice.label = std::move(label);
    choice.action.kind = Action::Kind::choose;
    choice.action.text = std::move(text);
    choice.chosen = chosen;
    if (!to_data(choice.action)) return;  // too long for a button: it can be typed
    choices.choices.push_back(std::move(choice));
}

void add_end(Reply& reply, Step step, bool chosen) {
    Choices choices;
    const std::string name(to_string(step));
    add(choices, chosen ? "Done" : "Skip", "done:" + name);
    if (step != Step::zone) add(choices, "Skip the rest", "end:" + name);
    reply.blocks.emplace_back(std::move(choices));
}

std::vector<std::string> followed_topics(const Profile& profile) {
    std::vector<std::string> topics;
    for (const auto& [topic, weight] : profile.topics) {
        if (weight > 0) topics.push_back(topic);
    }
    return topics;
}

std::vector<std::string> followed_shows(const OnboardingView& view) {
    std::vector<std::string> titles;
    const auto& ids = view.reader.profile.shows;
    for (const NamedShow& show : view.shows) {
        if (std::find(ids.begin(), ids.end(), show.id) != ids.end()) titles.push_back(show.title);
    }
    return titles;
}

// Those of the library, and what the reader follows beside them.
Choices topic_buttons(const OnboardingView& view) {
    std::vector<std::string> topics(view.topics.begin(), view.topics.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                                   most_buttons, view.topics.size())));
    const std::vector<std::string> followed = followed_topics(view.reader.profile);
    for (const std::string& topic : followed) {
        if (topics.size() >= 2 * most_buttons) break;
        const auto same = [&](const std::string& other) { return text::is_same_topic(other, topic); };
        if (std::none_of(topics.begin(), topics.end(), same)) topics.push_back(topic);
    }
    Choices choices;
    for (const std::string& topic : topics) {
        const bool chosen = briefs::follows_topic(view.reader.profile, topic);
        add(choices, topic, "topics:" + topic, chosen);
    }
    return choices;
}

Choices show_buttons(const OnboardingView& view) {
    const std::vector<std::string> followed = followed_shows(view);
    Choices choices;
    for (const NamedShow& show : view.shows) {
        if (choices.choices.size() == most_buttons) break;
        const bool chosen = std::find(followed.begin(), followed.end(), show.title) != followed.end();
        add(choices, show.title, "shows:" + std::to_string(show.id.value), chosen);
    }
    return choices;
}

void add_buttons(Reply& reply, Choices choices) {
    if (!choices.choices.empty()) reply.blocks.emplace_back(std::move(choices));
}

}  // namespace

Reply question(Step step, const OnboardingView& view) {
    Reply reply;
    switch (step) {
        case Step::topics:
            reply.blocks.emplace_back(Heading{"Which topics?"});
            say(reply, "Choose some, or type your own, with commas between them.");
            add_buttons(reply, topic_buttons(view));
            add_end(reply, step, !followed_topics(view.reader.profile).empty());
            break;
        case Step::shows:
            reply.blocks.emplace_back(Heading{"Any shows you want more of?"});
            say(reply, view.shows.empty() ? "There are none yet. Say add and the address of a feed, or skip this."
                                          : "Choose some, or type their names. All shows are read; these come first.");
            add_buttons(reply, show_buttons(view));
            add_end(reply, step, !followed_shows(view).empty());
            break;
        case Step::hour: {
            reply.blocks.emplace_back(Heading{"At what hour shall your brief come?"});
            say(reply, "Choose one, or type another, such as 7:30.");
            Choices choices;
            for (const char* hour : hours) {
                const bool chosen = briefs::parse_time_of_day(hour) == view.reader.brief_at;
                add(choices, hour, std::string("hour:") + hour, chosen);
            }
            add_buttons(reply, std::move(choices));
            add_end(reply, step, false);
            break;
        }
        case Step::zone: {
            reply.blocks.emplace_back(Heading{"Where are you?"});
            say(reply, "So that the hour is yours: choose a city with your time, or type one.");
            Choices choices;
            for (const auto& [city, zone] : zones) {
                add(choices, city, std::string("zone:") + zone, view.reader.time_zone == zone);
            }
            add_buttons(reply, std::move(choices));
            add_end(reply, step, false);
            break;
        }
        case Step::done:
            break;
    }
    return reply;
}

Reply answered_question(Step step, const OnboardingView& view) {
    Reply reply;
    switch (step) {
        case Step::topics: {
            const std::vector<std::string> topics = followed_topics(view.reader.profile);
            reply.blocks.emplace_back(Heading{"Which topics?"});
            say(reply, topics.empty() ? "None: your brief takes the best of everything." : listed(topics) + ".");
            break;
        }
        case Step::shows: {
            const std::vector<std::string> shows = followed_shows(view);
            reply.blocks.emplace_back(Heading{"Any shows you want more of?"});
            say(reply, shows.empty() ? "None in particular." : listed(shows) + ".");
            break;
        }
        case Step::hour:
            reply.blocks.emplace_back(Heading{"At what hour shall your brief come?"});
            say(reply, briefs::format_time_of_day(view.reader.brief_at) + ".");
            break;
        case Step::zone:
            reply.blocks.emplace_back(Heading{"Where are you?"});
            say(reply, view.reader.time_zone + ".");
            break;
        case Step::done:
            break;
    }
    return reply;
}

bool asks(const Reply& reply, Step step) {
    const std::string mark = "done:" + std::string(to_string(step));
    for (const ReplyBlock& block : reply.blocks) {
        const auto* choices = std::get_if<Choices>(&block);
        if (choices == nullptr) continue;
        for (const Choice& choice : choices->choices) {
            if (choice.action.kind == Action::Kind::choose && choice.action.text == mark) return true;
        }
    }
    return false;
}

Reply welcome(std::string_view name, Reply first_question) {
    Reply reply;
    reply.blocks.emplace_back(
        Heading{name.empty() ? "Welcome to podbrief" : "Welcome to podbrief, " + std::string(name)});
    say(reply,
        "Five insights from new podcasts every day, each with its source, and answers to what you ask. Three questions "
        "make it yours; any can be skipped.");
    for (ReplyBlock& block : first_question.blocks) reply.blocks.push_back(std::move(block));
    return reply;
}

Reply onboarding_done(const Reader& reader, const std::vector<NamedShow>& shows, WallTime next_brief) {
    Reply reply = settings_reply(reader, shows, next_brief);
    reply.suggestions.clear();
    say(reply,
        fmt::format("That is all. Your first brief comes here at {} on {}; say brief for one now.",
                    briefs::format_time_of_day(reader.brief_at), briefs::format_day(next_brief, reader.time_zone)));
    Choices choices;
    Choice now;
    now.label = "Brief now";
    now.action.kind = Action::Kind::say;
    now.action.text = "brief";
    Choice change;
    change.label = "Settings";
    change.action.kind = Action::Kind::form;
    change.action.text = "settings";
    choices.choices = {std::move(now), std::move(change)};
    reply.blocks.emplace_back(std::move(choices));
    suggest(reply, "brief");
    suggest(reply, "help");
    return reply;
}

}  // namespace podbrief::commands
