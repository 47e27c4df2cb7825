#include "tests/adapters/discord_payloads/conversation.hpp"

#include "tests/support/any_reply.hpp"

namespace podbrief::discord {

void converse(World& world) {
    const std::string direct = world.server.direct_messages(ada);
    const auto answer = [&](Reply reply, int plainness, int part = 1) {
        OutgoingMessage message = world.answer_to(world.latest(), std::move(reply), part);
        message.plainness = plainness;
        world.post(message);
        world.pass(Millis{1'100});
    };
    for (const std::string& where : {std::string(channel), direct}) {
        for (const int plainness : {0, 1, 2}) {
            world.run(world.server.slash(ada, where, "more topic:chips"));
            answer(five_insights(), plainness);
            answer(saying("More."), plainness, 2);
        }
        world.run(world.server.press(ada, where, "Save"));
        OutgoingMessage edit = world.answer_to(world.latest(), five_insights());
        world.run(world.discord.messenger().edit(edit, world.latest().message_ref));
        world.run(world.discord.frontend().notice(world.latest(), "Saved."));
        world.run(world.server.press(ada, where, "More"));
        answer(saying("More."), 0);
        world.run(world.server.slash(ada, where, "like number:1"));
        world.run(world.discord.frontend().settled(world.latest()));
    }
    world.intake.names = {"chips"};
    world.run(world.server.suggestions(ada, channel, "more topic:chi"));
    Form form;
    form.name = "settings";
    form.title = "Your settings";
    form.fields.push_back({"topics", "Topics", "one a line", "chips", {}, false, 300});
    form.fields.push_back({"days", "Days", "", "a\nb", {{"a", "A"}, {"b", "B"}, {"c", "C"}}, true, 300});
    world.intake.form = form;
    world.run(world.server.slash(ada, channel, "settings"));
    world.run(world.server.submit(ada, channel, {{"topics", "chips"}}));

    OutgoingMessage message;
    message.to = {"discord", "", std::string("@") + grace, ""};
    message.key = "abcdefghijklmnopqrstuvwx";
    message.content = five_insights();
    world.post(message);
    message.to = {"discord", guild, channel, ""};
    message.plainness = 1;
    world.post(message);
    for (const int plainness : {0, 1, 2}) {
        message.plainness = plainness;
        world.run(world.discord.messenger().edit(message, world.server.latest(channel)));
        world.pass(Millis{2'000});
    }
    world.run(world.discord.messenger().find(message, world.clock.wall_now()));
    world.run(world.discord.check());
}

void post_anything(World& world, std::size_t tries) {
    Random random(31);
    std::size_t number = 0;
    for (std::size_t i = 0; i < tries; ++i) {
        for (Reply& part : world.discord.messenger().split(podbrief::testing::any_reply(random))) {
            OutgoingMessage message;
            message.to = {"discord", guild, channel, ""};
            message.key = "k" + std::to_string(number++);
            message.key.resize(24, 'x');
            message.plainness = static_cast<int>(i % 3);
            message.content = std::move(part);
            world.post(message);
            world.pass(Millis{1'100});
        }
    }
}

}  // namespace podbrief::discord
