// The whole way in one process: people at the double, updates by polling or webhook, the adapter, answers back.
#include "core/delivery/key.hpp"
#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;

// Answers as the reception does: the answer as a message, a pressed button by an edit and a notice.
class Answering {
public:
    explicit Answering(TelegramWorld& world) : world_(world) {
        world.intake.on_first = [this](const Incoming& in) { world_.spawn("answer", answer(in)); };
    }

private:
    static Reply brief(bool liked) {
        Reply out;
        out.blocks.emplace_back(Heading{"Your brief for Monday 2 March"});
        InsightCard card;
        card.number = 1;
        card.insight = InsightId{101};
        card.text = "Export controls slowed the buyers, not the makers.";
        card.speaker = "Jane Doe";
        card.show = "Silicon Ledger";
        card.start = Millis{754'000};
        card.link = "https://example.com/e/1#t=754";
        card.topic = "chips";
        card.marks.liked = liked;
        out.blocks.emplace_back(card);
        out.suggestions = {"more on chips"};
        return out;
    }
    static Reply words(std::string text) {
        Reply out;
        out.blocks.emplace_back(Paragraph{std::move(text)});
        return out;
    }

    asio::awaitable<void> answer(Incoming in) {
        OutgoingMessage message;
        message.to = in.where;
        message.key = delivery::reply_key(in.platform, in.tenant, in.event_id, 1);
        Messenger& messenger = world_.adapter().messenger();
        if (in.kind == Incoming::Kind::button) {
            const auto action = action_from(in.action_data);
            if (action && action->kind == Action::Kind::like) {
                message.content = brief(true);
                co_await messenger.edit(std::move(message), in.message_ref);
                co_await world_.adapter().frontend().notice(in, "Liked. More on chips from now on.");
                co_return;
            }
            message.content = words("You pressed: " + in.action_data);
            co_await messenger.post(std::move(message));
            co_await world_.adapter().frontend().settled(in);
            co_return;
        }
        if (in.kind == Incoming::Kind::opened) {
            message.content = words("Welcome, " + in.name + ".");
        } else if (in.text == "brief") {
            message.content = brief(false);
        } else if (in.kind == Incoming::Kind::text) {
            message.content = words("You said: " + in.text);
        } else {
            co_return;
        }
        co_await messenger.post(std::move(message));
    }

    TelegramWorld& world_;
};

class TelegramConversation : public ::testing::TestWithParam<telegram::Options::Mode> {
protected:
    TelegramConversation() : answering(world) {
        world.options.mode = GetParam();
        if (GetParam() == telegram::Options::Mode::webhook) {
            world.options.public_url = TelegramWorld::site;
            world.call(world.adapter().setup());
            world.deliver();
        }
        world.run();
        world.pass(1s);
    }
    void TearDown() override { world.stop(); }  // before who answers goes

    TelegramWorld world;
    Answering answering;
};

TEST_P(TelegramConversation, GoesFromStartToAPressedButton) {
    world.server.start(TelegramWorld::ann);
    world.pass(2s);
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(2s);
    ASSERT_FALSE(world.server.press(TelegramWorld::ann, TelegramWorld::ann, "1 \U0001F44D").empty());
    world.pass(3s);
    ASSERT_FALSE(world.server.press(TelegramWorld::ann, TelegramWorld::ann, "More on chips").empty());
    world.pass(3s);
    EXPECT_EQ(world.server.spinning(), 0U);
    EXPECT_EQ(world.server.transcript(TelegramWorld::ann),
              "Ann: /start\n"
              "\n"
              "Brief: Welcome, Ann.\n"
              "\n"
              "Ann: brief\n"
              "\n"
              "Brief: Your brief for Monday 2 March\n"
              "\n"
              "  1. Export controls slowed the buyers, not the makers.\n"
              "  Jane Doe \u00b7 Silicon Ledger \u00b7 12:34 \u00b7 Listen <https://example.com/e/1#t=754>\n"
              "  [1 More] [Other side] [Source]\n"
              "  [1 \U0001F44D Liked] [\U0001F44E] [Save] [Mute chips]\n"
              "  [More on chips]\n"
              "  (Liked. More on chips from now on.)\n"
              "\n"
              "Brief: You pressed: say:more on chips\n");
}

TEST_P(TelegramConversation, InAGroupTheBotAnswersWhatIsSaidToIt) {
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "hello everybody");
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "/more@BriefBot chips");
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "/more@OtherBot chips");
    world.pass(5s);
    doubles::TelegramServer::SayOptions reply;
    reply.reply_to = world.server.latest(TelegramWorld::group);
    world.server.say(TelegramWorld::ann, TelegramWorld::group, "why 1", reply);
    world.pass(5s);
    EXPECT_EQ(world.server.transcript(TelegramWorld::group),
              "Bob: hello everybody\n\nBob: /more@BriefBot chips\n\nBob: /more@OtherBot chips\n\n"
              "Brief: You said: more chips\n\nAnn: why 1\n\nBrief: You said: why 1\n");
}

TEST_P(TelegramConversation, LosesAndDoublesNothingWhenUpdatesComeTwiceAndTelegramStumbles) {
    for (int i = 0; i < 20; ++i) {
        if (i % 3 == 0) world.server.updates().tell_twice();
        if (i % 4 == 0) world.order(FaultKind::http_502, "getupdates");
        if (i % 5 == 0) world.intake.unavailable = 1;
        world.server.say(TelegramWorld::ann, "question " + std::to_string(i));
        world.pass(20s);
    }
    world.pass(120s);
    for (int i = 0; i < 20; ++i) {
        const std::string answer = "You said: question " + std::to_string(i);
        std::size_t found = 0;
        for (const auto& seen : world.model.with_text(answer)) found += seen.message->text == answer ? 1 : 0;
        EXPECT_EQ(found, 1U) << answer;
    }
}

INSTANTIATE_TEST_SUITE_P(Modes, TelegramConversation,
                         ::testing::Values(telegram::Options::Mode::polling, telegram::Options::Mode::webhook),
                         [](const auto& mode) {
                             return mode.param == telegram::Options::Mode::polling ? "Polling" : "Webhook";
                         });

}  // namespace
}  // namespace podbrief::telegram_test
