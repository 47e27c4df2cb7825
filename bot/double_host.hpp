#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/doubles/api_double.hpp"
#include "adapters/doubles/trouble.hpp"
#include "core/ports/clock.hpp"

namespace podbrief::net {
class Server;
}

namespace podbrief::bot {

namespace asio = boost::asio;

// Stands before a double that is made later: one that must know where it listens.
struct DoubleGate final : doubles::ApiDouble {
    doubles::ApiDouble* inner = nullptr;
    doubles::PlatformModel& model() override { return inner->model(); }
    std::string op_of(const ServerRequest& request) const override { return inner->op_of(request); }
    Answer answer(const ServerRequest& request, const doubles::Call& call) override {
        return inner->answer(request, call);
    }
    asio::awaitable<void> ready(const ServerRequest& request) override { return inner->ready(request); }
};

// A platform's double on loopback, over real sockets, with the troubles that are ordered or drawn.
class DoubleHost {
public:
    // `port` 0: any free one. Listens at once; throws ExitError when the port cannot be had. All that is referred to
    // outlives it.
    DoubleHost(asio::any_io_executor executor, Clock& clock, doubles::ApiDouble& platform, doubles::Trouble& trouble,
               std::uint16_t port, doubles::SocketHandler sockets = {});
    ~DoubleHost();

    std::string base_url() const;    // "http://127.0.0.1:5000"
    std::string socket_url() const;  // "ws://127.0.0.1:5000"
    asio::awaitable<void> run();     // until cancelled

private:
    asio::awaitable<ServerResponse> answer(ServerRequest request);

    Clock& clock_;
    doubles::ApiDouble& platform_;
    doubles::Trouble& trouble_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace podbrief::bot
