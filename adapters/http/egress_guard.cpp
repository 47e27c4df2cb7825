#include "adapters/http/egress_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/throw_exception.hpp>
#include <charconv>
#include <stdexcept>

namespace podbrief::net {
namespace {

using asio::ip::address;

// The first `prefix` bits are the same.
template <std::size_t N>
bool same_prefix(const std::array<unsigned char, N>& a, const std::array<unsigned char, N>& b, unsigned prefix) {
    const unsigned whole = prefix / 8;
    if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
    const unsigned rest = prefix % 8;
    if (rest == 0) return true;
    const unsigned mask = 0xFFu << (8 - rest) & 0xFFu;
    return (a[whole] & mask) == (b[whole] & mask);
}

template <std::size_t N>
bool zero_beyond(const std::array<unsigned char, N>& bytes, unsigned prefix) {
    for (unsigned bit = prefix; bit < N * 8; ++bit) {
        if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) return false;
    }
    return true;
}

struct Special {
    std::string_view network;
    std::string_view what;
};

// IANA's special-purpose address registries, without the few entries that are reachable from everywhere.
constexpr Special specials[] = {
    {"0.0.0.0/8", "an address of this host"},
    {"10.0.0.0/8", "a private address"},
    {"100.64.0.0/10", "a shared (carrier) address"},
    {"127.0.0.0/8", "a loopback address"},
    {"168.63.129.16/32", "a cloud provider's internal address"},
    {"169.254.0.0/16", "a link-local address"},
    {"172.16.0.0/12", "a private address"},
    {"192.0.0.0/24", "a reserved address"},
    {"192.0.2.0/24", "an address for documentation"},
    {"192.88.99.0/24", "a reserved address"},
    {"192.168.0.0/16", "a private address"},
    {"198.18.0.0/15", "an address for benchmarks"},
    {"198.51.100.0/24", "an address for documentation"},
    {"203.0.113.0/24", "an address for documentation"},
    {"224.0.0.0/4", "a multicast address"},
    {"240.0.0.0/4", "a reserved address"},
    {"::/128", "an address of this host"},
    {"::1/128", "a loopback address"},
    {"::ffff:0:0/96", "an IPv4 address in disguise"},
    {"::/96", "an IPv4 address in disguise"},
    {"64:ff9b::/96", "a NAT64 address"},
    {"64:ff9b:1::/48", "a NAT64 address"},
    {"2001:db8::/32", "an address for documentation"},
    {"2001::/32", "a Teredo address"},
    {"2001::/23", "a reserved address"},
    {"2002::/16", "a 6to4 address"},
    {"3ffe::/16", "a reserved address"},
    {"3fff::/20", "an address for documentation"},
    {"fc00::/7", "a private address"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a site-local address"},
    {"ff00::/8", "a multicast address"},
};

struct KnownNetwork {
    Network network;
    std::string_view what;
};

const std::vector<KnownNetwork>& known_networks() {
    static const auto all = [] {
        std::vector<KnownNetwork> out;
        for (const auto& special : specials) out.push_back({parse_network(special.network).value(), special.what});
        return out;
    }();
    return all;
}

const Network& global_v6() {
    static const Network all = parse_network("2000::/3").value();
    return all;
}

// What makes the address unfit; empty for a public one.
std::string_view flaw(const address& candidate) {
    if (candidate.is_v6() && candidate.to_v6().scope_id() != 0) return "an address with a zone";
    for (const auto& known : known_networks()) {
        if (known.network.contains(candidate)) return known.what;
    }
    if (candidate.is_v6() && !global_v6().contains(candidate)) return "a reserved address";
    return {};
}

}  // namespace

void throw_exception_from_error(const NetworkProblem& problem, const boost::source_location& location) {
    boost::throw_with_location(std::runtime_error(problem.message), location);
}

bool Network::contains(const asio::ip::address& other) const {
    if (address.is_v4() != other.is_v4()) return false;
    if (address.is_v4()) return same_prefix(address.to_v4().to_bytes(), other.to_v4().to_bytes(), prefix);
    return same_prefix(address.to_v6().to_bytes(), other.to_v6().to_bytes(), prefix);
}

boost::system::result<Network, NetworkProblem> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    boost::system::error_code bad;
    const auto parsed = asio::ip::make_address(std::string(text.substr(0, slash)), bad);
    if (bad || (parsed.is_v6() && parsed.to_v6().scope_id() != 0)) {
        return NetworkProblem{fmt::format("\"{}\" is not an IP network; write it like 10.0.0.0/8 or fd00::/8", text)};
    }
    const unsigned bits = parsed.is_v4() ? 32 : 128;
    unsigned prefix = bits;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
        if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || prefix > bits) {
            return NetworkProblem{fmt::format("\"{}\": after the slash comes a number from 0 to {}", text, bits)};
        }
    }
    const bool clean = parsed.is_v4() ? zero_beyond(parsed.to_v4().to_bytes(), prefix)
                                      : zero_beyond(parsed.to_v6().to_bytes(), prefix);
    if (!clean) {
        return NetworkProblem{fmt::format("\"{}\": the address has bits set beyond its /{} prefix", text, prefix)};
    }
    return Network{parsed, prefix};
}

bool is_public(const asio::ip::address& candidate) {
    return flaw(candidate).empty();
}

std::optional<std::string> EgressPolicy::refusal(const asio::ip::address& candidate, std::uint16_t port) const {
    const auto covers = [&](const Network& network) { return network.contains(candidate); };
    const bool scoped = candidate.is_v6() && candidate.to_v6().scope_id() != 0;
    if (!scoped && std::any_of(allowed.begin(), allowed.end(), covers)) return std::nullopt;
    if (const auto what = flaw(candidate); !what.empty()) return fmt::format("is {}", what);
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
        return fmt::format("may not be asked on port {}", port);
    }
    return std::nullopt;
}

}  // namespace podbrief::net
