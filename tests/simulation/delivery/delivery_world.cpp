#include "tests/simulation/delivery/delivery_world.hpp"

#include <boost/asio/co_spawn.hpp>

#include "core/text/digest.hpp"

namespace podbrief::testing {
namespace {

constexpr const char* zones[] = {
    "Europe/Berlin",     "America/New_York",    "Asia/Tokyo",
    "Asia/Kolkata",      "Australia/Lord_Howe", "Africa/Cairo",
    "America/Sao_Paulo", "Pacific/Apia",        "Pacific/Pago_Pago",
    "America/Havana",    "Asia/Beirut",         "Europe/London",
    "Antarctica/Troll",  "America/St_Johns",    "Asia/Kathmandu",
    "Pacific/Chatham",   "America/Los_Angeles", "UTC",
};

}  // namespace

// The record that an installation keeps beside its store.
class DeliveryWorld::Record final : public RunRecord {
public:
    asio::awaitable<std::optional<WallTime>> last_seen() override { co_return seen_; }
    asio::awaitable<void> seen(WallTime now) override {
        seen_ = now;
        co_return;
    }

private:
    std::optional<WallTime> seen_;
};

DeliveryWorld::DeliveryWorld(Swarm swarm, Wrapping wrapping)
    : swarm_(swarm),
      wrapping_(std::move(wrapping)),
      clock_(swarm.begin),
      random_(swarm.seed),
      trouble_(random_),
      inbound_(random_),
      record_(std::make_unique<Record>()),
      began_(swarm.begin),
      actors_(io_.get_executor(), [this](const std::string& name, std::exception_ptr failure) {
          if (!failure) return;
          try {
              std::rethrow_exception(failure);
          } catch (const std::exception& error) {
              failures_ += name + ": " + error.what() + "\n";
          }
      }) {
    trouble_.set_latency(Millis{30}, Millis{300});
    for (PlatformModel* model : platforms_.all()) {
        model->on_event = [this](InboundEvent event) { inbound_.push(std::move(event)); };
    }
}

DeliveryWorld::~DeliveryWorld() {
    calm();
    actors_.request_stop();
    for (WorkerSlot& slot : slots_) {
        if (slot.worker) bury(std::move(slot.worker));
    }
    settle();
    for (int i = 0; i < 10'000 && (!graveyard_.empty() || actors_.size() > 0); ++i) {
        std::erase_if(graveyard_, [](const auto& worker) { return worker->ended(); });
        if (!clock_.advance_to_next()) break;
        settle();
    }
}

void DeliveryWorld::run() {
    begin();
    run_for(std::chrono::days{swarm_.days});
    calm();
    // Two more days: what was superseded is told by the next brief, and that one arrives.
    run_for(std::chrono::hours{50});
}

void DeliveryWorld::begin() {
    make_readers();
    slots_.resize(static_cast<std::size_t>(swarm_.workers));
    for (std::size_t i = 0; i < slots_.size(); ++i) start_worker(i);
    start_actors();
    settle();
}

void DeliveryWorld::calm() {
    if (calm_) return;
    calm_ = true;
    calm_since_ = clock_.wall_now();
    trouble_.calm();
    for (WorkerSlot& slot : slots_) {
        if (!slot.worker) continue;
        slot.worker->process().resume();
        slot.worker->clock().set_skew(Millis{0});
    }
}

void DeliveryWorld::settle() {
    constexpr int most = 1'000'000;  // handlers at one instant
    io_.restart();
    for (int i = 0; io_.poll_one() > 0; ++i) {
        if (i == most) {
            if (std::exchange(spinning_, true))
                throw std::runtime_error("something spins without letting time pass: " + last_points_);
            i = most - 1'000;  // what it is that spins
        }
    }
}

void DeliveryWorld::run_for(Millis time) {
    const SteadyTime end = clock_.steady_now() + time;
    settle();
    constexpr int most_per_hour = 300'000;
    int wakings = 0;
    SteadyTime hour = clock_.steady_now();
    while (clock_.next_due() && *clock_.next_due() <= end) {
        if (clock_.steady_now() - hour > std::chrono::hours{1}) {
            hour = clock_.steady_now();
            wakings = 0;
        }
        if (++wakings > most_per_hour) {
            failures_ += fmt::format("something spins at {}\n", to_ms(clock_.wall_now()));
            return;
        }
        clock_.advance_to_next();
        settle();
        tend_workers();
    }
    clock_.advance(end - clock_.steady_now());
    settle();
}

void DeliveryWorld::start_worker(std::size_t i) {
    WorkerSlot& slot = slots_[i];
    ++slot.generation;
    Worker::World world{io_.get_executor(),     clock_,        store_, store_,   platforms_, trouble_,
                        briefs::system_zones(), record_.get(), log_,   wrapping_};
    Worker::Options options;
    options.name = fmt::format("w{}.{}", i + 1, slot.generation);
    options.seed = random_.next();
    options.telegram_fast = swarm_.telegram_fast;
    options.writer_fails = calm_ ? 0 : swarm_.writer_fails;
    options.settings = simulated_settings(swarm_.workers == 1);
    slot.worker = std::make_unique<Worker>(world, std::move(options));
    if (swarm_.most_skew > Millis{0} && swarm_.workers > 1 && !calm_) {
        const auto most = static_cast<std::uint64_t>(swarm_.most_skew.count());
        slot.worker->clock().set_skew(Millis{static_cast<std::int64_t>(random_.below(2 * most))} - swarm_.most_skew);
    }
    slot.worker->process().on_point = [this](Process& process, const char* call, const char* moment) {
        if (on_point) on_point(process, call, moment);
        if (spinning_ && last_points_.size() < 2'000)
            last_points_ += fmt::format("{} {} {}, ", process.name(), call, moment);
    };
    if (swarm_.store_failures > 0) {
        slot.worker->outbox().trouble = [this](const char*) {
            if (calm_ || random_.unit() >= swarm_.store_failures) return GuardedOutbox::Failure::none;
            ++own_faults_;
            return random_.below(2) == 0 ? GuardedOutbox::Failure::not_done
                                         : GuardedOutbox::Failure::done_but_not_known;
        };
    }
    slot.worker->start();
}

void DeliveryWorld::bury(std::unique_ptr<Worker> worker) {
    worker->kill();
    graveyard_.push_back(std::move(worker));
}

void DeliveryWorld::kill_worker(std::size_t i, Millis restart_after) {
    WorkerSlot& slot = slots_[i];
    if (!slot.worker) return;
    ++own_faults_;
    ++crashes_;
    // What a platform asked of a process that dies right then is lost with it.
    for (PlatformModel* model : platforms_.all()) model->forget_told_since(clock_.wall_now() - Millis{1'000});
    bury(std::move(slot.worker));
    slot.restart_at = clock_.wall_now() + restart_after;
    // A sleeper, so that time stops there.
    auto wake = [](ManualClock& clock, Millis wait) -> asio::awaitable<void> { co_await clock.sleep_for(wait); };
    actors_.spawn("restart", wake(clock_, restart_after));
}

void DeliveryWorld::tend_workers() {
    std::erase_if(graveyard_, [](const auto& worker) { return worker->ended(); });
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        WorkerSlot& slot = slots_[i];
        if (slot.worker && slot.worker->ended()) {
            if (!slot.worker->failure().empty())
                failures_ += slot.worker->process().name() + ": " + slot.worker->failure() + "\n";
            slot.restart_at = clock_.wall_now();
            graveyard_.push_back(std::move(slot.worker));
        }
        if (!slot.worker && slot.restart_at <= clock_.wall_now()) {
            start_worker(i);
            settle();
        }
    }
}

Destination DeliveryWorld::new_chat(const std::string& platform, std::size_t number) {
    Destination to;
    to.platform = platform;
    if (platform == "slack") {
        to.workspace = fmt::format("T{}", number % 3);
        to.chat = fmt::format("D{}", number);
    } else if (platform == "discord") {
        to.workspace = fmt::format("G{}", number % 2);
        to.chat = fmt::format("{}", 7'000 + number);
    } else {
        to.chat =
            fmt::format("{}", number % 5 == 0 ? -1'000 - static_cast<int>(number) : 5'000 + static_cast<int>(number));
    }
    platforms_.of(platform).add_chat(to.workspace, to.chat);
    return to;
}

Reader& DeliveryWorld::add_reader(const std::string& platform, const std::string& zone, std::chrono::minutes at,
                                  Cadence cadence) {
    Reader reader;
    reader.name = fmt::format("reader {}", chats_ + 1);
    reader.time_zone = zone;
    reader.brief_at = at;
    reader.cadence = cadence;
    reader.created_at = clock_.wall_now();
    ReaderStory story;
    story.reader = get(store_.save(std::move(reader)));
    DestinationRecord destination;
    destination.reader = story.reader.id;
    destination.address = new_chat(platform, ++chats_);
    story.destinations.push_back(get(store_.add_destination(std::move(destination), clock_.wall_now())).id);
    readers_.push_back(std::move(story));
    return readers_.back().reader;
}

void DeliveryWorld::make_readers() {
    static constexpr const char* names[] = {"slack", "discord", "telegram"};
    // Most are due at a few popular hours of a few zones, as in life.
    const std::size_t popular = 2 + random_.below(4);
    for (int i = 0; i < swarm_.readers; ++i) {
        const char* zone =
            random_.below(2) == 0 ? zones[random_.below(popular)] : zones[random_.below(std::size(zones))];
        std::chrono::minutes at{random_.below(3) == 0 ? static_cast<int>(random_.below(24 * 60)) : 8 * 60};
        if (random_.below(6) == 0) at = std::chrono::minutes{random_.below(2) == 0 ? 0 : 2 * 60 + 30};
        Cadence cadence = Cadence::daily;
        if (swarm_.twice && random_.below(3) == 0) cadence = static_cast<Cadence>(1 + random_.below(3));
        add_reader(names[random_.below(3)], zone, at, cadence);
        if (random_.below(8) == 0) {
            DestinationRecord second;
            second.reader = readers_.back().reader.id;
            second.address = new_chat(names[random_.below(3)], ++chats_);
            readers_.back().destinations.push_back(
                get(store_.add_destination(std::move(second), clock_.wall_now())).id);
        }
    }
}

std::uint64_t DeliveryWorld::faults() const {
    return own_faults_ + trouble_.faults_given();
}

std::string DeliveryWorld::trace_hash() const {
    std::string trace;
    for (PlatformModel* model : const_cast<Platforms&>(platforms_).all()) {
        model->for_each([&](const Chat& chat, const ChatMessage& message) {
            trace += fmt::format("{}/{} {} {} {}\n", chat.workspace, chat.id, message.id, to_ms(message.made_at),
                                 message.text);
        });
    }
    for (const auto& [number, event] : store_.all_events()) {
        trace += fmt::format("{} {} {} {} {} {}\n", to_ms(event.at), event.slot.value, event.delivery.value,
                             event.event, event.worker, event.detail);
    }
    return text::sha256_hex(trace);
}

}  // namespace podbrief::testing
