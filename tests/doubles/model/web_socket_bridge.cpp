#include "tests/doubles/model/web_socket_bridge.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <deque>
#include <optional>

#include "core/async/turnstile.hpp"
#include "tests/doubles/model/http_bridge.hpp"

namespace podbrief::testing {

struct WebSocketWire {
    struct Side {
        explicit Side(asio::any_io_executor executor) : news(std::move(executor)) {}
        std::deque<std::string> arrived;
        std::optional<WebSocket::Closed> closed;  // told after what arrived before
        SteadyTime last_heard{};
        Wakeup news;
    };
    WebSocketWire(const asio::any_io_executor& executor, Clock& of) : clock(of), sides{Side(executor), Side(executor)} {
        for (Side& side : sides) side.last_heard = clock.steady_now();
    }
    bool closed() const { return sides[0].closed.has_value(); }
    void close(const WebSocket::Closed& how) {
        for (Side& side : sides) {
            if (!side.closed) side.closed = how;
            side.news.notify();
        }
    }
    Clock& clock;
    std::array<Side, 2> sides;
    bool silent = false;
};

namespace {

class End final : public WebSocket {
public:
    End(std::shared_ptr<WebSocketWire> wire, std::size_t mine) : wire_(std::move(wire)), mine_(mine) {}
    ~End() override { wire_->close({1006, {}}); }

    asio::awaitable<Received> receive() override {
        auto& side = wire_->sides.at(mine_);
        while (side.arrived.empty() && !side.closed) co_await side.news.wait();
        Received out;
        if (side.arrived.empty()) {
            out.closed = side.closed;
        } else {
            out.text = std::move(side.arrived.front());
            side.arrived.pop_front();
        }
        co_return out;
    }
    asio::awaitable<bool> send(std::string text) override {
        if (wire_->closed()) co_return false;
        if (wire_->silent) co_return true;
        auto& other = wire_->sides.at(1 - mine_);
        other.arrived.push_back(std::move(text));
        other.last_heard = wire_->clock.steady_now();
        other.news.notify();
        co_return true;
    }
    asio::awaitable<bool> ping() override {
        if (wire_->closed()) co_return false;
        if (wire_->silent) co_return true;
        for (auto& side : wire_->sides) side.last_heard = wire_->clock.steady_now();  // the ping, and the pong
        co_return true;
    }
    SteadyTime last_heard() const override { return wire_->sides.at(mine_).last_heard; }
    asio::awaitable<void> close(int code, std::string reason) override {
        const Closed how{code, std::move(reason)};
        wire_->close(how);
        co_return;
    }

private:
    std::shared_ptr<WebSocketWire> wire_;
    std::size_t mine_;
};

asio::awaitable<void> served(SocketHandler handler, ServerRequest request, std::unique_ptr<WebSocket> socket) {
    co_await handler(std::move(request), std::move(socket));
}

}  // namespace

std::pair<std::unique_ptr<WebSocket>, std::unique_ptr<WebSocket>> web_socket_pair(asio::any_io_executor executor,
                                                                                  Clock& clock) {
    auto wire = std::make_shared<WebSocketWire>(executor, clock);
    return {std::make_unique<End>(wire, 0), std::make_unique<End>(wire, 1)};
}

WebSocketBridge::WebSocketBridge(asio::any_io_executor executor, Clock& clock)
    : executor_(executor), clock_(clock), handlers_(executor, [](const std::string&, std::exception_ptr) {}) {}

asio::awaitable<WebSocketClient::Opened> WebSocketBridge::open(WebSocketRequest request) {
    Opened out;
    const std::pair<std::string, SocketHandler>* best = nullptr;
    for (const auto& end : ends_) {
        if (request.url.starts_with(end.first) && (best == nullptr || best->first.size() < end.first.size()))
            best = &end;
    }
    if (best == nullptr || refuse_ > 0) {
        out.status = refuse_ > 0 ? refused_with_ : 0;
        out.problem = "not opened";
        if (refuse_ > 0) --refuse_;
        co_return out;
    }
    ++opened_;
    auto wire = std::make_shared<WebSocketWire>(executor_, clock_);
    std::erase_if(wires_, [](const auto& old) { return old.expired(); });
    wires_.push_back(wire);
    HttpRequest upgrade;
    upgrade.url = request.url;
    upgrade.headers = request.headers;
    handlers_.spawn("socket",
                    served(best->second, as_server_request(upgrade), std::make_unique<End>(wire, std::size_t{1})));
    out.socket = std::make_unique<End>(wire, std::size_t{0});
    out.status = 101;
    co_return out;
}

void WebSocketBridge::cut_all() {
    for (const auto& wire : wires_) {
        if (const auto open = wire.lock()) open->close({1006, {}});
    }
}

void WebSocketBridge::silence_all() {
    for (const auto& wire : wires_) {
        if (const auto open = wire.lock()) open->silent = true;
    }
}

std::size_t WebSocketBridge::open_now() const {
    return static_cast<std::size_t>(std::count_if(wires_.begin(), wires_.end(), [](const auto& wire) {
        const auto open = wire.lock();
        return open != nullptr && !open->closed();
    }));
}

asio::awaitable<void> WebSocketBridge::stop() {
    handlers_.request_stop();
    co_await handlers_.drained();
}

}  // namespace podbrief::testing
