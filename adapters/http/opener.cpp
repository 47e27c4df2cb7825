#include <fmt/format.h>

#include "adapters/http/exchange.hpp"
#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

std::string seconds(Millis time) {
    return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000.0);
}

// The handshake as with_timeout wants it.
asio::awaitable<Result<TlsContext::Opened>> handshake(TlsContext& tls, Socket socket, std::string host) {
    TlsContext::Opened opened = co_await tls.handshake(std::move(socket), std::move(host));
    co_return opened;
}

}  // namespace

asio::awaitable<Opener::Opened> Opener::open(const Url& url, Progress& progress) {
    Addresses found;
    if (url.literal) {
        found.push_back(*url.literal);
    } else {
        progress.stage = Progress::Stage::looking_up;
        auto answer = co_await with_timeout(clock, options.lookup_timeout, resolver.resolve(url.host));
        if (!answer) {
            const bool late = answer.error() == make_error_code(Errc::timed_out);
            co_return progress.failure(HttpErrc::resolve_failed,
                                       late ? "no answer about this host name within " + seconds(options.lookup_timeout)
                                            : "host name not found (" + answer.error().message() + ")");
        }
        found = std::move(*answer);
    }
    const auto allowed = past_the_guard(found, url, progress);
    if (!allowed) co_return allowed.error();

    progress.stage = Progress::Stage::connecting;
    HttpFailure last;
    for (std::size_t i = 0; i < allowed->size() && i < options.max_addresses; ++i) {
        auto opened = co_await connect((*allowed)[i], url, progress);
        if (opened) co_return opened;
        last = opened.error();
    }
    co_return last;
}

boost::system::result<Addresses, HttpFailure> Opener::past_the_guard(const Addresses& found, const Url& url,
                                                                     const Progress& progress) const {
    Addresses allowed;
    std::string reason = "has no address";
    for (const auto& address : found) {
        if (const auto refusal = options.egress.refusal(address, url.port)) {
            reason = url.literal ? *refusal : fmt::format("leads to {}, which {}", address.to_string(), *refusal);
        } else {
            allowed.push_back(address);
        }
    }
    if (allowed.empty()) return progress.failure(HttpErrc::blocked, reason);
    return allowed;
}

asio::awaitable<Opener::Opened> Opener::connect(asio::ip::address address, const Url& url, Progress& progress) {
    const auto refused = [&](HttpErrc code, const std::string& cause) {
        return progress.failure(code, fmt::format("could not connect to port {}: {}", url.port, cause));
    };
    const auto no_answer = "no answer within " + seconds(options.connect_timeout);
    const asio::ip::tcp::endpoint endpoint(address, url.port);
    auto socket = co_await with_timeout(clock, options.connect_timeout, dialer.connect(endpoint));
    if (!socket) {
        const bool late = socket.error() == make_error_code(Errc::timed_out);
        co_return refused(HttpErrc::connect_failed, late ? no_answer : socket.error().message());
    }
    if (!url.secure()) co_return plain_connection(std::move(*socket));

    auto shaken = co_await with_timeout(clock, options.connect_timeout, handshake(tls, std::move(*socket), url.host));
    if (!shaken) co_return refused(HttpErrc::tls_failed, no_answer);
    if (!shaken->connection) co_return progress.failure(HttpErrc::tls_failed, shaken->problem);
    co_return std::move(shaken->connection);
}

}  // namespace podbrief::net
