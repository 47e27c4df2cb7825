#include "adapters/http/client.hpp"

#include <fmt/format.h>

#include "adapters/http/exchange.hpp"
#include "adapters/http/web_socket.hpp"
#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

// Asio's race wants something that can be made from nothing.
struct Outcome {
    HttpResult result;
};

HttpFailure too_late(const Progress& progress, Millis deadline) {
    return progress.failure(HttpErrc::timed_out,
                            fmt::format("took longer than {:g} s ({})", static_cast<double>(deadline.count()) / 1000.0,
                                        to_words(progress.stage)));
}

}  // namespace

struct Client::Impl {
    Impl(asio::any_io_executor executor, Clock& c, Resolver& r, ClientOptions o, Dialer* d)
        : clock(c),
          options(std::move(o)),
          tls(options.extra_ca_file),
          pool(clock, options.pool),
          own_dialer(std::move(executor)),
          opener{clock, r, d != nullptr ? *d : own_dialer, tls, options} {}

    // Follows redirects. `request` and `progress` belong to the caller, who waits.
    asio::awaitable<Result<Outcome>> follow(const HttpRequest& request, Progress& progress) {
        auto prepared = prepare(request, options.user_agent);
        if (!prepared) co_return Outcome{prepared.error()};
        Outgoing current = std::move(*prepared);
        std::vector<HttpRedirect> redirects;
        for (;;) {
            HttpResult answer = co_await exchange(current, request, progress);
            if (!answer) co_return Outcome{std::move(answer)};
            const std::string* location = find_header(answer->headers, "Location");
            if (request.max_redirects <= 0 || !is_redirect(answer->status) || location == nullptr) {
                answer->redirects = std::move(redirects);
                co_return Outcome{std::move(answer)};
            }
            if (redirects.size() >= static_cast<std::size_t>(request.max_redirects)) {
                co_return Outcome{progress.failure(HttpErrc::too_many_redirects,
                                                   fmt::format("sends on more than {} times", request.max_redirects))};
            }
            auto next = resolve_redirect(current.url, *location);
            if (!next) {
                HttpFailure failure = progress.failure(next.error().code, "");
                failure.detail = next.error().detail;
                co_return Outcome{std::move(failure)};
            }
            redirects.push_back({answer->status, current.url.text(), next->text()});
            current = redirected(std::move(current), answer->status, std::move(*next));
        }
    }

    // One hop, on a kept or a new connection.
    asio::awaitable<HttpResult> exchange(const Outgoing& request, const HttpRequest& asked, Progress& progress) {
        progress = Progress{};
        progress.host = request.url.host;
        const std::string key = fmt::format("{}://{}:{}", request.url.scheme, request.url.host, request.url.port);
        const auto turn = co_await pool.turn(key);

        Listening listening;
        listening.limits.header_bytes = options.max_header_bytes;
        listening.limits.body_bytes = asked.max_body_bytes;
        listening.follows_redirects = asked.max_redirects > 0;
        if (asked.take_piece) listening.take_piece = &asked.take_piece;
        auto connection = pool.take(key);
        bool reused = connection != nullptr;
        for (;;) {
            if (!connection) {
                auto opened = co_await opener.open(request.url, progress);
                if (!opened) co_return opened.error();
                connection = std::move(*opened);
                ++figures.connections_opened;
            } else {
                ++figures.connections_reused;
            }
            if (asked.may_begin && !asked.may_begin()) {
                pool.keep(key, std::move(connection));
                co_return progress.failure(HttpErrc::called_off, "called off before it was sent");
            }
            auto reply = co_await talk(*connection, request, listening, progress);
            if (reply) {
                if (reply->reusable) pool.keep(key, std::move(connection));
                co_return std::move(reply->response);
            }
            // The other side may have closed the kept connection just before: then this says nothing about it.
            const bool no_answer = progress.stage != Progress::Stage::reading;
            const bool lost = reply.error().code == HttpErrc::connection_lost;
            if (!reused || !lost || !no_answer || !(request.repeatable() || progress.handed == 0)) {
                co_return reply.error();
            }
            connection.reset();
            reused = false;
            progress.touched = progress.handed > 0;
            progress.handed = 0;
        }
    }

    asio::awaitable<Result<WebSocketClient::Opened>> open(const WebSocketRequest& asked, Progress& progress) {
        WebSocketClient::Opened out;
        const auto request = prepare(asked, options.user_agent);
        if (!request) {
            out.problem = request.error().detail;
            co_return out;
        }
        progress.host = request->url.host;
        auto connection = co_await opener.open(request->url, progress);
        if (!connection) {
            out.problem = connection.error().detail;
            co_return out;
        }
        ++figures.connections_opened;
        out = co_await open_web_socket(clock, std::move(*connection), *request, asked.max_message_bytes, progress);
        co_return out;
    }

    Clock& clock;
    ClientOptions options;
    TlsContext tls;
    ConnectionPool pool;
    TcpDialer own_dialer;
    Opener opener;
    Figures figures;
};

Client::Client(asio::any_io_executor executor, Clock& clock, Resolver& resolver, ClientOptions options, Dialer* dialer)
    : impl_(std::make_unique<Impl>(std::move(executor), clock, resolver, std::move(options), dialer)) {}
Client::~Client() = default;

asio::awaitable<HttpResult> Client::send(HttpRequest request) {
    Progress progress;
    auto outcome = co_await with_timeout(impl_->clock, request.deadline, impl_->follow(request, progress));
    if (outcome) co_return std::move(outcome->result);
    co_return too_late(progress, request.deadline);
}

asio::awaitable<WebSocketClient::Opened> Client::open(WebSocketRequest request) {
    Progress progress;
    progress.stage = Progress::Stage::looking_up;
    auto opened = co_await with_timeout(impl_->clock, request.deadline, impl_->open(request, progress));
    if (opened) co_return std::move(*opened);
    WebSocketClient::Opened out;
    out.problem = too_late(progress, request.deadline).detail;
    co_return out;
}

Client::Figures Client::figures() const {
    Figures out = impl_->figures;
    out.idle_connections = impl_->pool.idle_connections();
    return out;
}

}  // namespace podbrief::net
