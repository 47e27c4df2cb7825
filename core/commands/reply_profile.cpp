// Replies about what a reader follows and when they are briefed.
#include <cmath>

#include "core/briefs/local_time.hpp"
#include "core/commands/links.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {
namespace {

constexpr std::size_t most_rows = 50;

std::string title_of(PodcastId id, const std::vector<NamedShow>& shows) {
    for (const NamedShow& show : shows) {
        if (show.id == id) return show.title;
    }
    return {};  // removed since
}

std::vector<std::string> titles_of(const std::vector<PodcastId>& ids, const std::vector<NamedShow>& shows) {
    std::vector<std::string> titles;
    for (const PodcastId id : ids) {
        if (std::string title = title_of(id, shows); !title.empty()) titles.push_back(std::move(title));
    }
    return titles;
}

// "followed, weight 1.50, 0.50 of it learnt"
std::string weight_word(const Profile& profile, const std::string& topic, double weight, WallTime now) {
    const auto said = profile.topics.find(topic);
    const auto learnt = profile.learnt.find(topic);
    std::string words = said == profile.topics.end() ? "learnt" : said->second > 0 ? "followed" : "pushed down";
    words += fmt::format(", weight {:.2f}", weight);
    const double moved = learnt == profile.learnt.end() ? 0 : briefs::faded(learnt->second, now);
    if (said != profile.topics.end() && moved != 0) words += fmt::format(", {:+.2f} of it learnt", moved);
    return words;
}

std::string joined(const std::vector<std::string>& parts) {
    return parts.empty() ? "none" : listed(parts);
}

std::string cadence_word(const Reader& reader) {
    switch (reader.cadence) {
        case Cadence::daily:
            return "every day";
        case Cadence::weekdays:
            return "Monday to Friday";
        case Cadence::weekly:
            return "every Monday";
        case Cadence::twice_a_day:
            return "twice a day, twelve hours apart";
    }
    return {};
}

std::string hour_word(const Reader& reader) {
    return fmt::format("{} ({})", briefs::format_time_of_day(reader.brief_at), reader.time_zone);
}

std::string quiet_word(const Reader& reader) {
    std::string hours = briefs::format_quiet_hours(*reader.quiet);
    return briefs::is_within(*reader.quiet, reader.brief_at) ? hours + "; your brief waits until they end" : hours;
}

std::string next_word(const Reader& reader, WallTime next) {
    if (reader.paused_until && *reader.paused_until >= paused_for_good) return "paused until you say resume";
    std::string day = briefs::format_day(next, reader.time_zone);
    return reader.paused_until && next >= *reader.paused_until && *reader.paused_until > WallTime{}
               ? day + ", after the pause"
               : day;
}

}  // namespace

Reply followed_reply(const Followed& what) {
    using briefs::Change;
    Reply reply;
    const bool topic = what.target == Target::topic;
    if (what.change == Change::full) {
        return saying("Your list is full. Unfollow or unmute something first.", {"topics", "shows"});
    }
    const bool was_so = what.change == Change::was_so;
    switch (what.verb) {
        case Verb::follow: {
            std::string text = was_so ? fmt::format("You follow {} already.", what.name)
                                      : fmt::format("You follow {} from now on.", what.name);
            if (what.found && *what.found == 0) {
                text += " Nothing on it so far; it will be in your brief when it comes up.";
            } else if (what.found) {
                text += fmt::format(
                    " There {} on it already.",
                    *what.found == 1 ? "is one insight" : "are " + counted(*what.found, "insight", "insights"));
            }
            say(reply, std::move(text));
            if (topic && what.found && *what.found > 0) suggest(reply, "more on " + what.name);
            suggest(reply, topic || what.target == Target::person ? "topics" : "shows");
            suggest(reply, "unfollow " + what.name);
            break;
        }
        case Verb::mute:
            say(reply, fmt::format("{}: {}. No brief will bring it; more on it still finds it.",
                                   was_so ? "Muted already" : "Muted", what.name));
            suggest(reply, "unmute " + what.name);
            suggest(reply, topic ? "topics" : "shows");
            break;
        default:
            say(reply, was_so ? fmt::format("You neither followed nor muted {}.", what.name)
                              : fmt::format("Neither followed nor muted any more: {}.", what.name));
            suggest(reply, topic ? "topics" : "shows");
            if (!was_so) suggest(reply, "follow " + what.name);
            break;
    }
    return reply;
}

