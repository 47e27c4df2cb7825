// A herd: very many readers due at one minute, on the real SQLite store, against the platforms' real limits; only time
// is simulated. And a tenant with a large backlog beside many small ones.
//   herd [--readers 50000]
//   herd --fair [--readers 20000]
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "adapters/sqlite/database.hpp"
#include "core/delivery/herd.hpp"
#include "core/delivery/key.hpp"
#include "core/delivery/payload.hpp"
#include "core/text/digest.hpp"
#include "tests/simulation/delivery/worker.hpp"
#include "tests/support/files.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double peak_rss_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Millis at_share(std::vector<Millis>& values, double share) {
    if (values.empty()) return Millis{0};
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

class Herd {
public:
    Herd()
        : clock_(WallTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} + 6h), random_(1), trouble_(random_) {
        sqlite::Database::Options options;
        options.path = folder_.path() / "podbrief.db";
        database_ = sqlite::Database::open(io_.get_executor(), options);
    }

    // Lets everything go on until all wait for the clock and the store is at rest.
    void settle() {
        for (;;) {
            io_.restart();
            io_.poll();
            if (database_->activity().pending == 0) {
                if (io_.poll() == 0 && database_->activity().pending == 0) return;
                continue;
            }
            io_.run_one_for(10ms);
        }
    }

    void run_until(WallTime end) {
        settle();
        while (clock_.next_due() && clock_.wall_now() + (*clock_.next_due() - clock_.steady_now()) <= end) {
            clock_.advance_to_next();
            settle();
        }
        clock_.advance(end - clock_.wall_now());
        settle();
    }

    Destination chat_of(int number) {
        Destination to;
        const int kind = number % 5;  // two fifths Telegram, two fifths Discord, one fifth Slack
        to.platform = kind < 2 ? "telegram" : kind < 4 ? "discord" : "slack";
        if (to.platform == "slack") to.workspace = fmt::format("T{}", number / 5 % 20);
        if (to.platform == "discord") to.workspace = fmt::format("G{}", number % 50);
        to.chat = std::to_string(100'000 + number);
        platforms_.of(to.platform).add_chat(to.workspace, to.chat);
        return to;
    }

    asio::awaitable<void> add_readers(int from, int to) {
        for (int i = from; i < to; ++i) {
            Reader reader;
            reader.name = fmt::format("reader {}", i);
            reader.created_at = clock_.wall_now();
            reader = co_await database_->readers().save(std::move(reader));
            DestinationRecord destination;
            destination.reader = reader.id;
            destination.address = chat_of(i);
            co_await database_->outbox().add_destination(std::move(destination), clock_.wall_now());
        }
    }

    void fill(int readers) {
        constexpr int at_once = 64;
        for (int i = 0; i < at_once; ++i) {
            const int from = static_cast<int>(std::int64_t{readers} * i / at_once);
            const int to = static_cast<int>(std::int64_t{readers} * (i + 1) / at_once);
            asio::co_spawn(io_, add_readers(from, to), [](std::exception_ptr failure) {
                if (failure) std::rethrow_exception(failure);
            });
        }
        settle();
    }

    void start_worker() {
        Worker::World world{io_.get_executor(),
                            clock_,
                            database_->outbox(),
                            database_->readers(),
                            platforms_,
                            trouble_,
                            briefs::system_zones(),
                            nullptr,
                            log_,
                            wrapping_,
                            [](const Process&, const std::string&) {}};
        Worker::Options options;
        options.name = "herd";
        options.settings.alone = true;
        options.settings.composing.parallel = 16;
        worker_ = std::make_unique<Worker>(world, std::move(options));
        worker_->start();
    }

    void stop_worker() {
        worker_->ask_to_end();
        for (int i = 0; i < 1000 && !worker_->ended(); ++i) {
            settle();
            if (!clock_.advance_to_next()) break;
        }
        settle();
    }

    int all_at_one_minute(int readers);
    int one_large_tenant(int large);

private:
    TemporaryFolder folder_;
    asio::io_context io_;
    ManualClock clock_;
    Random random_;
    Trouble trouble_;
    Platforms platforms_;
    NullLog log_;
    Wrapping wrapping_;
    std::unique_ptr<sqlite::Database> database_;
    std::unique_ptr<Worker> worker_;
};

