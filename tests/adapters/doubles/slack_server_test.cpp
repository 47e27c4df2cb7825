#include "adapters/doubles/slack_server.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_blocks.hpp"
#include "core/crypto/signatures.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/doubles/model/web_socket_bridge.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::doubles {
namespace {

using nlohmann::json;

class SlackServerTest : public ::testing::Test {
protected:
    SlackServerTest() {
        server.add_workspace("T1", "Example");
        server.add_user("T1", "U1", {"ada"});
        server.add_channel("T1", "C1");
        token = server.install("T1");
    }
    ApiDouble::Answer ask(const std::string& method, const json& body, const std::string& with) {
        ServerRequest request;
        request.method = "POST";
        request.target = "/api/" + method;
        request.headers = {{"Content-Type", "application/json; charset=utf-8"}};
        if (!with.empty()) request.headers.push_back({"Authorization", "Bearer " + with});
        request.body = body.dump();
        clock.advance(Millis{2'000});
        return server.answer(request, Call(clock.wall_now()));
    }
    std::string error(const std::string& method, const json& body) {
        const json answer = json::parse(ask(method, body, token).response.body);
        return answer.value("ok", false) ? "ok" : answer.value("error", "");
    }
    // Runs it while time passes for whoever waits.
    template <class T>
    T run(asio::awaitable<T> work) {
        std::optional<T> out;
        asio::co_spawn(context, std::move(work), [&](std::exception_ptr, T value) { out.emplace(std::move(value)); });
        for (int i = 0; !out && i < 10'000; ++i) {
            context.restart();
            context.poll();
            if (!out) clock.advance_to_next();
        }
        return std::move(out.value());
    }

    asio::io_context context{1};
    podbrief::testing::ManualClock clock;
    Random random{1};
    Trouble trouble{random};
    SlackModel model;
    SlackServer server{context.get_executor(), clock, model};
    std::string token;
};

TEST_F(SlackServerTest, OnlyATokenThatWasGivenOpens) {
    const json body = {{"channel", "C1"}, {"text", "x"}};
    EXPECT_EQ(json::parse(ask("chat.postMessage", body, "").response.body)["error"], "not_authed");
    EXPECT_EQ(json::parse(ask("chat.postMessage", body, "xoxb-x").response.body)["error"], "invalid_auth");
    EXPECT_EQ(error("chat.postMessage", body), "ok");
    model.revoke("T1", clock.wall_now());
    EXPECT_EQ(error("chat.postMessage", body), "token_revoked");
    EXPECT_EQ(error("auth.test", json::object()), "token_revoked");
}

TEST_F(SlackServerTest, RequestsAreJudgedAsDocumented) {
    EXPECT_EQ(error("chat.postMessage", {{"text", "x"}}), "invalid_arguments");
    EXPECT_EQ(error("chat.postMessage", {{"channel", "C1"}}), "no_text");
    EXPECT_EQ(error("chat.postMessage", {{"channel", "C1"}, {"text", "x"}, {"blokcs", json::array()}}),
              "invalid_arguments");
    EXPECT_EQ(error("chat.postMessage", {{"channel", "C1"}, {"text", "x"}, {"metadata", {{"event_type", "a"}}}}),
              "invalid_blocks");
    EXPECT_EQ(error("chat.postMessage", {{"channel", "C9"}, {"text", "x"}}), "channel_not_found");
    EXPECT_EQ(error("chat.update", {{"channel", "C1"}, {"ts", "1.2"}, {"text", "x"}}), "message_not_found");
    EXPECT_EQ(error("chat.update", {{"channel", "C1"}, {"ts", "1.2"}, {"text", std::string(4'001, 'x')}}),
              "msg_too_long");
    EXPECT_EQ(error("conversations.history", {{"channel", "C1"}}), "invalid_arguments") << "it takes forms only";
    EXPECT_EQ(error("no.such", json::object()), "unknown_method");
    EXPECT_FALSE(server.complaints().empty());
}

TEST_F(SlackServerTest, BlocksOverALimitAreRefusedWithThePlace) {
    const auto plain = [](std::size_t length) {
        return json{{"type", "plain_text"}, {"text", std::string(length, 'x')}};
    };
    const auto button = [&](const char* id) { return json{{"type", "button"}, {"action_id", id}, {"text", plain(3)}}; };
    const auto actions = [](json elements) { return json{{"type", "actions"}, {"elements", std::move(elements)}}; };
    const auto rich = [](std::size_t length) {
        return json{{"type", "rich_text"},
                    {"elements",
                     {{{"type", "rich_text_section"},
                       {"elements", {{{"type", "text"}, {"text", std::string(length, 'x')}}}}}}}};
    };
    json many = json::array();
    for (int i = 0; i < 26; ++i) many.push_back(button(("a" + std::to_string(i)).c_str()));
    json wide = button("a");
    wide["text"] = plain(76);
    json menu = {{"type", "overflow"}, {"action_id", "m"}, {"options", {{{"text", plain(3)}, {"value", "v"}}}}};
    const struct {
        const char* name;
        json block;
        const char* problem;
    } cases[] = {
        {"header", {{"type", "header"}, {"text", plain(151)}}, "blocks[0].text.text: more than 150 characters"},
        {"empty header", {{"type", "header"}, {"text", plain(0)}}, "blocks[0].text.text: must not be empty"},
        {"a good header", {{"type", "header"}, {"text", plain(150)}}, ""},
        {"mrkdwn header",
         {{"type", "header"}, {"text", {{"type", "mrkdwn"}, {"text", "x"}}}},
         "blocks[0].text: must be plain_text"},
        {"section", {{"type", "section"}, {"text", plain(3'001)}}, "blocks[0].text.text: more than 3000 characters"},
        {"rich text", rich(3'001), "blocks[0].text: more than 3000 characters"},
        {"empty rich text", rich(0), "blocks[0].text: must not be empty"},
        {"a good rich text", rich(3'000), ""},
        {"26 buttons", actions(many), "blocks[0].elements: must be 1 to 25"},
        {"two of a name", actions({button("a"), button("a")}), "blocks[0].elements[1].action_id: `a` is there twice"},
        {"long label", actions({wide}), "blocks[0].elements[0].text.text: more than 75 characters"},
        {"menu of one", actions({menu}), "blocks[0].elements[0].options: must be 2 to 5"},
        {"input in a message", {{"type", "input"}, {"label", plain(1)}}, "blocks[0]: unsupported type: input"},
        {"unknown", {{"type", "video"}}, "blocks[0]: unsupported type: video"},
        {"no type", json::object(), "blocks[0]: missing type"},
    };
    for (const auto& c : cases)
        EXPECT_EQ(slack::problem_of_blocks(json::array({c.block}), slack::Surface::message), c.problem) << c.name;
    json fifty_one = json::array();
    for (int i = 0; i < 51; ++i) fifty_one.push_back({{"type", "divider"}});
    EXPECT_EQ(slack::problem_of_blocks(fifty_one, slack::Surface::message), "blocks: more than 50");
    EXPECT_EQ(slack::problem_of_blocks(fifty_one, slack::Surface::home), "");
    const json twice = {{{"type", "divider"}, {"block_id", "b"}}, {{"type", "divider"}, {"block_id", "b"}}};
    EXPECT_EQ(slack::problem_of_blocks(twice, slack::Surface::message), "blocks[1].block_id: `b` is there twice");
    EXPECT_EQ(error("chat.postMessage", {{"channel", "C1"}, {"text", "x"}, {"blocks", json::array({rich(0)})}}),
              "invalid_blocks");
}

TEST_F(SlackServerTest, ShowsWhatPeopleWouldSeeAndWhomItWouldPing) {
    const auto shown = slack::shown_of_mrkdwn(
        "a &lt;b&gt; <https://x.example/|here> <!channel> <@U1|ann> &amp;lt; https://y.example z", true);
    EXPECT_EQ(shown.text, "a <b> here (https://x.example/) @channel @ann &lt; https://y.example z");
    EXPECT_EQ(shown.pings, (std::vector<std::string>{"<!channel>", "<@U1>"}));
    EXPECT_EQ(shown.links, (std::vector<std::string>{"https://x.example/", "https://y.example"}));
    error("chat.postMessage", {{"channel", "C1"}, {"text", "hello <!channel>"}});
    EXPECT_EQ(server.pings(), std::vector<std::string>{"<!channel>"});
    EXPECT_EQ(server.transcript("T1", "C1"), "podbrief: hello @channel\n");
}

TEST_F(SlackServerTest, EventsAreSignedAndRepeatedThreeTimesWithTheirReason) {
    podbrief::testing::HttpBridge http(clock, trouble);
    std::vector<ServerRequest> seen;
    std::vector<WallTime> at;
    http.to("https://app.example/", [&](ServerRequest request) -> asio::awaitable<ServerResponse> {
        seen.push_back(std::move(request));
        at.push_back(clock.wall_now());
        co_return text_response(503, "");
    });
    server.app_is_at(
        {&http, "https://app.example/events", "https://app.example/commands", "https://app.example/actions"});
    const auto told = run(server.say("T1", "U1", server.direct_chat("T1", "U1"), "hi"));
    EXPECT_FALSE(told.arrived);
    EXPECT_EQ(told.tries, 4);
    ASSERT_EQ(seen.size(), 4U);
    EXPECT_EQ(at[2] - at[1], Millis{60'000});
    EXPECT_EQ(at[3] - at[2], Millis{300'000});
    EXPECT_EQ(find_header(seen[0].headers, "x-slack-retry-num"), nullptr);
    EXPECT_EQ(*find_header(seen[3].headers, "x-slack-retry-num"), "3");
    EXPECT_EQ(*find_header(seen[3].headers, "x-slack-retry-reason"), "http_error");
    EXPECT_EQ(seen[0].body, seen[3].body);
    const std::string base = "v0:" + *find_header(seen[3].headers, "X-Slack-Request-Timestamp") + ":" + seen[3].body;
    EXPECT_EQ(*find_header(seen[3].headers, "X-Slack-Signature"),
              "v0=" + crypto::to_hex(crypto::hmac_sha256(SlackServerOptions{}.signing_secret, base)));
}

TEST_F(SlackServerTest, ATriggerOpensOnceAndForThreeSeconds) {
    podbrief::testing::HttpBridge http(clock, trouble);
    std::string trigger;
    http.to("https://app.example/", [&](ServerRequest request) -> asio::awaitable<ServerResponse> {
        const auto fields = parse_form(request.body);
        trigger = form_value(*fields, "trigger_id");
        co_return ServerResponse{};
    });
    server.app_is_at({&http, "https://app.example/e", "https://app.example/c", "https://app.example/a"});
    const json text = {{"type", "plain_text"}, {"text", "x"}};
    const json view = {{"type", "modal"}, {"title", text}, {"blocks", json::array()}};
    run(server.slash("T1", "U1", "C1", "/brief", ""));
    EXPECT_EQ(error("views.open", {{"trigger_id", trigger}, {"view", view}}), "ok");
    EXPECT_EQ(error("views.open", {{"trigger_id", trigger}, {"view", view}}), "invalid_trigger_id");
    run(server.slash("T1", "U1", "C1", "/brief", ""));
    clock.advance(Millis{2'000});
    EXPECT_EQ(error("views.open", {{"trigger_id", trigger}, {"view", view}}), "trigger_expired");
    run(server.slash("T1", "U1", "C1", "/brief", ""));
    EXPECT_EQ(error("views.open", {{"trigger_id", trigger}, {"view", {{"type", "modal"}}}}), "invalid_arguments");
}

TEST_F(SlackServerTest, ATicketOpensOneSocket) {
    podbrief::testing::WebSocketBridge sockets(context.get_executor(), clock);
    sockets.to("wss://", server.sockets());
    const std::string url =
        json::parse(ask("apps.connections.open", json::object(), SlackServerOptions{}.app_token).response.body)["url"]
            .get<std::string>();
    EXPECT_EQ(json::parse(ask("apps.connections.open", json::object(), token).response.body)["error"], "invalid_auth");
    WebSocketRequest request;
    request.url = url;
    auto first = run(sockets.open(request));
    const auto hello = run(first.socket->receive());
    EXPECT_EQ(json::parse(hello.text.value())["type"], "hello");
    auto second = run(sockets.open(request));
    EXPECT_EQ(run(second.socket->receive()).closed.value().code, 4001);
    first.socket.reset();
    second.socket.reset();
    run([&]() -> asio::awaitable<bool> {
        co_await sockets.stop();
        co_return true;
    }());
}

TEST_F(SlackServerTest, BehindAServerItMisbehavesOnOrder) {
    const ServerHandler handler = handler_of(server, clock, trouble);
    ServerRequest request;
    request.method = "POST";
    request.target = "/api/chat.postMessage";
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token}};
    request.body = R"({"channel":"C1","text":"x"})";
    Fault fault;
    fault.kind = FaultKind::limited;
    fault.delay = Millis{17'000};
    trouble.order(fault, "slack", "post");
    const auto limited = run(handler(request));
    EXPECT_EQ(limited.status, 429);
    EXPECT_EQ(*find_header(limited.headers, "Retry-After"), "17");
    clock.advance(Millis{18'000});
    fault.kind = FaultKind::reset;
    fault.made = true;
    trouble.order(fault, "slack", "post");
    EXPECT_EQ(run(handler(request)).status, 500);
    EXPECT_EQ(model.chat("T1", "C1")->messages.size(), 1U);
    clock.advance(Millis{2'000});
    EXPECT_EQ(run(handler(request)).status, 200);
}

}  // namespace
}  // namespace podbrief::doubles
