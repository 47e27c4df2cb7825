// What people type and press.
#include <charconv>

#include "core/briefs/profile.hpp"
#include "core/commands/doors.hpp"
#include "core/commands/marks.hpp"
#include "core/commands/reply_places.hpp"
#include "core/commands/setting_verbs.hpp"
#include "core/delivery/payload.hpp"
#include "core/services/reception_parts.hpp"
#include "core/services/withdrawn_cards.hpp"

namespace podbrief::services {

using commands::changes_settings;
using commands::Command;
using commands::Verb;

namespace {

// About the person, whatever the channel's brief.
bool is_private(Verb verb) {
    return verb == Verb::forget || verb == Verb::forget_now || verb == Verb::export_profile || verb == Verb::link ||
           verb == Verb::page;
}

bool greets(Verb verb) {
    return verb == Verb::hello || verb == Verb::start || verb == Verb::nothing;
}

// A feed's address alone is meant to be added.
Command as_meant(Command command) {
    const bool address = command.text.starts_with("https://") || command.text.starts_with("http://");
    if (command.verb != Verb::more_topic || !command.bare || !address) return command;
    if (command.text.find(' ') != std::string::npos) return command;
    command.verb = Verb::add;
    return command;
}

asio::awaitable<void> greet(Counter& counter, Visit& visit, std::string payload) {
    if (!visit.incoming().direct) {
        co_await answer(counter, visit, commands::channel_hello());
        co_return;
    }
    const std::optional<Onboarding> asked = co_await counter.ports.accounts.onboarding(visit.reader.id);
    if (!asked || asked->step != Onboarding::Step::done) {
        co_await begin_onboarding(counter, visit, std::move(payload));
        co_return;
    }
    const std::optional<DestinationRecord> here = co_await destination_here(counter, visit);
    const bool comes = here && here->state == DestinationState::active;
    Reply hello = commands::known_hello(visit.reader, comes);
    std::vector<std::string> topics = co_await topics_of_door(counter, std::move(payload));
    std::erase_if(topics, [&](const std::string& topic) { return briefs::follows_topic(visit.reader.profile, topic); });
    commands::offer_topics(hello, topics);
    co_await answer(counter, visit, std::move(hello));
}

asio::awaitable<void> ask_responder(Counter& counter, Visit& visit, Command command) {
    const Verb verb = command.verb;
    Responder::Conversation conversation = conversation_of(visit.incoming());
    conversation.happening = visit.key;
    Responder::Answer found =
        co_await counter.ports.responder.prepare(visit.reader, std::move(conversation), std::move(command));
    if (visit.created && visit.incoming().direct) commands::offer_brief(found.reply);
    if (found.listed) visit.list = std::move(found.state);
    visit.schedule_changed = changes_settings(verb);
    co_await answer(counter, visit, std::move(found.reply));
}

}  // namespace

asio::awaitable<void> said(Counter& counter, Visit& visit, Command command, std::string typed) {
    const bool direct = visit.incoming().direct;
    if (!direct && is_private(command.verb)) {
        co_await answer(counter, visit, commands::say_it_privately());
        co_return;
    }
    if (visit.channel && changes_settings(command.verb) && !visit.may_change) {
        co_await answer(counter, visit, commands::not_yours_to_change());
        co_return;
    }
    if (direct && !typed.empty() && co_await answered_by_typing(counter, visit, std::move(typed))) co_return;
    switch (command.verb) {
        case Verb::start:
        case Verb::hello:
            co_await greet(counter, visit, std::move(command.text));
            co_return;
        case Verb::brief_here:
            co_await brief_here(counter, visit);
            co_return;
        case Verb::stop_here:
            co_await stop_here(counter, visit);
            co_return;
        case Verb::places:
            co_await show_places(counter, visit);
            co_return;
        case Verb::link:
            co_await link(counter, visit, std::move(command.text));
            co_return;
        case Verb::forget_now:
            co_await forget_person(counter, visit);
            co_return;
        default:
            break;
    }
    if (visit.created && direct && greets(command.verb)) {
        co_await greet(counter, visit, std::string());
        co_return;
    }
    co_await ask_responder(counter, visit, as_meant(std::move(command)));
}

namespace {

// Like, less, save and mute: pressed again they are taken back. The message shows it by an edit.
asio::awaitable<void> toggled(Counter& counter, Visit& visit, Action action) {
    if (visit.channel && action.kind == Action::Kind::mute && !visit.may_change) {
        visit.notice = "Only those who manage this channel can mute something for it.";
        co_return;
    }
    std::optional<std::string> decided = decided_before(visit);
    if (!decided) {
        const bool is_set = co_await counter.ports.responder.is_set(visit.reader.id, action);
        decided = is_set ? "off" : "on";
        co_await decide(counter, visit, *decided);
    }
    visit.notice = co_await counter.ports.responder.set(visit.reader, action, *decided == "on");
    if (visit.notice.empty()) visit.notice = "That insight has been withdrawn since.";
    visit.schedule_changed = false;

    const std::optional<Delivery> shown = co_await pressed_message(counter, visit);
    // A message that is another reader's shows what they did with it.
    std::optional<Reply> reply;
    if (shown && shown->reader == visit.reader.id) reply = delivery::thaw(shown->payload);
    if (reply) {
        reply = co_await without_withdrawn(counter.ports.outbox, std::move(*reply));
        co_await counter.ports.responder.mark(*reply, visit.reader.id);
        edit(counter, visit, *shown, *reply);
    }
    if (!counter.ports.frontends.contains(visit.incoming().platform)) {
        Reply words;
        words.blocks.emplace_back(Paragraph{visit.notice});
        co_await answer(counter, visit, std::move(words));
    }
}

// The whole brief is explained by what the pressed message shows of it.
asio::awaitable<InsightId> shown_first(Counter& counter, const Visit& visit) {
    const std::optional<Delivery> shown = co_await pressed_message(counter, visit);
    std::optional<Reply> reply;
    if (shown) reply = delivery::thaw(shown->payload);
    if (!reply) co_return InsightId();
    for (const ReplyBlock& block : reply->blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) co_return card->insight;
    }
    co_return InsightId();
}

}  // namespace

asio::awaitable<void> pressed(Counter& counter, Visit& visit) {
    const std::optional<Action> action = action_from(visit.incoming().action_data);
    if (!action) {
        counter.ports.metrics.count("reception_ignored_total", "button", 1);
        visit.notice = "That button is of another time. Say help to see what can be asked.";
        co_return;
    }
    switch (action->kind) {
        case Action::Kind::like:
        case Action::Kind::less:
        case Action::Kind::save:
        case Action::Kind::mute:
            co_await toggled(counter, visit, *action);
            co_return;
        case Action::Kind::choose:
            if (!co_await answered_by_pressing(counter, visit, action->text)) {
                co_await answer(counter, visit, commands::nothing_to_answer());
            }
            co_return;
        default:
            break;
    }
    std::optional<Command> command = commands::command_of(*action);
    if (!command) co_return;
    if (command->verb == Verb::why_all) command->insight = co_await shown_first(counter, visit);
    co_await said(counter, visit, std::move(*command), std::string());
}

asio::awaitable<void> opened(Counter& counter, Visit& visit) {
    const std::string& text = visit.incoming().text;
    const Command command = commands::parse_command("start " + text);
    if (command.verb == Verb::link && visit.incoming().direct) {
        co_await link(counter, visit, command.text);
        co_return;
    }
    std::string payload;
    if (command.verb == Verb::start) payload = command.text;
    co_await greet(counter, visit, std::move(payload));
}

}  // namespace podbrief::services
