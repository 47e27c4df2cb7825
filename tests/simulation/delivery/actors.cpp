// Who makes trouble in a simulated world: each a coroutine on the world's clock, until the world calms down.
#include <boost/asio/this_coro.hpp>
#include <cmath>

#include "tests/simulation/delivery/delivery_world.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

namespace {

constexpr const char* far_zones[] = {"Pacific/Kiritimati",  "Pacific/Pago_Pago", "Asia/Tokyo",
                                     "America/Los_Angeles", "Europe/Berlin",     "UTC"};

Millis up_to(Random& random, Millis most) {
    return Millis{
        static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(1, most.count()))))};
}

}  // namespace

// Exponentially distributed, as independent events are.
Millis DeliveryWorld::until_next(double per_day) {
    const double days = -std::log(1 - random_.unit()) / per_day;
    return Millis{static_cast<std::int64_t>(std::min(days, 100.0) * 86'400'000) + 1};
}

void DeliveryWorld::start_actors() {
    trouble_.set_chance_of_all(0);
    if (swarm_.bad_calls > 0) {
        trouble_.set_chance_of_all(swarm_.bad_calls / static_cast<double>(fault_kinds));
        // What people do is an event of its own, below.
        trouble_.set_chance(FaultKind::message_deleted, 0.002);
        trouble_.set_chance(FaultKind::token_revoked, 0.0005);
        trouble_.set_chance(FaultKind::chat_moved, 0.002);
    }
    if (swarm_.history_slow) {
        platforms_.slack.set_history(SlackModel::HistoryMode::slow);
        platforms_.discord.set_history(DiscordModel::HistoryMode::slow);
    }
    if (swarm_.crashes > 0) spawn("crashes", crash_workers());
    if (swarm_.stops > 0) spawn("stops", stop_workers());
    if (swarm_.sleeps > 0) spawn("sleep", put_all_to_sleep());
    if (swarm_.outages > 0) spawn("outages", make_outages());
    if (swarm_.edits > 0) spawn("edits", edit_schedules());
    if (swarm_.blocks > 0) spawn("blocks", block_and_unblock());
    inbound_.set_disorder(0.2, 10min);
    spawn("events", deliver_events());
    spawn("tokens", restore_tokens());
}

asio::awaitable<void> DeliveryWorld::crash_workers() {
    for (;;) {
        co_await clock_.sleep_for(until_next(swarm_.crashes * swarm_.workers));
        if (calm_) co_return;
        // Often where it hurts: at a random point of the next seconds of work, not at rest.
        const std::size_t i = random_.below(slots_.size());
        if (!slots_[i].worker) continue;
        const Millis restart = up_to(random_, swarm_.longest_restart);
        const std::uint64_t after = random_.below(2) == 0 ? 0 : 1 + random_.below(300);
        if (after == 0) {
            kill_worker(i, restart);
            continue;
        }
        Process& process = slots_[i].worker->process();
        const std::uint64_t at = process.points() + after;
        process.on_point = [this, at, i, restart](Process& p, const char* call, const char* moment) {
            if (on_point) on_point(p, call, moment);
            if (p.points() != at || p.dead() || calm_) return;
            kill_worker(i, restart);
        };
    }
}

asio::awaitable<void> DeliveryWorld::stop_workers() {
    for (;;) {
        co_await clock_.sleep_for(until_next(swarm_.stops * swarm_.workers));
        if (calm_) co_return;
        const std::size_t i = random_.below(slots_.size());
        if (!slots_[i].worker || slots_[i].worker->process().stopped()) continue;
        const Millis pause = up_to(random_, swarm_.longest_stop);
        ++own_faults_;
        const std::uint64_t after = random_.below(2) == 0 ? 0 : 1 + random_.below(100);
        Process& process = slots_[i].worker->process();
        const std::uint64_t at = process.points() + after;
        auto resume_later = [](DeliveryWorld& world, std::size_t which, std::string name,
                               Millis wait) -> asio::awaitable<void> {
            co_await world.clock_.sleep_for(wait);
            WorkerSlot& slot = world.slots_[which];
            if (!slot.worker || slot.worker->process().name() != name) co_return;
            slot.worker->process().resume();
            // An answer that waited for it may be news that nobody takes from it any more.
            co_await world.clock_.sleep_for(Millis{1});
            world.forget_latest_waits();
        };
        if (after == 0) {
            stop_process(process);
            spawn("resume", resume_later(*this, i, process.name(), pause));
            continue;
        }
        process.on_point = [this, at, i, pause, resume_later](Process& p, const char* call, const char* moment) {
            if (on_point) on_point(p, call, moment);
            if (p.points() != at || calm_) return;
            stop_process(p);
            spawn("resume", resume_later(*this, i, p.name(), pause));
        };
    }
}

asio::awaitable<void> DeliveryWorld::put_all_to_sleep() {
    co_await clock_.sleep_for(up_to(random_, std::chrono::days{swarm_.days}));
    if (calm_) co_return;
    ++own_faults_;
    for (WorkerSlot& slot : slots_) {
        if (slot.worker) stop_process(slot.worker->process());
    }
    co_await clock_.sleep_for(up_to(random_, 72h));
    for (WorkerSlot& slot : slots_) {
        if (slot.worker) slot.worker->process().resume();
    }
    co_await clock_.sleep_for(Millis{1});
    forget_latest_waits();
}

