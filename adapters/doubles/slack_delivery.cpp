// The way from Slack to the app: signed requests, or frames on its sockets; again where that fails.
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_server.hpp"
#include "adapters/doubles/slack_socket.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

constexpr Millis patience{3'000};

std::string signature(const std::string& secret, const std::string& timestamp, const std::string& body) {
    return "v0=" + crypto::to_hex(crypto::hmac_sha256(secret, "v0:" + timestamp + ":" + body));
}

// Slash commands come as a form, interactivity as a form with one field, events as JSON.
std::pair<std::string, std::string> body_of(const std::string& type, const Json& payload) {
    if (type == "events_api") return {"application/json", payload.dump()};
    std::vector<FormField> fields;
    if (type == "interactive") {
        fields.push_back({"payload", payload.dump()});
    } else {
        for (const auto& [name, value] : payload.items())
            fields.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
    }
    return {"application/x-www-form-urlencoded", to_form(fields)};
}

}  // namespace

asio::awaitable<SlackServer::Told> SlackServer::deliver(std::string type, Json payload, int retry, std::string reason) {
    if (app_.http != nullptr) co_return co_await by_http(std::move(type), std::move(payload), retry, std::move(reason));
    co_return co_await by_socket(std::move(type), std::move(payload), retry, std::move(reason));
}

asio::awaitable<SlackServer::Told> SlackServer::by_http(std::string type, Json payload, int retry, std::string reason) {
    auto [content_type, body] = body_of(type, payload);
    const std::string timestamp = std::to_string(to_ms(clock_.wall_now()) / 1000);
    HttpRequest request;
    request.method = "POST";
    request.url = type == "events_api" ? app_.events : type == "interactive" ? app_.interactivity : app_.commands;
    request.headers = {{"Content-Type", content_type},
                       {"User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"},
                       {"X-Slack-Request-Timestamp", timestamp},
                       {"X-Slack-Signature", signature(options_.signing_secret, timestamp, body)}};
    if (retry > 0) {
        request.headers.push_back({"X-Slack-Retry-Num", std::to_string(retry)});
        request.headers.push_back({"X-Slack-Retry-Reason", reason});
    }
    request.body = std::move(body);
    request.deadline = patience;
    request.max_redirects = 2;
    const HttpResult result = co_await app_.http->send(std::move(request));
    Told told;
    told.tries = 1;
    if (!result) {
        told.error = result.error().code == HttpErrc::timed_out ? "http_timeout" : "connection_failed";
        co_return told;
    }
    told.status = result->status;
    told.body = result->body;
    told.arrived = result->status >= 200 && result->status < 300;
    if (!told.arrived) told.error = "http_error";
    co_return told;
}

asio::awaitable<SlackServer::Told> SlackServer::by_socket(std::string type, Json payload, int retry,
                                                          std::string reason) {
    Told told;
    told.tries = 1;
    std::vector<std::shared_ptr<Socket>> open;
    for (const auto& one : sockets_) {
        if (!one->closed && !one->retiring) open.push_back(one);
    }
    if (open.empty()) {
        told.error = "connection_failed";
        co_return told;
    }
    const auto chosen = open[next_socket_++ % open.size()];
    const std::string id = new_id("envelope-");
    const bool answers = type != "events_api";
    Json frame = {{"type", type}, {"envelope_id", id}, {"payload", payload}, {"accepts_response_payload", answers}};
    if (type == "events_api") {
        frame["retry_attempt"] = retry;
        frame["retry_reason"] = reason;
    }
    {
        const Turnstile::Turn turn = co_await chosen->sending.enter();
        std::string text = frame.dump();
        co_await chosen->socket->send(std::move(text));
    }
    const SteadyTime until = clock_.steady_now() + patience;
    while (chosen->acknowledged.count(id) == 0 && !chosen->closed && clock_.steady_now() < until)
        co_await chosen->news.wait_for(clock_, until - clock_.steady_now());
    const auto found = chosen->acknowledged.find(id);
    told.arrived = found != chosen->acknowledged.end();
    told.error = told.arrived ? "" : "http_timeout";
    if (told.arrived) {
        told.status = 200;
        told.body = found->second;
        chosen->acknowledged.erase(found);
    }
    co_return told;
}

asio::awaitable<SlackServer::Told> SlackServer::tell_event(Json envelope) {
    // Roughly at once, after 1 min, after 5 min.
    const std::array<Millis, 4> waits{Millis{0}, options_.first_retry, Millis{60'000}, Millis{300'000}};
    Told told;
    std::string reason;
    int tries = 0;
    for (const Millis wait : waits) {
        co_await clock_.sleep_for(wait);
        Json again = envelope;
        told = co_await deliver("events_api", std::move(again), tries, reason);
        ++tries;
        if (told.arrived) break;
        reason = told.error;
    }
    told.tries = tries;
    co_return told;
}

SocketHandler SlackServer::sockets() {
    return [this](ServerRequest request, std::unique_ptr<WebSocket> socket) {
        return serve(std::move(request), std::move(socket));
    };
}

asio::awaitable<void> SlackServer::serve(ServerRequest request, std::unique_ptr<WebSocket> socket) {
    const auto fields = parse_form(request.query()).value_or(std::vector<FormField>{});
    if (tickets_.erase(std::string(form_value(fields, "ticket"))) == 0) {
        co_await socket->close(4001, "ticket");
        co_return;
    }
    const auto one = std::make_shared<Socket>(executor_, std::move(socket));
    sockets_.push_back(one);
    const Json hello = {{"type", "hello"},
                        {"num_connections", open_sockets()},
                        {"connection_info", {{"app_id", options_.app}}},
                        {"debug_info", {{"host", "applink-1"}, {"approximate_connection_time", 3600}}}};
    std::string text = hello.dump();
    co_await one->socket->send(std::move(text));
    for (;;) {
        const WebSocket::Received received = co_await one->socket->receive();
        if (received.closed) break;
        const Json frame = Json::parse(*received.text, nullptr, false);
        if (!frame.is_object() || !frame.contains("envelope_id")) continue;
        const std::string id = frame.value("envelope_id", "");
        one->acknowledged[id] = frame.contains("payload") ? frame["payload"].dump() : std::string();
        one->news.notify();
    }
    one->closed = true;
    one->news.notify();
    sockets_.remove(one);
}

std::size_t SlackServer::open_sockets() const {
    return static_cast<std::size_t>(std::count_if(sockets_.begin(), sockets_.end(),
                                                  [](const auto& one) { return !one->closed && !one->retiring; }));
}

asio::awaitable<void> SlackServer::disconnect(std::string reason) {
    const Json frame = {{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "applink-1"}}}};
    const auto all = sockets_;
    for (const auto& one : all) {
        const Turnstile::Turn turn = co_await one->sending.enter();
        std::string text = frame.dump();
        co_await one->socket->send(std::move(text));
        one->retiring = true;
    }
    if (reason != "link_disabled") co_await clock_.sleep_for(Millis{10'000});
    for (const auto& one : all) co_await one->socket->close(1000, "goodbye");
}

}  // namespace podbrief::doubles
