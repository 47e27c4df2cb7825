#pragma once
#include <boost/asio/post.hpp>
#include <deque>
#include <map>
#include <set>

#include "adapters/doubles/slack_server.hpp"
#include "adapters/slack/slack.hpp"
#include "core/delivery/key.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/doubles/model/web_socket_bridge.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::slack {

// Keeps what comes in, once, and answers as a test says.
class FakeIntake final : public Intake {
public:
    explicit FakeIntake(Clock& clock) : clock_(clock) {}
    asio::awaitable<Accepted> accept(Incoming incoming) override {
        ++asked;
        if (delay > Millis{0}) co_await clock_.sleep_for(delay);
        if (unavailable > 0) {
            --unavailable;
            co_return Accepted::unavailable;
        }
        if (!seen_.insert(incoming.tenant + "/" + incoming.event_id).second) co_return Accepted::seen_before;
        kept.push_back(std::move(incoming));
        co_return Accepted::first;
    }
    asio::awaitable<std::optional<Form>> form_for(Incoming incoming) override {
        const bool opens = form && (incoming.text == "settings" || incoming.action_data == "form:settings");
        std::optional<Form> out;
        if (opens) out = form;
        co_return out;
    }
    asio::awaitable<std::vector<std::string>> suggest(Account, std::string what, std::string typed) override {
        std::vector<std::string> out{what + " " + typed};
        co_return out;
    }

    std::vector<Incoming> kept;
    int asked = 0;
    int unavailable = 0;  // the next so many
    Millis delay{0};
    std::optional<Form> form;

private:
    Clock& clock_;
    std::set<std::string> seen_;
};

class FakeTenants final : public TenantStore {
public:
    asio::awaitable<std::optional<Tenant>> tenant(std::string, std::string workspace) override {
        ++reads;
        std::optional<Tenant> out;
        if (const auto found = all.find(workspace); found != all.end()) out = found->second;
        co_return out;
    }
    asio::awaitable<std::vector<Tenant>> tenants(std::string) override {
        std::vector<Tenant> out;
        for (const auto& [workspace, tenant] : all) out.push_back(tenant);
        co_return out;
    }
    asio::awaitable<Tenant> save(Tenant tenant) override {
        all[tenant.workspace] = tenant;
        co_return tenant;
    }
    asio::awaitable<bool> rotate(std::string, std::string workspace, std::string former, Tenant next) override {
        const auto found = all.find(workspace);
        if (found == all.end() || found->second.sealed_refresh != former) co_return false;
        found->second = std::move(next);
        ++rotations;
        co_return true;
    }
    asio::awaitable<bool> revoke(std::string, std::string workspace, std::string note, WallTime) override {
        all[workspace].state = Tenant::State::revoked;
        all[workspace].note = std::move(note);
        co_return true;
    }

    std::map<std::string, Tenant> all;
    int reads = 0;
    int rotations = 0;
};

class Counts final : public Metrics {
public:
    void count(std::string_view name, std::string_view outcome, double by) override {
        counts[std::string(name) + "/" + std::string(outcome)] += static_cast<int>(by);
    }
    void set(std::string_view name, double value) override { gauges[std::string(name)] = static_cast<int>(value); }
    int requests(const std::string& outcome) const {
        const auto found = counts.find("slack_requests_total/" + outcome);
        return found == counts.end() ? 0 : found->second;
    }
    std::map<std::string, int> counts;
    std::map<std::string, int> gauges;
};

class Lines final : public Log {
public:
    void write(LogLevel, std::string_view event, std::initializer_list<LogField> fields) override {
        std::string line(event);
        for (const auto& field : fields) line += " " + std::string(field.key) + "=" + field.value;
        lines.push_back(std::move(line));
    }
    std::vector<std::string> lines;
};

