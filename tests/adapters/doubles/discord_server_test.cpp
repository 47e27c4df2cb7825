// Discord's double says no to what Discord says no to.
#include "adapters/doubles/discord_server.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_checks.hpp"
#include "adapters/doubles/discord_shown.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;
using discord::MessageUse;
using discord::wrong_in_message;

constexpr int components_v2 = 1 << 15;

Json text_display(const std::string& text) {
    return {{"type", 10}, {"content", text}};
}
Json button(const std::string& data, const std::string& label = "More") {
    return {{"type", 2}, {"style", 2}, {"label", label}, {"custom_id", data}};
}
Json row(Json children) {
    return {{"type", 1}, {"components", std::move(children)}};
}
Json message(Json components) {
    return {{"flags", components_v2},
            {"allowed_mentions", {{"parse", Json::array()}}},
            {"components", std::move(components)}};
}
Json content(const std::string& text) {
    return {{"content", text}, {"allowed_mentions", {{"parse", Json::array()}}}};
}

TEST(DiscordChecks, TakeWhatIsDocumented) {
    EXPECT_EQ(wrong_in_message(content("Hello"), MessageUse::create), "");
    EXPECT_EQ(wrong_in_message(content(std::string(2000, 'x')), MessageUse::create), "");
    EXPECT_EQ(wrong_in_message(message({text_display("Hello"), row({button("a"), button("b")})}), MessageUse::create),
              "");
}

TEST(DiscordChecks, RefuseWhatIsNot) {
    const auto with = [](Json body, const char* name, Json value) {
        body[name] = std::move(value);
        return body;
    };
    Json many = Json::array();
    for (int i = 0; i < 41; ++i) many.push_back(text_display("x"));
    Json long_texts = Json::array({text_display(std::string(3000, 'x')), text_display(std::string(1001, 'x'))});
    const struct {
        const char* name;
        Json body;
    } cases[] = {
        {"empty", content(" \n")},
        {"too long", content(std::string(2001, 'x'))},
        {"no content", {{"allowed_mentions", {{"parse", Json::array()}}}}},
        {"unknown field", with(content("x"), "mentions", Json::array())},
        {"mentions allowed", with(content("x"), "allowed_mentions", {{"parse", {"users"}}})},
        {"no allowed_mentions", {{"content", "x"}}},
        {"content beside components v2", with(message({text_display("x")}), "content", "x")},
        {"text display without the flag", with(content("x"), "components", {text_display("x")})},
        {"nothing in components v2", message(Json::array())},
        {"41 components", message(many)},
        {"4001 characters", message(long_texts)},
        {"too many bytes", message({text_display([] {
             std::string all;
             for (int i = 0; i < 3500; ++i) all += "\u82af";
             return all;
         }())})},
        {"six buttons", message({row({button("a"), button("b"), button("c"), button("d"), button("e"), button("f")})})},
        {"an empty row", message({row(Json::array())})},
        {"the same custom_id twice", message({row({button("a"), button("a")})})},
        {"a custom_id of 101", message({row({button(std::string(101, 'a'))})})},
        {"a label of 81", message({row({button("a", std::string(81, 'a'))})})},
        {"no label", message({row({button("a", "")})})},
        {"a flag that may not be set", with(content("x"), "flags", 1 << 6)},
        {"a long nonce", with(content("x"), "nonce", std::string(26, 'n'))},
        {"the same id twice", message({with(text_display("x"), "id", 7), with(text_display("x"), "id", 7)})},
    };
    for (const auto& c : cases) EXPECT_NE(wrong_in_message(c.body, MessageUse::create), "") << c.name;
    EXPECT_NE(wrong_in_message(with(content("x"), "nonce", "n"), MessageUse::edit), "");
}

TEST(DiscordShown, ShowsMarkdownAsClientsDo) {
    const auto seen =
        discord::shown_markdown("## Head\n**b** \\*not\\* `c` [Listen](<https://a.example/1>) <@5> @everyone");
    EXPECT_EQ(seen.text, "Head\nb *not* c Listen @somebody @everyone");
    EXPECT_EQ(seen.links, std::vector<std::string>{"https://a.example/1"});
    EXPECT_EQ(seen.mentions, (std::vector<std::string>{"<@5>", "@everyone"}));
    EXPECT_EQ(discord::shown_markdown("see https://a.example/x now").opens,
              std::vector<std::string>{"https://a.example/x"});
    EXPECT_EQ(discord::shown_markdown("DISCORD.gg/x").opens.size(), 1U);
}

