// The addresses that Slack, Discord and Telegram call, on our own server, with an intake that takes everything: asked
// by verify.mjs whether a request is let in.
//
// Reads one line of JSON from its standard input: {"now_s", "slack": [secrets], "discord": [public keys], "telegram":
// [secrets]}, prints "port N", and serves until its standard input ends. Every answer has the header "X-Let-In": "yes",
// or "no" where the signature was refused. The wall clock stands at now_s.
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/discord/discord.hpp"
#include "adapters/http/server.hpp"
#include "adapters/slack/slack.hpp"
#include "adapters/system/real_clock.hpp"
#include "adapters/telegram/telegram.hpp"
#include "core/async/task_scope.hpp"

namespace podbrief::testing {
namespace {

using Json = nlohmann::json;

class StandingClock final : public Clock {
public:
    explicit StandingClock(WallTime at) : at_(at) {}
    WallTime wall_now() const override { return at_; }
    SteadyTime steady_now() const override { return real_.steady_now(); }
    asio::awaitable<void> sleep_for(Millis wait) override { co_await real_.sleep_for(wait); }

private:
    WallTime at_;
    system::RealClock real_;
};

class NoNetwork final : public HttpClient {
public:
    asio::awaitable<HttpResult> send(HttpRequest) override {
        HttpFailure failure;
        failure.code = HttpErrc::resolve_failed;
        co_return failure;
    }
};

class TakesAll final : public Intake {
public:
    asio::awaitable<Accepted> accept(Incoming) override { co_return Accepted::first; }
    asio::awaitable<std::optional<Form>> form_for(Incoming) override { co_return std::nullopt; }
    asio::awaitable<std::vector<std::string>> suggest(Account, std::string, std::string) override {
        std::vector<std::string> none;
        co_return none;
    }
};

class Verifiers {
public:
    Verifiers(asio::any_io_executor executor, const Json& asked)
        : clock_(from_ms(asked.at("now_s").get<std::int64_t>() * 1000)),
          slack_({executor, http_, nullptr, intake_, clock_, random_, log_, metrics_}, slack_options(asked)),
          discord_(discord_options(asked), {http_, nullptr, intake_, clock_, random_, log_, metrics_}),
          telegram_(telegram_options(asked), {http_, intake_, clock_, random_, log_, metrics_}) {
        for (const auto& routes : {slack_.routes(), discord_.routes(), telegram_.routes()}) {
            for (const WebRoute& route : routes) handlers_[route.path] = route.handler;
        }
    }

    asio::awaitable<ServerResponse> handle(ServerRequest request) {
        const auto found = handlers_.find(std::string(request.path()));
        if (found == handlers_.end()) co_return text_response(404, "no such address\n");
        ServerResponse response = co_await found->second(std::move(request));
        HttpHeader verdict{"X-Let-In", "yes"};
        if (response.status == 401) verdict.value = "no";
        response.headers.push_back(std::move(verdict));
        co_return response;
    }
    Clock& clock() { return clock_; }

private:
    static slack::Options slack_options(const Json& asked) {
        slack::Options out;
        out.bot_token = "xoxb-example";
        out.signing_secrets = asked.at("slack").get<std::vector<std::string>>();
        out.looks_people_up = false;
        return out;
    }
    static discord::Options discord_options(const Json& asked) {
        discord::Options out;
        out.application_id = "1200000000000000001";
        out.public_keys = asked.at("discord").get<std::vector<std::string>>();
        out.http = true;
        out.gateway = false;
        return out;
    }
    static telegram::Options telegram_options(const Json& asked) {
        telegram::Options out;
        out.token = "123456:example";
        out.mode = telegram::Options::Mode::webhook;
        out.public_url = "https://brief.example";
        out.webhook_path = "/telegram/updates";
        out.secrets = asked.at("telegram").get<std::vector<std::string>>();
        return out;
    }

    StandingClock clock_;
    NoNetwork http_;
    TakesAll intake_;
    Random random_{7};
    NullLog log_;
    NullMetrics metrics_;
    slack::Slack slack_;
    discord::Discord discord_;
    telegram::Telegram telegram_;
    std::map<std::string, ServerHandler> handlers_;
};

asio::awaitable<void> until_input_ends(TaskScope& tasks) {
    asio::posix::stream_descriptor input(co_await asio::this_coro::executor, 0);
    std::array<char, 256> ignored{};
    boost::system::error_code error;
    while (!error) {
        auto token = asio::redirect_error(asio::use_awaitable, error);
        co_await input.async_read_some(asio::buffer(ignored), token);
    }
    input.release();
    tasks.request_stop();
}

void serve() {
    std::string line;
    std::getline(std::cin, line);
    asio::io_context context{1};
    Verifiers verifiers(context.get_executor(), Json::parse(line));
    net::ServerOptions options;
    net::Server server(context.get_executor(), verifiers.clock(), options,
                       [&](ServerRequest request) { return verifiers.handle(std::move(request)); });
    TaskScope tasks(context.get_executor(), [](const std::string&, std::exception_ptr) {});
    tasks.spawn("server", server.run());
    TaskScope watch(context.get_executor(), [](const std::string&, std::exception_ptr) {});
    watch.spawn("input", until_input_ends(tasks));
    std::printf("port %d\n", static_cast<int>(server.port()));
    std::fflush(stdout);
    context.run();
}

}  // namespace
}  // namespace podbrief::testing

int main() {
    podbrief::testing::serve();
    return 0;
}