// Slack's double, people in it, and our adapter, in one process.
class World {
public:
    enum class Mode { http, sockets, installs };
    explicit World(Mode mode, doubles::SlackServerOptions server_options = {}) : server_options_(server_options) {
        server.add_workspace("T1", "Example");
        server.add_user("T1", "U1", {"ada"});
        server.add_user("T1", "U2", {"bob", "America/New_York", "en-US"});
        server.add_channel("T1", "C1");
        dm = server.direct_chat("T1", "U1");
        http.to("https://slack.com/", server);
        http.to("https://hooks.slack.com/", server);
        Options options;
        options.public_url = "https://podbrief.example";
        if (mode != Mode::installs) {
            token = server.install("T1");
            options.bot_token = token;
        } else {
            options.client_id = server_options_.client_id;
            options.client_secret = server_options_.client_secret;
            options.state_key = std::string(32, 'k');
        }
        if (mode == Mode::sockets) {
            options.app_token = server_options_.app_token;
            sockets.to(server_options_.socket, server.sockets());
        } else {
            options.signing_secrets = {server_options_.signing_secret};
        }
        const Slack::Ports ports{
            context.get_executor(), http, &sockets, intake, clock, random, log, counts, &tenants, &box};
        app = std::make_unique<Slack>(ports, options);
        for (WebRoute& route : app->routes()) http.to("https://podbrief.example" + route.path, route.handler);
        if (mode != Mode::sockets)
            server.app_is_at({&http, "https://podbrief.example/slack/events", "https://podbrief.example/slack/commands",
                              "https://podbrief.example/slack/interactivity"});
    }

    // Runs it to its end while time passes as far as somebody waits for it.
    template <class T>
    T run(asio::awaitable<T> work) {
        std::optional<T> out;
        bool done = false;
        std::exception_ptr failure;
        asio::co_spawn(context, std::move(work), [&](std::exception_ptr problem, T value) {
            failure = problem;
            if (!problem) out.emplace(std::move(value));
            done = true;
        });
        drive(done);
        if (failure) std::rethrow_exception(failure);
        return std::move(*out);
    }
    void run(asio::awaitable<void> work) {
        bool done = false;
        std::exception_ptr failure;
        asio::co_spawn(context, std::move(work), [&](std::exception_ptr problem) {
            failure = problem;
            done = true;
        });
        drive(done);
        if (failure) std::rethrow_exception(failure);
    }
    // Time goes on by that much, with everybody who waits.
    void pass(Millis time) {
        const SteadyTime until = clock.steady_now() + time;
        settle();
        while (clock.next_due() && *clock.next_due() <= until) {
            clock.advance_to_next();
            settle();
        }
        clock.advance(until - clock.steady_now());
        settle();
    }
    void settle() {
        context.restart();
        context.poll();
    }

    SendOutcome answer(const Incoming& to, Reply reply, int part = 1) {
        OutgoingMessage message;
        message.to = to.where;
        message.key = delivery::reply_key("slack", to.tenant, to.event_id, part);
        message.content = std::move(reply);
        return run(app->messenger().post(std::move(message)));
    }
    ServerResponse request(ServerRequest request) {
        for (WebRoute& route : app->routes()) {
            if (route.path == request.path()) return run(route.handler(std::move(request)));
        }
        return text_response(404, "");
    }

    asio::io_context context{1};
    podbrief::testing::ManualClock clock;
    Random random{7};
    doubles::Trouble trouble{random};
    doubles::SlackServerOptions server_options_;
    doubles::SlackModel model;
    doubles::SlackServer server{context.get_executor(), clock, model, server_options_};
    podbrief::testing::HttpBridge http{clock, trouble};
    podbrief::testing::WebSocketBridge sockets{context.get_executor(), clock};
    FakeIntake intake{clock};
    FakeTenants tenants;
    crypto::SecretBox box{{std::string(32, 's')}};
    Counts counts;
    Lines log;
    std::string token;
    std::string dm;
    std::unique_ptr<Slack> app;

private:
    void drive(const bool& done) {
        for (int step = 0; !done; ++step) {
            settle();
            if (done) break;
            if (step > 100'000 || !clock.advance_to_next()) throw std::runtime_error("the coroutine does not end");
        }
    }
};

inline Reply words(std::string text) {
    Reply reply;
    reply.blocks.emplace_back(Paragraph{std::move(text)});
    return reply;
}

inline Reply card_reply() {
    InsightCard card;
    card.number = 1;
    card.insight = InsightId{100};
    card.text = "Export controls raise the price of memory.";
    card.speaker = "Jane Doe";
    card.show = "The Show";
    card.start = Millis{754'000};
    card.link = "https://example.org/e#t=754";
    card.topic = "chips";
    Reply reply;
    reply.blocks.emplace_back(card);
    return reply;
}

}  // namespace podbrief::slack
