// A herd in SQLite: 50,000 readers of 500 tenants due at one minute, all in one lane.
#include <benchmark/benchmark.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/sqlite/database.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

const WallTime noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h;

asio::awaitable<void> add_reader(sqlite::Database& database, int number) {
    OutboxStore& outbox = database.outbox();
    Reader reader;
    reader.name = std::to_string(number);
    const Reader saved = co_await database.readers().save(std::move(reader));
    DestinationRecord record;
    record.reader = saved.id;
    record.address.platform = "telegram";
    record.address.chat = saved.name;
    co_await outbox.add_destination(std::move(record), noon);
    PlannedSlots planned;
    planned.reader = saved.id;
    planned.slots.resize(1);
    planned.slots[0].sequence = 1;
    planned.slots[0].key = "2026-03-02";
    planned.slots[0].due_at = noon;
    planned.next_plan_at = noon + 24h;
    co_await outbox.plan(std::move(planned), noon - 1h);
}

asio::awaitable<void> freeze(OutboxStore& outbox, Slot slot) {
    FrozenSlot frozen;
    frozen.slot = slot.id;
    frozen.worker = "w1";
    frozen.brief.note = "none";
    frozen.deliveries.resize(1);
    Delivery& d = frozen.deliveries[0];
    d.destination = (co_await outbox.destinations(slot.reader)).at(0).id;
    d.lane = "telegram";
    d.tenant = "tenant " + std::to_string(slot.reader.value % 500);
    d.key = std::to_string(slot.id.value);
    d.payload = std::string(3'000, 'x');
    d.payload_hash = std::string(64, 'a');
    d.send_at = d.next_at = noon;
    co_await outbox.freeze(std::move(frozen), noon - 10min);
}

asio::awaitable<void> send(OutboxStore& outbox, Delivery delivery) {
    for (const DeliveryState to : {DeliveryState::dispatching, DeliveryState::sent}) {
        Advance step;
        step.from = delivery.state;
        step.epoch = delivery.epoch;
        delivery.state = to;
        step.next = delivery;
        step.event = "step";
        step.at = noon;
        if (!co_await outbox.advance(std::move(step))) throw std::logic_error("refused");
    }
}

class Herd {
public:
    static constexpr int readers = 50'000;

    Herd() {
        for (int i = 0; i < readers; i += 250) {
            std::vector<asio::awaitable<void>> calls;
            for (int j = i; j < i + 250; ++j) calls.push_back(add_reader(*database_, j));
            all(std::move(calls));
        }
        while (true) {
            const auto slots = get(outbox().claim_slots("w1", noon + 1ms, noon - 1h, noon, 250));
            if (slots.empty()) break;
            std::vector<asio::awaitable<void>> calls;
            for (const Slot& slot : slots) calls.push_back(freeze(outbox(), slot));
            all(std::move(calls));
        }
        epoch = get(outbox().acquire_lane("telegram", "w1", noon, noon + 24h))->epoch;
    }

    template <class T>
    T get(asio::awaitable<T> call) {
        return run(context_, std::move(call));
    }
    void all(std::vector<asio::awaitable<void>> calls) {
        context_.restart();
        for (auto& call : calls) {
            asio::co_spawn(context_, std::move(call), [](std::exception_ptr failure) {
                if (failure) std::rethrow_exception(failure);
            });
        }
        context_.run();
    }
    OutboxStore& outbox() { return database_->outbox(); }
    std::vector<Delivery> due() {
        auto found = get(outbox().due("telegram", noon, after_, 4, 64));
        after_ = found.back().tenant;
        return found;
    }

    std::int64_t epoch = 0;

private:
    TemporaryFolder folder_;
    asio::io_context context_;
    std::unique_ptr<sqlite::Database> database_ = sqlite::Database::open(context_.get_executor(), options());
    std::string after_;

    sqlite::Database::Options options() const {
        sqlite::Database::Options options;
        options.path = folder_.path() / "podbrief.db";
        return options;
    }
};

Herd& herd() {
    static Herd one;
    return one;
}

void due_64(benchmark::State& state) {
    herd();  // made before the clock runs
    for (auto _ : state) benchmark::DoNotOptimize(herd().due());
}
BENCHMARK(due_64)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);

void next_due(benchmark::State& state) {
    herd();  // made before the clock runs
    for (auto _ : state) benchmark::DoNotOptimize(herd().get(herd().outbox().next_due("telegram")));
}
BENCHMARK(next_due)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);

void outbox_counts(benchmark::State& state) {
    herd();  // made before the clock runs
    for (auto _ : state) benchmark::DoNotOptimize(herd().get(herd().outbox().outbox_counts()));
}
BENCHMARK(outbox_counts)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond);

std::vector<Delivery> claim(std::vector<Delivery> due) {
    std::vector<DeliveryId> ids;
    for (const Delivery& d : due) ids.push_back(d.id);
    return herd().get(herd().outbox().claim("telegram", herd().epoch, "w1", ids, noon));
}

void claim_64(benchmark::State& state) {
    herd();  // made before the clock runs
    for (auto _ : state) {
        state.PauseTiming();
        auto due = herd().due();
        state.ResumeTiming();
        benchmark::DoNotOptimize(claim(std::move(due)));
    }
}
BENCHMARK(claim_64)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond)->Iterations(100);

// Two steps each, 32 deliveries at a time.
void send_32(benchmark::State& state) {
    herd();  // made before the clock runs
    for (auto _ : state) {
        state.PauseTiming();
        auto claimed = claim(herd().due());
        std::vector<asio::awaitable<void>> calls;
        for (std::size_t i = 0; i < 32; ++i) calls.push_back(send(herd().outbox(), claimed.at(i)));
        state.ResumeTiming();
        herd().all(std::move(calls));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 64);
}
BENCHMARK(send_32)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMicrosecond)->Iterations(100);

}  // namespace
}  // namespace podbrief::testing
