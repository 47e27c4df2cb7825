// Readers, briefs, feedback and conversations.
#include <algorithm>

#include "core/ports/outbox_rules.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {

asio::awaitable<std::vector<Reader>> MemoryStore::readers() {
    std::vector<Reader> all;
    for (const auto& [id, reader] : readers_) all.push_back(reader);
    std::sort(all.begin(), all.end(), [](const Reader& a, const Reader& b) { return a.name < b.name; });
    co_return all;
}

asio::awaitable<std::optional<Reader>> MemoryStore::reader_named(std::string name) {
    const auto found = reader_names_.find(name);
    if (found == reader_names_.end()) co_return std::nullopt;
    co_return readers_.at(found->second);
}

asio::awaitable<std::optional<Reader>> MemoryStore::reader(ReaderId id) {
    const auto found = readers_.find(id);
    if (found == readers_.end()) co_return std::nullopt;
    co_return found->second;
}

Reader MemoryStore::insert(Reader reader) {
    reader.id = last_reader_ = ReaderId{last_reader_.value + 1};
    readers_.emplace(reader.id, reader);
    reader_names_.emplace(reader.name, reader.id);
    outbox_.add_reader(reader.id);
    return reader;
}

void MemoryStore::end(ReaderId id) {
    const auto stored = readers_.find(id);
    reader_names_.erase(stored->second.name);
    readers_.erase(stored);
    outbox_.forget(id);
    briefs_.forget(id);
    accounts_.forget(id);
    keys_.end_pages(id, {});
    std::erase_if(feedback_, [&](const auto& f) { return std::get<ReaderId>(f.first) == id; });
    std::erase_if(conversations_, [&](const auto& c) { return c.second.reader == id; });
}

asio::awaitable<Reader> MemoryStore::save(Reader reader) {
    const auto same_name = reader_names_.find(reader.name);
    if (!reader.id) {
        if (same_name != reader_names_.end()) co_return readers_.at(same_name->second);
        co_return insert(std::move(reader));
    }
    const auto stored = readers_.find(reader.id);
    if (stored == readers_.end()) {  // forgotten meanwhile
        reader.id = {};
        co_return reader;
    }
    if (same_name != reader_names_.end() && same_name->second != reader.id) co_return stored->second;
    const bool rescheduled = !same_schedule(stored->second, reader);
    reader_names_.erase(stored->second.name);
    reader_names_.emplace(reader.name, reader.id);
    stored->second = reader;
    if (rescheduled) outbox::schedule_changed(outbox_, reader.id);
    co_return reader;
}

asio::awaitable<bool> MemoryStore::forget(ReaderId id) {
    if (!readers_.contains(id)) co_return false;
    inbound_.close_if([&](const Incoming& incoming) {
        const auto known = accounts_.find(incoming.from, false);
        return known && known->reader == id;
    });
    end(id);
    co_return true;
}

asio::awaitable<Brief> MemoryStore::save(Brief brief) {
    if (const Brief* stored = briefs_.find(brief.reader, brief.local_date)) co_return *stored;
    brief.id = {};
    if (!readers_.contains(brief.reader)) co_return brief;  // forgotten meanwhile
    co_return briefs_.insert(std::move(brief));
}

asio::awaitable<std::optional<Brief>> MemoryStore::brief(ReaderId reader, std::string local_date) {
    const Brief* found = briefs_.find(reader, local_date);
    if (found == nullptr) co_return std::nullopt;
    co_return *found;
}

asio::awaitable<std::vector<Brief>> MemoryStore::briefs_since(ReaderId reader, WallTime since) {
    co_return briefs_.since(reader, since);
}

asio::awaitable<void> MemoryStore::save(Feedback feedback) {
    if (!readers_.contains(feedback.reader)) co_return;
    feedback_[FeedbackKey{feedback.reader, feedback.insight, feedback.kind}] = feedback.at;
}

asio::awaitable<void> MemoryStore::remove(ReaderId reader, InsightId insight, FeedbackKind kind) {
    feedback_.erase(FeedbackKey{reader, insight, kind});
    co_return;
}

asio::awaitable<std::vector<Feedback>> MemoryStore::feedback(ReaderId reader) {
    std::vector<Feedback> all;
    for (const auto& [key, at] : feedback_) {
        const auto& [of, insight, kind] = key;
        if (of == reader) all.push_back(Feedback{of, insight, kind, at});
    }
    // Equal times: newer insight first, then the kinds by name.
    std::sort(all.begin(), all.end(), [](const Feedback& a, const Feedback& b) {
        if (a.at != b.at) return a.at > b.at;
        if (a.insight != b.insight) return a.insight > b.insight;
        return to_string(a.kind) < to_string(b.kind);
    });
    co_return all;
}

asio::awaitable<ConversationState> MemoryStore::conversation(std::string key) {
    const auto found = conversations_.find(key);
    if (found == conversations_.end()) co_return ConversationState{};
    co_return found->second.state;
}

asio::awaitable<void> MemoryStore::save_conversation(std::string key, ReaderId reader, ConversationState state) {
    if (reader && !readers_.contains(reader)) co_return;
    conversations_[std::move(key)] = Conversation{reader, std::move(state)};
}

}  // namespace podbrief::testing
