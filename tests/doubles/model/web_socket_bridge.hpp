#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "core/async/task_scope.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/web_socket.hpp"
#include "tests/doubles/model/doubles.hpp"

namespace podbrief::testing {

// What is between the two ends of a WebSocket.
struct WebSocketWire;

// Two ends of one WebSocket within this process, on one executor.
std::pair<std::unique_ptr<WebSocket>, std::unique_ptr<WebSocket>> web_socket_pair(asio::any_io_executor executor,
                                                                                  Clock& clock);

// WebSockets without a network: each that is opened is served by the handler of the longest beginning of its address.
class WebSocketBridge final : public WebSocketClient {
public:
    WebSocketBridge(asio::any_io_executor executor, Clock& clock);
    void to(std::string prefix, SocketHandler handler) { ends_.emplace_back(std::move(prefix), std::move(handler)); }
    asio::awaitable<Opened> open(WebSocketRequest request) override;

    // The next so many are answered with that status instead (0: no answer).
    void refuse(int count, int status) { refuse_ = count, refused_with_ = status; }
    // All that are open are lost, without a goodbye.
    void cut_all();
    // Nothing that is sent by either side of those that are open arrives any more, and nobody is told.
    void silence_all();
    int opened() const { return opened_; }
    std::size_t open_now() const;
    // Stops the handlers and waits for their end; to be called before the bridge goes.
    asio::awaitable<void> stop();

private:
    asio::any_io_executor executor_;
    Clock& clock_;
    std::vector<std::pair<std::string, SocketHandler>> ends_;
    std::vector<std::weak_ptr<WebSocketWire>> wires_;
    TaskScope handlers_;
    int opened_ = 0;
    int refuse_ = 0;
    int refused_with_ = 0;
};

}  // namespace podbrief::testing
