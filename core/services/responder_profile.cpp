// Commands that change or show the profile and the settings.
#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/commands/links.hpp"
#include "core/commands/reply_pages.hpp"
#include "core/search/find.hpp"
#include "core/services/private_pages.hpp"
#include "core/services/responder_parts.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {

using commands::Command;
using commands::Target;
using commands::Verb;

namespace {

// Titles are compared without case, accents, kinds of apostrophes, and a leading "the".
std::string title_key(std::string_view title) {
    std::string key = text::collapse_white_space(text::fold(title));
    for (auto at = key.find("\u2019"); at != std::string::npos; at = key.find("\u2019")) key.replace(at, 3, "'");
    if (key.starts_with("the ")) key.erase(0, 4);
    return key;
}

// The name as the library spells it, when somebody named so is heard there.
asio::awaitable<std::optional<std::string>> person_named(Desk& desk, const std::vector<Subscription>& subscriptions,
                                                         std::string typed) {
    const std::string wanted = text::fold(typed);
    for (const Subscription& one : subscriptions) {
        for (const Person& person : one.podcast.persons) {
            if (text::fold(person.name) == wanted) co_return person.name;
        }
    }
    constexpr std::size_t most_looked_at = 5000;
    const std::vector<Insight> insights = co_await desk.library.insights_since(WallTime{}, most_looked_at);
    for (const Insight& insight : insights) {
        if (text::fold(insight.speaker) == wanted) co_return insight.speaker;
    }
    co_return std::nullopt;
}

// What the text of a follow, unfollow or mute stands for.
struct Meant {
    Target target = Target::topic;
    std::string name;
    PodcastId show;
    bool unknown_show = false;
};

asio::awaitable<Meant> meaning_of(Desk& desk, const Turn& turn, Target target, std::string typed) {
    Meant meant;
    meant.target = target;
    meant.name = typed;
    const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
    if (target == Target::show || target == Target::any) {
        const auto show = show_named(named(subscriptions), typed, target == Target::show);
        if (show) {
            meant.target = Target::show;
            meant.name = show->title;
            meant.show = show->id;
            co_return meant;
        }
        meant.unknown_show = target == Target::show;
        if (meant.unknown_show) co_return meant;
    }
    if (target == Target::person || target == Target::any) {
        // Those followed already are known, whether they are heard at present or not.
        for (const std::string& person : turn.reader.profile.persons) {
            if (text::fold(person) == text::fold(typed)) {
                meant.target = Target::person;
                meant.name = person;
                co_return meant;
            }
        }
        const std::optional<std::string> person = co_await person_named(desk, subscriptions, typed);
        if (person) {
            meant.target = Target::person;
            meant.name = *person;
            co_return meant;
        }
        if (target == Target::person) co_return meant;
    }
    meant.target = Target::topic;
    meant.name = briefs::kept_topic(turn.reader.profile, typed);
    co_return meant;
}

briefs::Change change_profile(Profile& profile, Verb verb, const Meant& meant) {
    switch (meant.target) {
        case Target::show:
            if (verb == Verb::follow) return briefs::follow_show(profile, meant.show);
            if (verb == Verb::mute) return briefs::mute_show(profile, meant.show);
            return briefs::unfollow_show(profile, meant.show);
        case Target::person:
            if (verb == Verb::follow) return briefs::follow_person(profile, meant.name);
            if (verb == Verb::unfollow) return briefs::unfollow_person(profile, meant.name);
            // Who is muted is no longer followed, and what speaks of them is left out as any topic is.
            briefs::unfollow_person(profile, meant.name);
            return briefs::mute_topic(profile, meant.name);
        case Target::topic:
        case Target::any:
            break;
    }
    if (verb == Verb::follow) return briefs::follow_topic(profile, meant.name);
    if (verb == Verb::mute) return briefs::mute_topic(profile, meant.name);
    return briefs::unfollow_topic(profile, meant.name);
}

// What there is on a topic: how much, and the newest of it.
struct There {
    std::size_t count = 0;
    InsightId newest;
};
There there_is_on(const Desk& desk, const std::string& topic) {
    constexpr std::size_t most_looked_at = 200;
    There there;
    const search::UnderstoodQuery query = search::understand(topic, desk.index, {desk.acronyms});
    if (query.terms.empty()) return there;
    search::FindOptions options;
    options.limit = most_looked_at;
    options.per_episode = most_looked_at;
    const search::Found found = search::find(desk.index, query, options);
    there.count = found.hits.size() + found.more;
    for (const SearchHit& hit : found.hits) there.newest = std::max(there.newest, hit.insight);
    return there;
}

// As it is to be told: of a pause that is over nothing is said.
Reader current(const Turn& turn) {
    Reader reader = turn.reader;
    if (reader.paused_until && *reader.paused_until <= turn.now) reader.paused_until.reset();
    return reader;
}

Reply schedule_of(const Turn& turn) {
    return commands::schedule_reply(current(turn), briefs::next_brief_at(turn.reader, turn.now));
}

// Applies at, in, daily, quiet, pause or resume; what is wrong with it comes back instead.
std::optional<Reply> apply(Turn& turn, const Command& command) {
    Reader& reader = turn.reader;
    switch (command.verb) {
        case Verb::set_time: {
            const auto in = command.text.find(" in ");
            const auto time = briefs::parse_time_of_day(command.text.substr(0, in));
            if (!time) return commands::bad_time(command.text);
            if (in != std::string::npos) {
                const std::string typed = command.text.substr(in + 4);
                const auto zone = briefs::zone_named(typed);
                if (!zone) return commands::bad_zone(typed);
                reader.time_zone = *zone;
            }
            reader.brief_at = *time;
            break;
        }
        case Verb::set_zone: {
            const auto zone = briefs::zone_named(command.text);
            if (!zone) return commands::bad_zone(command.text);
            reader.time_zone = *zone;
            break;
        }
        case Verb::set_cadence:
            reader.cadence = cadence_from(command.text).value_or(Cadence::daily);
            break;
        case Verb::set_quiet: {
            if (command.text == "off") {
                reader.quiet.reset();
                break;
            }
            const auto quiet = briefs::parse_quiet_hours(command.text);
            if (!quiet) return commands::bad_quiet_hours(command.text);
            reader.quiet = quiet;
            break;
        }
        case Verb::pause: {
            if (command.text.empty()) {
                reader.paused_until = commands::paused_for_good;
                break;
            }
            const auto day = briefs::parse_day(command.text, turn.now, reader.time_zone);
            if (!day) return commands::bad_day(command.text);
            reader.paused_until = *day;
            break;
        }
        default:
            // The pause ends now: what fell into it was not missed.
            if (reader.paused_until) reader.paused_until = std::min(*reader.paused_until, turn.now);
            break;
    }
    return std::nullopt;
}

// How a topic of the profile is shown: as the library writes it; as it was typed where nothing there is on it.
asio::awaitable<std::string> written(Desk& desk, std::string topic, std::string typed) {
    const std::shared_ptr<const briefs::CandidatePool> pool = co_await desk.composer.pool();
    std::string shown = pool->topic_shown(topic);
    const std::string as_typed = text::collapse_white_space(text::to_valid_utf8(typed));
    const bool only_in_case = text::to_lower(as_typed) == topic;  // nothing was cut off
    co_return shown == topic&& only_in_case ? as_typed : shown;
}

}  // namespace

