#pragma once
#include <boost/asio/ip/address.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/http_client.hpp"

namespace podbrief::net {

// An absolute http(s) URL that is safe to ask for: no control characters, no user or password, a plain ASCII host.
struct Url {
    std::string scheme;                        // "http" or "https"
    std::string host;                          // lower case, no brackets, no final dot
    std::uint16_t port = 0;                    // the scheme's own where none was given
    std::string target;                        // path and query, as sent; starts with '/'
    std::optional<asio::ip::address> literal;  // the host, where it is an address

    bool secure() const { return scheme == "https"; }
    std::string authority() const;  // the Host header: the port only where it is not the scheme's own
    std::string text() const;
    bool same_origin(const Url& other) const;  // scheme, host and port
    bool operator==(const Url&) const = default;
};

using UrlResult = boost::system::result<Url, HttpFailure>;

// At most 8 KiB. Characters that people and feeds leave unescaped in path and query (spaces, UTF-8, brackets) are
// escaped; a fragment is dropped. The error is bad_url, or blocked for a host that is an IP address in an unusual
// spelling (decimal, octal, hexadecimal, short), which parsers read differently.
UrlResult parse_url(std::string_view text);

// The same for ws and wss; the result has http or https for them, for that is how a WebSocket begins.
UrlResult parse_web_socket_url(std::string_view text);

// Where a Location header of an answer from `base` leads. The error is malformed, or blocked for another scheme or
// a step from https down to http.
UrlResult resolve_redirect(const Url& base, std::string_view location);

// For messages and logs: without user, query and fragment, which may hold keys. Never fails; unusable input is cut
// to its harmless part.
std::string without_secrets(std::string_view url);

}  // namespace podbrief::net
