// Where the client lets itself be sent, and which addresses it connects to.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/http/world.hpp"

namespace podbrief::net::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Client, FollowsRedirectsAndTellsTheWay) {
    World world;
    Mirror goal(world);
    world.resolver.set("second.test", "127.0.0.1");
    RawServer second(world.context,
                     answering(fmt::format("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 3\r\n\r\n...",
                                           goal.server.url("/end"))));
    const std::string middle = second.url("/middle", "second.test");
    RawServer first(world.context,
                    answering(fmt::format("HTTP/1.1 301 Moved\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", middle)));
    const auto result = world.get(first.url("/start"));
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->url, goal.server.url("/end"));
    const std::vector<HttpRedirect> expected = {{301, first.url("/start"), middle},
                                                {302, middle, goal.server.url("/end")}};
    EXPECT_EQ(result->redirects, expected);
}

TEST(Client, GivesBackARedirectItMayNotOrCannotFollow) {
    World world;
    RawServer server(world.context, answering("HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 4\r\n\r\nmove"));
    auto request = get_request(server.url());
    request.max_redirects = 0;
    const auto kept = world.send(request);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->status, 301);
    EXPECT_EQ(kept->body, "move");
    RawServer nowhere(world.context, answering("HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\nhmm!"));
    const auto answer = world.get(nowhere.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "hmm!");
}

TEST(Client, StopsAfterTheAllowedNumberOfRedirects) {
    World world;
    RawServer server(world.context, answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));
    const auto result = world.get(server.url());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_many_redirects);
    EXPECT_EQ(result.error().detail, "127.0.0.1: sends on more than 5 times");
}

TEST(Client, ChangesTheMethodAsBrowsersDo) {
    const struct {
        int status;
        const char* method;
        const char* expected;
        bool body;
    } cases[] = {
        {301, "POST", "GET /next", false}, {302, "POST", "GET /next", false},  {303, "POST", "GET /next", false},
        {307, "POST", "POST /next", true}, {308, "POST", "POST /next", true},  {303, "PUT", "GET /next", false},
        {302, "PUT", "PUT /next", true},   {303, "HEAD", "HEAD /next", false}, {302, "HEAD", "HEAD /next", false},
    };
    for (const auto& c : cases) {
        World world;
        std::vector<std::string> heads;
        RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
            heads.push_back(co_await read_head(socket));
            if (heads.size() == 1) {
                co_await say(socket,
                             fmt::format("HTTP/1.1 {} Go\r\nLocation: /next\r\nConnection: close\r\n\r\n", c.status));
            } else {
                co_await say(socket, "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n");
            }
        });
        HttpRequest request = get_request(server.url("/first"));
        request.method = c.method;
        request.headers = {{"Content-Type", "text/plain"}};
        if (std::string(c.method) != "HEAD") request.body = "body";
        const auto result = world.send(request);
        ASSERT_TRUE(result) << c.status << " " << c.method << ": " << describe(result);
        ASSERT_EQ(heads.size(), 2u);
        EXPECT_THAT(heads[1], StartsWith(c.expected)) << c.status;
        const auto about_body = HasSubstr("Content-Length: 4\r\n");
        if (c.body) {
            EXPECT_THAT(heads[1], about_body) << c.status;
            EXPECT_THAT(heads[1], HasSubstr("Content-Type"));
        } else {
            EXPECT_THAT(heads[1], Not(about_body)) << c.status;
        }
    }
}

