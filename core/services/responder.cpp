#include "core/services/responder.hpp"

#include <algorithm>
#include <charconv>

#include "core/briefs/local_time.hpp"
#include "core/commands/marks.hpp"
#include "core/services/responder_parts.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {

using commands::Command;
using commands::Verb;

namespace {

constexpr std::string_view insight_mark = "insight:";
constexpr std::string_view saved_mark = "list:saved";

// In a conversation that has no list yet, numbers mean today's brief, if there is one: it may have come another way.
asio::awaitable<ConversationState> conversation_of(ReaderStore& readers, const Reader& reader,
                                                   Responder::Conversation conversation, WallTime now) {
    ConversationState state = co_await readers.conversation(std::move(conversation.key));
    if (!state.listed.empty()) co_return state;
    if (!conversation.wider.empty()) {
        ConversationState wider = co_await readers.conversation(std::move(conversation.wider));
        if (!wider.listed.empty()) {
            wider.event = std::move(state.event);
            wider.decided = std::move(state.decided);
            co_return wider;
        }
    }
    const std::optional<Brief> brief = co_await readers.brief(reader.id, briefs::brief_key(reader, now));
    if (brief) {
        for (const BriefItem& item : brief->items) state.listed.push_back(item.insight);
    }
    co_return state;
}

asio::awaitable<Reply> carry_out(Desk& desk, Turn& turn, Command command) {
    switch (command.verb) {
        case Verb::nothing:
            co_return commands::nothing_typed();
        case Verb::too_long:
            co_return commands::too_long();
        case Verb::unknown:
            co_return commands::unknown_command(command.suggestion);
        case Verb::help:
            co_return commands::help_reply();
        case Verb::thanks:
            co_return commands::thanks_reply();
        case Verb::start:
        case Verb::hello: {
            const bool empty = desk.index.size() == 0;
            co_return commands::hello_reply(turn.reader, empty);
        }
        case Verb::topics:
            co_return co_await show_topics(desk, turn);
        case Verb::forget:
            co_return commands::forget_question(turn.reader);
        case Verb::brief:
            if (!command.text.empty()) co_return co_await show_brief_of(desk, turn, std::move(command));
            co_return co_await show_brief(desk, turn);
        case Verb::more_topic:
            co_return co_await more_on_topic(desk, turn, std::move(command));
        case Verb::more_number:
            co_return co_await more_on_number(desk, turn, std::move(command));
        case Verb::more:
            co_return co_await next_page(desk, turn, std::move(command));
        case Verb::against:
            co_return co_await other_side(desk, turn, std::move(command));
        case Verb::disagreement:
            co_return co_await disagreement_on(desk, turn, std::move(command));
        case Verb::saved:
            co_return co_await show_saved(desk, turn);
        case Verb::why:
            co_return co_await why(desk, turn, std::move(command));
        case Verb::why_all:
            co_return co_await why_all(desk, turn, std::move(command));
        case Verb::quote:
            co_return co_await quote(desk, turn, std::move(command));
        case Verb::like:
        case Verb::less:
            co_return co_await judge(desk, turn, std::move(command));
        case Verb::save:
        case Verb::report:
            co_return co_await keep(desk, turn, std::move(command));
        case Verb::follow:
        case Verb::unfollow:
        case Verb::mute:
            co_return co_await follow(desk, turn, std::move(command));
        case Verb::weigh:
            co_return co_await weigh(desk, turn, std::move(command));
        case Verb::watch:
        case Verb::unwatch:
            co_return co_await watch(desk, turn, std::move(command));
        case Verb::shows:
            co_return co_await show_shows(desk, turn);
        case Verb::add:
            co_return co_await add_show(desk, turn, std::move(command));
        case Verb::set_time:
        case Verb::set_zone:
        case Verb::set_cadence:
        case Verb::set_quiet:
        case Verb::pause:
        case Verb::resume:
            co_return co_await schedule(desk, turn, std::move(command));
        case Verb::settings:
            co_return co_await show_settings(desk, turn);
        case Verb::export_profile:
            co_return co_await export_all(desk, turn);
        case Verb::forget_now:
            co_return co_await forget(desk, turn);
        case Verb::page:
            co_return co_await own_page(desk, turn, std::move(command));
        case Verb::link:
        case Verb::brief_here:
        case Verb::stop_here:
        case Verb::places:
            co_return commands::only_on_platforms();
    }
    co_return commands::help_reply();
}

}  // namespace

std::string to_kept(const Subject& subject) {
    switch (subject.kind) {
        case Subject::Kind::none:
            break;
        case Subject::Kind::topic:
            return subject.topic;
        case Subject::Kind::insight:
            return std::string(insight_mark) + std::to_string(subject.insight.value);
        case Subject::Kind::saved:
            return std::string(saved_mark);
    }
    return {};
}

Subject subject_from(const std::string& kept) {
    Subject subject;
    if (kept.empty()) return subject;
    if (kept == saved_mark) {
        subject.kind = Subject::Kind::saved;
        return subject;
    }
    if (kept.starts_with(insight_mark)) {
        const char* end = kept.data() + kept.size();
        const auto read = std::from_chars(kept.data() + insight_mark.size(), end, subject.insight.value);
        if (read.ec == std::errc{} && read.ptr == end) {
            subject.kind = Subject::Kind::insight;
            return subject;
        }
    }
    subject.kind = Subject::Kind::topic;
    subject.topic = kept;
    return subject;
}