asio::awaitable<std::vector<Delivery>> collect(ReaderStore& readers, OutboxStore& outbox) {
    std::vector<Delivery> all;
    const std::vector<Reader> everybody = co_await readers.readers();
    for (const Reader& reader : everybody) {
        const std::vector<Slot> slots = co_await outbox.slots(reader.id, 1);
        if (slots.empty()) continue;
        std::optional<SlotStory> story = co_await outbox.story(reader.id, slots.front().key);
        if (!story) continue;
        for (Delivery& d : story->deliveries) {
            d.payload.clear();
            all.push_back(std::move(d));
        }
    }
    co_return all;
}

int Herd::all_at_one_minute(int readers) {
    std::printf("filling the store with %d readers ...\n", readers);
    std::fflush(stdout);
    fill(readers);
    const double began = cpu_seconds();
    const WallTime from = clock_.wall_now();
    const WallTime due = WallTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} + 8h;
    start_worker();
    run_until(due + 150min);
    const double cpu = cpu_seconds() - began;
    const double rss = peak_rss_mib();
    const double simulated = std::chrono::duration<double>(clock_.wall_now() - from).count();
    const OutboxCounts counts = [&] {
        OutboxCounts out;
        asio::co_spawn(io_, database_->outbox().outbox_counts(), [&](std::exception_ptr, OutboxCounts c) { out = c; });
        settle();
        return out;
    }();
    std::vector<Delivery> all;
    asio::co_spawn(io_, collect(database_->readers(), database_->outbox()),
                   [&](std::exception_ptr, std::vector<Delivery> d) { all = std::move(d); });
    settle();
    stop_worker();

    struct Row {
        std::size_t messages = 0;
        WallTime last{};
    };
    std::map<std::string, Row> lanes;
    std::vector<Millis> lateness;
    std::size_t sent = 0;
    for (const Delivery& d : all) {
        Row& row = lanes[d.lane];
        ++row.messages;
        if (d.state != DeliveryState::sent) continue;
        ++sent;
        row.last = std::max(row.last, d.finished_at);
        lateness.push_back(d.finished_at - d.send_at);
    }
    std::printf("herd: %d readers due at one minute, %zu messages, %zu sent, %lld left\n", readers, all.size(), sent,
                static_cast<long long>(counts.ready) + counts.unknown + counts.parked + counts.dispatching);
    const delivery::Rules rules;
    double worst = 0;
    std::uint64_t calls = 0;
    std::uint64_t limited = 0;
    std::uint64_t inside = 0;
    for (const auto& [lane, row] : lanes) {
        PlatformTraits traits;
        TelegramMessenger telegram(platforms_.telegram, Line{clock_, clock_, trouble_, {}});
        SlackMessenger slack(platforms_.slack, Line{clock_, clock_, trouble_, {}});
        DiscordMessenger discord(platforms_.discord, Line{clock_, clock_, trouble_, {}});
        for (const Messenger* m :
             {static_cast<Messenger*>(&telegram), static_cast<Messenger*>(&slack), static_cast<Messenger*>(&discord)}) {
            if (lane.substr(0, lane.find(':')) == m->traits().platform) traits = m->traits();
        }
        const double needed =
            std::chrono::duration<double>(delivery::herd_window(static_cast<std::int64_t>(row.messages), traits, rules))
                .count();
        const double took = std::chrono::duration<double>(row.last - due).count();
        // What a message takes by itself is nothing beside a herd, and much beside a handful.
        if (needed >= 60) worst = std::max(worst, took / needed);
        if (lane.find(':') == std::string::npos || lane == "slack:T0") {
            std::printf("  lane %-10s %6zu messages in %7.1f s: %.3f x N / (usable rate)\n", lane.c_str(), row.messages,
                        took, took / needed);
        }
    }
    for (PlatformModel* model : platforms_.all()) {
        calls += model->counters().calls;
        limited += model->counters().limited;
        inside += model->counters().calls_inside_retry_after;
    }
    std::printf("  worst lane %.3f x; %llu calls, %llu rate limits met (%.3f %%), %llu calls within a wait\n", worst,
                static_cast<unsigned long long>(calls), static_cast<unsigned long long>(limited),
                100.0 * static_cast<double>(limited) / static_cast<double>(std::max<std::uint64_t>(1, calls)),
                static_cast<unsigned long long>(inside));
    std::printf("  lateness against the assigned time: p50 %lld ms, p99 %lld ms\n",
                static_cast<long long>(at_share(lateness, 0.5).count()),
                static_cast<long long>(at_share(lateness, 0.99).count()));
    std::printf(
        "  %.1f s of CPU for %.0f s simulated (%.3f cores); peak memory %.0f MiB, the platforms' models with all "
        "messages in it\n",
        cpu, simulated, cpu / simulated, rss);
    const bool good = sent == all.size() && !all.empty() && worst <= 1.05 &&
                      static_cast<double>(limited) <= 0.001 * static_cast<double>(calls) && inside == 0 &&
                      cpu <= simulated;
    std::printf("%d passed, %d failed\n", good ? 1 : 0, good ? 0 : 1);
    return good ? 0 : 1;
}