class DiscordDouble : public ::testing::Test {
protected:
    DiscordDouble() {
        server.add_person({"1", "ada"});
        server.add_guild("5", "Guild");
        server.add_channel("5", "6");
        server.add_bot("5");
    }
    ServerResponse call(std::string method, std::string path, Json body = nullptr,
                        std::string agent = "DiscordBot (https://example.org, 1.0)",
                        std::string token = "Bot discord-double-token", std::string type = "application/json") {
        ServerRequest request;
        request.method = std::move(method);
        request.target = "/api/v10" + path;
        if (!agent.empty()) request.headers.push_back({"User-Agent", agent});
        if (!token.empty()) request.headers.push_back({"Authorization", token});
        if (!body.is_null()) {
            request.body = body.dump();
            if (!type.empty()) request.headers.push_back({"Content-Type", type});
        }
        Call at(clock.wall_now());
        at.fault = fault;
        return server.answer(request, at).response;
    }
    static int code_of(const ServerResponse& response) { return Json::parse(response.body).value("code", 0); }

    podbrief::testing::ManualClock clock;
    DiscordModel model;
    DiscordServer server{model, clock, DiscordServer::Settings{}};
    Fault fault;
};

TEST_F(DiscordDouble, WantsItsHeaders) {
    EXPECT_EQ(call("GET", "/users/@me").status, 200);
    EXPECT_EQ(code_of(call("GET", "/users/@me", nullptr, "curl/8")), 40333);
    EXPECT_EQ(call("GET", "/users/@me", nullptr, "").status, 403);
    EXPECT_EQ(call("GET", "/users/@me", nullptr, "DiscordBot (https://example.org, 1.0)", "Bot wrong").status, 401);
    EXPECT_EQ(code_of(call("POST", "/channels/6/messages", content("x"), "DiscordBot (https://example.org, 1.0)",
                           "Bot discord-double-token", "")),
              50035);
    EXPECT_EQ(call("GET", "/nothing").status, 404);
    EXPECT_EQ(call("GET", "/users/@me").headers.empty(), false);
}

TEST_F(DiscordDouble, ANonceMakesOneMessage) {
    Json body = content("Hello");
    body["nonce"] = "n1";
    body["enforce_nonce"] = true;
    const auto first = Json::parse(call("POST", "/channels/6/messages", body).body);
    const auto second = Json::parse(call("POST", "/channels/6/messages", body).body);
    EXPECT_EQ(first.at("id"), second.at("id"));
    EXPECT_EQ(server.transcript("6"), "podbrief: Hello\n");
}

TEST_F(DiscordDouble, ComponentsV2CannotBeUnset) {
    const auto made = Json::parse(call("POST", "/channels/6/messages", message({text_display("x")})).body);
    const std::string path = "/channels/6/messages/" + made.at("id").get<std::string>();
    EXPECT_EQ(code_of(call("PATCH", path, content("y"))), 50035);
    EXPECT_EQ(call("PATCH", path, message({text_display("y")})).status, 200);
    EXPECT_EQ(server.transcript("6"), "podbrief: y\n");
}

TEST_F(DiscordDouble, TellsOfItsBuckets) {
    const auto answer = call("POST", "/channels/6/messages", content("x"));
    EXPECT_NE(find_header(answer.headers, "X-RateLimit-Bucket"), nullptr);
    ServerResponse last;
    for (int i = 0; i < 5; ++i) last = call("POST", "/channels/6/messages", content("x"));
    EXPECT_EQ(last.status, 429);
    EXPECT_GT(Json::parse(last.body).at("retry_after").get<double>(), 0);
    EXPECT_EQ(*find_header(last.headers, "X-RateLimit-Scope"), "user");
    fault.kind = FaultKind::limited;
    fault.delay = Millis{2'000};
    fault.scope = LimitScope::shared;
    clock.advance(Millis{60'000});
    EXPECT_EQ(*find_header(call("POST", "/channels/6/messages", content("x")).headers, "X-RateLimit-Scope"), "shared");
    fault.scope = LimitScope::global;
    clock.advance(Millis{60'000});
    EXPECT_EQ(Json::parse(call("POST", "/channels/6/messages", content("x")).body).at("global"), true);
}

TEST_F(DiscordDouble, RegistersOnlyGoodCommands) {
    const std::string path = "/applications/900000000000000001/commands";
    EXPECT_EQ(code_of(call("PUT", path, Json::array({{{"name", "Brief"}, {"description", ""}}}))), 50035);
    EXPECT_EQ(call("PUT", path, Json::array({{{"name", "brief"}, {"description", "d"}, {"type", 1}}})).status, 200);
    EXPECT_EQ(server.registered().size(), 1U);
    EXPECT_EQ(call("PUT", "/applications/1/commands", Json::array()).status, 403);
}

TEST_F(DiscordDouble, KnowsNoInteractionThatItDidNotMake) {
    EXPECT_EQ(code_of(call("POST", "/interactions/1/x/callback", {{"type", 5}})), 10062);
    EXPECT_EQ(code_of(call("POST", "/webhooks/900000000000000001/x", content("x"))), 10015);
    EXPECT_EQ(code_of(call("PATCH", "/webhooks/900000000000000001/x/messages/@original", content("x"))), 10015);
}

}  // namespace
}  // namespace podbrief::doubles
