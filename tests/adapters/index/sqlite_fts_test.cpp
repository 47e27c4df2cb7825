// A second opinion: SQLite's FTS5, which ranks by BM25 as well, finds mostly the same.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/index/memory_index.hpp"
#include "core/text/words.hpp"
#include "tests/adapters/index/random_library.hpp"

namespace podbrief::index {
namespace {

TEST(MemoryIndexAgainstFts5, ShareMostOfTheirTenBest) {
    RandomLibrary library(3, 400);
    MemoryIndex index;
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE VIRTUAL TABLE insights USING fts5(text)");
    SQLite::Statement insert(database, "INSERT INTO insights(rowid, text) VALUES (?, ?)");
    for (std::int64_t id = 1; id <= 400; ++id) {
        Insight one;
        one.id = {id};
        one.text = library.text(15 + library.random().below(30));
        index.put(one, "");
        insert.bind(1, id);
        insert.bind(2, one.text);
        insert.exec();
        insert.reset();
    }
    SQLite::Statement select(database, "SELECT rowid FROM insights WHERE insights MATCH ? ORDER BY bm25(insights)");
    double shared = 0;
    constexpr int queries = 50;
    for (int i = 0; i < queries; ++i) {
        SearchQuery wanted;
        std::string match;
        for (int term = 0; term < 3; ++term) {
            const std::string word = library.word();
            wanted.terms.push_back({text::stem(word), 1, term});
            match += (term == 0 ? "" : " OR ") + word;
        }
        std::vector<std::int64_t> theirs;
        select.bind(1, match);
        while (select.executeStep()) theirs.push_back(select.getColumn(0).getInt64());
        select.reset();
        EXPECT_EQ(index.search(wanted, 400).size(), theirs.size()) << "the same insights hold one of the words";
        // Length counts more for theirs, so the order differs a little: our ten are among their twenty.
        theirs.resize(std::min<std::size_t>(theirs.size(), 20));
        const auto ours = index.search(wanted, 10);
        const auto both = std::count_if(ours.begin(), ours.end(), [&](const SearchHit& hit) {
            return std::find(theirs.begin(), theirs.end(), hit.insight.value) != theirs.end();
        });
        shared += ours.empty() ? 1 : static_cast<double>(both) / static_cast<double>(ours.size());
    }
    EXPECT_GE(shared / queries, 0.8);
}

}  // namespace
}  // namespace podbrief::index
