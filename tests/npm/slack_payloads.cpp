#include "core/delivery/key.hpp"
#include "tests/adapters/slack/world.hpp"
#include "tests/npm/payloads.hpp"

namespace podbrief::testing {
namespace {

namespace app = podbrief::slack;  // the doubles have a `slack` of their own
using app::World;

bool is_form(const HttpRequest& request) {
    const std::string* type = find_header(request.headers, "Content-Type");
    return type != nullptr && type->starts_with("application/x-www-form-urlencoded");
}

void add_requests(const World& world, std::vector<Payload>& out) {
    constexpr std::string_view api = "https://slack.com/api/";
    for (const HttpRequest& request : world.http.sent()) {
        std::string method;
        if (request.url.starts_with(api)) method = request.url.substr(api.size());
        if (request.url.starts_with("https://hooks.slack.com/")) method = "response_url";
        if (method.empty()) continue;
        out.push_back({"slack", method, is_form(request) ? json_of_form(request.body) : request.body});
    }
}

// Every reply, posted and edited in every plainness.
void say_everything(World& world, const Destination& to) {
    std::size_t number = 0;
    for (const Reply& reply : all_kinds_of_replies()) {
        for (const Reply& part : world.app->messenger().split(reply)) {
            OutgoingMessage message;
            message.to = to;
            message.key = "p" + std::to_string(number++);
            message.key.resize(24, 'x');
            message.content = part;
            for (const int plainness : {0, 1, 2}) {
                message.plainness = plainness;
                const auto outcome = world.run(world.app->messenger().post(message));
                if (const auto* sent = std::get_if<Sent>(&outcome))
                    world.run(world.app->messenger().edit(message, sent->message_ref));
                world.pass(Millis{1'100});
            }
        }
        Incoming home;
        home.platform = "slack";
        home.tenant = "T1";
        home.from = {"slack", "T1", "U1"};
        world.run(world.app->frontend().show_home(home, reply));
        world.pass(Millis{5'000});
    }
}

void converse(World& world) {
    const auto last = [&] { return world.intake.kept.back(); };
    world.run(world.server.say("T1", "U1", "C1", "<@U0BOT> more on chips"));
    say_everything(world, last().where);  // in a thread
    OutgoingMessage looked_for;
    looked_for.to = last().where;
    looked_for.key = std::string(24, 'n');
    world.run(world.app->messenger().find(looked_for, world.clock.wall_now()));
    looked_for.to.thread.clear();
    world.run(world.app->messenger().find(looked_for, world.clock.wall_now()));
    world.run(world.app->frontend().notice(last(), "A notice."));

    // By a response_url, and what only one person sees is changed.
    for (const Reply& reply : all_kinds_of_replies()) {
        world.run(world.server.slash("T1", "U1", "C1", "/brief", "today"));
        world.answer(last(), world.app->messenger().split(reply).front());
    }
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "today"));
    world.answer(last(), app::card_reply());
    world.run(world.server.press("T1", "U1", "C1", "Save"));
    OutgoingMessage edit;
    edit.to = last().where;
    edit.key = std::string(24, 'e');
    edit.content = app::card_reply();
    world.run(world.app->messenger().edit(edit, last().message_ref));
    world.run(world.app->frontend().notice(last(), "Saved."));

    // To a person whose direct conversation is not known yet; the greeting; suggestions; a form.
    edit.to = {"slack", "T1", "U2", ""};
    world.run(world.app->messenger().edit(edit, "1767225600.000100"));
    world.run(world.server.open_home("T1", "U1", "messages"));
    world.run(world.server.open_home("T1", "U1"));
    world.run(world.app->frontend().show_home(last(), app::card_reply()));
    world.run(world.server.suggestions("T1", "U1", "suggest:topic", "chi"));
    Form form;
    form.name = "settings";
    form.title = "Settings of your daily podcast brief";
    form.fields = {{"topics", "Topics", "one a line", "chips\ninflation", {}, false, 300},
                   {"hour", "Hour", "", "8", {{"7", "07:00"}, {"8", "08:00"}}, false, 300},
                   {"days", "Days", "", "mon", {{"mon", "Monday"}, {"tue", "Tuesday"}}, true, 300}};
    world.intake.form = form;
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "settings"));
    world.run(world.server.submit("T1", "U1", {{"topics", "chips"}, {"hour", "7"}, {"days", "Monday"}}));
    world.run(world.app->check());
}

// A workspace installs us; half a day later its token is exchanged for another.
void install(World& world) {
    world.server.visitor("T1", "U1");
    const auto get = [&](const std::string& target, const std::string& cookie) {
        ServerRequest request;
        request.method = "GET";
        request.target = target;
        if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
        return world.request(std::move(request));
    };
    const ServerResponse leaving = get("/slack/install", "");
    const std::string cookie = *find_header(leaving.headers, "Set-Cookie");
    HttpRequest at_slack;
    at_slack.url = *find_header(leaving.headers, "Location");
    const HttpResult answer = world.run(world.http.send(std::move(at_slack)));
    const std::string back = *find_header(answer->headers, "Location");
    get(back.substr(std::string("https://podbrief.example").size()), cookie.substr(0, cookie.find(';')));
    world.pass(Millis{13 * 3'600'000});
    world.answer(world.intake.kept.front(), app::card_reply());
}

}  // namespace

std::vector<Payload> slack_payloads() {
    std::vector<Payload> out;
    World world(World::Mode::http);
    Recorder recorder(world.http);
    world.server.app_is_at({&recorder, "https://podbrief.example/slack/events",
                            "https://podbrief.example/slack/commands", "https://podbrief.example/slack/interactivity"});
    converse(world);
    add_requests(world, out);
    for (Payload answer : recorder.answers()) {
        answer.platform = "slack";
        out.push_back(std::move(answer));
    }
    World sockets(World::Mode::sockets);
    sockets.run(sockets.app->check());
    add_requests(sockets, out);
    doubles::SlackServerOptions rotating;
    rotating.rotates = true;
    World installing(World::Mode::installs, rotating);
    install(installing);
    add_requests(installing, out);
    return out;
}

}  // namespace podbrief::testing
