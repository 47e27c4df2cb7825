#include "adapters/http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <charconv>

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
    if (written.starts_with('[')) {
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

    const std::string target = (rest.starts_with('/') ? "" : "/") + escape_rest(rest);
    const auto parsed = urls::parse_uri(fmt::format("{}://{}{}", out.scheme, authority, target));
    if (!parsed) return bad_url("this is not a URL");
    const std::string host(parsed->encoded_host().data(), parsed->encoded_host().size());
    if (auto failure = set_host(out, host)) return *failure;
    out.port = default_port(out.scheme);
    if (parsed->has_port() && !parsed->port().empty()) {
        const std::string digits = parsed->port();
        unsigned port = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65535) {
            return bad_url("the port is not a number from 1 to 65535");
        }
        out.port = static_cast<std::uint16_t>(port);
    }
    out.target = target;
    return out;
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

    const auto from = urls::parse_uri(base.text());
    // A first segment with ':' would read as a scheme.
    std::string escaped = escape_rest(location.substr(0, location.find('#')));
    const auto reference = urls::parse_relative_ref(escaped);
    urls::url joined;
    if (!from || !reference || !urls::resolve(*from, *reference, joined)) {
        return as_redirect(bad_url("this is not a URL"));
    }
    return as_redirect(parse_url(std::string_view(joined.data(), joined.size())));
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
