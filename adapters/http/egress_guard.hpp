#pragma once
#include <boost/asio/ip/address.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::net {

namespace asio = boost::asio;

// An address block such as 10.0.0.0/8.
struct Network {
    asio::ip::address address;
    unsigned prefix = 0;  // bits, 0..32 or 0..128

    bool contains(const asio::ip::address& other) const;
    bool operator==(const Network&) const = default;
};

struct NetworkProblem {
    std::string message;  // for people: what was written, and what is wrong with it
};
[[noreturn]] void throw_exception_from_error(const NetworkProblem& problem, const boost::source_location& location);

// "127.0.0.0/8", "fd00::/8"; a bare address means that address alone. Bits beyond the prefix must be zero.
boost::system::result<Network, NetworkProblem> parse_network(std::string_view text);

// Whether strangers' URLs may lead there: false for everything that is not plain global unicast, and for addresses
// that wrap another one (v4-mapped, NAT64, 6to4, Teredo).
bool is_public(const asio::ip::address& address);

// Who may be connected to. Asked with the very address that is about to be connected, on every hop.
struct EgressPolicy {
    std::vector<Network> allowed;                  // allowed although not public, on any port (development, tests)
    std::vector<std::uint16_t> ports = {80, 443};  // of public addresses

    // nullopt: go ahead. Otherwise the reason, to follow the address: "is a private address".
    std::optional<std::string> refusal(const asio::ip::address& address, std::uint16_t port) const;
};

}  // namespace podbrief::net
