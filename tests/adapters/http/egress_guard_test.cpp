#include "adapters/http/egress_guard.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/adapters/http/world.hpp"

namespace podbrief::net {
namespace {

using asio::ip::make_address;

TEST(EgressGuard, RefusesEveryAddressThatIsNotPlainlyPublic) {
    const char* refused[] = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::2",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "::ffff:0:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "3ffe::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%1",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "ff0e::1",
        "4000::1",
        "1::1",
        "2606:4700::1%3",
    };
    for (const auto* text : refused) EXPECT_FALSE(is_public(make_address(text))) << text;
}

TEST(EgressGuard, LetsPublicAddressesThroughUpToTheBordersOfTheSpecialOnes) {
    const char* allowed[] = {
        "1.1.1.1",         "8.8.8.8",
        "9.255.255.255",   "11.0.0.0",
        "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.1",
        "169.253.255.255", "169.255.0.0",
        "172.15.255.255",  "172.32.0.0",
        "191.255.255.255", "192.0.1.0",
        "192.0.3.0",       "192.167.255.255",
        "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",      "198.51.99.255",
        "198.51.101.0",    "203.0.112.255",
        "203.0.114.0",     "223.255.255.255",
        "2001:200::1",     "2001:4860:4860::8888",
        "2606:4700::1111", "2003::1",
        "2a00:1450::1",    "3ffd:ffff::1",
    };
    for (const auto* text : allowed) EXPECT_TRUE(is_public(make_address(text))) << text;
}

TEST(EgressGuard, AllowsTheUsualPortsOfPublicAddressesAndAnyPortOfNetworksOnTheList) {
    EgressPolicy policy;
    policy.allowed.push_back(parse_network("127.0.0.0/8").value());
    policy.allowed.push_back(parse_network("fd00:1::/32").value());
    policy.ports.push_back(8443);
    const struct {
        const char* address;
        std::uint16_t port;
        const char* refusal;  // empty: allowed
    } cases[] = {
        {"8.8.8.8", 80, ""},
        {"8.8.8.8", 443, ""},
        {"8.8.8.8", 8443, ""},
        {"8.8.8.8", 22, "may not be asked on port 22"},
        {"8.8.8.8", 25, "may not be asked on port 25"},
        {"8.8.8.8", 5432, "may not be asked on port 5432"},
        {"8.8.8.8", 6379, "may not be asked on port 6379"},
        {"127.0.0.1", 6379, ""},
        {"fd00:1::7", 1, ""},
        {"fd00:2::7", 80, "is a private address"},
        {"10.0.0.1", 80, "is a private address"},
        {"::ffff:127.0.0.1", 80, "is an IPv4 address in disguise"},
        {"fd00:1::7%2", 80, "is an address with a zone"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(policy.refusal(make_address(c.address), c.port).value_or(""), c.refusal)
            << c.address << " " << c.port;
    }
}

TEST(EgressGuard, ReadsNetworksAndSaysWhatIsWrongWithOthers) {
    EXPECT_EQ(parse_network("10.0.0.0/8").value(), (Network{make_address("10.0.0.0"), 8}));
    EXPECT_EQ(parse_network("192.168.1.7").value(), (Network{make_address("192.168.1.7"), 32}));
    EXPECT_EQ(parse_network("::1").value(), (Network{make_address("::1"), 128}));
    EXPECT_EQ(parse_network("0.0.0.0/0").value(), (Network{make_address("0.0.0.0"), 0}));
    const struct {
        const char* text;
        const char* message;
    } cases[] = {
        {"", "\"\" is not an IP network; write it like 10.0.0.0/8 or fd00::/8"},
        {"localhost", "\"localhost\" is not an IP network; write it like 10.0.0.0/8 or fd00::/8"},
        {"127.1/8", "\"127.1/8\" is not an IP network; write it like 10.0.0.0/8 or fd00::/8"},
        {"10.0.0.0/33", "\"10.0.0.0/33\": after the slash comes a number from 0 to 32"},
        {"fd00::/129", "\"fd00::/129\": after the slash comes a number from 0 to 128"},
        {"10.0.0.0/", "\"10.0.0.0/\": after the slash comes a number from 0 to 32"},
        {"10.0.0.0/8x", "\"10.0.0.0/8x\": after the slash comes a number from 0 to 32"},
        {"10.0.0.0/-8", "\"10.0.0.0/-8\": after the slash comes a number from 0 to 32"},
        {"10.0.0.1/8", "\"10.0.0.1/8\": the address has bits set beyond its /8 prefix"},
        {"fd00::1/64", "\"fd00::1/64\": the address has bits set beyond its /64 prefix"},
    };
    for (const auto& c : cases) {
        const auto result = parse_network(c.text);
        ASSERT_FALSE(result) << c.text;
        EXPECT_EQ(result.error().message, c.message);
    }
}

// All ways to write a number in a host name, as inet_aton and browsers read them.
std::vector<std::string> spellings(std::uint32_t value) {
    return {fmt::format("{}", value),     fmt::format("0{:o}", value),  fmt::format("0x{:x}", value),
            fmt::format("0X{:X}", value), fmt::format("00{:o}", value), fmt::format("0x0000{:x}", value)};
}

// Every spelling of an IPv4 address but the plain one: one to four parts, decimal, octal and hexadecimal mixed.
std::vector<std::string> disguises(std::uint32_t ip) {
    std::vector<std::string> out;
    const std::uint32_t parts[] = {ip >> 24, ip >> 16 & 255, ip >> 8 & 255, ip & 255};
    for (const auto& one : spellings(ip)) out.push_back(one);
    for (const auto& first : spellings(parts[0])) {
        for (const auto& rest : spellings(ip & 0xFFFFFF)) out.push_back(first + "." + rest);
        for (const auto& last : spellings(ip & 0xFFFF)) out.push_back(fmt::format("{}.{}.{}", first, parts[1], last));
        for (const auto& last : spellings(parts[3])) {
            out.push_back(fmt::format("{}.{}.{}.{}", first, parts[1], parts[2], last));
            out.push_back(fmt::format("{}.{}.0x{:x}.{}", first, parts[1], parts[2], last));
        }
    }
    return out;
}

TEST(EgressGuard, NoSpellingOfAPrivateAddressIsEverConnectedTo) {
    testing::World world;  // allows 127.0.0.0/8, so that only the others are put to the test
    std::vector<std::string> hosts;
    for (const auto* text : {"10.0.0.1", "192.168.1.1", "169.254.169.254", "172.16.5.4", "100.64.0.1", "0.0.0.0",
                             "198.18.0.1", "224.0.0.1", "255.255.255.255"}) {
        const auto address = asio::ip::make_address_v4(text);
        for (const auto& spelling : disguises(address.to_uint())) {
            hosts.push_back(spelling);
            hosts.push_back(spelling + ".");
        }
        hosts.push_back(std::string(text) + ".");
        for (const auto* wrapped : {"[::ffff:{}]", "[::{}]", "[64:ff9b::{}]", "[::ffff:0:{}]"}) {
            hosts.push_back(fmt::format(fmt::runtime(wrapped), text));
        }
    }
    for (const auto* more : {"[::]", "[::1]", "[fd00::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[2002:a00:1::]",
                             "[2001:0:a00:1::]", "%31%30.0.0.1", "10%2E0.0.1", "[v1.10.0.0.1]", "[10.0.0.1]"}) {
        hosts.push_back(more);
    }
    EXPECT_GE(hosts.size(), 2000u);
    for (const auto& host : hosts) {
        for (const auto* scheme : {"http", "https"}) {
            const auto result = world.get(fmt::format("{}://{}/feed", scheme, host));
            ASSERT_FALSE(result) << host;
            const bool refused = result.error().code == HttpErrc::blocked || result.error().code == HttpErrc::bad_url;
            EXPECT_TRUE(refused) << host << ": " << testing::describe(result);
            EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
        }
    }
    EXPECT_EQ(world.dialer.connected.size(), 0u);
    EXPECT_EQ(world.resolver.asked, 0);
}

}  // namespace
}  // namespace podbrief::net
