#pragma once
#include <memory>
#include <string>

#include "core/async/task_scope.hpp"
#include "core/services/delivery_worker.hpp"
#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"
#include "tests/simulation/delivery/guarded_outbox.hpp"
#include "tests/simulation/delivery/process.hpp"
#include "tests/simulation/delivery/writers.hpp"

namespace podbrief::testing {

struct Platforms {
    SlackModel slack;
    DiscordModel discord;
    TelegramModel telegram;

    std::vector<PlatformModel*> all() { return {&slack, &discord, &telegram}; }
    PlatformModel& of(const std::string& platform);
};

// What a planted bug may put between a worker and its ports; see planted_bugs.hpp.
struct Wrapping {
    std::function<std::unique_ptr<OutboxStore>(OutboxStore&, Process&, const Clock&)> outbox;
    std::function<std::unique_ptr<Messenger>(Messenger&, Process&)> messenger;
    std::function<std::unique_ptr<briefs::Zones>(briefs::Zones&)> zones;
    std::function<std::unique_ptr<services::BriefWriter>(services::BriefWriter&)> writer;
    std::function<std::unique_ptr<Clock>(Clock&)> clock;
    std::function<void(services::DeliveryWorker::Settings&)> settings;
};

// Sees every call that is about to leave, after the product's own last check.
class WatchedMessenger final : public Messenger {
public:
    using Watch = std::function<void(const std::string& key)>;
    WatchedMessenger(Messenger& inner, Watch watch) : inner_(inner), watch_(std::move(watch)) {}
    const PlatformTraits& traits() const override { return inner_.traits(); }
    Rate chat_rate(const Destination& to) const override { return inner_.chat_rate(to); }
    std::vector<Reply> split(const Reply& reply) const override { return inner_.split(reply); }
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override {
        return inner_.post(watched(std::move(message)));
    }
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string ref) override {
        return inner_.edit(watched(std::move(message)), std::move(ref));
    }
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override {
        return inner_.reserve(watched(std::move(message)));
    }
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override {
        return inner_.find(std::move(message), since);
    }

private:
    OutgoingMessage watched(OutgoingMessage message);

    Messenger& inner_;
    Watch watch_;
};

// One process: the real services of delivery over guarded ports.
class Worker {
public:
    struct World {
        asio::any_io_executor io;
        ManualClock& clock;
        OutboxStore& outbox;
        ReaderStore& readers;
        Platforms& platforms;
        Trouble& trouble;
        briefs::Zones& zones;
        RunRecord* record;
        Log& log;
        const Wrapping& wrapping;
        // Asked when a call that passed all checks of the product is about to leave.
        std::function<void(const Process&, const std::string& key)> on_leaving;
    };
    struct Options {
        std::string name;
        std::uint64_t seed = 1;
        bool telegram_fast = false;
        double writer_fails = 0;
        services::DeliveryWorker::Settings settings;
    };

    Worker(World world, Options options);

    Process& process() { return process_; }
    ProcessClock& clock() { return clock_; }
    GuardedOutbox& outbox() { return outbox_; }
    services::DeliveryWorker& services() { return *services_; }

    void start();
    // SIGKILL: its coroutines unwind without any effect.
    void kill();
    // SIGTERM: an orderly end.
    void ask_to_end() { tasks_.request_stop(); }
    bool ended() const { return tasks_.size() == 0; }
    // What it ended of, if not of a kill or a request: empty while all is well.
    const std::string& failure() const { return failure_; }

private:
    Line line(Trouble& trouble);

    World world_;
    Process process_;
    ProcessClock clock_;
    std::unique_ptr<Clock> wrapped_clock_;
    Random random_;
    GuardedOutbox outbox_;
    std::unique_ptr<OutboxStore> wrapped_outbox_;
    SlackMessenger slack_;
    DiscordMessenger discord_;
    TelegramMessenger telegram_;
    std::vector<std::unique_ptr<Messenger>> wrapped_messengers_;  // each over one before it
    services::Messengers messengers_;
    std::unique_ptr<briefs::Zones> wrapped_zones_;
    MarkedWriter writer_;
    MarkedWriter fallback_;
    std::unique_ptr<services::BriefWriter> wrapped_writer_;
    NullMetrics metrics_;
    std::unique_ptr<services::DeliveryWorker> services_;
    std::string failure_;
    TaskScope tasks_;
};

// Settings that fit a simulated day: the product's own, looking less often for what other processes stored.
services::DeliveryWorker::Settings simulated_settings(bool alone);

}  // namespace podbrief::testing
