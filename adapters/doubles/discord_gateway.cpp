#include "adapters/doubles/discord_gateway.hpp"

#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>

#include "core/async/until_first_ends.hpp"

namespace podbrief::doubles::discord {
namespace {

using Json = nlohmann::json;
constexpr std::size_t longest_payload = 4'096;
constexpr std::size_t most_payloads = 120;
constexpr Millis payload_window{60'000};
constexpr std::size_t most_kept = 1'000;
constexpr std::int64_t privileged = (1 << 1) | (1 << 8) | (1 << 15);

Json payload_of(int op, Json data) {
    Json out = Json::object();
    out["op"] = op;
    out["d"] = std::move(data);
    out["s"] = nullptr;
    out["t"] = nullptr;
    return out;
}

}  // namespace

struct GatewayDouble::Connection {
    Connection(asio::any_io_executor executor, std::unique_ptr<WebSocket> opened)
        : news(std::move(executor)), socket(std::move(opened)) {}
    std::deque<std::string> out;
    Wakeup news;
    std::unique_ptr<WebSocket> socket;
    std::deque<SteadyTime> received;
    int close_code = 0;  // to be closed with, once `out` is written
    bool ready = false;
    bool open = true;
};

GatewayDouble::GatewayDouble(Clock& clock, Settings settings) : clock_(clock), settings_(std::move(settings)) {}
GatewayDouble::~GatewayDouble() = default;

bool GatewayDouble::connected() const {
    return connection_ && connection_->open && connection_->ready;
}

asio::awaitable<void> GatewayDouble::serve(ServerRequest request, std::unique_ptr<WebSocket> socket) {
    const auto executor = co_await asio::this_coro::executor;
    auto connection = std::make_shared<Connection>(executor, std::move(socket));
    const bool version =
        request.target.find("v=10") != std::string::npos && request.target.find("encoding=json") != std::string::npos;
    connection_ = connection;
    ++counters_.connections;
    if (!version) {
        co_await connection->socket->close(4012, "invalid version");
        co_return;
    }
    Json hello = Json::object();
    hello["heartbeat_interval"] = settings_.heartbeat.count();
    push(*connection, payload_of(10, std::move(hello)));
    std::vector<NamedTask> tasks;
    tasks.push_back({"gateway: read", read_all(connection)});
    tasks.push_back({"gateway: write", write_all(connection)});
    co_await until_first_ends(std::move(tasks));
    connection->open = false;
    const int code = connection->close_code == 0 ? 1000 : connection->close_code;
    co_await connection->socket->close(code, {});
}

asio::awaitable<void> GatewayDouble::read_all(std::shared_ptr<Connection> connection) {
    for (;;) {
        const WebSocket::Received received = co_await connection->socket->receive();
        if (received.closed) {
            // Who says goodbye with these ends the session.
            if (received.closed->code == 1000 || received.closed->code == 1001) session_.clear();
            co_return;
        }
        take(*connection, *received.text);
    }
}

asio::awaitable<void> GatewayDouble::write_all(std::shared_ptr<Connection> connection) {
    for (;;) {
        while (connection->out.empty()) {
            if (connection->close_code != 0) co_return;
            co_await connection->news.wait();
        }
        std::string text = std::move(connection->out.front());
        connection->out.pop_front();
        const bool open = co_await connection->socket->send(std::move(text));
        if (!open) co_return;
    }
}

void GatewayDouble::push(Connection& connection, const Json& payload) {
    connection.out.push_back(payload.dump());
    connection.news.notify();
}

void GatewayDouble::take(Connection& connection, const std::string& text) {
    const auto refuse = [&](int code) {
        ++counters_.refused;
        connection.close_code = code;
        connection.news.notify();
    };
    const SteadyTime now = clock_.steady_now();
    while (!connection.received.empty() && connection.received.front() + payload_window <= now) {
        connection.received.pop_front();
    }
    connection.received.push_back(now);
    if (connection.received.size() > most_payloads) return refuse(4008);
    const Json body = Json::parse(text, nullptr, false);
    if (text.size() > longest_payload || !body.is_object() || !body.contains("op") || !body.contains("d")) {
        return refuse(4002);
    }
    const int op = body.value("op", -1);
    const Json& data = body.at("d");
    if (op == 1) {
        ++counters_.heartbeats;
        if (!deaf_) push(connection, payload_of(11, nullptr));
        return;
    }
    if (op != 2 && op != 6) return refuse(4001);
    if (connection.ready) return refuse(4005);
    if (!data.is_object() || data.value("token", std::string()) != settings_.token) return refuse(4004);
    if (op == 6) return resume(connection, data);
    if (!data.contains("intents") || !data.contains("properties")) return refuse(4002);
    if ((data.at("intents").get<std::int64_t>() & privileged) != 0) return refuse(4014);
    begin_session(connection, data);
}

void GatewayDouble::begin_session(Connection& connection, const Json&) {
    ++counters_.identifies;
    session_ = "session-" + std::to_string(next_session_++);
    sequence_ = 0;
    sent_.clear();
    connection.ready = true;
    Json ready = Json::object();
    ready["v"] = 10;
    ready["session_id"] = session_;
    ready["resume_gateway_url"] = settings_.url;
    ready["user"] = Json::object({{"id", settings_.bot}, {"username", "podbrief"}, {"bot", true}});
    ready["application"] = Json::object({{"id", settings_.bot}, {"flags", 0}});
    ready["guilds"] = Json::array();
    const std::vector<Json> all = guilds ? guilds() : std::vector<Json>{};
    for (const Json& guild : all) ready["guilds"].push_back({{"id", guild.at("id")}, {"unavailable", true}});
    send("READY", ready);
    for (const Json& guild : all) send("GUILD_CREATE", guild);
}

void GatewayDouble::resume(Connection& connection, const Json& data) {
    ++counters_.resumes;
    if (session_.empty() || data.value("session_id", std::string()) != session_) {
        push(connection, payload_of(9, false));
        return;
    }
    connection.ready = true;
    const auto seen = data.value("seq", std::int64_t{0});
    for (const auto& [sequence, text] : sent_) {
        if (sequence > seen) connection.out.push_back(text);
    }
    send("RESUMED", Json::object());
}

void GatewayDouble::send(const std::string& type, const Json& data) {
    if (session_.empty()) return;
    Json payload = payload_of(0, data);
    payload["s"] = ++sequence_;
    payload["t"] = type;
    sent_.emplace_back(sequence_, payload.dump());
    if (sent_.size() > most_kept) sent_.pop_front();
    if (connected()) push(*connection_, payload);
}

void GatewayDouble::reconnect() {
    if (connected()) push(*connection_, payload_of(7, nullptr));
}

void GatewayDouble::invalidate(bool resumable) {
    if (!resumable) session_.clear();
    if (connected()) push(*connection_, payload_of(9, resumable));
}

void GatewayDouble::ask_for_heartbeat() {
    if (connected()) push(*connection_, payload_of(1, nullptr));
}

void GatewayDouble::close(int code) {
    if (!connection_ || !connection_->open) return;
    connection_->close_code = code;
    connection_->news.notify();
}

}  // namespace podbrief::doubles::discord
