#pragma once
#include <fmt/format.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "adapters/http/server.hpp"

namespace podbrief::net::testing {

// Our server, running on a test's context; stopped, and waited for, when the object goes.
class RunningServer {
public:
    RunningServer(asio::io_context& context, Clock& clock, ServerOptions options, Server::Handler handler,
                  WebSocketService sockets = {})
        : context_(context),
          server_(context.get_executor(), clock, std::move(options), std::move(handler), std::move(sockets)) {
        auto ended = [this](std::exception_ptr) { ended_ = true; };
        asio::co_spawn(context_, server_.run(), asio::bind_cancellation_slot(stop_.slot(), ended));
    }
    ~RunningServer() {
        stop_.emit(asio::cancellation_type::terminal);
        context_.restart();
        while (!ended_ && context_.run_one_for(std::chrono::seconds{30}) != 0) {
        }
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    std::uint16_t port() const { return server_.port(); }
    std::size_t connections() const { return server_.connections(); }
    const Server::Figures& figures() const { return server_.figures(); }
    void reload_certificate() { server_.reload_certificate(); }
    std::string url(const std::string& path) const { return fmt::format("http://127.0.0.1:{}{}", port(), path); }

private:
    asio::io_context& context_;
    Server server_;
    asio::cancellation_signal stop_;
    bool ended_ = false;
};

}  // namespace podbrief::net::testing
