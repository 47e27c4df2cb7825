#include <nlohmann/json.hpp>

#include "adapters/telegram/menu.hpp"
#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using Grade = Finding::Grade;

std::string all_of(const std::vector<Finding>& findings, Grade grade) {
    std::string out;
    for (const Finding& finding : findings) {
        if (finding.grade == grade) out += finding.what + " | " + finding.remedy + "\n";
    }
    return out;
}

TEST(TelegramSetup, TellsTelegramTheCommandsOfEachLanguageAndScope) {
    TelegramWorld world;
    const auto findings = world.call(world.adapter().setup());
    EXPECT_EQ(all_of(findings, Grade::bad), "");
    const auto& commands = world.server.commands();
    EXPECT_EQ(commands.size(), 2 * telegram::menu_languages().size());
    ASSERT_EQ(commands.count("all_private_chats de"), 1U);
    ASSERT_EQ(commands.count("all_group_chats "), 1U);
    EXPECT_GT(commands.at("all_private_chats ").size(), commands.at("all_group_chats ").size());
    EXPECT_EQ(world.server.descriptions().size(), telegram::menu_languages().size());
    EXPECT_EQ(world.times("deleteWebhook"), 1);
    EXPECT_EQ(world.times("setWebhook"), 0);
}

TEST(TelegramSetup, PutsTheWebhookInPlaceOrTakesItAway) {
    TelegramWorld world;
    world.options.mode = telegram::Options::Mode::webhook;
    world.options.public_url = TelegramWorld::site;
    world.call(world.adapter().setup());
    EXPECT_EQ(world.server.updates().target().url, world.webhook_url);
    EXPECT_GE(world.server.updates().target().secret.size(), 32U);

    TelegramWorld polling;
    polling.server.updates().set_target({"https://old.example/x", "s", 40});
    polling.call(polling.adapter().setup());
    EXPECT_EQ(polling.server.updates().target().url, "");
}

