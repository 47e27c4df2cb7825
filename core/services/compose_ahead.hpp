#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <string>

#include "core/async/turnstile.hpp"
#include "core/briefs/zones.hpp"
#include "core/delivery/breaker.hpp"
#include "core/delivery/rules.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/services/brief_writer.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// The platforms we speak to, by Destination::platform.
using Messengers = std::map<std::string, Messenger*>;

// Composes briefs ahead of their time, in batches, and freezes them with their deliveries, so that only sending is left
// at the reader's hour. When the writer (a model, say) does not answer five minutes before it, the other one writes.
class ComposeAhead {
public:
    struct Ports {
        OutboxStore& outbox;
        ReaderStore& readers;
        BriefWriter& writer;
        BriefWriter* fallback;  // writes when `writer` cannot; may be null
        Messengers& messengers;
        const briefs::Zones& zones;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
    };
    struct Settings {
        delivery::Rules rules;
        Millis earliest =
            std::chrono::minutes{43};             // before the slot's time; after the planner is through with the herd
        Millis latest = std::chrono::minutes{5};  // before it: from then on the fallback writes
        Millis patience{60'000};                  // with `writer`
        Millis late_patience{10'000};             // the same, for a slot whose time is near or past
        Millis lease = std::chrono::minutes{10};  // of slots while they are composed
        Millis longest_sleep = std::chrono::seconds{60};
        std::size_t batch = 32;
        std::size_t parallel = 8;
    };

    ComposeAhead(std::string worker, Ports ports, Settings settings);

    // Composes one batch. Gives how many slots were taken.
    asio::awaitable<std::size_t> compose_due();
    // What was sent before this may be in the chat though the store does not know it: the store was restored from an
    // older copy.
    void doubt_until(WallTime at) { doubted_until_ = at; }
    // For ever, until cancelled. `frozen` hears when there are new deliveries.
    asio::awaitable<void> run(std::function<void()> frozen);
    void wake() { wakeup_.notify(); }

private:
    asio::awaitable<void> compose_taken(Slot slot);
    asio::awaitable<void> compose(Slot slot);
    asio::awaitable<void> compose_for(Slot slot, Reader reader);
    asio::awaitable<Result<BriefDraft>> write(BriefOrder order);
    asio::awaitable<Result<BriefDraft>> ask_writer(BriefOrder order);
    // One line for each insight that the reader was sent and that was withdrawn since the last brief.
    asio::awaitable<std::vector<std::string>> corrections_for(const Slot& slot, const Reader& reader);
    asio::awaitable<std::vector<Delivery>> deliveries_of(const Slot& slot, const Reader& reader, const Reply& reply);
    asio::awaitable<Millis> herd_window(const PlatformTraits& traits, Destination address, WallTime due);
    asio::awaitable<Millis> until_next();

    std::string worker_;
    Ports ports_;
    Settings settings_;
    Wakeup wakeup_;
    WallTime doubted_until_{};
    std::vector<Slot> taken_;  // claimed, and not composed yet: a store that fails must not cost them their lease
    delivery::Breaker writer_breaker_;
    // Herds counted lately, by lane and time: every reader of a herd asks the same.
    std::map<std::pair<std::string, WallTime>, std::pair<WallTime, std::int64_t>> herds_;
};

}  // namespace podbrief::services
