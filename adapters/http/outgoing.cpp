#include "adapters/http/outgoing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/http/header_rules.hpp"

namespace podbrief::net {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view other) { return same_name(name, other); });
}

constexpr std::array<std::string_view, 8> own_headers = {
    "Host", "Connection", "Proxy-Connection", "Keep-Alive", "Expect", "Content-Length", "Upgrade", "Transfer-Encoding"};
constexpr std::array<std::string_view, 4> own_socket_headers = {"Sec-WebSocket-Key", "Sec-WebSocket-Version",
                                                                "Sec-WebSocket-Accept", "Sec-WebSocket-Extensions"};
constexpr std::array<std::string_view, 5> credentials = {"Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key",
                                                         "Api-Key"};
constexpr std::array<std::string_view, 4> about_body = {"Content-Type", "Content-Encoding", "Content-Language",
                                                        "Content-MD5"};

template <std::size_t N>
void drop(std::vector<HttpHeader>& headers, const std::array<std::string_view, N>& names) {
    std::erase_if(headers, [&](const HttpHeader& header) { return is_one_of(header.name, names); });
}

HttpFailure unsendable(HttpErrc code, std::string detail) {
    HttpFailure out;
    out.code = code;
    out.detail = std::move(detail);
    return out;
}

// The same server, or the same one by TLS instead of without.
bool may_see_credentials(const Url& before, const Url& after) {
    if (before.same_origin(after)) return true;
    return before.host == after.host && before.port == 80 && after.port == 443 && after.secure();
}

void set_unless_there(std::vector<HttpHeader>& headers, const char* name, const std::string& value) {
    if (find_header(headers, name) == nullptr && !value.empty()) headers.push_back({name, value});
}

}  // namespace

boost::system::result<Outgoing, HttpFailure> prepare(const HttpRequest& request, const std::string& user_agent) {
    auto url = parse_url(request.url);
    if (!url) return url.error();
    if (!is_token(request.method) || request.method == "CONNECT") {
        return unsendable(HttpErrc::malformed, fmt::format("{}: this request method cannot be sent", url->host));
    }
    if (const auto problem = unfit_header(request.headers)) {
        return unsendable(HttpErrc::malformed, fmt::format("{}: not sent, {}", url->host, *problem));
    }
    Outgoing out;
    out.method = request.method;
    out.url = std::move(*url);
    out.headers = request.headers;
    out.body = request.body;
    drop(out.headers, own_headers);
    set_unless_there(out.headers, "User-Agent", user_agent);
    set_unless_there(out.headers, "Accept", "*/*");
    set_unless_there(out.headers, "Accept-Encoding", "gzip, deflate, br");
    return out;
}

boost::system::result<Outgoing, HttpFailure> prepare(const WebSocketRequest& request, const std::string& user_agent) {
    auto url = parse_web_socket_url(request.url);
    if (!url) return url.error();
    if (const auto problem = unfit_header(request.headers)) {
        return unsendable(HttpErrc::malformed, fmt::format("{}: not sent, {}", url->host, *problem));
    }
    Outgoing out;
    out.method = "GET";
    out.url = std::move(*url);
    out.headers = request.headers;
    drop(out.headers, own_headers);
    drop(out.headers, own_socket_headers);
    set_unless_there(out.headers, "User-Agent", user_agent);
    return out;
}

std::string wire_form(const Outgoing& request) {
    std::string out =
        fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.url.target, request.url.authority());
    for (const auto& header : request.headers) out += fmt::format("{}: {}\r\n", header.name, header.value);
    const bool expects_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (expects_body || !request.body.empty()) out += fmt::format("Content-Length: {}\r\n", request.body.size());
    out += "\r\n";
    out += request.body;
    return out;
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Outgoing redirected(Outgoing request, int status, Url next) {
    const bool was_post = request.method == "POST" && (status == 301 || status == 302);
    const bool see_other = status == 303 && request.method != "HEAD";
    if (was_post || see_other) {
        request.method = "GET";
        request.body.clear();
        drop(request.headers, about_body);
    }
    if (!may_see_credentials(request.url, next)) drop(request.headers, credentials);
    request.url = std::move(next);
    return request;
}

}  // namespace podbrief::net
