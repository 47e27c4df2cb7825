#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/index/memory_index.hpp"
#include "core/async/task_scope.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/services/composer.hpp"
#include "core/services/composer_writer.hpp"
#include "core/services/delivery_worker.hpp"
#include "core/services/indexer.hpp"
#include "core/services/pipeline.hpp"
#include "core/services/poller.hpp"
#include "core/services/subscriber.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/doubles/scripted_http.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {

// Every event with its time, so that two runs can be compared byte by byte.
class TraceLog final : public Log {
public:
    explicit TraceLog(const Clock& clock) : clock_(clock) {}
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override;
    const std::string& text() const { return text_; }
    bool has(std::string_view part) const { return text_.find(part) != std::string::npos; }

private:
    const Clock& clock_;
    std::string text_;
};

// A disk that holds what a test put there.
class MemoryFiles final : public LocalFiles {
public:
    void put(const std::string& path, std::string bytes, std::int64_t modified_ms = 1);
    void remove(const std::string& path) { files_.erase(path); }
    asio::awaitable<Result<bool>> is_folder(std::string path) override;
    asio::awaitable<Result<std::vector<LocalFile>>> list(std::string folder) override;
    asio::awaitable<Result<std::string>> read(std::string path, std::size_t max_bytes) override;
    asio::awaitable<Result<std::string>> read_head(std::string path, std::size_t bytes) override;

private:
    struct File {
        std::string bytes;
        std::int64_t modified_ms = 0;
    };
    std::map<std::string, File> files_;
};

// The whole server on one thread, with a clock that a test moves, a seeded random and a scripted network. Built of the
// same services as the real one; only what stands behind the ports differs.
class World {
public:
    explicit World(std::uint64_t seed = 1, services::PollerSettings polling = default_polling(),
                   services::Pipeline::Settings reading = {});
    ~World();

    static services::PollerSettings default_polling();
    static services::DeliveryWorker::Settings delivery_settings();

    // Starts poller, pipeline and delivery, as `podbrief serve` does.
    void start();
    // Asks them to stop, and waits until they have.
    void stop();

    // Lets everything go on until all wait for the clock.
    void settle();
    // Lets time pass, sleeper by sleeper.
    void run_for(Millis time);
    // Runs one coroutine to its end, letting time pass as it needs.
    template <class T>
    T run(asio::awaitable<T> work);

    asio::io_context io;
    ManualClock clock;
    Random random;
    ScriptedHttp http;
    MemoryFiles files;
    MemoryStore store;
    index::MemoryIndex index;
    TraceLog log;
    NullMetrics metrics;
    insights::BuiltInEngine engine;
    services::Indexer indexer;
    services::Poller poller;
    services::Pipeline pipeline;
    services::Subscriber subscriber;
    services::Composer composer;
    services::ComposerWriter writer;
    services::Messengers messengers;  // none: briefs are composed and stored, and go nowhere
    services::DeliveryWorker delivery;

    // What a task of the server died of; empty: all are well.
    const std::string& died() const { return died_; }

private:
    std::string died_;
    TaskScope tasks_;
};

template <class T>
T World::run(asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    bool ended = false;
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr e, T v) {
        failure = e;
        if (!e) value.emplace(std::move(v));
        ended = true;
    });
    settle();
    for (int i = 0; i < 100'000 && !ended && clock.advance_to_next(); ++i) settle();
    if (!ended) throw std::runtime_error("the coroutine waits for something that never comes");
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

}  // namespace podbrief::testing
