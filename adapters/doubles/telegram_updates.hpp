#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::doubles::telegram {

namespace asio = boost::asio;

// What happened and the bot was not told yet: for getUpdates, or brought to its webhook (core.telegram.org/bots/api
// "Getting updates"; times and texts as in the server's own source). Kept for 24 hours, callback queries 150 seconds.
class Updates {
public:
    explicit Updates(Clock& clock) : clock_(clock) {}

    struct Target {
        std::string url;  // empty: none, updates are polled
        std::string secret;
        int max_connections = 40;
    };

    // `kind`: "message"; one queue for each chat (for callback queries: each person), told in order. Kinds that the bot
    // did not ask for are left out. Gives the update_id, 0: left out.
    std::int64_t push(const std::string& kind, nlohmann::json content, const std::string& queue);
    void allow(std::vector<std::string> kinds);  // empty: all
    const std::vector<std::string>& allowed() const { return allowed_; }

    // ---- getUpdates ----
    // Confirms as take() does, then waits until there is something at or after `offset`, or `timeout` is over, or
    // another poll comes.
    asio::awaitable<void> ready(std::int64_t offset, Millis timeout);
    // True, once: the wait that ended last was ended by another poll.
    bool was_ended_by_another();
    // Confirms all before `offset` (negative: all but the last so many) and gives what is there.
    std::vector<nlohmann::json> take(std::int64_t offset, std::size_t limit);

    // ---- webhook ----
    void set_target(Target target);
    const Target& target() const { return target_; }
    // Brings updates to the webhook while there is one, again and again until each is taken. Until cancelled.
    asio::awaitable<void> deliver(HttpClient& http);

    std::size_t pending() const { return pending_.size(); }
    void drop_pending();
    // The next one pushed is told twice (by the webhook), or skips so many ids.
    void tell_twice() { twice_ = true; }
    void skip_ids(std::int64_t count) { last_id_ += count; }
    struct Trouble {
        WallTime at{};
        std::string message;  // empty: none yet
    };
    const Trouble& last_trouble() const { return trouble_; }

private:
    struct Pending {
        std::int64_t id = 0;
        std::string json;
        std::string queue;
        WallTime until{};
        int tries = 0;
        SteadyTime not_before{};
    };
    void forget_old();
    void confirm(std::int64_t offset);
    void notify();
    Pending* next_due(SteadyTime now, Millis& wait);
    asio::awaitable<void> bring(HttpClient& http, std::int64_t id);
    Pending* find(std::int64_t id);

    Clock& clock_;
    std::deque<Pending> pending_;
    std::vector<std::string> allowed_;
    Target target_;
    Trouble trouble_;
    std::int64_t last_id_ = 100;
    std::int64_t polls_ = 0;
    bool ended_by_another_ = false;
    bool twice_ = false;
    std::list<Wakeup*> waiting_;
};

}  // namespace podbrief::doubles::telegram
