#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/commands/command.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/relation_store.hpp"
#include "core/ports/search_index.hpp"
#include "core/search/acronyms.hpp"
#include "core/services/composer.hpp"

namespace podbrief::services {

class KnownPeople;
class Lookup;
class Meanings;
class PrivatePages;

// Adds a podcast for a reader who asks for it in a chat.
class FeedAdder {
public:
    struct Outcome {
        PodcastId podcast;     // 0: it could not be added
        bool created = false;  // false with a podcast: it was there already
        std::string title;     // the show's title, where it is known by now
        std::string problem;   // one plain sentence for the reader when it could not be added
    };
    virtual ~FeedAdder() = default;
    // `url` is a web address as typed. Bounded in time.
    virtual asio::awaitable<Outcome> add(std::string url) = 0;
};

// Answers what readers type. Answers come from the store and the local index only; no model, no network (but for
// `add`). What it is given must outlive it. One answer at a time per conversation is the caller's business. Throws
// StoreFailure where the store fails.
class Responder {
public:
    // `adder` may be null: then adding is done by the operator, and the answer says so. What takes a millisecond or
    // more is computed on `heavy`; empty: in place.
    Responder(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Composer& composer, Clock& clock,
              FeedAdder* adder, asio::any_io_executor heavy = {});

    // Where pairs of insights were judged before (core/services/relation_judge.hpp).
    void use(RelationStore& relations) { relations_ = &relations; }
    // What else answers may be made of; before the first one. Without it, they are made of what the index holds.
    // `people` tells who a question may name.
    void use(Lookup& lookup) { lookup_ = &lookup; }
    void use(const KnownPeople& people) { people_ = &people; }
    // What short forms stand for in this library.
    void use(const search::Acronyms& acronyms) { acronyms_ = &acronyms; }
    // Finding by the vectors of a model, where it is in use.
    void use(Meanings& meanings) { meanings_ = &meanings; }
    // Readers' own pages on the web; without it there are none.
    void use(PrivatePages& pages) { pages_ = &pages; }

    // `reader` as stored; its profile and settings are changed by the commands that say so. `conversation` is the key
    // under which the latest list is kept ("terminal:anna", "slack:T1/C2/171.2").
    asio::awaitable<Reply> answer(Reader reader, std::string conversation, std::string text);
    asio::awaitable<Reply> answer(Reader reader, std::string conversation, commands::Command command);

    // For whoever must be able to ask again after a crash and get the same: what numbers mean from now on is not saved
    // but handed back.
    struct Conversation {
        std::string key;
        std::string wider;  // the key of the chat around it, whose list counts while this one has none; may be empty
        std::string happening = {};  // what this question is known by, for what must be the same when asked again
    };
    struct Answer {
        Reply reply;
        ConversationState state;
        bool listed = false;  // `state` is to be saved
    };
    asio::awaitable<Answer> prepare(Reader reader, Conversation conversation, commands::Command command);

    // ---- buttons that show a state: like, less, save and mute ----
    // Whether it is so for the reader now.
    asio::awaitable<bool> is_set(ReaderId reader, Action action);
    // Makes it so, or not so any more; saying it twice is saying it once. Gives a few words to say about it; empty:
    // there is no such insight.
    asio::awaitable<std::string> set(Reader reader, Action action, bool on);
    // Shows on the cards what the reader did with them.
    asio::awaitable<void> mark(Reply& reply, ReaderId reader);

private:
    LibraryStore& library_;
    ReaderStore& readers_;
    const SearchIndex& index_;
    Composer& composer_;
    Clock& clock_;
    FeedAdder* adder_;
    asio::any_io_executor heavy_;
    RelationStore* relations_ = nullptr;
    Lookup* lookup_ = nullptr;
    const KnownPeople* people_ = nullptr;
    const search::Acronyms* acronyms_ = nullptr;
    Meanings* meanings_ = nullptr;
    PrivatePages* pages_ = nullptr;
};

}  // namespace podbrief::services
