#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "core/async/turnstile.hpp"

namespace podbrief::doubles::discord {

// Discord's gateway for one bot and one connection: hello, identify, heartbeats, resume with what was missed.
class GatewayDouble {
public:
    struct Settings {
        std::string token;
        std::string bot;
        std::string url;  // "ws://127.0.0.1:8001/gateway", without query
        Millis heartbeat{41'250};
    };
    GatewayDouble(Clock& clock, Settings settings);
    ~GatewayDouble();

    // One connection, until it is closed.
    asio::awaitable<void> serve(ServerRequest request, std::unique_ptr<WebSocket> socket);

    // An event for the bot: sent now, or when the session is resumed. Without a session it is lost, as at Discord.
    void send(const std::string& type, const nlohmann::json& data);
    bool connected() const;
    bool has_session() const { return !session_.empty(); }
    void set_url(std::string url) { settings_.url = std::move(url); }
    const std::string& url() const { return settings_.url; }
    // READY names them as not available yet; each comes afterwards.
    std::function<std::vector<nlohmann::json>()> guilds;

    // ---- on order ----
    void reconnect();                 // op 7
    void invalidate(bool resumable);  // op 9
    void close(int code);
    void answer_no_heartbeats(bool deaf) { deaf_ = deaf; }
    void ask_for_heartbeat();  // op 1
    void drop_session() { session_.clear(); }

    struct Counters {
        int connections = 0;
        int identifies = 0;
        int resumes = 0;
        int heartbeats = 0;
        int refused = 0;  // closed by us for what was sent
    };
    const Counters& counters() const { return counters_; }
    int remaining() const { return 1'000 - counters_.identifies; }

private:
    struct Connection;
    asio::awaitable<void> read_all(std::shared_ptr<Connection> connection);
    asio::awaitable<void> write_all(std::shared_ptr<Connection> connection);
    void take(Connection& connection, const std::string& text);
    void begin_session(Connection& connection, const nlohmann::json& data);
    void resume(Connection& connection, const nlohmann::json& data);
    void push(Connection& connection, const nlohmann::json& payload);

    Clock& clock_;
    Settings settings_;
    std::shared_ptr<Connection> connection_;  // the latest
    std::string session_;
    std::int64_t sequence_ = 0;
    std::deque<std::pair<std::int64_t, std::string>> sent_;  // of this session, for resuming
    bool deaf_ = false;
    std::int64_t next_session_ = 1;
    Counters counters_;
};

}  // namespace podbrief::doubles::discord
