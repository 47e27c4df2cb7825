// Pages and forms, and names for whoever types one.
#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/commands/onboarding.hpp"
#include "core/commands/reply_places.hpp"
#include "core/services/reception_parts.hpp"
#include "core/services/responder_parts.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {

using commands::Verb;

namespace {

constexpr std::size_t most_names = 25;
constexpr std::size_t longest_topics = 2'000;  // bytes of a form's field
constexpr std::chrono::days recent_briefs{30};

std::vector<std::string> followed_topics(const Profile& profile) {
    std::vector<std::string> topics;
    for (const auto& [topic, weight] : profile.topics) {
        if (weight > 0) topics.push_back(topic);
    }
    return topics;
}

std::string lines_of(const std::vector<std::string>& names) {
    std::string lines;
    for (const std::string& name : names) {
        if (lines.size() + name.size() + 1 > longest_topics) break;
        lines += (lines.empty() ? "" : "\n") + name;
    }
    return lines;
}

std::vector<std::string> names_in(std::string_view value) {
    std::vector<std::string> names;
    for (;;) {
        const auto end = value.find_first_of("\n,;");
        std::string name = briefs::topic_key(value.substr(0, end));
        if (!name.empty()) names.push_back(std::move(name));
        if (end == std::string_view::npos) return names;
        value.remove_prefix(end + 1);
    }
}

Form::Field topics_field(const Reader& reader) {
    Form::Field field;
    field.name = "topics";
    field.label = "Topics";
    field.hint = "One a line";
    field.value = lines_of(followed_topics(reader.profile));
    field.max_length = longest_topics;
    return field;
}

Form settings_form(const Reader& reader) {
    Form form;
    form.name = "settings";
    form.title = "Your brief";
    form.fields.push_back(topics_field(reader));
    Form::Field hour;
    hour.name = "hour";
    hour.label = "Hour";
    hour.hint = "Such as 7:30 or 6pm";
    hour.value = briefs::format_time_of_day(reader.brief_at);
    hour.max_length = 20;
    form.fields.push_back(std::move(hour));
    Form::Field zone;
    zone.name = "zone";
    zone.label = "Time zone";
    zone.hint = "A large city in it, such as Berlin";
    zone.value = reader.time_zone;
    zone.max_length = 60;
    form.fields.push_back(std::move(zone));
    Form::Field cadence;
    cadence.name = "cadence";
    cadence.label = "How often";
    cadence.value = std::string(to_string(reader.cadence));
    for (const Cadence one : {Cadence::daily, Cadence::weekdays, Cadence::weekly, Cadence::twice_a_day}) {
        const std::string name(to_string(one));
        std::string label = name;
        std::replace(label.begin(), label.end(), '_', ' ');
        cadence.options.push_back({name, std::move(label)});
    }
    form.fields.push_back(std::move(cadence));
    return form;
}

// The fields that can be taken are; of the others it is said why not.
std::vector<std::string> apply(const std::vector<Incoming::Field>& fields, Reader& reader) {
    std::vector<std::string> problems;
    for (const Incoming::Field& field : fields) {
        const std::string value = text::collapse_white_space(field.value);
        if (field.name == "topics") {
            const std::vector<std::string> wanted = names_in(field.value);
            for (const std::string& topic : followed_topics(reader.profile)) {
                if (std::find(wanted.begin(), wanted.end(), topic) == wanted.end()) {
                    briefs::unfollow_topic(reader.profile, topic);
                }
            }
            bool full = false;
            for (const std::string& topic : wanted) {
                full = briefs::follow_topic(reader.profile, topic) == briefs::Change::full || full;
            }
            if (full) problems.push_back("Not all topics fit: a hundred can be followed.");
        } else if (field.name == "hour" && !value.empty()) {
            if (const auto time = briefs::parse_time_of_day(value)) {
                reader.brief_at = *time;
            } else {
                problems.push_back("I do not know the time of day " + value + ".");
            }
        } else if (field.name == "zone" && !value.empty()) {
            const auto zone = briefs::valid_zone(value) ? std::optional(value) : briefs::zone_named(value);
            if (zone) {
                reader.time_zone = *zone;
            } else {
                problems.push_back("I do not know the time zone " + value + ".");
            }
        } else if (field.name == "cadence" && !value.empty()) {
            if (const auto cadence = cadence_from(value)) {
                reader.cadence = *cadence;
            } else {
                problems.push_back("I do not know how often " + value + " is.");
            }
        }
    }
    return problems;
}

// Which form it opens, if any.
std::string form_name(const Incoming& incoming) {
    std::string text = incoming.text;
    bool by_button = false;
    if (incoming.kind == Incoming::Kind::button) {
        const std::optional<Action> action = action_from(incoming.action_data);
        if (!action || action->kind != Action::Kind::form) return {};
        text = action->text;
        by_button = true;
    } else if (incoming.kind != Incoming::Kind::text) {
        return {};
    }
    const Verb verb = commands::parse_command(text).verb;
    if (verb == Verb::settings) return "settings";
    return verb == Verb::topics && by_button ? "topics" : std::string();
}

// Whose settings they are, without changing anything.
asio::awaitable<std::optional<Reader>> whose(Counter& counter, const Incoming& incoming) {
    if (!incoming.direct) {
        const std::optional<AccountRecord> channel = co_await channel_account(counter, incoming.where);
        std::vector<DestinationRecord> places;
        if (channel) places = co_await counter.ports.outbox.destinations(channel->reader);
        const bool comes = std::any_of(places.begin(), places.end(), [](const DestinationRecord& place) {
            return place.state != DestinationState::paused;
        });
        if (comes) {
            const bool may_change =
                counter.settings.who_may_change == WhoMayChange::anyone || incoming.may_manage.value_or(false);
            if (!may_change) co_return std::nullopt;
            co_return co_await counter.ports.readers.reader(channel->reader);
        }
    }
    const std::optional<AccountRecord> person = co_await counter.ports.accounts.account(incoming.from, false);
    if (!person) co_return std::nullopt;
    co_return co_await counter.ports.readers.reader(person->reader);
}

}  // namespace