asio::awaitable<void> DeliveryWorld::make_outages() {
    for (;;) {
        co_await clock_.sleep_for(until_next(swarm_.outages));
        if (calm_) co_return;
        static constexpr const char* names[] = {"slack", "discord", "telegram", ""};
        Trouble::Outage outage;
        outage.platform = names[random_.below(4)];
        outage.begin = clock_.wall_now();
        outage.end = outage.begin + up_to(random_, random_.below(4) == 0 ? Millis{6h} : Millis{20min});
        outage.kind = static_cast<Trouble::OutageKind>(random_.below(3));
        trouble_.outage(outage);
        ++own_faults_;
    }
}

asio::awaitable<void> DeliveryWorld::edit_one(ReaderStory& story) {
    std::optional<Reader> reader = co_await store_.reader(story.reader.id);
    if (!reader) co_return;
    story.edited = true;
    switch (random_.below(5)) {
        case 0:
            reader->time_zone = far_zones[random_.below(std::size(far_zones))];
            break;
        case 1:
            reader->paused_until = clock_.wall_now() + up_to(random_, 36h);
            break;
        case 2:
            reader->paused_until.reset();
            break;
        case 3:
            reader->quiet = QuietHours{std::chrono::minutes{22 * 60}, std::chrono::minutes{7 * 60}};
            break;
        default:
            reader->brief_at = std::chrono::minutes{static_cast<int>(random_.below(24 * 60))};
    }
    co_await store_.save(std::move(*reader));
    for (WorkerSlot& slot : slots_) {
        if (slot.worker && random_.below(2) == 0) slot.worker->services().wake();
    }
}

asio::awaitable<void> DeliveryWorld::edit_schedules() {
    for (;;) {
        co_await clock_.sleep_for(until_next(swarm_.edits * swarm_.readers));
        if (calm_) co_return;
        ReaderStory& story = readers_[random_.below(readers_.size())];
        // Often in the very moment at which the brief is due.
        const std::vector<Slot> slots = co_await store_.slots(story.reader.id, 1);
        if (!slots.empty() && slots[0].due_at > clock_.wall_now() && random_.below(2) == 0) {
            const Millis wait =
                slots[0].due_at - clock_.wall_now() + Millis{static_cast<std::int64_t>(random_.below(3)) - 1};
            co_await clock_.sleep_for(std::min<Millis>(wait, 1h));
        }
        co_await edit_one(story);
    }
}

asio::awaitable<void> DeliveryWorld::block_and_unblock() {
    auto later_open = [](DeliveryWorld& world, PlatformModel& model, Destination to,
                         Millis wait) -> asio::awaitable<void> {
        co_await world.clock_.sleep_for(wait);
        model.set_access(to.workspace, to.chat, Access::open, world.clock_.wall_now());
    };
    for (;;) {
        co_await clock_.sleep_for(until_next(swarm_.blocks * swarm_.readers));
        if (calm_) co_return;
        ReaderStory& story = readers_[random_.below(readers_.size())];
        story.disturbed = true;
        ++own_faults_;
        const auto destination =
            co_await store_.destination(story.destinations[random_.below(story.destinations.size())]);
        if (!destination) continue;
        PlatformModel& model = platforms_.of(destination->address.platform);
        static constexpr Access ways[] = {Access::blocked, Access::not_member, Access::read_only, Access::gone};
        model.set_access(destination->address.workspace, destination->address.chat, ways[random_.below(4)],
                         clock_.wall_now());
        if (random_.below(2) == 0)
            spawn("unblock", later_open(*this, model, destination->address, up_to(random_, 12h)));
    }
}

// What the platforms tell, some of it twice and out of order, applied as an inbound part would: each event once, and
// nothing older than what is known.
asio::awaitable<void> DeliveryWorld::apply_event(InboundEvent event) {
    if (!co_await store_.first_seen(event.platform, event.tenant, event.id, clock_.wall_now())) co_return;
    const Destination at{event.platform, event.tenant, event.chat, ""};
    if (event.kind == "moved") {
        Destination to = at;
        to.chat = event.detail;
        co_await store_.move_destination(at, to, clock_.wall_now());
        co_return;
    }
    for (const ReaderStory& story : readers_) {
        for (const DestinationId id : story.destinations) {
            const auto destination = co_await store_.destination(id);
            if (!destination || destination->address != at || destination->changed_at > event.at) continue;
            const bool open = event.kind == "unblocked";
            const DestinationState state = open                      ? DestinationState::active
                                           : event.kind == "blocked" ? DestinationState::blocked
                                                                     : DestinationState::gone;
            std::string note = open ? std::string() : event.kind;  // not within the co_await: g++ 12 destroys it twice
            co_await store_.set_destination(id, state, std::move(note), event.at);
        }
    }
}

asio::awaitable<void> DeliveryWorld::deliver_events() {
    for (;;) {
        co_await clock_.sleep_for(5min);
        for (PlatformModel* model : platforms_.all()) model->settle(clock_.wall_now());
        for (InboundEvent& event : inbound_.take(clock_.wall_now())) co_await apply_event(std::move(event));
    }
}

asio::awaitable<void> DeliveryWorld::restore_tokens() {
    for (;;) {
        co_await clock_.sleep_for(30min);
        for (const char* workspace : {"", "T0", "T1", "T2", "G0", "G1"}) {
            for (PlatformModel* model : platforms_.all()) {
                if (model->revoked(workspace)) model->restore(workspace, clock_.wall_now());
            }
        }
    }
}

}  // namespace podbrief::testing
