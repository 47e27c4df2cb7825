#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/egress_guard.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::net {

// The proxies in front of our server, and how they tell who asks. Nobody else is believed: everybody can send such
// headers, and most proxies pass the ones on that they do not know. So one kind is read, the one that they do set.
class TrustedProxies {
public:
    enum class Header {
        x_forwarded_for,  // with X-Forwarded-Proto
        forwarded,        // RFC 7239
    };
    TrustedProxies() = default;
    TrustedProxies(std::vector<Network> networks, Header header) : networks_(std::move(networks)), header_(header) {}

    bool trusts(std::string_view address) const;
    // Where a proxy of ours asks: remote_address becomes the last address that is not one of our proxies, and https
    // what the proxy says. What cannot be read is where the reading ends. From elsewhere: nothing changes.
    void apply(ServerRequest& request) const;

private:
    std::vector<Network> networks_;
    Header header_ = Header::x_forwarded_for;
};

// Whether somebody stands between: a header says so, be it true or not.
bool says_forwarded(const ServerRequest& request);

// "127.0.0.1" for "::ffff:127.0.0.1"; nullopt: not an address.
std::optional<asio::ip::address> plain_address(std::string_view text);
bool is_within(const std::vector<Network>& networks, std::string_view address);

}  // namespace podbrief::net
