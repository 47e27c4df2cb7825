#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/http/url.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

// What is asked for at one hop of an exchange, and how it changes on the way to the next.
struct Outgoing {
    std::string method;
    Url url;
    std::vector<HttpHeader> headers;
    std::string body;

    // Nobody's state changes: may be sent twice.
    bool repeatable() const { return method == "GET" || method == "HEAD"; }
};

// Checked; the failure says what may not be sent. Host, Connection, Content-Length, Transfer-Encoding and Expect are
// the client's own business: the caller's are left out. Accept-Encoding and User-Agent are set unless the caller did.
boost::system::result<Outgoing, HttpFailure> prepare(const HttpRequest& request, const std::string& user_agent);

// The same for a request to open a WebSocket, whose Upgrade and Sec-WebSocket headers, but for the protocol, are the
// client's own business too.
boost::system::result<Outgoing, HttpFailure> prepare(const WebSocketRequest& request, const std::string& user_agent);

// The bytes of the request.
std::string wire_form(const Outgoing& request);

// 301, 302, 303, 307, 308: the answer sends the asker on.
bool is_redirect(int status);

// The request to send to `next`, after an answer with that status: POST becomes GET as browsers do it (301, 302, 303),
// and credentials do not go to another host.
Outgoing redirected(Outgoing request, int status, Url next);

}  // namespace podbrief::net
