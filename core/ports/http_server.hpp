#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/http_client.hpp"

namespace podbrief {

// A request that somebody made of us, and what we answer. Plain values: adapters that are called from outside take and
// give these, and know no server (adapters/http has one).
struct ServerRequest {
    std::string method;
    std::string target;  // as received: path and query, printable ASCII
    std::vector<HttpHeader> headers;
    std::string body;            // as sent, so that a signature can be checked; never compressed
    std::string remote_address;  // of whoever asks; behind a proxy that we trust, what that says of it
    bool https = false;          // by TLS, as far as that proxy

    std::string_view path() const;   // before '?', not decoded
    std::string_view query() const;  // after '?'
};

struct ServerResponse {
    int status = 200;
    std::vector<HttpHeader> headers;  // Content-Length, Date and Connection are added
    std::string body;                 // left out of the answer to HEAD
};
ServerResponse text_response(int status, std::string body, std::string content_type = "text/plain; charset=utf-8");
ServerResponse json_response(int status, std::string json);

// Answers one request. What it throws is answered 500.
using ServerHandler = std::function<asio::awaitable<ServerResponse>(ServerRequest)>;

// application/x-www-form-urlencoded, in order, decoded; nullopt: broken escapes or more than `most` fields.
struct FormField {
    std::string name;
    std::string value;
    bool operator==(const FormField&) const = default;
};
std::optional<std::vector<FormField>> parse_form(std::string_view encoded, std::size_t most = 100);
// Of the first field of that name; empty: none.
std::string_view form_value(const std::vector<FormField>& fields, std::string_view name);
std::string to_form(const std::vector<FormField>& fields);

}  // namespace podbrief
