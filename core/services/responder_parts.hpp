#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/commands/command.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/services/responder.hpp"

namespace podbrief::services {

// The inside of Responder and InsightFinder; of this room only.

// What insights are found with.
struct Shelf {
    LibraryStore& library;
    const SearchIndex& index;
    asio::any_io_executor heavy;         // empty: computes in place
    RelationStore* relations = nullptr;  // null: pairs are judged by the rules alone
    Lookup* lookup = nullptr;            // null: only what is an insight already is found
    const KnownPeople* people = nullptr;
    Meanings* meanings = nullptr;                // null: the vectors that are built in
    const search::Acronyms* acronyms = nullptr;  // null: only those that everybody knows
};

// What every answer is made with.
struct Desk : Shelf {
    ReaderStore& readers;
    Composer& composer;
    FeedAdder* adder;
    PrivatePages* pages = nullptr;  // null: there are none
};

// One question.
struct Turn {
    Reader reader;
    ConversationState state;
    bool listed = false;  // `state` is another one now
    std::string happening = {};
    WallTime now{};
};

// What the latest list was about, as it is kept in ConversationState::topic.
struct Subject {
    enum class Kind { none, topic, insight, saved };
    Kind kind = Kind::none;  // none: a brief, or nothing yet
    std::string topic;
    InsightId insight;
};
std::string to_kept(const Subject& subject);
Subject subject_from(const std::string& kept);

// Which insight is meant, by its number in the latest list or by a button; without one, what to say instead.
struct Picked {
    int number = 0;  // 0: it is not in that list
    std::optional<InsightDetail> detail;
    Reply problem;
};
asio::awaitable<Picked> pick(Desk& desk, const Turn& turn, commands::Command command, std::string verb);

// The number under which it can be spoken of from now on: one that is not in the latest list is put at its end.
int number_of(Turn& turn, const Picked& picked);
// A new list of the conversation, of which `listed` are shown.
void begin_list(Turn& turn, ConversationState list);

// The brief item by which the reader got an insight, newest brief first.
asio::awaitable<std::optional<BriefItem>> brief_item(Desk& desk, const Turn& turn, InsightId insight);

bool follows(const Profile& profile, std::string_view topic);
// What an insight is called after: a topic of several words or a name before a word of many senses ("source").
std::string first_topic(const Insight& insight);
std::vector<commands::NamedShow> named(const std::vector<Subscription>& subscriptions);
// The show that is meant. `loosely`: the begin or a part of one title only will do.
std::optional<commands::NamedShow> show_named(const std::vector<commands::NamedShow>& shows, std::string_view typed,
                                              bool loosely);

// ---- briefs (responder_briefs.cpp); they set the conversation's list ----
asio::awaitable<Reply> show_brief(Desk& desk, Turn& turn);
asio::awaitable<Reply> show_brief_of(Desk& desk, Turn& turn, commands::Command command);

// ---- lists (responder_lists.cpp); they set the conversation's list ----
asio::awaitable<Reply> more_on_topic(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> more_on_number(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> next_page(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> other_side(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> disagreement_on(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> show_saved(Desk& desk, Turn& turn);

// ---- one insight (responder_single.cpp) ----
asio::awaitable<Reply> why(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> why_all(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> quote(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> judge(Desk& desk, Turn& turn, commands::Command command);  // like, less
asio::awaitable<Reply> keep(Desk& desk, Turn& turn, commands::Command command);   // save, report

// ---- profile and settings (responder_profile.cpp) ----
asio::awaitable<Reply> show_topics(Desk& desk, Turn& turn);
asio::awaitable<Reply> follow(Desk& desk, Turn& turn, commands::Command command);  // unfollow and mute too
asio::awaitable<Reply> weigh(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> watch(Desk& desk, Turn& turn, commands::Command command);  // unwatch too
asio::awaitable<Reply> show_shows(Desk& desk, Turn& turn);
asio::awaitable<Reply> add_show(Desk& desk, Turn& turn, commands::Command command);
asio::awaitable<Reply> schedule(Desk& desk, Turn& turn, commands::Command command);  // at, in, daily, pause, resume
asio::awaitable<Reply> show_settings(Desk& desk, Turn& turn);
asio::awaitable<Reply> export_all(Desk& desk, Turn& turn);
asio::awaitable<Reply> forget(Desk& desk, Turn& turn);
asio::awaitable<Reply> own_page(Desk& desk, Turn& turn, commands::Command command);

}  // namespace podbrief::services
