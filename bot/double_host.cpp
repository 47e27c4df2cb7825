#include "bot/double_host.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "adapters/http/server.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

using doubles::Call;
using doubles::Fault;
using doubles::FaultKind;

constexpr Millis longest_silence{60'000};

// The server cuts a connection whose handler ends so.
[[noreturn]] void hang_up() {
    throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace

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
    const std::string op = platform_.op_of(request);
    Call call(clock_.wall_now());
    call.fault = trouble_.next(platform_.model().platform(), op, call.at);
    call.answer_travels = true;
    const Fault fault = call.fault;
    const bool cut = fault.kind == FaultKind::refused || fault.kind == FaultKind::connect_blackhole ||
                     fault.kind == FaultKind::half_written;
    if (cut) hang_up();
    if (fault.kind == FaultKind::made_late) {
        platform_.model().later(call.at + fault.delay, [this, request, began = call.began](WallTime now) {
            Call again(now);
            again.began = began;
            again.answer_travels = true;  // to nobody: who asked has given up
            platform_.answer(request, again);
        });
    }
    const bool never =
        (fault.kind == FaultKind::silent || fault.kind == FaultKind::reset || fault.kind == FaultKind::answer_lost) &&
        !fault.made;
    doubles::ApiDouble::Answer out;
    if (!never && fault.kind != FaultKind::made_late) {
        co_await platform_.ready(request);
        call.at = clock_.wall_now();
        out = platform_.answer(request, call);
    }
    if (fault.kind == FaultKind::reset || fault.kind == FaultKind::answer_lost) hang_up();
    if (fault.kind == FaultKind::silent || fault.kind == FaultKind::made_late) {
        co_await clock_.sleep_for(longest_silence);
        hang_up();
    }
    if (fault.kind == FaultKind::slow_answer) co_await clock_.sleep_for(fault.delay);
    if (out.ticket != 0) platform_.model().told(out.ticket, clock_.wall_now());
    co_return std::move(out.response);
}

}  // namespace podbrief::bot
