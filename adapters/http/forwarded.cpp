#include "adapters/http/forwarded.hpp"

#include <algorithm>

namespace podbrief::net {
namespace {

constexpr std::size_t most_hops = 32;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool same(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// The parts of a list, commas within quotes left alone.
std::vector<std::string_view> parts_of(std::string_view list, char between) {
    std::vector<std::string_view> parts;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= list.size(); ++at) {
        if (at < list.size() && list[at] == '"') quoted = !quoted;
        if (at < list.size() && (quoted || list[at] != between)) continue;
        parts.push_back(trimmed(list.substr(begin, at - begin)));
        begin = at + 1;
    }
    return parts;
}

// The last of all headers of that name, taken together.
std::vector<std::string_view> last_parts(const ServerRequest& request, std::string_view name) {
    std::vector<std::string_view> all;
    for (const HttpHeader& header : request.headers) {
        if (!same(header.name, name)) continue;
        const auto parts = parts_of(header.value, ',');
        all.insert(all.end(), parts.begin(), parts.end());
    }
    if (all.size() > most_hops) all.erase(all.begin(), all.end() - most_hops);
    return all;
}

// "192.0.2.1", "192.0.2.1:99", "[2001:db8::1]:99", "2001:db8::1".
std::optional<asio::ip::address> address_in(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        return plain_address(text.substr(1, end - 1));
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
        text = text.substr(0, colon);
    }
    return plain_address(text);
}

std::string_view value_in(std::string_view element, std::string_view name) {
    for (const std::string_view pair : parts_of(element, ';')) {
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && same(trimmed(pair.substr(0, equals)), name)) {
            return trimmed(pair.substr(equals + 1));
        }
    }
    return {};
}

}  // namespace

std::optional<asio::ip::address> plain_address(std::string_view text) {
    constexpr std::size_t longest = 64;
    if (text.size() > longest) return std::nullopt;
    boost::system::error_code problem;
    asio::ip::address address = asio::ip::make_address(std::string(text), problem);
    if (problem) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address;
}

bool is_within(const std::vector<Network>& networks, std::string_view address) {
    const auto plain = plain_address(address);
    return plain && std::any_of(networks.begin(), networks.end(),
                                [&](const Network& network) { return network.contains(*plain); });
}

bool TrustedProxies::trusts(std::string_view address) const {
    return !networks_.empty() && is_within(networks_, address);
}

void TrustedProxies::apply(ServerRequest& request) const {
    if (!trusts(request.remote_address)) return;
    const bool standard = header_ == Header::forwarded;
    const std::vector<std::string_view> hops = last_parts(request, standard ? "Forwarded" : "X-Forwarded-For");
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const auto address = address_in(standard ? value_in(*hop, "for") : *hop);
        if (!address) break;
        request.remote_address = address->to_string();
        if (!trusts(request.remote_address)) break;
    }
    const std::vector<std::string_view> schemes =
        standard ? std::vector<std::string_view>() : last_parts(request, "X-Forwarded-Proto");
    std::string_view scheme = schemes.empty() ? std::string_view() : schemes.back();
    if (standard && !hops.empty()) scheme = value_in(hops.back(), "proto");
    if (!scheme.empty()) request.https = same(scheme, "https") || same(scheme, "\"https\"");
}

bool says_forwarded(const ServerRequest& request) {
    constexpr std::string_view names[] = {"Forwarded",        "X-Forwarded-For", "X-Forwarded-Proto",
                                          "X-Forwarded-Host", "X-Real-IP",       "Via"};
    return std::any_of(request.headers.begin(), request.headers.end(), [&](const HttpHeader& header) {
        return std::any_of(std::begin(names), std::end(names),
                           [&](std::string_view name) { return same(header.name, name); });
    });
}

}  // namespace podbrief::net