asio::awaitable<Picked> pick(Desk& desk, const Turn& turn, Command command, std::string verb) {
    const std::vector<InsightId>& listed = turn.state.listed;
    Picked picked;
    picked.number = command.number;
    if (command.insight) {
        const auto at = std::find(listed.begin(), listed.end(), command.insight);
        picked.number = at == listed.end() ? 0 : static_cast<int>(at - listed.begin()) + 1;
        std::vector<InsightId> wanted(1, command.insight);
        std::vector<InsightDetail> details = co_await desk.library.details(std::move(wanted));
        if (details.empty() || details.front().insight.superseded) {
            picked.problem = commands::withdrawn(0);
        } else {
            picked.detail = std::move(details.front());
        }
        co_return picked;
    }
    if (picked.number == 0 && listed.size() == 1) picked.number = 1;
    if (picked.number == 0) {
        picked.problem = commands::which_one(verb, listed.size());
        co_return picked;
    }
    if (static_cast<std::size_t>(picked.number) > listed.size()) {
        picked.problem = commands::no_such_number(picked.number, listed.size());
        co_return picked;
    }
    std::vector<InsightId> wanted(1, listed[static_cast<std::size_t>(picked.number) - 1]);
    std::vector<InsightDetail> details = co_await desk.library.details(std::move(wanted));
    if (details.empty()) {
        picked.problem = commands::withdrawn(picked.number);
    } else {
        picked.detail = std::move(details.front());
    }
    co_return picked;
}

int number_of(Turn& turn, const Picked& picked) {
    if (picked.number > 0) return picked.number;
    turn.state.listed.push_back(picked.detail->insight.id);
    turn.listed = true;
    return static_cast<int>(turn.state.listed.size());
}

void begin_list(Turn& turn, ConversationState list) {
    list.list = turn.state.list + 1;
    list.event = std::move(turn.state.event);
    list.decided = std::move(turn.state.decided);
    turn.state = std::move(list);
    turn.listed = true;
}

asio::awaitable<std::optional<BriefItem>> brief_item(Desk& desk, const Turn& turn, InsightId insight) {
    const std::vector<Brief> recent =
        co_await desk.readers.briefs_since(turn.reader.id, turn.now - briefs::idea_memory);
    for (const Brief& brief : recent) {
        for (const BriefItem& item : brief.items) {
            if (item.insight == insight) co_return item;
        }
    }
    co_return std::nullopt;
}

bool follows(const Profile& profile, std::string_view topic) {
    return briefs::follows_topic(profile, topic);
}

std::string first_topic(const Insight& insight) {
    const auto names_something = [&insight](const std::string& topic) {
        return topic.find(' ') != std::string::npos ||
               std::any_of(insight.entities.begin(), insight.entities.end(),
                           [&topic](const std::string& entity) { return text::fold(entity) == text::fold(topic); });
    };
    const auto found = std::find_if(insight.topics.begin(), insight.topics.end(), names_something);
    if (found != insight.topics.end()) return *found;
    return insight.topics.empty() ? std::string{} : insight.topics.front();
}

std::vector<commands::NamedShow> named(const std::vector<Subscription>& subscriptions) {
    std::vector<commands::NamedShow> shows;
    for (const Subscription& one : subscriptions) {
        commands::NamedShow show;
        show.id = one.podcast.id;
        show.title = one.podcast.title.empty() ? one.podcast.feed_url : one.podcast.title;
        show.problem = one.poll.last_error;
        shows.push_back(std::move(show));
    }
    return shows;
}

Responder::Responder(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Composer& composer,
                     Clock& clock, FeedAdder* adder, asio::any_io_executor heavy)
    : library_(library),
      readers_(readers),
      index_(index),
      composer_(composer),
      clock_(clock),
      adder_(adder),
      heavy_(std::move(heavy)) {}

asio::awaitable<Reply> Responder::answer(Reader reader, std::string conversation, std::string text) {
    Command command = commands::parse_command(text);
    co_return co_await answer(std::move(reader), std::move(conversation), std::move(command));
}

asio::awaitable<Reply> Responder::answer(Reader reader, std::string conversation, Command command) {
    const ReaderId id = reader.id;
    Conversation here;
    here.key = conversation;
    Answer answer = co_await prepare(std::move(reader), std::move(here), std::move(command));
    if (answer.listed) co_await readers_.save_conversation(std::move(conversation), id, std::move(answer.state));
    co_return std::move(answer.reply);
}

asio::awaitable<Responder::Answer> Responder::prepare(Reader reader, Conversation conversation, Command command) {
    Desk desk{{library_, index_, heavy_, relations_, lookup_, people_, meanings_, acronyms_},
              readers_,
              composer_,
              adder_,
              pages_};
    Turn turn;
    turn.now = clock_.wall_now();
    turn.happening = conversation.happening;
    // As it is now: another conversation of the same reader may have changed it.
    std::optional<Reader> stored = co_await readers_.reader(reader.id);
    turn.reader = stored ? std::move(*stored) : std::move(reader);
    turn.state = co_await conversation_of(readers_, turn.reader, std::move(conversation), turn.now);
    Answer answer;
    answer.reply = co_await carry_out(desk, turn, std::move(command));
    co_await mark(answer.reply, turn.reader.id);
    answer.state = std::move(turn.state);
    answer.listed = turn.listed;
    co_return answer;
}

asio::awaitable<void> Responder::mark(Reply& reply, ReaderId reader) {
    if (!commands::has_cards(reply)) co_return;
    const std::optional<Reader> stored = co_await readers_.reader(reader);
    if (!stored) co_return;
    const std::vector<Feedback> feedback = co_await readers_.feedback(reader);
    commands::mark_cards(reply, feedback, stored->profile);
}

}  // namespace podbrief::services
