#include "tests/adapters/discord/world.hpp"

#include <boost/asio/co_spawn.hpp>

#include "core/delivery/key.hpp"

namespace podbrief::discord {

Options World::options_for(Mode mode, const doubles::DiscordServer& server) {
    Options options;
    const doubles::DiscordServer::Settings same;
    options.token = same.token;
    options.application_id = same.application;
    options.public_keys = {server.public_key()};
    options.http = mode == Mode::http;
    options.gateway = mode == Mode::gateway;
    options.public_url = "https://brief.example.org";
    options.api = "https://discord.double/api/v10";
    return options;
}

World::World(Mode mode, doubles::DiscordServer::Settings settings)
    : server(model, clock, std::move(settings)),
      http(clock, trouble),
      sockets(context.get_executor(), clock),
      discord(options_for(mode, server), {http, &sockets, intake, clock, random, log, metrics}),
      tasks(context.get_executor(), [](const std::string&, std::exception_ptr) {}) {
    http.to("https://discord.double/api/v10", server);
    for (WebRoute& route : discord.routes()) http.to("https://brief.example.org" + route.path, route.handler);
    sockets.to("ws://discord.double/gateway", server.gateway_handler());
    server.reach_by(&http);
    server.add_person({ada, "ada"});
    server.add_person({grace, "grace", "en-GB", true});
    server.add_guild(guild, "Reading room");
    server.add_channel(guild, channel);
    server.add_bot(guild);
    run(discord.setup());
}

World::~World() {
    stop();
    run(sockets.stop());
}

void World::drive(const bool& done) {
    for (int idle = 0; !done && idle < 200'000;) {
        context.restart();
        const bool worked = context.poll() > 0;
        if (done) break;
        if (!worked && !clock.advance_to_next()) ++idle;
        if (worked) idle = 0;
    }
    if (!done) throw std::runtime_error("nothing goes on");
}

void World::run(asio::awaitable<void> work) {
    std::exception_ptr failure;
    bool done = false;
    auto ended = [&](std::exception_ptr thrown) {
        failure = thrown;
        done = true;
    };
    asio::co_spawn(context, std::move(work), ended);
    drive(done);
    if (failure) std::rethrow_exception(failure);
}

void World::pass(Millis time) {
    const SteadyTime end = clock.steady_now() + time;
    for (;;) {
        context.restart();
        while (context.poll() > 0) context.restart();
        const auto due = clock.next_due();
        if (!due || *due > end) break;
        clock.advance_to_next();
    }
    if (clock.steady_now() < end) clock.advance(end - clock.steady_now());
    context.restart();
    while (context.poll() > 0) context.restart();
}

bool World::until(const std::function<bool()>& holds) {
    const SteadyTime end = clock.steady_now() + Millis{60'000};
    while (!holds() && clock.steady_now() < end) pass(Millis{50});
    return holds();
}

void World::start() {
    tasks.spawn("discord", discord.run());
    pass(Millis{0});
}

void World::stop() {
    tasks.request_stop();
    run(tasks.drained());
}

OutgoingMessage World::answer_to(const Incoming& incoming, Reply reply, int part) {
    OutgoingMessage message;
    message.to = incoming.where;
    message.key = delivery::reply_key(incoming.platform, incoming.tenant, incoming.event_id, part);
    message.content = std::move(reply);
    return message;
}

Reply saying(const std::string& text) {
    Reply reply;
    reply.blocks.emplace_back(Paragraph{text});
    return reply;
}

InsightCard card_of(int number, const std::string& text) {
    InsightCard card;
    card.number = number;
    card.insight = InsightId{number};
    card.text = text;
    card.speaker = "Jane Doe";
    card.show = "The Show";
    card.episode = "Episode " + std::to_string(number);
    card.start = Millis{754'000};
    card.link = "https://example.org/e" + std::to_string(number) + "#t=754";
    card.topic = "chip exports";
    return card;
}

Reply five_insights() {
    Reply reply;
    reply.blocks.emplace_back(Heading{"Your brief for Thursday, 12 March 2026"});
    for (int i = 1; i <= 5; ++i) reply.blocks.emplace_back(card_of(i, "Claim " + std::to_string(i) + "."));
    reply.suggestions = {"more on 1", "more on chip exports", "why 1"};
    return reply;
}

}  // namespace podbrief::discord