Reply watched_reply(const Watched& what) {
    using briefs::Change;
    Reply reply;
    if (what.change == Change::full) {
        return saying("You watch as many topics as can be watched. Unwatch one first.", {"topics"});
    }
    const bool was_so = what.change == Change::was_so;
    if (!what.watch) {
        say(reply, was_so ? fmt::format("You do not watch {}.", what.topic)
                          : fmt::format("Not watched any more: {}.", what.topic));
        suggest(reply, "topics");
        if (!was_so) suggest(reply, "watch " + what.topic);
        return reply;
    }
    std::string text = was_so ? fmt::format("You watch {} already:", what.topic)
                              : fmt::format("You watch {} from now on:", what.topic);
    text += " the next brief after something new is said on it begins with that.";
    if (what.found > 0) {
        text += fmt::format(" There {} on it already.",
                            what.found == 1 ? "is one insight" : "are " + counted(what.found, "insight", "insights"));
    }
    say(reply, std::move(text));
    if (what.found > 0) suggest(reply, "more on " + what.topic);
    suggest(reply, "topics");
    suggest(reply, "unwatch " + what.topic);
    return reply;
}

Reply no_such_show(std::string_view name) {
    Reply reply = saying(fmt::format("No show here is named {}.", name), {"shows"});
    suggest(reply, fmt::format("more on {}", name));
    return reply;
}