TEST(TelegramSetup, SaysWhatDidNotWorkAndWaitsWhereItIsAskedTo) {
    TelegramWorld world;
    world.order(FaultKind::limited, "setmycommands", false, Millis{2'000});
    EXPECT_EQ(all_of(world.call(world.adapter().setup()), Grade::bad), "");
    world.model.revoke({}, world.clock.wall_now());
    const std::string bad = all_of(world.call(world.adapter().setup()), Grade::bad);
    EXPECT_NE(bad.find("Unauthorized"), std::string::npos) << bad;
    EXPECT_NE(bad.find("@BotFather"), std::string::npos) << bad;
}

TEST(TelegramCheck, IsContentWithAGoodToken) {
    TelegramWorld world;
    const auto findings = world.call(world.adapter().check());
    EXPECT_EQ(all_of(findings, Grade::bad), "");
    EXPECT_NE(all_of(findings, Grade::good).find("@BriefBot"), std::string::npos);
    EXPECT_NE(all_of(findings, Grade::good).find("polled"), std::string::npos);
}

TEST(TelegramCheck, NamesWhatIsWrongAndWhereToClick) {
    TelegramWorld world;
    world.server.updates().set_target({"https://old.example/a-secret-path", "s", 40});
    std::string bad = all_of(world.call(world.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("https://old.example/..."), std::string::npos) << bad;
    EXPECT_EQ(bad.find("a-secret-path"), std::string::npos) << bad;
    EXPECT_NE(bad.find("podbrief platforms setup telegram"), std::string::npos) << bad;

    TelegramWorld webhook;
    webhook.options.mode = telegram::Options::Mode::webhook;
    webhook.options.public_url = TelegramWorld::site;
    bad = all_of(webhook.call(webhook.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("Updates go nowhere"), std::string::npos) << bad;
    webhook.call(webhook.adapter().setup());
    EXPECT_EQ(all_of(webhook.call(webhook.adapter().check()), Grade::bad), "");
    webhook.server.updates().allow({"message"});
    bad = all_of(webhook.call(webhook.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("callback_query"), std::string::npos) << bad;
}

TEST(TelegramCheck, NoticesARefusedTokenAClosedNetworkAndAWrongClock) {
    TelegramWorld world;
    world.model.revoke({}, world.clock.wall_now());
    std::string bad = all_of(world.call(world.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("refuses the token"), std::string::npos) << bad;
    world.model.restore({}, world.clock.wall_now());
    world.order(FaultKind::refused, "getme");
    bad = all_of(world.call(world.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("cannot be reached"), std::string::npos) << bad;
    world.server.set_date_ahead(std::chrono::minutes{10});
    bad = all_of(world.call(world.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("s behind Telegram's"), std::string::npos) << bad;
    world.server.set_date_ahead(-std::chrono::minutes{10});
    bad = all_of(world.call(world.adapter().check()), Grade::bad);
    EXPECT_NE(bad.find("s ahead of Telegram's"), std::string::npos) << bad;
}

TEST(TelegramOptions, AreLookedAtBeforeAnythingIsSent) {
    const auto with = [](auto change) {
        telegram::Options options;
        options.token = "123:ABC";
        change(options);
        return telegram::problem_with(options);
    };
    EXPECT_EQ(with([](auto&) {}), "");
    EXPECT_NE(with([](auto& o) { o.token = ""; }), "");
    EXPECT_NE(with([](auto& o) { o.token = "123:AB C"; }), "");
    EXPECT_NE(with([](auto& o) { o.token = "abc"; }), "");
    EXPECT_NE(with([](auto& o) { o.token = "123:A/../B"; }), "");
    const auto webhook = [&](auto change) {
        return with([&](auto& o) {
            o.mode = telegram::Options::Mode::webhook;
            o.public_url = "https://brief.example";
            change(o);
        });
    };
    EXPECT_EQ(webhook([](auto&) {}), "");
    EXPECT_NE(webhook([](auto& o) { o.public_url = ""; }), "");
    EXPECT_NE(webhook([](auto& o) { o.webhook_path = "/telegram"; }), "");
    EXPECT_NE(webhook([](auto& o) { o.secrets = {"a b"}; }), "");
    EXPECT_NE(webhook([](auto& o) { o.max_connections = 101; }), "");
    EXPECT_EQ(with([](auto& o) { o.token = "123:AB C"; }).find("AB C"), std::string::npos);
}

// RELIABILITY 122: the token is part of every address.
TEST(TelegramSecrets, TheTokenIsInNoLogErrorOrFinding) {
    TelegramWorld world;
    world.run();
    std::string told;
    for (const auto kind : {FaultKind::refused, FaultKind::silent, FaultKind::reset, FaultKind::http_500,
                            FaultKind::garbage_html, FaultKind::limited}) {
        for (const char* op : {"getme", "getupdates", "post", "setwebhook", "deletewebhook", "getwebhookinfo"}) {
            world.order(kind, op);
        }
        OutgoingMessage message;
        message.to = {"telegram", "", "42", ""};
        message.content.blocks.emplace_back(Paragraph{"words"});
        const auto outcome = world.call(world.adapter().messenger().post(message));
        std::visit(
            [&](const auto& one) {
                if constexpr (requires { one.reason; }) told += one.reason + "\n";
            },
            outcome);
        for (const Finding& finding : world.call(world.adapter().check())) told += finding.what + finding.remedy + "\n";
        for (const Finding& finding : world.call(world.adapter().setup())) told += finding.what + finding.remedy + "\n";
        world.pass(Millis{30'000});
    }
    for (const auto& line : world.log.lines) told += line + "\n";
    for (const auto& [name, value] : world.metrics.counted) told += name + "\n";
    EXPECT_GT(told.size(), 500U);
    EXPECT_EQ(told.find("CANARY"), std::string::npos) << told;
    EXPECT_EQ(told.find("/bot"), std::string::npos) << told;
}

// What a client of HTTP tells might hold the address: it is taken out.
TEST(TelegramSecrets, AClientThatTellsTheAddressTellsNothing) {
    class TellingHttp final : public HttpClient {
        asio::awaitable<HttpResult> send(HttpRequest request) override {
            HttpFailure failure;
            failure.detail = request.url + " failed";
            co_return failure;
        }
    } http;
    TelegramWorld world;
    const telegram::Ports ports{http, world.intake, world.clock, world.random, world.log, world.metrics};
    world.options.token = TelegramWorld::token;
    telegram::Telegram adapter(world.options, ports);
    for (const Finding& finding : world.call(adapter.check())) {
        EXPECT_EQ(finding.what.find("CANARY"), std::string::npos) << finding.what;
    }
}

}  // namespace
}  // namespace podbrief::telegram_test
