#include "adapters/http/forwarded.hpp"

#include <gtest/gtest.h>

#include "core/ports/random.hpp"

namespace podbrief::net {
namespace {

using Header = TrustedProxies::Header;

TrustedProxies proxies(Header header = Header::x_forwarded_for) {
    return {
        {parse_network("127.0.0.1").value(), parse_network("10.0.0.0/8").value(), parse_network("fd00::/8").value()},
        header};
}

ServerRequest from(std::string address, std::vector<HttpHeader> headers) {
    ServerRequest request;
    request.method = "GET";
    request.target = "/";
    request.remote_address = std::move(address);
    request.headers = std::move(headers);
    return request;
}

TEST(Forwarded, TheLastAddressThatIsNotAProxyOfOursIsWhoAsks) {
    const struct {
        const char* header;
        const char* asks;
    } cases[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"203.0.113.9, 192.0.2.1", "192.0.2.1"},  // the first is what the one who asks says
        {"192.0.2.1, 10.1.2.3", "192.0.2.1"},
        {"203.0.113.9, 192.0.2.1, 10.1.2.3, 10.9.9.9", "192.0.2.1"},
        {"10.1.2.3, 10.9.9.9", "10.1.2.3"},  // all are ours
        {"192.0.2.1:4711", "192.0.2.1"},
        {"[2001:db8::7]:443", "2001:db8::7"},
        {"2001:db8::7", "2001:db8::7"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"unknown, 10.1.2.3", "10.1.2.3"},  // where the reading ends
        {"192.0.2.1, garbage", "127.0.0.1"},
        {"", "127.0.0.1"},
        {" , ,", "127.0.0.1"},
    };
    for (const auto& c : cases) {
        ServerRequest request = from("127.0.0.1", {{"X-Forwarded-For", c.header}});
        proxies().apply(request);
        EXPECT_EQ(request.remote_address, c.asks) << c.header;
    }
}

TEST(Forwarded, SeveralHeadersAreOneList) {
    ServerRequest request =
        from("10.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}, {"x-forwarded-for", "192.0.2.1, 10.0.0.2"}});
    proxies().apply(request);
    EXPECT_EQ(request.remote_address, "192.0.2.1");
}

TEST(Forwarded, TheStandardsHeaderIsReadWhereTheProxiesSetIt) {
    const struct {
        const char* header;
        const char* asks;
        bool https;
    } cases[] = {
        {"for=192.0.2.60;proto=https;by=203.0.113.43", "192.0.2.60", true},
        {"for=192.0.2.60;proto=http", "192.0.2.60", false},
        {"For=\"[2001:db8:cafe::17]:4711\"; Proto=HTTPS", "2001:db8:cafe::17", true},
        {"for=203.0.113.9;proto=https, for=192.0.2.60;proto=http", "192.0.2.60", false},
        {"for=\"_hidden, for=192.0.2.1\"", "127.0.0.1", false},
        {"for=unknown", "127.0.0.1", false},
        {"proto=https", "127.0.0.1", true},
    };
    for (const auto& c : cases) {
        ServerRequest request = from("127.0.0.1", {{"Forwarded", c.header}, {"X-Forwarded-For", "198.51.100.1"}});
        proxies(Header::forwarded).apply(request);
        EXPECT_EQ(request.remote_address, c.asks) << c.header;
        EXPECT_EQ(request.https, c.https) << c.header;
    }
}

TEST(Forwarded, WhatTheProxiesDoNotSetIsNotBelieved) {
    ServerRequest request =
        from("127.0.0.1", {{"Forwarded", "for=203.0.113.9;proto=https"}, {"X-Forwarded-For", "192.0.2.1"}});
    proxies().apply(request);
    EXPECT_EQ(request.remote_address, "192.0.2.1");
    EXPECT_FALSE(request.https);
}

TEST(Forwarded, NobodyElseIsBelieved) {
    for (const char* address : {"192.0.2.1", "11.0.0.1", "2001:db8::1", "", "127.0.0.2"}) {
        ServerRequest request = from(address, {{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}});
        proxies().apply(request);
        EXPECT_EQ(request.remote_address, address);
        EXPECT_FALSE(request.https);
    }
    ServerRequest request = from("127.0.0.1", {{"X-Forwarded-For", "203.0.113.9"}});
    TrustedProxies().apply(request);
    EXPECT_EQ(request.remote_address, "127.0.0.1") << "no proxies are set";
}

TEST(Forwarded, TheSchemeIsTheProxys) {
    ServerRequest request = from("::ffff:10.0.0.1", {{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}});
    proxies().apply(request);
    EXPECT_TRUE(request.https);
    ServerRequest plain = from("10.0.0.1", {{"X-Forwarded-Proto", "https, http"}});
    plain.https = true;
    proxies().apply(plain);
    EXPECT_FALSE(plain.https) << "the nearest proxy's word";
    ServerRequest silent = from("10.0.0.1", {});
    silent.https = true;
    proxies().apply(silent);
    EXPECT_TRUE(silent.https);
}

TEST(Forwarded, WhetherSomebodyStandsBetweenIsSeenByAnyOfTheHeaders) {
    for (const char* name : {"Forwarded", "x-forwarded-for", "X-Real-IP", "Via"}) {
        EXPECT_TRUE(says_forwarded(from("127.0.0.1", {{name, "x"}}))) << name;
    }
    EXPECT_FALSE(says_forwarded(from("127.0.0.1", {{"Accept", "x"}})));
}

// 20,000 headers made at random: whoever asks is always an address, and never one of our proxies' unless all are.
TEST(Forwarded, AnyBytesWillDo) {
    Random random(3);
    const std::string bytes = "0123456789abcdef.:,;=\"[] \tforproto%\\/";
    for (int i = 0; i < 20'000; ++i) {
        std::string value;
        for (std::uint64_t n = random.next() % 60; n > 0; --n) value += bytes[random.next() % bytes.size()];
        const bool standard = i % 2 == 0;
        ServerRequest request = from("10.0.0.1", {{standard ? "Forwarded" : "X-Forwarded-For", value}});
        proxies(standard ? Header::forwarded : Header::x_forwarded_for).apply(request);
        ASSERT_TRUE(plain_address(request.remote_address)) << value;
    }
}

}  // namespace
}  // namespace podbrief::net
