#include "adapters/http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/url/parse.hpp>
#include <charconv>
#include <vector>

namespace podbrief::net {
namespace {

namespace urls = boost::urls;

constexpr std::size_t longest_url = 8192;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

std::uint16_t default_port(std::string_view scheme) {
    return scheme == "https" ? 443 : 80;
}

HttpFailure bad_url(std::string detail, HttpErrc code = HttpErrc::bad_url) {
    HttpFailure out;
    out.code = code;
    out.detail = std::move(detail);
    return out;
}

// Path and query with every character escaped that may not stand there as it is. Escapes that are there stay.
std::string escape_rest(std::string_view rest) {
    constexpr std::string_view plain = "-._~!$&'()*+,;=:@/?";
    std::string out;
    out.reserve(rest.size());
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        const bool escape = c == '%' && i + 2 < rest.size() && is_hex(rest[i + 1]) && is_hex(rest[i + 2]);
        if (escape || is_alpha(c) || is_digit(c) || plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

// Whether some parser could read this name as an IPv4 address (WHATWG: its last label is a number).
bool ends_in_number(std::string_view host) {
    const auto dot = host.rfind('.');
    const auto label = dot == std::string_view::npos ? host : host.substr(dot + 1);
    if (label.empty()) return false;
    if (std::all_of(label.begin(), label.end(), is_digit)) return true;
    return label.starts_with("0x") && std::all_of(label.begin() + 2, label.end(), is_hex);
}

bool is_host_name(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    std::size_t label = 0;
    for (const char c : host) {
        if (c == '.') {
            if (label == 0) return false;
            label = 0;
        } else if (is_alpha(c) || is_digit(c) || c == '-' || c == '_') {
            if (++label > 63) return false;
        } else {
            return false;
        }
    }
    return label > 0;
}

// Fills host and literal; the failure otherwise.
std::optional<HttpFailure> set_host(Url& url, std::string_view written) {
    boost::system::error_code bad;
    if (written.starts_with('[') && written.ends_with(']')) {
        const auto address = asio::ip::make_address_v6(std::string(written.substr(1, written.size() - 2)), bad);
        if (bad || address.scope_id() != 0) return bad_url("the address in brackets is not an IPv6 address");
        url.literal = address;
        url.host = address.to_string();
        return std::nullopt;
    }
    std::string host = lower(written);
    if (host.ends_with('.')) host.pop_back();
    if (const auto address = asio::ip::make_address_v4(host, bad); !bad) {
        url.literal = address;
        url.host = address.to_string();
        return std::nullopt;
    }
    if (ends_in_number(host)) {
        return bad_url(fmt::format("{}: write an IP address as four decimal numbers", host), HttpErrc::blocked);
    }
    if (!is_host_name(host)) return bad_url("the URL has no usable host name");
    url.host = std::move(host);
    return std::nullopt;
}

// host[:port]. Split here and not by Boost.URL 1.81, which takes the host of http://1.2.3.4.example/ for 1.2.3.4.
std::optional<HttpFailure> read_authority(Url& url, std::string_view authority) {
    const auto bracket = authority.starts_with('[') ? authority.find(']') : 0;
    if (bracket == std::string_view::npos) return bad_url("the URL has no usable host name");
    const auto colon = authority.find(':', bracket);
    url.port = default_port(url.scheme);
    if (colon != std::string_view::npos && colon + 1 < authority.size()) {
        const auto digits = authority.substr(colon + 1);
        unsigned port = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65535) {
            return bad_url("the port is not a number from 1 to 65535");
        }
        url.port = static_cast<std::uint16_t>(port);
    }
    return set_host(url, authority.substr(0, colon));
}

// A second reader, as a guard against mistakes of the first. Its own are avoided: only what comes after a host that is
// known to be good is put before it.
bool boost_agrees(const Url& url) {
    const std::string text = fmt::format("{}://host{}", url.scheme, url.target);
    const auto parsed = urls::parse_uri(text);
    if (!parsed || parsed->has_fragment() || parsed->has_userinfo()) return false;
    std::string target(parsed->encoded_path().data(), parsed->encoded_path().size());
    if (parsed->has_query()) {
        target += '?';
        target.append(parsed->encoded_query().data(), parsed->encoded_query().size());
    }
    return target == url.target;
}

// RFC 3986, 5.2.4, for a path that starts with '/'.
std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    bool folder = false;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        folder = segment == "." || segment == "..";
        if (segment == ".." && !kept.empty()) kept.pop_back();
        if (!folder) kept.push_back(segment);
    }
    std::string out;
    for (const auto segment : kept) out.append("/").append(segment);
    if (folder) out += '/';
    return out;
}

// RFC 3986, 5.2.2, for a reference without scheme and host. Both are escaped.
std::string joined_target(std::string_view base, std::string_view reference) {
    const auto question = std::min(reference.find('?'), reference.size());
    const auto path = reference.substr(0, question);
    const auto query = reference.substr(question);
    const auto base_path = base.substr(0, base.find('?'));
    if (path.empty()) return std::string(query.empty() ? base : base_path).append(query);
    const std::string whole = path.starts_with('/')
                                  ? std::string(path)
                                  : std::string(base_path.substr(0, base_path.rfind('/') + 1)).append(path);
    return without_dot_segments(whole).append(query);
}

// The length of a leading "scheme", where one is followed by ':'; 0 otherwise.
std::size_t scheme_length(std::string_view text) {
    if (text.empty() || !is_alpha(text[0])) return 0;
    const auto end = std::find_if_not(text.begin(), text.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    });
    return end != text.end() && *end == ':' ? static_cast<std::size_t>(end - text.begin()) : 0;
}

}  // namespace