asio::awaitable<Reply> show_topics(Desk& desk, Turn& turn) {
    const std::shared_ptr<const briefs::CandidatePool> pool = co_await desk.composer.pool();
    const commands::TopicWriting as_in_library = [&pool](const std::string& topic) { return pool->topic_shown(topic); };
    co_return commands::topics_reply(turn.reader.profile, turn.now, as_in_library);
}

std::optional<commands::NamedShow> show_named(const std::vector<commands::NamedShow>& shows, std::string_view typed,
                                              bool loosely) {
    const std::string wanted = title_key(typed);
    if (wanted.empty()) return std::nullopt;
    std::vector<const commands::NamedShow*> beginning, containing;
    for (const commands::NamedShow& show : shows) {
        const std::string title = title_key(show.title);
        if (title == wanted) return show;
        if (title.starts_with(wanted)) beginning.push_back(&show);
        if (title.find(wanted) != std::string::npos) containing.push_back(&show);
    }
    if (!loosely) return std::nullopt;
    if (beginning.size() == 1) return *beginning.front();
    if (beginning.empty() && containing.size() == 1) return *containing.front();
    return std::nullopt;
}

asio::awaitable<Reply> follow(Desk& desk, Turn& turn, Command command) {
    std::string typed = command.text;
    if (command.number > 0) {
        const Picked picked = co_await pick(desk, turn, command, commands::to_text(command));
        if (!picked.detail) co_return picked.problem;
        typed = first_topic(picked.detail->insight);
        command.target = Target::topic;
    }
    if (briefs::topic_key(typed).empty()) {
        co_return co_await show_topics(desk, turn);
    }
    const Meant meant = co_await meaning_of(desk, turn, command.target, typed);
    if (meant.unknown_show) co_return commands::no_such_show(typed);

    commands::Followed followed;
    followed.verb = command.verb;
    followed.target = meant.target;
    followed.name = meant.name;
    followed.change = change_profile(turn.reader.profile, command.verb, meant);
    if (command.verb == Verb::unfollow && followed.change == briefs::Change::was_so) {
        // A person may have been muted, or followed as a topic, before anybody by that name was heard.
        followed.change = briefs::unfollow_topic(turn.reader.profile, typed);
        if (followed.change == briefs::Change::was_so)
            followed.change = briefs::unwatch_topic(turn.reader.profile, typed);
    }
    if (followed.change == briefs::Change::done) co_await desk.readers.save(turn.reader);
    if (command.verb == Verb::follow && meant.target == Target::topic)
        followed.found = there_is_on(desk, meant.name).count;
    if (meant.target == Target::topic) followed.name = co_await written(desk, meant.name, typed);
    co_return commands::followed_reply(followed);
}