asio::awaitable<std::vector<commands::NamedShow>> all_shows(Counter& counter) {
    const std::vector<Subscription> subscriptions = co_await counter.ports.library.subscriptions();
    co_return named(subscriptions);
}

asio::awaitable<void> show_home(Counter& counter, Visit& visit) {
    Reply page;
    const std::vector<Brief> recent =
        co_await counter.ports.readers.briefs_since(visit.reader.id, visit.now - recent_briefs);
    const auto latest =
        std::find_if(recent.begin(), recent.end(), [](const Brief& brief) { return !brief.items.empty(); });
    if (latest != recent.end()) {
        std::vector<InsightId> ids;
        for (const BriefItem& item : latest->items) ids.push_back(item.insight);
        const std::vector<InsightDetail> details = co_await counter.ports.library.details(std::move(ids));
        page = commands::brief_reply(*latest, details, visit.reader);
        co_await counter.ports.responder.mark(page, visit.reader.id);
        page.suggestions.clear();
    }
    const std::vector<commands::NamedShow> shows = co_await all_shows(counter);
    Reply settings = commands::settings_reply(visit.reader, shows, briefs::next_brief_at(visit.reader, visit.now));
    for (ReplyBlock& block : settings.blocks) page.blocks.push_back(std::move(block));
    Choices choices;
    Choice change;
    change.label = "Change settings";
    change.action.kind = Action::Kind::form;
    change.action.text = "settings";
    Choice now;
    now.label = "Brief now";
    now.action.kind = Action::Kind::say;
    now.action.text = "brief";
    const std::optional<Onboarding> asked = co_await counter.ports.accounts.onboarding(visit.reader.id);
    choices.choices = {std::move(change), std::move(now)};
    if (!asked || asked->step != Onboarding::Step::done) {
        Choice start;
        start.label = "Set up your brief";
        start.action.kind = Action::Kind::say;
        start.action.text = "start";
        choices.choices.insert(choices.choices.begin(), std::move(start));
    }
    page.blocks.emplace_back(std::move(choices));
    visit.home = std::move(page);
}

asio::awaitable<void> form_sent(Counter& counter, Visit& visit) {
    if (visit.channel && !visit.may_change) {
        co_await answer(counter, visit, commands::not_yours_to_change());
        co_return;
    }
    const std::vector<std::string> problems = apply(visit.incoming().fields, visit.reader);
    visit.reader = co_await counter.ports.readers.save(visit.reader);
    visit.schedule_changed = true;
    const std::vector<commands::NamedShow> shows = co_await all_shows(counter);
    Reply reply = commands::settings_reply(visit.reader, shows, briefs::next_brief_at(visit.reader, visit.now));
    for (auto problem = problems.rbegin(); problem != problems.rend(); ++problem) {
        reply.blocks.insert(reply.blocks.begin(), Paragraph{*problem});
    }
    co_await answer(counter, visit, std::move(reply));
}

bool opens_form(const Incoming& incoming) {
    return !form_name(incoming).empty();
}

asio::awaitable<std::optional<Form>> form_of(Counter& counter, Incoming incoming) {
    const std::string name = form_name(incoming);
    if (name.empty()) co_return std::nullopt;
    const std::optional<Reader> reader = co_await whose(counter, incoming);
    if (!reader) co_return std::nullopt;
    Form form = settings_form(*reader);
    if (name == "topics") {
        form.name = name;
        form.title = "Your topics";
        form.fields.resize(1);
    }
    co_return form;
}

asio::awaitable<std::vector<std::string>> suggestions(Counter& counter, Account from, std::string what,
                                                      std::string typed) {
    std::optional<Reader> reader;
    const std::optional<AccountRecord> person = co_await counter.ports.accounts.account(std::move(from), false);
    if (person) reader = co_await counter.ports.readers.reader(person->reader);
    std::vector<std::string> names;
    if (what == "topic") {
        if (reader) names = followed_topics(reader->profile);
        const std::vector<std::string> common = co_await counter.topics.common();
        names.insert(names.end(), common.begin(), common.end());
    } else if (what == "show") {
        const std::vector<commands::NamedShow> shows = co_await all_shows(counter);
        const auto followed = [&](const commands::NamedShow& show) {
            if (!reader) return false;
            const auto& ids = reader->profile.shows;
            return std::find(ids.begin(), ids.end(), show.id) != ids.end();
        };
        for (const bool first : {true, false}) {
            for (const commands::NamedShow& show : shows) {
                if (followed(show) == first) names.push_back(show.title);
            }
        }
    }
    co_return beginning_with(names, typed, most_names);
}

}  // namespace podbrief::services
