#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/doubles/platform_model.hpp"
#include "adapters/doubles/trouble.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_server.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::doubles {

namespace asio = boost::asio;

// One platform's API over its wire protocol. Whoever carries requests to it (a server on loopback, a bridge within one
// process) draws the fault of a call from Trouble by `op_of`, does itself what happens on the way there and back
// (refused, silent, reset, slow), and hands the rest over in the Call.
class ApiDouble {
public:
    struct Answer {
        ServerResponse response;
        std::uint64_t ticket = 0;  // for PlatformModel::told, once the answer has reached whoever asked; 0: none
    };
    virtual ~ApiDouble() = default;
    virtual PlatformModel& model() = 0;
    // What the request does, in the words of Trouble: "post", "edit", "reserve", "find"; others have their own.
    virtual std::string op_of(const ServerRequest& request) const = 0;
    // Carries it out. May be called again later with the same request (a call that takes effect late).
    virtual Answer answer(const ServerRequest& request, const Call& call) = 0;
    // Returns when the request can be answered: at once, but for those that wait for news (long polling).
    virtual asio::awaitable<void> ready(const ServerRequest& request);
};

// One request over a real connection, with a fault that is drawn. nullopt: no answer comes, and the connection is to be
// cut; after a wait that outlasts every client where it is silence that was drawn.
asio::awaitable<std::optional<ServerResponse>> answered(ApiDouble& api, Clock& clock, Trouble& trouble,
                                                        ServerRequest request);

// The double behind a server that cannot cut connections: 500 stands for that.
ServerHandler handler_of(ApiDouble& api, Clock& clock, Trouble& trouble);

// What serves one WebSocket that was opened with `request`, until it is closed.
using SocketHandler = std::function<asio::awaitable<void>(ServerRequest request, std::unique_ptr<WebSocket> socket)>;

}  // namespace podbrief::doubles
