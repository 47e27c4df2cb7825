#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/reader_store.hpp"

// The statements behind ReaderStore; each is called within a transaction. What is written for a reader who is not
// there (forgotten meanwhile) is not written at all.
namespace podbrief::sqlite {

std::vector<Reader> readers(Connection& connection);
std::optional<Reader> reader_named(Connection& connection, const std::string& name);
std::optional<Reader> reader(Connection& connection, ReaderId id);
Reader save_reader(Connection& connection, Reader reader);
bool forget_reader(Connection& connection, ReaderId id);

Brief save_brief(Connection& connection, Brief brief);
std::optional<Brief> brief(Connection& connection, ReaderId reader, const std::string& local_date);
std::optional<Brief> brief(Connection& connection, BriefId id);
std::vector<Brief> briefs_since(Connection& connection, ReaderId reader, WallTime since);

void save_feedback(Connection& connection, const Feedback& feedback);
void remove_feedback(Connection& connection, ReaderId reader, InsightId insight, FeedbackKind kind);
std::vector<Feedback> feedback(Connection& connection, ReaderId reader);

ConversationState conversation(Connection& connection, const std::string& key);
void save_conversation(Connection& connection, const std::string& key, ReaderId reader, const ConversationState& state);

}  // namespace podbrief::sqlite
