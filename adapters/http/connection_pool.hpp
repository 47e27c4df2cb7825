#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "adapters/http/connection.hpp"
#include "core/ports/clock.hpp"

namespace podbrief::net {

struct PoolLimits {
    std::size_t per_host = 2;  // requests at a time; the others wait, first come first served
    std::size_t idle = 32;     // connections kept open without a request, over all hosts
    Millis idle_for{30'000};   // then an idle connection is closed
};

// Open connections to come back to, and the turns that keep us polite to each host. A key is one origin
// ("https://host:443"): a connection is reused for the same scheme, host and port only.
class ConnectionPool {
public:
    ConnectionPool(Clock& clock, PoolLimits limits);
    ~ConnectionPool();

    // The right to have one request under way at that origin; given back when it goes.
    class Turn;
    // Cancellation: throws operation_aborted and leaves the queue.
    asio::awaitable<Turn> turn(std::string key);

    // The most recently used idle connection that still looks open; null: none.
    std::unique_ptr<Connection> take(const std::string& key);
    // Keeps a connection whose last exchange is complete.
    void keep(const std::string& key, std::unique_ptr<Connection> connection);

    std::size_t idle_connections() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

class ConnectionPool::Turn {
public:
    Turn() = default;
    Turn(Turn&& other) noexcept = default;
    Turn& operator=(Turn&& other) noexcept;
    ~Turn();

private:
    friend class ConnectionPool;
    Turn(std::shared_ptr<State> state, std::string key);
    std::shared_ptr<State> state_;  // null: no turn
    std::string key_;
};

}  // namespace podbrief::net
