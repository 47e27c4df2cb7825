#pragma once
#include <boost/asio/io_context.hpp>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "tests/doubles/memory_store.hpp"
#include "tests/simulation/delivery/swarm.hpp"
#include "tests/simulation/delivery/worker.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {

// What happened to one reader from outside, for the oracle.
struct ReaderStory {
    Reader reader;  // as it was at first
    std::vector<DestinationId> destinations;
    bool edited = false;     // changed the schedule
    bool disturbed = false;  // blocked us, closed the chat, was forgotten: may miss briefs
};

// Several workers, one store, three platforms, many readers, and everything that can go wrong, on a clock of its own.
// The same swarm gives the same world, event by event.
class DeliveryWorld {
public:
    explicit DeliveryWorld(Swarm swarm, Wrapping wrapping = {});
    ~DeliveryWorld();

    // Lives `swarm.days`, then calms down and goes on until everything has to be done.
    void run();

    // ---- for tests that order what happens ----
    void begin();  // makes the readers and starts the workers
    void run_for(Millis time);
    void calm();  // no more trouble from now on
    void settle();
    Worker& worker(std::size_t i) { return *slots_[i].worker; }
    void kill_worker(std::size_t i, Millis restart_after);
    Reader& add_reader(const std::string& platform, const std::string& zone, std::chrono::minutes at, Cadence cadence);

    const Swarm& swarm() const { return swarm_; }
    ManualClock& clock() { return clock_; }
    MemoryStore& store() { return store_; }
    Platforms& platforms() { return platforms_; }
    Trouble& trouble() { return trouble_; }
    Random& random() { return random_; }
    const std::vector<ReaderStory>& readers() const { return readers_; }
    WallTime began() const { return began_; }
    WallTime calm_since() const { return calm_since_; }
    std::uint64_t faults() const;  // injected so far
    std::uint64_t crashes() const { return crashes_; }
    // A hash of all that was seen in the chats and all that was stored.
    std::string trace_hash() const;
    // What a worker ended of by itself; empty: none did.
    const std::string& failures() const { return failures_; }
    const std::vector<std::string>& violations() const { return violations_; }
    // Runs one coroutine to its end without letting time pass.
    template <class T>
    T get(asio::awaitable<T> work);
    // Hears of every point of every process.
    std::function<void(Process&, const char*, const char*)> on_point;

private:
    struct WorkerSlot {
        std::unique_ptr<Worker> worker;
        WallTime restart_at{};  // while there is none
        int generation = 0;
    };
    class Record;

    void start_worker(std::size_t i);
    void bury(std::unique_ptr<Worker> worker);
    void tend_workers();
    void check_leaving(const Process& process, const std::string& key);
    void forget_latest_waits();
    void stop_process(Process& process);
    void make_readers();
    Destination new_chat(const std::string& platform, std::size_t number);
    void spawn(std::string name, asio::awaitable<void> actor) { actors_.spawn(std::move(name), std::move(actor)); }

    // Actors: each a coroutine on the world's clock (actors.cpp).
    void start_actors();
    Millis until_next(double per_day);
    asio::awaitable<void> crash_workers();
    asio::awaitable<void> stop_workers();
    asio::awaitable<void> put_all_to_sleep();
    asio::awaitable<void> make_outages();
    asio::awaitable<void> edit_schedules();
    asio::awaitable<void> block_and_unblock();
    asio::awaitable<void> deliver_events();
    asio::awaitable<void> restore_tokens();
    asio::awaitable<void> edit_one(ReaderStory& story);
    asio::awaitable<void> apply_event(InboundEvent event);

    Swarm swarm_;
    Wrapping wrapping_;
    asio::io_context io_;
    ManualClock clock_;
    Random random_;
    MemoryStore store_;
    Platforms platforms_;
    Trouble trouble_;
    InboundFeed inbound_;
    NullLog log_;
    std::unique_ptr<Record> record_;
    std::vector<ReaderStory> readers_;
    std::vector<WorkerSlot> slots_;
    std::list<std::unique_ptr<Worker>> graveyard_;
    std::vector<std::string> violations_;
    std::string failures_;
    bool spinning_ = false;
    std::string last_points_;
    WallTime began_{};
    WallTime calm_since_{};
    bool calm_ = false;
    std::uint64_t own_faults_ = 0;
    std::uint64_t crashes_ = 0;
    std::size_t chats_ = 0;
    TaskScope actors_;
};

template <class T>
T DeliveryWorld::get(asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    asio::co_spawn(io_, std::move(work), [&](std::exception_ptr e, T v) {
        failure = e;
        if (!e) value.emplace(std::move(v));
    });
    settle();
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

}  // namespace podbrief::testing
