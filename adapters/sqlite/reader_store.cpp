// Each call becomes one job on the thread that fits. What a job needs, it owns.
#include "adapters/sqlite/reader_rows.hpp"
#include "adapters/sqlite/stores.hpp"

namespace podbrief::sqlite {

asio::awaitable<std::vector<Reader>> SqliteReaders::readers() {
    return threads_.read<std::vector<Reader>>([](Connection& c) { return sqlite::readers(c); });
}

asio::awaitable<std::optional<Reader>> SqliteReaders::reader_named(std::string name) {
    return threads_.read<std::optional<Reader>>(
        [name = std::move(name)](Connection& c) { return sqlite::reader_named(c, name); });
}

asio::awaitable<std::optional<Reader>> SqliteReaders::reader(ReaderId id) {
    return threads_.read<std::optional<Reader>>([id](Connection& c) { return sqlite::reader(c, id); });
}

asio::awaitable<Reader> SqliteReaders::save(Reader reader) {
    return threads_.write<Reader>(
        [reader = std::move(reader)](Connection& c) mutable { return save_reader(c, std::move(reader)); });
}

asio::awaitable<bool> SqliteReaders::forget(ReaderId id) {
    return threads_.write<bool>([id](Connection& c) { return forget_reader(c, id); });
}

asio::awaitable<Brief> SqliteReaders::save(Brief brief) {
    return threads_.write<Brief>(
        [brief = std::move(brief)](Connection& c) mutable { return save_brief(c, std::move(brief)); });
}

asio::awaitable<std::optional<Brief>> SqliteReaders::brief(ReaderId reader, std::string local_date) {
    return threads_.read<std::optional<Brief>>(
        [reader, date = std::move(local_date)](Connection& c) { return sqlite::brief(c, reader, date); });
}

asio::awaitable<std::vector<Brief>> SqliteReaders::briefs_since(ReaderId reader, WallTime since) {
    return threads_.read<std::vector<Brief>>(
        [reader, since](Connection& c) { return sqlite::briefs_since(c, reader, since); });
}

asio::awaitable<void> SqliteReaders::save(Feedback feedback) {
    return threads_.write<void>([feedback](Connection& c) { save_feedback(c, feedback); });
}

asio::awaitable<void> SqliteReaders::remove(ReaderId reader, InsightId insight, FeedbackKind kind) {
    return threads_.write<void>([reader, insight, kind](Connection& c) { remove_feedback(c, reader, insight, kind); });
}

asio::awaitable<std::vector<Feedback>> SqliteReaders::feedback(ReaderId reader) {
    return threads_.read<std::vector<Feedback>>([reader](Connection& c) { return sqlite::feedback(c, reader); });
}

asio::awaitable<ConversationState> SqliteReaders::conversation(std::string key) {
    return threads_.read<ConversationState>(
        [key = std::move(key)](Connection& c) { return sqlite::conversation(c, key); });
}

asio::awaitable<void> SqliteReaders::save_conversation(std::string key, ReaderId reader, ConversationState state) {
    return threads_.write<void>([key = std::move(key), reader, state = std::move(state)](Connection& c) {
        sqlite::save_conversation(c, key, reader, state);
    });
}

}  // namespace podbrief::sqlite