asio::awaitable<Reply> weigh(Desk& desk, Turn& turn, Command command) {
    std::string typed = command.text;
    if (command.number > 0) {
        const Picked picked = co_await pick(desk, turn, command, "weigh");
        if (!picked.detail) co_return picked.problem;
        typed = first_topic(picked.detail->insight);
    }
    commands::Weighed weighed;
    weighed.topic = briefs::kept_topic(turn.reader.profile, typed);
    if (weighed.topic.empty()) co_return co_await show_topics(desk, turn);
    Profile& profile = turn.reader.profile;
    weighed.before = briefs::weight_of(profile, weighed.topic, turn.now);
    weighed.wanted = command.weight;
    if (command.weight) {
        weighed.change = briefs::weigh_topic(profile, weighed.topic, *command.weight);
        if (weighed.change == briefs::Change::done) co_await desk.readers.save(turn.reader);
    }
    weighed.after = briefs::weight_of(profile, weighed.topic, turn.now);
    weighed.topic = co_await written(desk, weighed.topic, typed);
    co_return commands::weighed_reply(weighed);
}

asio::awaitable<Reply> watch(Desk& desk, Turn& turn, Command command) {
    std::string topic = briefs::topic_key(command.text);
    if (command.number > 0) {
        const Picked picked = co_await pick(desk, turn, command, command.verb == Verb::watch ? "watch" : "unwatch");
        if (!picked.detail) co_return picked.problem;
        topic = first_topic(picked.detail->insight);
    }
    if (topic.empty()) co_return co_await show_topics(desk, turn);
    commands::Watched watched;
    watched.topic = topic;
    watched.watch = command.verb == Verb::watch;
    Profile& profile = turn.reader.profile;
    if (watched.watch) {
        const There there = there_is_on(desk, topic);
        watched.found = there.count;
        watched.change = briefs::watch_topic(profile, topic, there.newest);
    } else {
        watched.change = briefs::unwatch_topic(profile, topic);
    }
    if (watched.change == briefs::Change::done) co_await desk.readers.save(turn.reader);
    watched.topic = co_await written(desk, topic, command.text);
    co_return commands::watched_reply(watched);
}

