#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "adapters/telegram/verify.hpp"
#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;

constexpr const char* secret_header = "X-Telegram-Bot-Api-Secret-Token";
constexpr const char* secret = "A-secret_of-32-characters-000001";

class TelegramWebhook : public ::testing::Test {
protected:
    TelegramWebhook() {
        world.options.mode = telegram::Options::Mode::webhook;
        world.options.public_url = TelegramWorld::site;
        world.options.secrets = {secret};
        world.adapter();
    }
    void SetUp() override {
        world.run();
        world.pass(1s);
    }
    ServerRequest request(std::string body) {
        ServerRequest out;
        out.method = "POST";
        out.target = world.webhook_url.substr(std::string(TelegramWorld::site).size());
        out.headers = {{"Content-Type", "application/json"}, {secret_header, secret}};
        out.body = std::move(body);
        return out;
    }
    static std::string said(std::int64_t update, const std::string& text = "brief") {
        return R"({"update_id":)" + std::to_string(update) +
               R"(,"message":{"message_id":5,"date":1772400000,"from":{"id":42,"is_bot":false,"first_name":"Ann"},)" +
               R"("chat":{"id":42,"type":"private"},"text":")" + text + "\"}}";
    }
    int status(ServerRequest asked) { return world.call(world.handler(std::move(asked))).status; }

    TelegramWorld world;
};

TEST_F(TelegramWebhook, TakesWhatTelegramSendsAndAcknowledgesWhatIsKept) {
    EXPECT_EQ(status(request(said(1))), 200);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.intake.kept[0].text, "brief");
    EXPECT_EQ(status(request(R"({"update_id":2,"poll":{}})")), 200) << "nothing to us";
    EXPECT_EQ(world.intake.kept.size(), 1U);
}

// RELIABILITY 85.
TEST_F(TelegramWebhook, ForgedRequestsAreRefusedWithoutEffect) {
    auto forged = request(said(1));
    forged.headers.pop_back();
    EXPECT_EQ(status(forged), 401) << "no secret";
    for (std::size_t at = 0; at < std::string(secret).size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string wrong = secret;
            wrong[at] = static_cast<char>(wrong[at] ^ (1 << bit));
            forged = request(said(1));
            forged.headers.back().value = wrong;
            ASSERT_EQ(status(forged), 401) << at << " " << bit;
        }
    }
    for (const std::string& wrong : {std::string(), std::string(secret).substr(1), std::string(secret) + "x",
                                     std::string("a-SECRET_OF-32-CHARACTERS-000001"), std::string(secret) + " "}) {
        forged = request(said(1));
        forged.headers.back().value = wrong;
        EXPECT_EQ(status(forged), 401) << wrong;
    }
    forged = request(said(1));
    forged.headers.push_back({"x-telegram-bot-api-secret-token", secret});
    EXPECT_EQ(status(forged), 401) << "twice";
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_EQ(world.bridge.sent().size(), 1U) << "nobody makes us call Telegram";
    EXPECT_GT(world.metrics.of("podbrief_telegram_webhook_requests_total unsigned"), 0);
}

// RELIABILITY 97: while the secret is changed both are good, then the new one only.
TEST(TelegramVerify, SeveralSecretsAreGoodWhileOneIsReplaced) {
    const auto with = [](const std::string& given, const std::vector<std::string>& secrets) {
        return telegram::is_from_telegram({{secret_header, given}}, secrets);
    };
    EXPECT_TRUE(with("old", {"new", "old"}));
    EXPECT_TRUE(with("new", {"new", "old"}));
    EXPECT_FALSE(with("old", {"new"}));
    EXPECT_FALSE(with("", {""}));
    EXPECT_FALSE(with("x", {}));
    EXPECT_FALSE(telegram::is_usable_secret(""));
    EXPECT_FALSE(telegram::is_usable_secret("with space"));
    EXPECT_FALSE(telegram::is_usable_secret(std::string(257, 'x')));
    EXPECT_TRUE(telegram::is_usable_secret(std::string(256, 'x')));
}