Reply topics_reply(const Profile& profile, WallTime now, const TopicWriting& written) {
    Reply reply;
    const std::map<std::string, double> weights = briefs::weights(profile, now);
    if (weights.empty() && profile.persons.empty() && profile.muted_topics.empty() && profile.watches.empty()) {
        say(reply, "You follow no topic yet, so your brief takes the best of everything.");
        say(reply, "Say for instance: follow chip export controls.");
        suggest(reply, "shows");
        suggest(reply, "help");
        return reply;
    }
    std::vector<std::pair<std::string, double>> topics(weights.begin(), weights.end());
    std::stable_sort(topics.begin(), topics.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    const auto shown = [&](const std::string& topic) { return written ? written(topic) : topic; };
    Table table;
    for (const auto& [topic, weight] : topics) {
        if (table.rows.size() == most_rows) break;
        table.rows.push_back({shown(topic), weight_word(profile, topic, weight, now)});
    }
    for (const std::string& person : profile.persons) table.rows.push_back({person, "person, followed"});
    for (const Watch& watch : profile.watches) table.rows.push_back({shown(watch.topic), "watched"});
    for (const std::string& topic : profile.muted_topics) table.rows.push_back({shown(topic), "muted"});
    reply.blocks.emplace_back(Heading{"Your topics"});
    reply.blocks.emplace_back(std::move(table));
    if (topics.size() > most_rows) say(reply, fmt::format("And {} more.", topics.size() - most_rows));
    if (!topics.empty()) {
        const std::string first = shown(topics.front().first);
        say(reply, fmt::format("Weights go from -3 to 3; what was learnt fades, by half in 30 days. Say for instance "
                               "weigh {} 2.",
                               first));
        suggest(reply, "more on " + first);
        suggest(reply, fmt::format("weigh {} 2", first));
        suggest(reply, "unfollow " + first);
    }
    if (!profile.watches.empty()) suggest(reply, "unwatch " + shown(profile.watches.front().topic));
    suggest(reply, "brief");
    return reply;
}

Reply weighed_reply(const Weighed& what) {
    using briefs::Change;
    Reply reply;
    if (what.change == Change::full) {
        return saying("Your list is full. Unfollow or unmute something first.", {"topics", "shows"});
    }
    if (!what.wanted) {
        say(reply, fmt::format("{} weighs {:.2f}. Say how much it is to count, from -3 to 3, as in: weigh {} 2.",
                               what.topic, what.after, what.topic));
    } else if (what.change == Change::was_so) {
        say(reply, fmt::format("{} weighs {:.2f} already.", what.topic, what.after));
    } else {
        Table table;
        table.rows.push_back({what.topic, fmt::format("{:.2f} -> {:.2f}", what.before, what.after)});
        const bool none = what.after == 0;
        say(reply, none             ? "It counts for nothing from now on."
                   : what.after > 0 ? "Noted. It stays so until you change it."
                                    : "Noted: pushed down. It stays so until you change it.");
        reply.blocks.emplace_back(std::move(table));
    }
    if (what.wanted && (*what.wanted > briefs::most_weight || *what.wanted < briefs::least_weight)) {
        say(reply, "Weights go from -3 to 3.");
    }
    suggest(reply, "topics");
    if (what.after != 1) suggest(reply, fmt::format("weigh {} 1", what.topic));
    if (what.after != 0) suggest(reply, fmt::format("weigh {} 0", what.topic));
    if (what.after <= 0) suggest(reply, "mute " + what.topic);
    return reply;
}

Reply shows_reply(const Profile& profile, const std::vector<NamedShow>& shows) {
    auto holds = [](const std::vector<PodcastId>& ids, PodcastId id) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    if (shows.empty()) return saying("No show has been added yet. Say add and the address of a feed.", {"help"});
    Reply reply;
    Table table;
    std::string other;
    for (const NamedShow& show : shows) {
        const bool followed = holds(profile.shows, show.id);
        const bool muted = holds(profile.muted_shows, show.id);
        if (other.empty() && !followed && !muted) other = show.title;
        if (table.rows.size() == most_rows) continue;
        std::string state = followed ? "followed" : muted ? "muted" : "in the library";
        if (!show.problem.empty()) state += "; last fetch failed";
        table.rows.push_back({show.title, std::move(state)});
    }
    reply.blocks.emplace_back(Heading{fmt::format("Shows ({})", shows.size())});
    reply.blocks.emplace_back(std::move(table));
    if (shows.size() > most_rows) say(reply, fmt::format("And {} more.", shows.size() - most_rows));
    if (!other.empty()) suggest(reply, "follow " + other);
    if (!other.empty()) suggest(reply, "mute " + other);
    suggest(reply, "topics");
    return reply;
}

Reply settings_reply(const Reader& reader, const std::vector<NamedShow>& shows, WallTime next_brief) {
    Reply reply;
    const Profile& profile = reader.profile;
    std::vector<std::string> topics, down;
    for (const auto& [topic, weight] : profile.topics) (weight > 0 ? topics : down).push_back(topic);
    std::vector<std::string> muted = profile.muted_topics;
    for (std::string& title : titles_of(profile.muted_shows, shows)) muted.push_back(std::move(title));

    Table table;
    table.rows.push_back({"Brief at", hour_word(reader)});
    table.rows.push_back({"How often", cadence_word(reader)});
    if (reader.quiet) table.rows.push_back({"Quiet hours", quiet_word(reader)});
    table.rows.push_back({"Next brief", next_word(reader, next_brief)});
    table.rows.push_back({"Topics", joined(topics)});
    if (!down.empty()) table.rows.push_back({"Pushed down", joined(down)});
    table.rows.push_back({"Shows", joined(titles_of(profile.shows, shows))});
    table.rows.push_back({"People", joined(profile.persons)});
    std::vector<std::string> watched;
    for (const Watch& watch : profile.watches) watched.push_back(watch.topic);
    if (!watched.empty()) table.rows.push_back({"Watched", listed(watched)});
    table.rows.push_back({"Muted", joined(muted)});
    reply.blocks.emplace_back(Heading{"Settings of " + reader.name});
    reply.blocks.emplace_back(std::move(table));
    suggest(reply, "at 7:30");
    suggest(reply, "in Europe/Berlin");
    suggest(reply, "weekdays");
    suggest(reply, "export");
    return reply;
}

Reply schedule_reply(const Reader& reader, WallTime next_brief) {
    Reply reply;
    if (reader.paused_until && *reader.paused_until >= paused_for_good) {
        say(reply, "Paused. No brief will come until you say resume; questions are still answered.");
        suggest(reply, "resume");
        return reply;
    }
    say(reply, fmt::format("Your brief comes {} at {}. Next: {}.", cadence_word(reader), hour_word(reader),
                           next_word(reader, next_brief)));
    if (reader.quiet) say(reply, "Quiet hours: " + quiet_word(reader) + ".");
    suggest(reply, "settings");
    if (reader.paused_until && next_brief >= *reader.paused_until) suggest(reply, "resume");
    return reply;
}

Reply bad_time(std::string_view typed) {
    return saying(fmt::format("{} is not a time of day. Say for instance at 7:30, or at 8pm.", typed),
                  {"at 8:00", "settings"});
}

Reply bad_zone(std::string_view typed) {
    return saying(fmt::format("{} is not a time zone known here. Name one as Area/City, as in Europe/Berlin.", typed),
                  {"in Europe/Berlin", "in America/New_York", "settings"});
}

Reply bad_day(std::string_view typed) {
    return saying(fmt::format("{} is not a day within the next two years. Say for instance pause until 12 March, "
                              "pause until Friday, or pause for 2 weeks.",
                              typed),
                  {"pause", "pause for 1 week", "settings"});
}

Reply bad_quiet_hours(std::string_view typed) {
    return saying(
        fmt::format("{} is not a stretch of the day. Say for instance quiet 22:00 to 7:00, or quiet off.", typed),
        {"quiet 22:00 to 7:00", "quiet off", "settings"});
}

Reply export_reply(const Reader& reader, const std::vector<NamedShow>& shows, const std::vector<KeptInsight>& kept,
                   WallTime now) {
    const Profile& profile = reader.profile;
    std::string lines = "at " + briefs::format_time_of_day(reader.brief_at) + "\nin " + reader.time_zone + "\n" +
                        std::string(to_string(reader.cadence));
    if (reader.quiet) lines += "\nquiet " + briefs::format_quiet_hours(*reader.quiet);
    for (const auto& [topic, weight] : profile.topics) {
        lines += weight == 1 ? "\nfollow topic " + topic : fmt::format("\nweigh {} {:.2f}", topic, weight);
    }
    for (const std::string& title : titles_of(profile.shows, shows)) lines += "\nfollow show " + title;
    for (const std::string& person : profile.persons) lines += "\nfollow person " + person;
    for (const Watch& watch : profile.watches) lines += "\nwatch " + watch.topic;
    for (const std::string& topic : profile.muted_topics) lines += "\nmute topic " + topic;
    for (const std::string& title : titles_of(profile.muted_shows, shows)) lines += "\nmute show " + title;

    Reply reply;
    reply.blocks.emplace_back(Heading{"All that is kept of " + reader.name});
    say(reply, "Sent again, one by one, these lines make the same profile:");
    say(reply, std::move(lines));
    Table learnt;
    for (const auto& [topic, what] : profile.learnt) {
        const double weight = briefs::faded(what, now);
        if (weight != 0) learnt.rows.push_back({topic, fmt::format("{:+.2f}, learnt from what you liked", weight)});
    }
    if (!learnt.rows.empty()) reply.blocks.emplace_back(std::move(learnt));
    for (const FeedbackKind kind : {FeedbackKind::save, FeedbackKind::like, FeedbackKind::less, FeedbackKind::report}) {
        Table table;
        for (const KeptInsight& one : kept) {
            if (one.kind == kind) table.rows.push_back({one.detail.show, one.detail.insight.text});
        }
        if (table.rows.empty()) continue;
        constexpr std::string_view names[] = {"Liked", "Wanted less of", "Saved", "Reported"};
        reply.blocks.emplace_back(Heading{std::string(names[static_cast<std::size_t>(kind)])});
        reply.blocks.emplace_back(std::move(table));
    }
    suggest(reply, "settings");
    suggest(reply, "forget me");
    return reply;
}

Reply forget_question(const Reader& reader) {
    return saying(
        fmt::format("This deletes all that is kept of {}: profile, settings, briefs, likes, saved insights and "
                    "conversations. It cannot be undone. To do it, say forget me now.",
                    reader.name),
        {"forget me now", "export"});
}

Reply forgotten() {
    return saying("Done: all that was kept of you is deleted. Say hello to begin again.", {"hello"});
}

}  // namespace podbrief::commands
