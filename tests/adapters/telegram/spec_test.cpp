#include "tests/adapters/telegram/bot_api_spec.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "core/delivery/key.hpp"
#include "tests/adapters/telegram/world.hpp"
#include "tests/support/any_reply.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class TelegramSpec : public ::testing::Test {
protected:
    void SetUp() override {
        spec = BotApiSpec::load();
        if (!spec) GTEST_SKIP() << "the description of the Bot API is not beside this checkout (PODBRIEF_DATA)";
    }
    // Every call that was made; gives the methods.
    std::set<std::string> check_calls(const TelegramWorld& world) {
        std::set<std::string> methods;
        for (const HttpRequest& request : world.bridge.sent()) {
            if (!request.url.starts_with(TelegramWorld::api)) continue;
            const std::string method = request.url.substr(request.url.rfind('/') + 1);
            methods.insert(method);
            EXPECT_EQ(spec->problem_with_call(method, Json::parse(request.body)), "") << request.body;
        }
        return methods;
    }
    std::optional<BotApiSpec> spec;
};

TEST_F(TelegramSpec, EverythingWeSendIsAsDescribed) {
    TelegramWorld world;
    world.options.mode = telegram::Options::Mode::webhook;
    world.options.public_url = TelegramWorld::site;
    world.call(world.adapter().setup());
    world.call(world.adapter().check());
    world.run();
    world.pass(1s);
    world.deliver();
    world.server.add_bot(TelegramWorld::forum, TelegramWorld::ann);
    doubles::TelegramServer::SayOptions in_topic;
    in_topic.thread = 5;
    world.server.say(TelegramWorld::bob, TelegramWorld::forum, "/pause@BriefBot", in_topic);
    world.pass(2s);
    ASSERT_EQ(world.intake.kept.size(), 2U);

    OutgoingMessage message;
    message.to = world.intake.kept.back().where;
    message.key = delivery::reply_key("telegram", "", world.intake.kept.back().event_id, 1);
    message.content.blocks.emplace_back(Heading{"Heading"});
    InsightCard card;
    card.number = 1;
    card.insight = InsightId{7};
    card.text = "A claim.";
    card.quote = "words";
    card.show = "Show";
    card.link = "https://example.com/1";
    card.why = "why";
    message.content.blocks.emplace_back(card);
    Choices choices;
    choices.choices.push_back({"Page", {}, "https://example.com/page", false});
    message.content.blocks.emplace_back(choices);
    message.content.suggestions = {"saved"};
    const auto reserved = world.call(world.adapter().messenger().reserve(message));
    ASSERT_TRUE(std::holds_alternative<Sent>(reserved));
    world.call(world.adapter().messenger().edit(message, std::get<Sent>(reserved).message_ref));
    for (const int plainness : {0, 1, 2}) {
        message.plainness = plainness;
        EXPECT_TRUE(std::holds_alternative<Sent>(world.call(world.adapter().messenger().post(message))));
        world.pass(4s);
    }
    ASSERT_FALSE(world.server.press(TelegramWorld::bob, TelegramWorld::forum, "Save").empty());
    world.pass(4s);
    world.call(world.adapter().frontend().notice(world.intake.kept[1], "words"));

    TelegramWorld polling;
    polling.call(polling.adapter().setup());
    polling.run();
    polling.server.say(TelegramWorld::ann, "brief");
    polling.pass(60s);

    std::set<std::string> methods = check_calls(world);
    methods.merge(check_calls(polling));
    EXPECT_EQ(methods,
              (std::set<std::string>{"answerCallbackQuery", "deleteWebhook", "editMessageText", "getChatMember",
                                     "getMe", "getUpdates", "getWebhookInfo", "sendMessage", "setMyCommands",
                                     "setMyDescription", "setMyShortDescription", "setWebhook"}));
}

TEST_F(TelegramSpec, AnyReplyMakesCallsAsDescribedThatTheDoubleTakes) {
    TelegramWorld world;
    Random random(11);
    const std::size_t count = podbrief::testing::replies_to_try(200) / 10;
    for (std::size_t i = 0; i < count; ++i) {
        for (const Reply& part : world.adapter().messenger().split(podbrief::testing::any_reply(random))) {
            for (const int plainness : {0, 1, 2}) {
                OutgoingMessage message;
                message.to = {"telegram", "", "42", ""};
                message.content = part;
                message.plainness = plainness;
                world.clock.advance(Millis{5'000});
                const auto outcome = world.call(world.adapter().messenger().post(message));
                ASSERT_TRUE(std::holds_alternative<Sent>(outcome)) << i << " " << outcome.index();
            }
        }
        check_calls(world);
        world.bridge.forget();
        if (HasFailure()) return;
    }
}

TEST_F(TelegramSpec, TheUpdatesOfTheDoubleAreAsDescribed) {
    TelegramWorld world;
    world.server.add_bot(TelegramWorld::forum, TelegramWorld::ann);
    world.server.add_bot(TelegramWorld::channel, TelegramWorld::ann);
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    doubles::TelegramServer::SayOptions in_topic;
    in_topic.thread = 5;
    world.server.say(TelegramWorld::ann, TelegramWorld::forum, "/brief@BriefBot", in_topic);
    world.server.start(TelegramWorld::ann, "payload");
    world.server.post(TelegramWorld::channel, "/settings");
    world.server.upgrade(TelegramWorld::group);
    world.server.block(TelegramWorld::bob);
    OutgoingMessage message;
    message.to = {"telegram", "", "42", ""};
    message.content.suggestions = {"saved"};
    world.call(world.adapter().messenger().post(message));
    ASSERT_FALSE(world.server.press(TelegramWorld::ann, TelegramWorld::ann, "Saved").empty());
    const auto updates = world.server.updates().take(0, 100);
    EXPECT_EQ(updates.size(), 10U);
    for (Json update : updates) {
        // The double's memberships say only what matters to a bot.
        if (update.contains("my_chat_member")) {
            for (const char* side : {"old_chat_member", "new_chat_member"}) update["my_chat_member"].erase(side);
            update["my_chat_member"]["old_chat_member"] =
                Json{{"status", "left"}, {"user", {{"id", 1}, {"is_bot", true}, {"first_name", "B"}}}};
            update["my_chat_member"]["new_chat_member"] = update["my_chat_member"]["old_chat_member"];
        }
        EXPECT_EQ(spec->problem_with_type("Update", update, "update"), "") << update.dump();
    }
}

}  // namespace
}  // namespace podbrief::telegram_test