// RELIABILITY 89, 90: after the signature.
TEST_F(TelegramWebhook, WhatIsTooLargeBrokenOrOfAnotherKindIsRefused) {
    auto asked = request(said(1));
    asked.method = "GET";
    EXPECT_EQ(status(asked), 405);
    EXPECT_EQ(status(request(std::string(300'000, ' '))), 413);
    asked = request(said(1));
    asked.headers[0].value = "text/plain";
    EXPECT_EQ(status(asked), 415);
    asked = request(said(1));
    asked.headers.push_back({"Content-Encoding", "gzip"});
    EXPECT_EQ(status(asked), 415);
    for (const std::string& broken : {std::string("{"), std::string(100'000, '['), std::string("{\"update_id\":0}"),
                                      std::string("\xFF"), std::string()}) {
        EXPECT_EQ(status(request(broken)), 400);
        asked = request(broken);
        asked.headers.pop_back();
        EXPECT_EQ(status(asked), 401) << "the secret comes first";
    }
    EXPECT_TRUE(world.intake.kept.empty());
}

// RELIABILITY 86.
TEST_F(TelegramWebhook, TheSameUpdateIsCarriedOutOnce) {
    for (int i = 0; i < 100; ++i) EXPECT_EQ(status(request(said(7))), 200);
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.intake.told, 100);
}

// RELIABILITY 88: a set of ids, no high-water mark.
TEST_F(TelegramWebhook, AnUpdateThatWasOvertakenIsStillTaken) {
    EXPECT_EQ(status(request(said(9, "second"))), 200);
    EXPECT_EQ(status(request(said(8, "first"))), 200);
    EXPECT_EQ(world.intake.kept.size(), 2U);
}

// RELIABILITY 95.
TEST_F(TelegramWebhook, WhatCannotBeKeptIsAskedForAgain) {
    world.intake.unavailable = 1;
    EXPECT_EQ(status(request(said(1))), 503);
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_EQ(status(request(said(1))), 200);
    EXPECT_EQ(world.intake.kept.size(), 1U);
}

TEST(TelegramWebhookStart, UntilItsNameIsKnownTheBotAsksForUpdatesAgain) {
    TelegramWorld world;
    world.options.mode = telegram::Options::Mode::webhook;
    world.options.public_url = TelegramWorld::site;
    world.call(world.adapter().setup());
    for (int i = 0; i < 3; ++i) world.order(FaultKind::http_500, "getme");
    world.run();
    world.deliver();
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(2s);
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_GT(world.metrics.of("podbrief_telegram_webhook_requests_total not ready"), 0);
    world.pass(60s);
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.times("getMe"), 4);
}

// RELIABILITY 85, G9. PODBRIEF_FORGERIES=1000000 tries so many.
TEST(TelegramVerify, NoForgedSecretIsGood) {
    const char* configured = std::getenv("PODBRIEF_FORGERIES");
    const long long count = configured == nullptr ? 20'000 : std::atoll(configured);
    Random random(7);
    const std::vector<std::string> secrets{secret, "another_secret-0123456789abcdef0"};
    for (long long i = 0; i < count; ++i) {
        std::string forged = secrets[random.below(2)];
        for (auto changes = 1 + random.below(4); changes > 0 && !forged.empty(); --changes) {
            const std::size_t at = random.below(forged.size());
            switch (random.below(4)) {
                case 0:
                    forged[at] = static_cast<char>(forged[at] ^ static_cast<char>(1 + random.below(255)));
                    break;
                case 1:
                    forged.erase(at, 1 + random.below(8));
                    break;
                case 2:
                    forged.insert(at, 1, static_cast<char>(random.below(256)));
                    break;
                default:
                    forged.resize(at);
                    break;
            }
        }
        if (forged == secrets[0] || forged == secrets[1]) continue;  // the changes undid each other
        ASSERT_FALSE(telegram::is_from_telegram({{secret_header, forged}}, secrets)) << i;
    }
}

TEST_F(TelegramWebhook, ThePathCannotBeGuessed) {
    EXPECT_GT(world.webhook_url.size(), std::string(TelegramWorld::site).size() + 40);
    EXPECT_EQ(world.webhook_url.find(TelegramWorld::token), std::string::npos);
}

TEST_F(TelegramWebhook, TelegramRetriesUntilItIsTaken) {
    const auto findings = world.call(world.adapter().setup());
    for (const Finding& finding : findings) EXPECT_EQ(finding.grade, Finding::Grade::good) << finding.what;
    world.intake.unavailable = 3;
    world.deliver();
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(1s);
    EXPECT_TRUE(world.intake.kept.empty());
    world.pass(60s);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.server.updates().pending(), 0U);
}

}  // namespace
}  // namespace podbrief::telegram_test
