// Workspaces that install us, and their tokens.
#include <gtest/gtest.h>

#include "adapters/slack/oauth.hpp"
#include "tests/adapters/slack/world.hpp"

namespace podbrief::slack {
namespace {

class SlackInstall : public ::testing::Test {
protected:
    explicit SlackInstall(doubles::SlackServerOptions options = {}) : world(World::Mode::installs, std::move(options)) {
        world.server.visitor("T1", "U1");
    }
    static std::string header(const ServerResponse& response, const char* name) {
        const std::string* found = find_header(response.headers, name);
        return found == nullptr ? std::string() : *found;
    }
    ServerResponse get(const std::string& target, const std::string& cookie = {}) {
        ServerRequest request;
        request.method = "GET";
        request.target = target;
        if (!cookie.empty()) request.headers.push_back({"Cookie", "other=1; " + cookie + "; more=2"});
        return world.request(std::move(request));
    }
    struct Begun {
        std::string cookie;
        std::string back;  // our path with code and state
    };
    Begun begin(const std::string& target = "/slack/install") {
        const auto leaving = get(target);
        EXPECT_EQ(leaving.status, 302);
        Begun out;
        const std::string set = header(leaving, "Set-Cookie");
        EXPECT_NE(set.find("; HttpOnly; Secure; SameSite=Lax"), std::string::npos);
        out.cookie = set.substr(0, set.find(';'));
        HttpRequest at_slack;
        at_slack.url = header(leaving, "Location");
        const auto answer = world.run(world.http.send(std::move(at_slack)));
        EXPECT_EQ(answer->status, 302);
        const std::string* location = find_header(answer->headers, "Location");
        out.back = location->substr(std::string("https://podbrief.example").size());
        return out;
    }
    World world;
};

class SlackRotation : public SlackInstall {
protected:
    static doubles::SlackServerOptions rotating() {
        doubles::SlackServerOptions options;
        options.rotates = true;
        return options;
    }
    SlackRotation() : SlackInstall(rotating()) {
        const Begun begun = begin();
        EXPECT_EQ(get(begun.back, begun.cookie).status, 200);
    }
    SendOutcome post() { return world.answer(world.intake.kept.front(), words("x"), ++part_); }
    int part_ = 0;
};

TEST_F(SlackInstall, AWorkspaceThatInstallsUsIsStoredSealedAndGreeted) {
    const Begun begun = begin();
    EXPECT_EQ(get(begun.back, begun.cookie).status, 200);
    ASSERT_EQ(world.tenants.all.count("T1"), 1U);
    const Tenant& tenant = world.tenants.all["T1"];
    EXPECT_EQ(tenant.name, "Example");
    EXPECT_EQ(tenant.bot_user, "U0BOT");
    EXPECT_EQ(tenant.installed_by, "U1");
    EXPECT_EQ(tenant.sealed_token.find("xoxb"), std::string::npos);
    EXPECT_TRUE(world.box.open(tenant.sealed_token, "slack token T1")->starts_with("xoxb-T1"));
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.intake.kept[0].kind, Incoming::Kind::installed);
    EXPECT_EQ(to_string(world.intake.kept[0].where), "slack:T1/U1");
    ASSERT_TRUE(std::holds_alternative<Sent>(world.answer(world.intake.kept[0], words("Hello."))));
    EXPECT_EQ(world.server.transcript("T1", world.dm), "podbrief: Hello.\n");
}

// RELIABILITY (c) K 121.
TEST_F(SlackInstall, AStateThatIsNotOursOldOrUsedIsRefused) {
    const Begun begun = begin();
    EXPECT_EQ(get(begun.back).status, 403) << "no cookie";
    EXPECT_EQ(get(begun.back, "podbrief_slack_install=AAAA").status, 403) << "another browser";
    EXPECT_EQ(get(begun.back, begun.cookie + "; " + begun.cookie).status, 403) << "two cookies";
    std::string bent = begun.back;
    bent.back() = bent.back() == 'A' ? 'B' : 'A';
    EXPECT_EQ(get(bent, begun.cookie).status, 403) << "changed";
    EXPECT_EQ(get("/slack/oauth/callback?code=x", begun.cookie).status, 403) << "none";
    EXPECT_TRUE(world.tenants.all.empty());
    EXPECT_EQ(get(begun.back, begun.cookie).status, 200);
    EXPECT_EQ(get(begun.back, begun.cookie).status, 403) << "again";
    const Begun late = begin();
    world.pass(Millis{601'000});
    EXPECT_EQ(get(late.back, late.cookie).status, 403) << "late";
    const Begun one = begin();
    const Begun other = begin();
    EXPECT_EQ(get(one.back, other.cookie).status, 403) << "crossed";
}

// RELIABILITY (c) K 121.
TEST_F(SlackInstall, OnlyPathsOfOursAreReturnedTo) {
    for (const char* bad : {"//evil.example", "/\\evil.example", "https://evil.example", "/evil\t", "\\evil", "evil",
                            "/a\r\nSet-Cookie: x", "/\t/evil.example", "///evil", "/a/../b", "javascript:alert(1)"}) {
        EXPECT_EQ(get("/slack/install?" + to_form({{"return", bad}})).status, 400) << bad;
        EXPECT_FALSE(is_own_path(bad)) << bad;
    }
    const Begun begun = begin("/slack/install?return=%2Fsettings%3Fa%3D1");
    const auto done = get(begun.back, begun.cookie);
    EXPECT_EQ(done.status, 302);
    EXPECT_EQ(header(done, "Location"), "/settings?a=1");
}

TEST_F(SlackInstall, WhoInstallsUsFromTheirInsightsPageIsGreetedAboutIt) {
    const Begun begun = begin("/slack/install?insight=rs");
    EXPECT_EQ(begun.back.find("insight"), std::string::npos) << "only the signed state carries it";
    EXPECT_EQ(get(begun.back, begun.cookie).status, 200);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.intake.kept[0].text, "i_rs");
    for (const char* wrong : {"", "0", "-4", "x!", "99999999999999999999", "1%0a"}) {
        const Begun other = begin(std::string("/slack/install?insight=") + wrong);
        EXPECT_EQ(get(other.back, other.cookie).status, 200) << wrong;
        EXPECT_EQ(world.intake.kept.back().text, "") << wrong;
    }
}

TEST_F(SlackInstall, WhoSaysNoIsNotAskedAgainAndABadCodeInstallsNothing) {
    world.server.visitor("T1", "U1", false);
    const Begun begun = begin();
    EXPECT_EQ(get(begun.back, begun.cookie).status, 200);
    EXPECT_TRUE(world.tenants.all.empty());
    world.server.visitor("T1", "U1", true);
    Begun damaged = begin();
    damaged.back.replace(damaged.back.find("code=") + 5, 4, "nope");
    EXPECT_EQ(get(damaged.back, damaged.cookie).status, 502);
    EXPECT_TRUE(world.tenants.all.empty());
}

TEST_F(SlackInstall, WhatAWorkspaceTookBackOrNeverGaveIsNotUsed) {
    Incoming in;
    in.tenant = "T2";
    in.where = {"slack", "T2", "C1", ""};
    EXPECT_TRUE(std::holds_alternative<TenantGone>(world.answer(in, words("x"))));
    const Begun begun = begin();
    get(begun.back, begun.cookie);
    world.tenants.all["T1"].state = Tenant::State::revoked;
    const auto calls = world.model.counters().calls;
    EXPECT_TRUE(std::holds_alternative<TenantGone>(world.answer(world.intake.kept[0], words("x"))));
    EXPECT_EQ(world.model.counters().calls, calls);
}

TEST_F(SlackRotation, ATokenIsExchangedTwoHoursBeforeItExpires) {
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    world.pass(Millis{9 * 3'600'000});
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    EXPECT_EQ(world.tenants.rotations, 0);
    world.pass(Millis{3'600'000 + 1'000});
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    EXPECT_EQ(world.tenants.rotations, 1);
}

// RELIABILITY (c) K 115.
TEST_F(SlackRotation, ManySendersOfAnExpiredTokenExchangeItOnce) {
    world.pass(Millis{13 * 3'600'000});
    int sent = 0;
    int ended = 0;
    for (int i = 0; i < 10; ++i) {
        OutgoingMessage message;
        message.to = {"slack", "T1", "C1", ""};
        message.key = std::string(23, 'k') + static_cast<char>('a' + i);
        message.content = words("x");
        message.deadline = Millis{30'000};
        asio::co_spawn(world.context, world.app->messenger().post(std::move(message)),
                       [&](std::exception_ptr, SendOutcome outcome) {
                           ++ended;
                           sent += std::holds_alternative<Sent>(outcome) || std::holds_alternative<NotSent>(outcome);
                       });
    }
    world.pass(Millis{60'000});
    EXPECT_EQ(ended, 10);
    EXPECT_EQ(sent, 10);
    EXPECT_EQ(world.tenants.rotations, 1);
}

TEST_F(SlackRotation, AnExchangeThatFailsLeavesTheTokenInUseWhileItLives) {
    world.pass(Millis{11 * 3'600'000});
    doubles::Fault fault;
    fault.kind = doubles::FaultKind::refused;
    world.trouble.order(fault, "slack", "oauth.v2.access");
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    EXPECT_EQ(world.tenants.rotations, 0);
    world.pass(Millis{2 * 3'600'000});
    world.trouble.order(fault, "slack", "oauth.v2.access");
    EXPECT_TRUE(std::holds_alternative<NotSent>(post())) << "expired, and not exchanged yet";
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    EXPECT_EQ(world.tenants.rotations, 1);
}

TEST_F(SlackRotation, WhatAnotherProcessExchangedIsUsed) {
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    world.pass(Millis{11 * 3'600'000});
    const Tenant before = world.tenants.all["T1"];
    EXPECT_TRUE(std::holds_alternative<Sent>(post()));
    const Tenant after = world.tenants.all["T1"];
    EXPECT_NE(before.sealed_token, after.sealed_token);
    // A second process that still believes in the old pair.
    const Slack::Ports ports{world.context.get_executor(),
                             world.http,
                             nullptr,
                             world.intake,
                             world.clock,
                             world.random,
                             world.log,
                             world.counts,
                             &world.tenants,
                             &world.box};
    Options options;
    options.client_id = world.server_options_.client_id;
    options.client_secret = world.server_options_.client_secret;
    Slack second(ports, options);
    OutgoingMessage message;
    message.to = {"slack", "T1", "C1", ""};
    message.key = std::string(24, 'z');
    message.content = words("x");
    EXPECT_TRUE(std::holds_alternative<Sent>(world.run(second.messenger().post(message))));
    EXPECT_EQ(world.tenants.rotations, 1);
}

TEST_F(SlackRotation, ARefreshTokenThatIsRefusedEndsTheTenant) {
    world.pass(Millis{13 * 3'600'000});
    Tenant& tenant = world.tenants.all["T1"];
    tenant.sealed_refresh = world.box.seal("xoxe-1-nonsense", "slack refresh T1");
    EXPECT_TRUE(std::holds_alternative<TenantGone>(post()));
}

}  // namespace
}  // namespace podbrief::slack