std::string Url::authority() const {
    const bool brackets = literal && literal->is_v6();
    std::string out = brackets ? fmt::format("[{}]", host) : host;
    if (port != default_port(scheme)) out += fmt::format(":{}", port);
    return out;
}

std::string Url::text() const {
    return fmt::format("{}://{}{}", scheme, authority(), target);
}

bool Url::same_origin(const Url& other) const {
    return scheme == other.scheme && host == other.host && port == other.port;
}

UrlResult parse_url(std::string_view text) {
    if (text.size() > longest_url) return bad_url(fmt::format("the URL is longer than {} bytes", longest_url));
    if (has_control(text)) return bad_url("the URL has a control character in it");
    Url out;
    out.scheme = lower(text.substr(0, scheme_length(text)));
    if (out.scheme != "http" && out.scheme != "https")
        return bad_url("the URL does not start with http:// or https://");
    auto rest = text.substr(out.scheme.size() + 1);
    if (!rest.starts_with("//")) return bad_url("the URL does not start with http:// or https://");
    rest.remove_prefix(2);
    rest = rest.substr(0, rest.find('#'));
    const auto authority = rest.substr(0, rest.find_first_of("/?"));
    rest.remove_prefix(authority.size());

    if (authority.find('@') != std::string_view::npos) return bad_url("the URL has a user name or password in it");
    if (std::any_of(authority.begin(), authority.end(), [](unsigned char c) { return c >= 0x80; })) {
        return bad_url("the host name is not ASCII; write it in its xn-- form");
    }
    if (authority.find_first_of("%\\ ") != std::string_view::npos) return bad_url("the URL has no usable host name");

    if (auto failure = read_authority(out, authority)) return *failure;
    out.target = (rest.starts_with('/') ? "" : "/") + escape_rest(rest);
    if (!boost_agrees(out)) return bad_url("this is not a URL");
    return out;
}

UrlResult parse_web_socket_url(std::string_view text) {
    const auto length = scheme_length(text);
    const std::string scheme = lower(text.substr(0, length));
    if (scheme != "ws" && scheme != "wss") return bad_url("the URL does not start with ws:// or wss://");
    if (text.size() > longest_url) return bad_url(fmt::format("the URL is longer than {} bytes", longest_url));
    if (!text.substr(length).starts_with("://")) return bad_url("the URL does not start with ws:// or wss://");
    return parse_url(fmt::format("{}{}", scheme == "ws" ? "http" : "https", text.substr(length)));
}

UrlResult resolve_redirect(const Url& base, std::string_view location) {
    const auto as_redirect = [&](UrlResult result) -> UrlResult {
        if (result) {
            if (base.secure() && !result->secure()) {
                return bad_url(fmt::format("{}: sends on from https to http, to {}", base.host, result->host),
                               HttpErrc::blocked);
            }
            return result;
        }
        HttpFailure failure = result.error();
        if (failure.code == HttpErrc::bad_url) failure.code = HttpErrc::malformed;
        failure.detail = fmt::format("{}: sends on to an unusable address ({})", base.host, failure.detail);
        return failure;
    };
    if (const auto length = scheme_length(location)) {
        const auto scheme = lower(location.substr(0, length));
        if (scheme != "http" && scheme != "https") {
            return bad_url(fmt::format("{}: sends on to a {}: address", base.host, scheme.substr(0, 20)),
                           HttpErrc::blocked);
        }
        return as_redirect(parse_url(location));
    }
    if (location.starts_with("//")) return as_redirect(parse_url(fmt::format("{}:{}", base.scheme, location)));
    if (location.size() > longest_url) return as_redirect(bad_url("the URL is too long"));
    if (has_control(location)) return as_redirect(bad_url("the URL has a control character in it"));

    const std::string reference = escape_rest(location.substr(0, location.find('#')));
    Url next = base;
    next.target = joined_target(base.target, reference);
    return as_redirect(parse_url(next.text()));
}

std::string without_secrets(std::string_view url) {
    url = url.substr(0, std::min(url.find_first_of("?#"), std::size_t{300}));
    std::string out;
    if (const auto start = url.find("://"); start != std::string_view::npos) {
        out = url.substr(0, start + 3);
        url.remove_prefix(start + 3);
    }
    const auto authority = url.substr(0, url.find_first_of("/\\"));
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
    for (const char c : url) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return out;
}

}  // namespace podbrief::net
