#include "bot/double_host.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "adapters/http/server.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {

DoubleHost::DoubleHost(asio::any_io_executor executor, Clock& clock, doubles::ApiDouble& platform,
                       doubles::Trouble& trouble, std::uint16_t port, doubles::SocketHandler sockets)
    : clock_(clock), platform_(platform), trouble_(trouble) {
    net::ServerOptions options;
    options.port = port;
    options.message_deadline = Millis{120'000};  // long polls
    WebSocketService service;
    if (sockets) {
        service.accepts = [](const ServerRequest&) { return true; };
        service.handler = std::move(sockets);
    }
    auto handler = [this](ServerRequest request) { return answer(std::move(request)); };
    try {
        server_ =
            std::make_unique<net::Server>(std::move(executor), clock, options, std::move(handler), std::move(service));
    } catch (const std::runtime_error& error) {
        throw ExitError(exit_unavailable, error.what());
    }
}

DoubleHost::~DoubleHost() = default;

std::string DoubleHost::base_url() const {
    return fmt::format("http://127.0.0.1:{}", server_->port());
}

std::string DoubleHost::socket_url() const {
    return fmt::format("ws://127.0.0.1:{}", server_->port());
}

asio::awaitable<void> DoubleHost::run() {
    return server_->run();
}

asio::awaitable<ServerResponse> DoubleHost::answer(ServerRequest request) {
    std::optional<ServerResponse> response =
        co_await doubles::answered(platform_, clock_, trouble_, std::move(request));
    if (!response) throw boost::system::system_error(asio::error::operation_aborted);  // the server hangs up
    co_return std::move(*response);
}

}  // namespace podbrief::bot
