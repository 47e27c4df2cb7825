#include "bot/quality/full_text.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {

struct FullText::State {
    SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    std::unique_ptr<SQLite::Statement> insert;
    std::unique_ptr<SQLite::Statement> select;
};

FullText::FullText() : state_(std::make_unique<State>()) {
    state_->database.exec(
        "CREATE VIRTUAL TABLE insights USING fts5(claim, quote, labels, speaker, content='', tokenize='porter')");
    state_->insert = std::make_unique<SQLite::Statement>(
        state_->database, "INSERT INTO insights(claim, quote, labels, speaker) VALUES (?, ?, ?, ?)");
    state_->select = std::make_unique<SQLite::Statement>(
        state_->database,
        "SELECT rowid FROM insights WHERE insights MATCH ? ORDER BY bm25(insights, 1, 0.5, 1, 0.25) LIMIT ?");
}
FullText::~FullText() = default;

void FullText::add(const Insight& insight) {
    SQLite::Statement& insert = *state_->insert;
    insert.bind(1, insight.text);
    insert.bind(2, insight.quote);
    insert.bind(3, fmt::format("{} {}", fmt::join(insight.topics, " "), fmt::join(insight.entities, " ")));
    insert.bind(4, insight.speaker);
    insert.exec();
    insert.reset();
}

std::vector<std::int64_t> FullText::best(std::string_view question, Wanted wanted, int limit) {
    std::string match;
    for (const text::ByteRange& range : text::words(question)) {
        const std::string word = text::fold(range.in(question));
        if (text::stems(word).empty() || word.find('"') != std::string::npos) continue;
        if (!match.empty()) match += wanted == Wanted::all_words ? " AND " : " OR ";
        match += '"' + word + '"';
    }
    std::vector<std::int64_t> found;
    if (match.empty()) return found;
    SQLite::Statement& select = *state_->select;
    select.bind(1, match);
    select.bind(2, limit);
    while (select.executeStep()) found.push_back(select.getColumn(0).getInt64());
    select.reset();
    return found;
}

}  // namespace podbrief::bot::quality
