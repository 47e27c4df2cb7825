#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/brief.hpp"
#include "core/model/reader.hpp"

namespace podbrief {

namespace asio = boost::asio;

// What a conversation was last about, so that `more`, `more on 3` and `against 3` can be understood. One per
// conversation key ("terminal:anna", "slack:T1/C2/171.2").
struct ConversationState {
    std::string topic;              // what the latest list was about; empty: a brief
    std::vector<InsightId> listed;  // numbered from 1, as shown; grows with each `more`
    std::vector<InsightId> rest;    // further results that `more` shows next
    std::int64_t list = 0;          // grows with every new list: a button of an old one does not go on with this
    // What is carried out again after a crash must not be taken for something new: the happening that was carried out
    // last in this conversation, as far as it depended on what was so before, and what was decided about it.
    std::string event = {};  // Delivery::key of the first part of its answer
    std::string decided = {};
    bool operator==(const ConversationState&) const = default;
};

// Readers, their profiles, briefs and feedback. Same promises as LibraryStore.
class ReaderStore {
public:
    virtual ~ReaderStore() = default;

    virtual asio::awaitable<std::vector<Reader>> readers() = 0;  // by name
    virtual asio::awaitable<std::optional<Reader>> reader_named(std::string name) = 0;
    virtual asio::awaitable<std::optional<Reader>> reader(ReaderId id) = 0;
    // Inserts (id 0) or updates (by id); returns it as stored. Inserting a name that is there returns that reader
    // unchanged.
    virtual asio::awaitable<Reader> save(Reader reader) = 0;
    // The reader and all that is stored of them. False: no such reader.
    virtual asio::awaitable<bool> forget(ReaderId id) = 0;

    // Stores a brief once: when (reader, local_date) is there, that one is returned and nothing is written.
    virtual asio::awaitable<Brief> save(Brief brief) = 0;
    virtual asio::awaitable<std::optional<Brief>> brief(ReaderId reader, std::string local_date) = 0;
    // Composed at or after `since`, newest first.
    virtual asio::awaitable<std::vector<Brief>> briefs_since(ReaderId reader, WallTime since) = 0;

    virtual asio::awaitable<void> save(Feedback feedback) = 0;  // again: only the time is renewed
    virtual asio::awaitable<void> remove(ReaderId reader, InsightId insight, FeedbackKind kind) = 0;
    virtual asio::awaitable<std::vector<Feedback>> feedback(ReaderId reader) = 0;  // newest first

    virtual asio::awaitable<ConversationState> conversation(std::string key) = 0;  // unknown: empty
    virtual asio::awaitable<void> save_conversation(std::string key, ReaderId reader, ConversationState state) = 0;
};

}  // namespace podbrief