asio::awaitable<Reply> show_shows(Desk& desk, Turn& turn) {
    const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
    co_return commands::shows_reply(turn.reader.profile, named(subscriptions));
}

asio::awaitable<Reply> add_show(Desk& desk, Turn& turn, Command command) {
    std::string url = command.text;
    const bool one_word = !url.empty() && url.find(' ') == std::string::npos;
    if (one_word && url.find("://") == std::string::npos && url.find('.') != std::string::npos) url = "https://" + url;
    if (!commands::is_web_address(url)) {
        const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
        const auto show = show_named(named(subscriptions), command.text, true);
        if (!show) co_return commands::add_needs_address(command.text);
        if (briefs::follow_show(turn.reader.profile, show->id) == briefs::Change::done) {
            co_await desk.readers.save(turn.reader);
        }
        co_return commands::added_reply(show->title, false);
    }
    if (!desk.adder) co_return commands::add_is_for_the_operator(url);
    const FeedAdder::Outcome outcome = co_await desk.adder->add(url);
    if (!outcome.podcast) co_return commands::add_failed(url, outcome.problem);
    // Adding took its time; what was changed meanwhile is kept.
    std::optional<Reader> stored = co_await desk.readers.reader(turn.reader.id);
    if (stored) turn.reader = std::move(*stored);
    if (briefs::follow_show(turn.reader.profile, outcome.podcast) == briefs::Change::done) {
        co_await desk.readers.save(turn.reader);
    }
    co_return commands::added_reply(outcome.title, outcome.created);
}

asio::awaitable<Reply> schedule(Desk& desk, Turn& turn, Command command) {
    std::optional<Reply> problem = apply(turn, command);
    if (problem) co_return *problem;
    co_await desk.readers.save(turn.reader);
    co_return schedule_of(turn);
}

asio::awaitable<Reply> show_settings(Desk& desk, Turn& turn) {
    const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
    co_return commands::settings_reply(current(turn), named(subscriptions),
                                       briefs::next_brief_at(turn.reader, turn.now));
}

asio::awaitable<Reply> export_all(Desk& desk, Turn& turn) {
    const std::vector<Subscription> subscriptions = co_await desk.library.subscriptions();
    const std::vector<Feedback> feedback = co_await desk.readers.feedback(turn.reader.id);
    std::vector<InsightId> ids;
    for (const Feedback& one : feedback) ids.push_back(one.insight);
    const std::vector<InsightDetail> details = co_await desk.library.details(ids);
    std::vector<commands::KeptInsight> kept;
    for (const Feedback& one : feedback) {
        const auto detail = std::find_if(details.begin(), details.end(),
                                         [&](const InsightDetail& d) { return d.insight.id == one.insight; });
        if (detail == details.end()) continue;
        commands::KeptInsight item;
        item.kind = one.kind;
        item.detail = *detail;
        kept.push_back(std::move(item));
    }
    co_return commands::export_reply(turn.reader, named(subscriptions), kept, turn.now);
}

asio::awaitable<Reply> forget(Desk& desk, Turn& turn) {
    co_await desk.readers.forget(turn.reader.id);
    co_return commands::forgotten();
}

asio::awaitable<Reply> own_page(Desk& desk, Turn& turn, commands::Command command) {
    if (desk.pages == nullptr) co_return commands::no_pages_here();
    co_return co_await desk.pages->answer(turn.reader.id, std::move(command.text), turn.happening);
}

}  // namespace podbrief::services
