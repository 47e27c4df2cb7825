#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http/client.hpp"
#include "adapters/http/connection.hpp"
#include "adapters/http/outgoing.hpp"
#include "adapters/http/response_reader.hpp"

namespace podbrief::net {

// How far the current hop has come: what a failure tells, also one that comes from outside (the deadline).
struct Progress {
    enum class Stage { waiting_for_turn, looking_up, connecting, sending, waiting_for_answer, reading };
    Stage stage = Stage::waiting_for_turn;
    std::string host;
    std::size_t handed = 0;  // bytes of the last sending of the request
    bool touched = false;    // an earlier sending of it, too, handed bytes over

    HttpFailure failure(HttpErrc code, const std::string& cause) const;
};
std::string_view to_words(Progress::Stage stage);

struct Reply {
    HttpResponse response;
    bool reusable = false;  // the connection can take another request
};
using ReplyResult = boost::system::result<Reply, HttpFailure>;

// What of the caller's request concerns its answer.
struct Listening {
    ResponseReader::Limits limits;
    bool follows_redirects = true;  // the body of a redirect that will be followed is not read
    // HttpRequest::take_piece; null: the body is kept whole. What it refers to belongs to the caller, who waits.
    const std::function<asio::awaitable<bool>(std::string)>* take_piece = nullptr;
};

// One request and its answer on an open connection.
asio::awaitable<ReplyResult> talk(Connection& connection, const Outgoing& request, Listening listening,
                                  Progress& progress);

// A new connection to the host of `url`: name looked up, addresses past the guard, TLS for https.
struct Opener {
    Clock& clock;
    Resolver& resolver;
    Dialer& dialer;
    TlsContext& tls;
    const ClientOptions& options;

    using Opened = boost::system::result<std::unique_ptr<Connection>, HttpFailure>;
    asio::awaitable<Opened> open(const Url& url, Progress& progress);

private:
    boost::system::result<Addresses, HttpFailure> past_the_guard(const Addresses& found, const Url& url,
                                                                 const Progress& progress) const;
    asio::awaitable<Opened> connect(asio::ip::address address, const Url& url, Progress& progress);
};

}  // namespace podbrief::net
