#include "adapters/discord/gateway.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "adapters/discord/wire.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/async/with_timeout.hpp"

namespace podbrief::discord {
namespace {

constexpr const char* query = "/?v=10&encoding=json";
constexpr Millis for_hello{10'000};
constexpr Millis between_identifies{5'000};
constexpr Millis first_backoff{1'000};
constexpr Millis longest_backoff{60'000};
constexpr Millis for_a_shard_limit{60'000};  // where Discord does not say
constexpr std::size_t most_sent = 110;       // in a minute; Discord: 120
constexpr Millis sent_window{60'000};
constexpr int unopened_to_forget = 3;

asio::awaitable<Result<WebSocket::Received>> received(WebSocket& socket) {
    co_return co_await socket.receive();
}

bool is_socket_address(std::string_view url) {
    return url.starts_with("wss://") || url.starts_with("ws://");
}

std::string with_query(std::string url) {
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url + query;
}

}  // namespace

// While connected, one of the three ends the connection: what is read, the heart, what is written.
asio::awaitable<GatewayEnd> Gateway::connection(std::string url) {
    GatewayEnd end;
    WebSocketRequest request;
    request.url = std::move(url);
    WebSocketClient::Opened opened = co_await ports_.sockets.open(std::move(request));
    if (!opened.socket) {
        ports_.log.warning("discord gateway not open", {{"problem", opened.problem}});
        // What can be resumed may be resumed nowhere.
        if (++unopened_ >= unopened_to_forget) session_.forget();
        co_return end;
    }
    unopened_ = 0;
    session_.begin_connection();
    const Result<WebSocket::Received> first = co_await with_timeout(ports_.clock, for_hello, received(*opened.socket));
    const bool said = first && first->text;
    const GatewayEvent hello = said ? session_.read(*first->text) : GatewayEvent{};
    if (hello.kind != GatewayEvent::Kind::hello) {
        if (first && first->closed) end = after_close(first->closed->code);
        co_return end;
    }
    if (!session_.can_resume()) {
        const SteadyTime now = ports_.clock.steady_now();
        if (identified_ && now - identified_at_ < between_identifies) {
            co_await ports_.clock.sleep_for(between_identifies - (now - identified_at_));
        }
        identified_ = true;
        identified_at_ = ports_.clock.steady_now();
    }
    out_->texts.clear();
    out_->texts.push_back(session_.opening(token_));
    out_->news.notify();
    std::vector<NamedTask> tasks;
    tasks.push_back({"discord gateway: read", read_all(*opened.socket, end)});
    tasks.push_back({"discord gateway: heartbeats", beat(hello.interval, end)});
    tasks.push_back({"discord gateway: write", write_all(*opened.socket)});
    // As a thread of its own: it disables cancellation for its rest, which must not become ours.
    const auto executor = co_await asio::this_coro::executor;
    co_await asio::co_spawn(executor, until_first_ends(std::move(tasks)), asio::use_awaitable);
    connected_ = false;
    ports_.metrics.set("discord_gateway_connected", 0);
    constexpr int resumable_close = 4000;  // 1000 and 1001 would end the session
    co_await opened.socket->close(resumable_close, {});
    co_return end;
}

asio::awaitable<void> Gateway::read_all(WebSocket& socket, GatewayEnd& end) {
    for (;;) {
        const WebSocket::Received received = co_await socket.receive();
        if (received.closed) {
            end = after_close(received.closed->code);
            ports_.log.info("discord gateway closed", {{"code", std::to_string(received.closed->code)}});
            co_return;
        }
        const GatewayEvent event = session_.read(*received.text);
        switch (event.kind) {
            case GatewayEvent::Kind::dispatch:
                dispatch(event);
                break;
            case GatewayEvent::Kind::heartbeat_now:
                out_->texts.push_front(session_.heartbeat());
                out_->news.notify();
                break;
            case GatewayEvent::Kind::reconnect:
                end.wait = Millis{1};
                co_return;
            case GatewayEvent::Kind::invalid:
                end.next = event.resumable ? GatewayEnd::Next::resume : GatewayEnd::Next::new_session;
                end.wait = Millis{1'000 + static_cast<std::int64_t>(ports_.random.below(4'001))};
                co_return;
            default:
                break;
        }
    }
}

asio::awaitable<void> Gateway::beat(Millis interval, GatewayEnd&) {
    // The first after a part of it, so that not all bots come at once.
    const auto part = static_cast<std::int64_t>(static_cast<double>(interval.count()) * ports_.random.unit());
    co_await ports_.clock.sleep_for(Millis{part});
    for (;;) {
        if (!session_.acknowledged()) {
            ports_.log.warning("discord gateway does not answer");
            co_return;
        }
        out_->texts.push_front(session_.heartbeat());
        out_->news.notify();
        co_await ports_.clock.sleep_for(interval);
    }
}

asio::awaitable<void> Gateway::write_all(WebSocket& socket) {
    for (;;) {
        while (out_->texts.empty()) co_await out_->news.wait();
        const SteadyTime now = ports_.clock.steady_now();
        while (!sent_.empty() && sent_.front() + sent_window <= now) sent_.pop_front();
        if (sent_.size() >= most_sent) {
            co_await ports_.clock.sleep_for(sent_.front() + sent_window - now);
            continue;
        }
        sent_.push_back(now);
        std::string text = std::move(out_->texts.front());
        out_->texts.pop_front();
        const bool open = co_await socket.send(std::move(text));
        if (!open) co_return;
    }
}

asio::awaitable<std::string> Gateway::address() {
    if (session_.can_resume() && is_socket_address(session_.resume_url())) co_return with_query(session_.resume_url());
    const RestResult result = co_await ports_.rest.call(about_us("GET", "/gateway/bot"));
    const auto* answer = std::get_if<Answer>(&result);
    Json body;
    if (answer == nullptr || answer->status != 200 || !read_json(answer->body, body)) {
        const auto status = std::to_string(answer == nullptr ? 0 : answer->status);
        ports_.log.warning("discord gateway unknown", {{"status", status}});
        co_return std::string{};
    }
    const std::string url = text_member(body, "url");
    const auto shards = number_member(body, "shards", 1);
    if (shards > 1) {
        ports_.log.warning("discord recommends more connections than one", {{"shards", std::to_string(shards)}});
    }
    const Json& limit = member(body, "session_start_limit");
    if (number_member(limit, "remaining", 1) <= 0) {
        const Millis wait{number_member(limit, "reset_after", for_a_shard_limit.count())};
        ports_.log.error("discord allows no new session", {{"wait_s", std::to_string(wait.count() / 1000)}});
        co_await ports_.clock.sleep_for(std::max(wait, Millis{1'000}));
    }
    if (!is_socket_address(url)) co_return std::string{};
    co_return with_query(url);
}

asio::awaitable<void> Gateway::stay_connected() {
    for (;;) {
        GatewayEnd end;
        std::string url = co_await address();
        if (!url.empty()) end = co_await connection(std::move(url));
        if (end.next == GatewayEnd::Next::stop) co_await stop(end);
        if (end.next == GatewayEnd::Next::new_session) session_.forget();
        ports_.metrics.count("discord_gateway_connections_total", {}, 1);
        Millis wait = end.wait;
        if (wait == Millis{0}) {
            backoff_ = std::clamp(backoff_ * 2, first_backoff, longest_backoff);
            const auto half = static_cast<std::uint64_t>(backoff_.count() / 2);
            wait = Millis{static_cast<std::int64_t>(half + ports_.random.below(half + 1))};
        }
        co_await ports_.clock.sleep_for(wait);
    }
}

// The owner has to do something, and to start us anew.
asio::awaitable<void> Gateway::stop(GatewayEnd end) {
    ports_.log.error("discord gateway given up", {{"remedy", std::string(end.remedy)}});
    ports_.metrics.count("discord_gateway_given_up_total", {}, 1);
    for (;;) co_await ports_.clock.sleep_for(std::chrono::hours{1});
}

}  // namespace podbrief::discord
