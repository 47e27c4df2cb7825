#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>

#include "adapters/telegram/receiver.hpp"
#include "core/ports/log.hpp"
#include "core/ports/random.hpp"

namespace podbrief::telegram {

// Asks Telegram for updates, for as long as it holds the answer back. Confirms nothing before it is kept: the offset
// moves on over what was taken only, so that after a crash the last batch comes again. There may be one poller for a
// bot: when Telegram says that there is another, this one steps back and says so, and does not fight.
class Poller {
public:
    struct Parts {
        Api& api;
        Receiver& receiver;
        Identity& identity;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
    };
    Poller(Parts parts, Millis hold) : parts_(parts), hold_(hold) {}

    // Until cancelled (throws operation_aborted), or the token is refused (returns).
    asio::awaitable<void> run();

    // Where the next batch begins; 0: not known yet.
    std::int64_t offset() const { return offset_; }

private:
    enum class Next { at_once, later, much_later, never };
    asio::awaitable<Next> poll();
    asio::awaitable<Next> take(const nlohmann::json& batch);
    Next failed(const Called& called);
    // Full jitter between half and all of it, doubled with each failure.
    Millis pause(Next next);

    Parts parts_;
    Millis hold_;
    std::int64_t offset_ = 0;
    int failures_ = 0;
    Millis asked_to_wait_{0};
};

}  // namespace podbrief::telegram
