#pragma once
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/discord/gateway_session.hpp"
#include "adapters/discord/interactions.hpp"
#include "adapters/discord/rest.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/random.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::discord {

// Hears of what people do without a public URL: one connection, one shard. Interactions are answered by a call of their
// own, messages and guilds are brought to the intake in their order.
class Gateway {
public:
    struct Ports {
        WebSocketClient& sockets;
        Rest& rest;
        Interactions& interactions;
        Intake& intake;
        Places& places;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
    };
    // `bot`: its user's id until the gateway tells.
    Gateway(std::string token, std::string bot, Ports ports)
        : token_(std::move(token)), bot_(std::move(bot)), ports_(ports) {}

    // Stays connected until cancelled.
    asio::awaitable<void> run();
    bool connected() const { return connected_; }

private:
    // Work that came in, for one worker. Bounded.
    struct Queue {
        explicit Queue(asio::any_io_executor executor) : news(std::move(executor)) {}
        std::deque<std::string> interactions;
        std::deque<Incoming> events;
        Wakeup news;
    };
    struct Outgoing {
        explicit Outgoing(asio::any_io_executor executor) : news(std::move(executor)) {}
        std::deque<std::string> texts;
        Wakeup news;
    };

    asio::awaitable<void> stay_connected();
    asio::awaitable<std::string> address();  // of the next connection; empty: Discord does not tell
    asio::awaitable<GatewayEnd> connection(std::string url);
    asio::awaitable<void> read_all(WebSocket& socket, GatewayEnd& end);
    asio::awaitable<void> beat(Millis interval, GatewayEnd& end);
    asio::awaitable<void> write_all(WebSocket& socket);
    void dispatch(const GatewayEvent& event);
    void push(Queue& queue, Incoming incoming);
    asio::awaitable<void> carry_interactions(Queue& queue);
    asio::awaitable<void> carry_events(Queue& queue);
    asio::awaitable<void> answer(std::string data);
    asio::awaitable<void> keep(Incoming incoming);
    asio::awaitable<void> stop(GatewayEnd end);

    std::string token_;
    std::string bot_;
    Ports ports_;
    GatewaySession session_;
    std::vector<std::unique_ptr<Queue>> queues_;  // the first: events, in order; the others: interactions
    std::unique_ptr<Outgoing> out_;
    std::deque<SteadyTime> sent_;
    std::size_t next_queue_ = 1;
    std::set<std::string> guilds_;  // that we are in, as far as we know
    bool connected_ = false;
    Millis backoff_{0};
    int unopened_ = 0;  // connections in a row
    SteadyTime identified_at_{};
    bool identified_ = false;
};

}  // namespace podbrief::discord