// 20,000 messages of one tenant wait at once, as after an outage, while those of 500 small ones come due by and by;
// or `large` and a fortieth of that.
int Herd::one_large_tenant(int large) {
    const int small_tenants = std::max(1, large / 40);
    constexpr int each = 10;
    const WallTime due = clock_.wall_now() + 10min;
    Reader reader;
    reader.name = "everybody";
    reader.created_at = clock_.wall_now();
    asio::co_spawn(io_, database_->readers().save(reader),
                   [&](std::exception_ptr, Reader r) { reader = std::move(r); });
    settle();
    reader.paused_until = due + std::chrono::days{30};
    asio::co_spawn(io_, database_->readers().save(reader), [](std::exception_ptr, Reader) {});
    settle();
    Reply reply;
    reply.blocks.emplace_back(Paragraph{"What was asked for."});
    const std::string payload = delivery::freeze(reply);
    const std::string hash = text::sha256_hex(payload);
    const double usable = 45 / 1.1 * 0.8;  // a second
    const Millis window{static_cast<std::int64_t>(1000.0 * (large + small_tenants * each) / usable)};
    std::vector<Delivery> all;
    for (int i = 0; i < large + small_tenants * each; ++i) {
        const bool is_large = i < large;
        Delivery d;
        d.kind = DeliveryKind::reply;
        d.reader = reader.id;
        d.address = {"discord", is_large ? "G0" : fmt::format("G{}", 1 + (i - large) / each),
                     std::to_string(1'000'000 + i), ""};
        platforms_.discord.add_chat(d.address.workspace, d.address.chat);
        d.lane = "discord";
        d.tenant = d.address.workspace;
        d.key = delivery::reply_key("discord", d.tenant, std::to_string(i), 1);
        d.payload = payload;
        d.payload_hash = hash;
        d.send_at = is_large ? due : due + delivery::place_in_herd(d.address.chat, window);
        d.next_at = d.send_at;
        d.expires_at = due + 18h;
        all.push_back(std::move(d));
    }
    std::map<std::string, WallTime> assigned;
    for (const Delivery& d : all) {
        if (d.tenant != "G0") assigned[d.key] = d.send_at;
    }
    asio::co_spawn(io_, database_->outbox().enqueue(std::move(all), clock_.wall_now()),
                   [](std::exception_ptr failure, std::vector<DeliveryId>) {
                       if (failure) std::rethrow_exception(failure);
                   });
    settle();
    start_worker();
    run_until(due + window + 30min);
    stop_worker();
    std::vector<Millis> lateness;
    std::size_t of_large = 0;
    platforms_.discord.for_each([&](const Chat&, const ChatMessage& message) {
        const auto found = assigned.find(message.tag);
        if (found == assigned.end()) {
            ++of_large;
        } else {
            lateness.push_back(message.made_at - found->second);
        }
    });
    const std::size_t seen = lateness.size();
    const Millis p50 = at_share(lateness, 0.5);
    const Millis p99 = at_share(lateness, 0.99);
    std::printf(
        "fairness: a tenant with %zu messages at once beside %d with %d: %zu of the small ones' seen, p50 %lld ms, p99 "
        "%lld ms after their time\n",
        of_large, small_tenants, each, seen, static_cast<long long>(p50.count()), static_cast<long long>(p99.count()));
    const bool good = seen == static_cast<std::size_t>(small_tenants) * each &&
                      of_large == static_cast<std::size_t>(large) && p99 <= 15s;
    std::printf("%d passed, %d failed\n", good ? 1 : 0, good ? 0 : 1);
    return good ? 0 : 1;
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    int readers = 0;
    bool fair = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--readers") == 0 && i + 1 < argc)
            std::from_chars(argv[i + 1], argv[i + 1] + std::strlen(argv[i + 1]), readers);
        if (std::strcmp(argv[i], "--fair") == 0) fair = true;
    }
    auto herd = std::make_unique<podbrief::testing::Herd>();
    if (fair) return herd->one_large_tenant(readers > 0 ? readers : 20'000);
    return herd->all_at_one_minute(readers > 0 ? readers : 50'000);
}
