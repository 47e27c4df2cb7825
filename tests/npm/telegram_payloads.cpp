#include "core/delivery/key.hpp"
#include "tests/adapters/telegram/world.hpp"
#include "tests/npm/payloads.hpp"

namespace podbrief::testing {
namespace {

using telegram_test::TelegramWorld;

void add_requests(const TelegramWorld& world, std::vector<Payload>& out) {
    for (const HttpRequest& request : world.bridge.sent()) {
        if (!request.url.starts_with(TelegramWorld::api)) continue;
        out.push_back({"telegram", request.url.substr(request.url.rfind('/') + 1), request.body});
    }
}

void by_webhook(TelegramWorld& world) {
    world.options.mode = podbrief::telegram::Options::Mode::webhook;
    world.options.public_url = TelegramWorld::site;
    world.call(world.adapter().setup());
    world.call(world.adapter().check());
    world.run();
    world.pass(Millis{1'000});
    world.deliver();
    world.server.add_bot(TelegramWorld::forum, TelegramWorld::ann);
    doubles::TelegramServer::SayOptions in_topic;
    in_topic.thread = 5;
    world.server.say(TelegramWorld::bob, TelegramWorld::forum, "/pause@BriefBot", in_topic);
    world.pass(Millis{2'000});
    const Incoming asked = world.intake.kept.back();
    OutgoingMessage message;
    message.to = asked.where;
    message.key = delivery::reply_key("telegram", "", asked.event_id, 1);
    for (const Reply& reply : all_kinds_of_replies()) {
        for (const Reply& part : world.adapter().messenger().split(reply)) {
            message.content = part;
            message.plainness = 0;
            const auto reserved = world.call(world.adapter().messenger().reserve(message));
            world.pass(Millis{4'000});
            for (const int plainness : {0, 1, 2}) {
                message.plainness = plainness;
                world.call(world.adapter().messenger().post(message));
                world.pass(Millis{4'000});
                if (const auto* sent = std::get_if<Sent>(&reserved))
                    world.call(world.adapter().messenger().edit(message, sent->message_ref));
                world.pass(Millis{4'000});
            }
        }
    }
    world.server.press(TelegramWorld::bob, TelegramWorld::forum, "Save");
    world.pass(Millis{4'000});
    world.call(world.adapter().frontend().notice(asked, "words"));
}

void by_polling(TelegramWorld& world) {
    world.call(world.adapter().setup());
    world.run();
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(Millis{60'000});
    OutgoingMessage message;
    message.to = world.intake.kept.back().where;
    message.content = all_kinds_of_replies().front();
    world.call(world.adapter().messenger().post(message));
    world.server.press(TelegramWorld::ann, TelegramWorld::ann, "Save");
    world.pass(Millis{1'000});
    world.call(world.adapter().frontend().notice(world.intake.kept.back(), "Saved."));
    world.pass(Millis{10'000});
}

}  // namespace

std::vector<Payload> telegram_payloads() {
    std::vector<Payload> out;
    TelegramWorld webhook;
    by_webhook(webhook);
    add_requests(webhook, out);
    TelegramWorld polling;
    by_polling(polling);
    add_requests(polling, out);
    return out;
}

}  // namespace podbrief::testing
