#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct HttpHeader {
    std::string name;
    std::string value;
    bool operator==(const HttpHeader&) const = default;
};

// The first header of that name, compared without case; nullptr when there is none.
const std::string* find_header(const std::vector<HttpHeader>& headers, std::string_view name);

struct HttpRequest {
    std::string method = "GET";
    std::string url;  // absolute, http or https
    std::vector<HttpHeader> headers;
    std::string body;
    Millis deadline{20'000};                   // for the whole exchange, all redirects included
    std::size_t max_body_bytes = 32ull << 20;  // of the decoded body
    int max_redirects = 5;                     // 0: a 3xx is returned as the response
    // Asked directly before the first byte of each sending, when the connection is there; false: called_off. Empty:
    // yes.
    std::function<bool()> may_begin;
    // Takes the decoded body of an answer with status 200 piece by piece, in place of HttpResponse::body: for what is
    // too large for memory. max_body_bytes counts all pieces. False: no more is wanted (called_off). Empty: none.
    std::function<asio::awaitable<bool>(std::string piece)> take_piece;
};

struct HttpRedirect {
    int status = 0;
    std::string from;
    std::string to;
    bool operator==(const HttpRedirect&) const = default;
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;      // in order, as received
    std::string body;                     // decoded (gzip, deflate, br)
    std::string url;                      // the address that answered
    std::vector<HttpRedirect> redirects;  // in order; empty: answered by the address asked for
};

// What the other side may have seen of a request that failed.
enum class HandedOver {
    nothing,         // not one byte of the (last) request reached the socket: safe to send again
    maybe_executed,  // some or all of it did: it may have been carried out
};

enum class HttpErrc {
    bad_url,  // not an absolute http(s) URL, or with control characters
    blocked,  // the egress guard forbids the address, the port or the redirect
    resolve_failed,
    connect_failed,
    tls_failed,
    timed_out,
    connection_lost,  // reset, or closed before the message was whole
    malformed,        // not HTTP, or broken framing or encoding
    too_large,        // header or decoded body over its limit
    too_many_redirects,
    called_off,  // by HttpRequest::may_begin
};
std::string_view to_string(HttpErrc);

// No answer came. (An answer with a status of 400 or more is an HttpResponse.)
struct HttpFailure {
    HttpErrc code = HttpErrc::connection_lost;
    HandedOver handed_over = HandedOver::nothing;
    std::size_t bytes_handed_over = 0;  // bytes of the last request that were handed to the socket (or TLS layer)
    std::string detail;                 // one line for people: host and cause, no secrets (no query, no userinfo)
};
[[noreturn]] void throw_exception_from_error(const HttpFailure& failure, const boost::source_location& location);

using HttpResult = boost::system::result<HttpResponse, HttpFailure>;

// One exchange of HTTP over the network. Cancellation: throws operation_aborted.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual asio::awaitable<HttpResult> send(HttpRequest request) = 0;
};

}  // namespace podbrief