TEST(Client, KeepsCredentialsFromOtherHosts) {
    World world;
    world.resolver.set("first.test", "127.0.0.1");
    world.resolver.set("second.test", "127.0.0.1");
    Mirror goal(world);
    const auto send_via = [&](const std::string& start_host, const std::string& location) {
        RawServer start(world.context,
                        answering("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
        auto request = get_request(start.url("/", start_host));
        request.headers = {
            {"Authorization", "Bearer key"}, {"cookie", "a=b"}, {"X-Api-Key", "key"}, {"X-Other", "stays"}};
        return world.send(request);
    };
    const auto moved = send_via("first.test", goal.server.url("/", "second.test"));
    ASSERT_TRUE(moved) << describe(moved);
    EXPECT_THAT(moved->body, HasSubstr("X-Other: stays"));
    for (const auto* secret : {"Bearer", "a=b", "key"}) EXPECT_THAT(moved->body, Not(HasSubstr(secret)));
    // Another port is another server.
    const auto port = send_via("second.test", goal.server.url("/", "second.test"));
    ASSERT_TRUE(port);
    EXPECT_THAT(port->body, Not(HasSubstr("Bearer")));

    std::vector<std::string> heads;
    RawServer same(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        heads.push_back(co_await read_head(socket));
        co_await say(socket, heads.size() == 1 ? "HTTP/1.1 302 Go\r\nLocation: /b\r\nConnection: close\r\n\r\n"
                                               : "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n");
    });
    auto request = get_request(same.url("/a"));
    request.headers = {{"Authorization", "Bearer key"}};
    ASSERT_TRUE(world.send(request));
    EXPECT_THAT(heads.at(1), HasSubstr("Authorization: Bearer key"));
}

TEST(Client, PutsEveryHopBeforeTheGuard) {
    World world;
    world.resolver.set("inside.test", "10.0.0.7");
    world.resolver.set("mapped.test", "::ffff:127.0.0.1");
    const char* locations[] = {"http://10.0.0.1/",       "http://169.254.169.254/latest",
                               "http://inside.test/",    "http://[::1]/",
                               "http://mapped.test/",    "http://0x7f000001/",
                               "http://192.168.1.1:22/", "file:///etc/passwd",
                               "gopher://127.0.0.1/"};
    for (const auto* location : locations) {
        RawServer server(world.context, answering(fmt::format(
                                            "HTTP/1.1 302 Go\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", location)));
        const auto before = world.dialer.connected.size();
        const auto result = world.get(server.url());
        ASSERT_FALSE(result) << location;
        EXPECT_EQ(result.error().code, HttpErrc::blocked) << location << ": " << describe(result);
        EXPECT_EQ(world.dialer.connected.size(), before + 1) << location;
    }
}

TEST(Client, SaysWhichAddressIsRefusedAndWhy) {
    World world;
    world.resolver.set("inside.test", "10.0.0.7");
    world.resolver.set("far.test", "93.184.216.34");
    EXPECT_EQ(world.get("http://inside.test/feed?token=x").error().detail,
              "inside.test: leads to 10.0.0.7, which is a private address");
    EXPECT_EQ(world.get("http://10.0.0.7/").error().detail, "10.0.0.7: is a private address");
    EXPECT_EQ(world.get("http://far.test:22/").error().detail,
              "far.test: leads to 93.184.216.34, which may not be asked on port 22");
    EXPECT_EQ(world.get("http://unknown.test/").error().code, HttpErrc::resolve_failed);
    EXPECT_TRUE(world.dialer.connected.empty());
}

TEST(Client, ConnectsToAddressesThatPassedTheGuardOnly) {
    World world;
    Mirror mirror(world);
    world.dialer.detour = tcp::endpoint(asio::ip::make_address("127.0.0.1"), mirror.server.port());
    Addresses mixed;
    for (const auto* text : {"10.0.0.1", "fd00::1", "93.184.216.34", "192.168.0.1"})
        mixed.push_back(asio::ip::make_address(text));
    world.resolver.set("mixed.test", {mixed});
    ASSERT_TRUE(world.get("http://mixed.test/"));
    ASSERT_EQ(world.dialer.connected.size(), 1u);
    EXPECT_EQ(world.dialer.connected[0].address().to_string(), "93.184.216.34");
    EXPECT_EQ(world.dialer.connected[0].port(), 80);
}

TEST(Client, IsNotFooledByANameThatChangesItsAddress) {
    World world;
    RawServer server(world.context,
                     answering_once("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    world.dialer.detour = tcp::endpoint(asio::ip::make_address("127.0.0.1"), server.port());
    const Addresses outside = {asio::ip::make_address("93.184.216.34")};
    const Addresses inside = {asio::ip::make_address("10.0.0.1")};
    std::vector<Addresses> answers;
    for (int i = 0; i < 200; ++i) answers.push_back(i % 2 == 0 ? outside : inside);
    world.resolver.set("rebinding.test", answers);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(world.get("http://rebinding.test/").has_value(), i % 2 == 0);
    EXPECT_EQ(world.resolver.asked, 200);
    EXPECT_EQ(world.dialer.connected.size(), 100u);
    for (const auto& endpoint : world.dialer.connected) EXPECT_EQ(endpoint.address().to_string(), "93.184.216.34");
}

TEST(Client, TriesTheNextAddressAndGivesUpAfterAFew) {
    World world;
    Mirror mirror(world);
    Addresses addresses;
    for (const auto* text : {"127.0.0.9", "127.0.0.1"}) addresses.push_back(asio::ip::make_address(text));
    world.resolver.set("two.test", {addresses});
    EXPECT_TRUE(world.get(mirror.server.url("/", "two.test")));
    EXPECT_EQ(world.dialer.connected.size(), 2u);

    Addresses thousand(1000, asio::ip::make_address("127.0.0.9"));
    world.resolver.set("many.test", {thousand});
    const auto result = world.get(mirror.server.url("/", "many.test"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::connect_failed);
    EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
    EXPECT_EQ(result.error().detail,
              fmt::format("many.test: could not connect to port {}: Connection refused", mirror.server.port()));
    EXPECT_EQ(world.dialer.connected.size(), 6u);
}

}  // namespace
}  // namespace podbrief::net::testing
