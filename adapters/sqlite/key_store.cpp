#include "adapters/sqlite/key_store.hpp"

namespace podbrief::sqlite {
namespace {

void keep_page(Connection& c, ReaderId reader, const std::string& hash, WallTime now) {
    c.run(
        "INSERT INTO page_keys (hash, reader_id, since_ms) SELECT ?, id, ? FROM readers WHERE id = ? "
        "ON CONFLICT (hash) DO NOTHING",
        hash, now, reader);
    c.run(
        "DELETE FROM page_keys WHERE hash IN (SELECT hash FROM page_keys WHERE reader_id = ? "
        "ORDER BY since_ms DESC, hash = ? DESC, hash LIMIT -1 OFFSET ?)",
        reader, hash, KeyStore::most_pages);
}

int count_of(Query row) {
    row.next();
    return static_cast<int>(row.integer());
}

}  // namespace

asio::awaitable<void> SqliteKeys::keep_page(ReaderId reader, std::string hash, WallTime now) {
    return threads_.write<void>(
        [reader, hash = std::move(hash), now](Connection& c) { sqlite::keep_page(c, reader, hash, now); });
}

asio::awaitable<std::optional<ReaderId>> SqliteKeys::page(std::string hash) {
    return threads_.read<std::optional<ReaderId>>([hash = std::move(hash)](Connection& c) -> std::optional<ReaderId> {
        Query row = c.query("SELECT reader_id FROM page_keys WHERE hash = ?", hash);
        if (!row.next()) return std::nullopt;
        return row.id<ReaderId>();
    });
}

asio::awaitable<int> SqliteKeys::pages(ReaderId reader) {
    return threads_.read<int>([reader](Connection& c) {
        return count_of(c.query("SELECT count(*) FROM page_keys WHERE reader_id = ?", reader));
    });
}

asio::awaitable<int> SqliteKeys::end_pages(ReaderId reader, std::string except) {
    return threads_.write<int>([reader, except = std::move(except)](Connection& c) {
        const int ended =
            count_of(c.query("SELECT count(*) FROM page_keys WHERE reader_id = ? AND hash <> ?", reader, except));
        c.run("DELETE FROM page_keys WHERE reader_id = ? AND hash <> ?", reader, except);
        return ended;
    });
}

asio::awaitable<void> SqliteKeys::keep_operator(Operator what, std::string hash, WallTime until) {
    return threads_.write<void>([what, hash = std::move(hash), until](Connection& c) {
        c.run("INSERT OR REPLACE INTO operator_keys (hash, session, until_ms) VALUES (?, ?, ?)", hash,
              what == Operator::session, until);
    });
}

asio::awaitable<bool> SqliteKeys::take_link(std::string hash, WallTime now) {
    return threads_.write<bool>([hash = std::move(hash), now](Connection& c) {
        c.run("DELETE FROM operator_keys WHERE until_ms <= ?", now);  // few rows, and rarely asked
        const bool good = c.query("SELECT 1 FROM operator_keys WHERE hash = ? AND session = 0", hash).next();
        if (good) c.run("DELETE FROM operator_keys WHERE hash = ?", hash);
        return good;
    });
}

asio::awaitable<bool> SqliteKeys::session(std::string hash, WallTime now) {
    return threads_.read<bool>([hash = std::move(hash), now](Connection& c) {
        return c.query("SELECT 1 FROM operator_keys WHERE hash = ? AND session = 1 AND until_ms > ?", hash, now).next();
    });
}

asio::awaitable<bool> SqliteKeys::end_session(std::string hash) {
    return threads_.write<bool>([hash = std::move(hash)](Connection& c) {
        const bool was = c.query("SELECT 1 FROM operator_keys WHERE hash = ? AND session = 1", hash).next();
        c.run("DELETE FROM operator_keys WHERE hash = ? AND session = 1", hash);
        return was;
    });
}

asio::awaitable<int> SqliteKeys::end_operator() {
    return threads_.write<int>([](Connection& c) {
        const int ended = count_of(c.query("SELECT count(*) FROM operator_keys"));
        c.run("DELETE FROM operator_keys");
        return ended;
    });
}

}  // namespace podbrief::sqlite
