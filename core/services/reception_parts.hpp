#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/commands/command.hpp"
#include "core/commands/onboarding.hpp"
#include "core/services/reception.hpp"

namespace podbrief::services {

// The inside of Reception; of this room only.

// What every item is carried out with.
struct Counter {
    Reception::Ports& ports;
    const Reception::Settings& settings;
    LibraryTopics& topics;
    std::map<ReaderId, std::shared_ptr<Turnstile>>& turns;
};

// One item as it is carried out.
struct Visit {
    InboxStore::Item item;
    std::string key;  // of the first part of its answer
    WallTime now{};

    // Who it concerns: the channel where it has a brief of its own, else the person.
    Reader reader;
    bool channel = false;
    bool created = false;      // the person was not known before
    bool may_change = true;    // the reader's settings
    ConversationState state;   // of the conversation, as stored
    bool done_before = false;  // by a try that was cut off after all was stored

    // What comes of it; stored together, at the end.
    std::vector<Delivery> deliveries;
    std::optional<ConversationState> list;  // what numbers mean from now on
    bool schedule_changed = false;

    // Said when all is stored.
    std::string notice;
    std::optional<Reply> home;

    const Incoming& incoming() const { return item.incoming; }
};

// ---- answers (reception_answers.cpp) ----
Visit visit_of(InboxStore::Item item, WallTime now);
// Under what the conversation's list is kept; in a thread that has none, that of the chat counts.
Responder::Conversation conversation_of(const Incoming& incoming);
// Where a brief goes: the chat, without a thread that we began.
Destination place_of(const Incoming& incoming);
// Puts an answer into the conversation.
asio::awaitable<void> answer(Counter& counter, Visit& visit, Reply reply);
// Changes a message of ours.
void edit(Counter& counter, Visit& visit, const Delivery& shown, const Reply& reply);
// What the pressed message shows; nullopt: not known (any more).
asio::awaitable<std::optional<Delivery>> pressed_message(Counter& counter, const Visit& visit);
// Keeps what was decided of this happening, before anything is done about it; and gives it when it is begun again.
asio::awaitable<void> decide(Counter& counter, Visit& visit, std::string what);
std::optional<std::string> decided_before(const Visit& visit);
// Stores what came of it.
asio::awaitable<void> commit(Counter& counter, Visit& visit);
// Tells the platform. Best effort.
asio::awaitable<void> tell(Counter& counter, Visit visit);

// ---- people (reception_people.cpp) ----
// Finds out who it concerns. False: nobody.
asio::awaitable<bool> meet(Counter& counter, Visit& visit);
// Whoever holds it is alone in changing the reader, in this process.
struct ReaderTurn {
    std::shared_ptr<Turnstile> turnstile;
    Turnstile::Turn turn;
};
asio::awaitable<ReaderTurn> turn_of(Counter& counter, ReaderId reader);
// The place of the conversation among the reader's destinations.
asio::awaitable<std::optional<DestinationRecord>> destination_here(Counter& counter, const Visit& visit);

// ---- what was said (reception_said.cpp) ----
asio::awaitable<void> said(Counter& counter, Visit& visit, commands::Command command, std::string typed);
asio::awaitable<void> pressed(Counter& counter, Visit& visit);
asio::awaitable<void> opened(Counter& counter, Visit& visit);

// ---- places and accounts (reception_places.cpp) ----
asio::awaitable<void> brief_here(Counter& counter, Visit& visit);
asio::awaitable<void> stop_here(Counter& counter, Visit& visit);
asio::awaitable<void> show_places(Counter& counter, Visit& visit);
asio::awaitable<void> link(Counter& counter, Visit& visit, std::string code);
asio::awaitable<void> forget_person(Counter& counter, Visit& visit);

// ---- first questions (reception_onboarding.cpp) ----
asio::awaitable<void> begin_onboarding(Counter& counter, Visit& visit, std::string payload);
// False: it is not an answer.
asio::awaitable<bool> answered_by_typing(Counter& counter, Visit& visit, std::string typed);
asio::awaitable<bool> answered_by_pressing(Counter& counter, Visit& visit, std::string choice);

// ---- doors: links that lead to us (reception_doors.cpp) ----
// What the payload of a deep link is about: "i_1a2b" an insight, "t_chip-exports" a topic. Empty: nothing that we know,
// or an insight that was withdrawn.
asio::awaitable<std::vector<std::string>> topics_of_door(Counter& counter, std::string payload);
// A channel has no profile until its brief begins: what it came for is kept until then, and is then followed.
asio::awaitable<void> channel_came_for(Counter& counter, Visit& visit, std::vector<std::string> topics);
asio::awaitable<Reader> with_what_channel_came_for(Counter& counter, const Visit& visit, Reader reader);

// ---- pages and forms (reception_forms.cpp) ----
asio::awaitable<std::vector<commands::NamedShow>> all_shows(Counter& counter);
asio::awaitable<void> show_home(Counter& counter, Visit& visit);
asio::awaitable<void> form_sent(Counter& counter, Visit& visit);
// False: form_of() has none for it, whoever asks.
bool opens_form(const Incoming& incoming);
asio::awaitable<std::optional<Form>> form_of(Counter& counter, Incoming incoming);
asio::awaitable<std::vector<std::string>> suggestions(Counter& counter, Account from, std::string what,
                                                      std::string typed);

// ---- what platforms tell of chats and workspaces (reception_lifecycle.cpp) ----
asio::awaitable<void> chat_changed(Counter& counter, Visit& visit);
asio::awaitable<void> chat_moved(Counter& counter, Visit& visit);
asio::awaitable<void> tenant_revoked(Counter& counter, Visit& visit);
asio::awaitable<void> joined(Counter& counter, Visit& visit);
// A chat's own reader, if it has one; also one whose brief has ended.
asio::awaitable<std::optional<AccountRecord>> channel_account(Counter& counter, Destination chat);

}  // namespace podbrief::services
