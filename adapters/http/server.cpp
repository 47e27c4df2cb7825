#include "adapters/http/server.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "adapters/http/server_session.hpp"
#include "core/async/task_scope.hpp"

namespace podbrief::net {
namespace {

using asio::ip::tcp;

constexpr Millis pause_when_out_of_sockets{100};

[[noreturn]] void cannot_listen(const ServerOptions& options, const std::string& why) {
    throw std::runtime_error(fmt::format("cannot listen on {} port {}: {}", options.address, options.port, why));
}

// Null: none is wanted.
std::unique_ptr<ServerTls> tls_of(const ServerOptions& options) {
    if (options.certificate_file.empty() && options.key_file.empty()) return nullptr;
    if (options.key_file.empty()) throw std::runtime_error("TLS: there is a certificate file, but no key file");
    if (options.certificate_file.empty()) throw std::runtime_error("TLS: there is a key file, but no certificate file");
    return std::make_unique<ServerTls>(options.certificate_file, options.key_file);
}

}  // namespace

struct Server::Impl {
    Impl(asio::any_io_executor e, Clock& c, ServerOptions o, Handler h, WebSocketService s)
        : options(std::move(o)),
          tls(tls_of(options)),
          session{c, options, std::move(h), std::move(s), tls.get(), places, figures},
          acceptor(e),
          sessions(e, [](const std::string&, std::exception_ptr) {}) {
        boost::system::error_code failure;
        const auto address = asio::ip::make_address(options.address, failure);
        if (failure) cannot_listen(options, "this is not an IP address");
        const tcp::endpoint endpoint(address, options.port);
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint, failure);
        if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
        if (failure) cannot_listen(options, failure.message());
        port = acceptor.local_endpoint().port();
    }

    // Until cancelled; throws operation_aborted then.
    asio::awaitable<void> accept_all() {
        for (;;) {
            auto [failure, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
            if (failure == asio::error::operation_aborted) throw boost::system::system_error(failure);
            if (failure) {
                const bool room = failure == asio::error::no_descriptors && shed_one();
                if (!room) co_await session.clock.sleep_for(pause_when_out_of_sockets);
                continue;
            }
            ++figures.accepted;
            if (places.taken() < options.max_connections || shed_one()) {
                sessions.spawn("connection", session.serve(std::move(socket)));
            } else {
                ++figures.turned_away;
                if (!tls) turn_away(std::move(socket));
            }
        }
    }

    bool shed_one() {
        const bool shed = places.free_one();
        figures.shed += shed ? 1 : 0;
        return shed;
    }

    ServerOptions options;
    std::unique_ptr<ServerTls> tls;
    Places places;
    Figures figures;
    Session session;
    tcp::acceptor acceptor;
    TaskScope sessions;
    std::uint16_t port = 0;
};

Server::Server(asio::any_io_executor executor, Clock& clock, ServerOptions options, Handler handler,
               WebSocketService sockets)
    : impl_(std::make_unique<Impl>(std::move(executor), clock, std::move(options), std::move(handler),
                                   std::move(sockets))) {}
Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->port;
}
std::size_t Server::connections() const {
    return impl_->places.taken();
}
const Server::Figures& Server::figures() const {
    return impl_->figures;
}

void Server::reload_certificate() {
    if (impl_->tls) impl_->tls->reload();
}

asio::awaitable<void> Server::run() {
    std::exception_ptr end;
    try {
        co_await impl_->accept_all();
    } catch (...) {
        end = std::current_exception();
    }
    // From here on nothing interrupts: what was begun is ended and waited for.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    impl_->acceptor.close();
    impl_->sessions.request_stop();
    co_await impl_->sessions.drained();
    std::rethrow_exception(end);
}

}  // namespace podbrief::net
