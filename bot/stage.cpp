#include "bot/stage.hpp"

#include "adapters/doubles/discord_server.hpp"
#include "adapters/doubles/slack_server.hpp"
#include "adapters/doubles/telegram_server.hpp"
#include "bot/double_host.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

// Waits until podbrief has opened its connection to the double; throws when a minute was not enough.
asio::awaitable<void> wait_until(Clock& clock, std::function<bool()> there) {
    for (int i = 0; i < 1200 && !there(); ++i) co_await clock.sleep_for(Millis{50});
    if (!there()) throw ExitError(exit_internal, "podbrief did not connect to the double within a minute");
}

constexpr const char* toml_head = "[network]\nallow = [\"127.0.0.0/8\"]\n";

// ---- Telegram ------------------------------------------------------------------------------------------------------

class TelegramStage final : public Stage {
public:
    explicit TelegramStage(Ports ports)
        : http_(ports.http),
          trouble_(ports.random),
          server_(model_, ports.clock, options()),
          host_(ports.io, ports.clock, server_, trouble_, ports.port) {
        server_.add_person({ann, "Ann", "ann", "en"});
    }

    std::string platform() const override { return "telegram"; }
    std::vector<std::string> modes() const override { return {"polling", "webhook"}; }
    std::string settings(const std::string& mode, const std::string& our_url) const override {
        std::string toml = fmt::format(
            "{}[server]\npublic_url = \"{}\"\n[telegram]\nmode = \"{}\"\ntoken = \"{}\"\napi_url = \"{}\"\n", toml_head,
            mode == "webhook" ? our_url : "", mode, options().token, host_.base_url());
        if (mode == "webhook") toml += "webhook_secrets = [\"a-secret-of-the-double\"]\n";
        return toml;
    }
    asio::awaitable<void> connect(std::string, std::string) override { co_return; }  // podbrief does it itself (setup)
    void add_tasks(std::vector<NamedTask>& tasks) override {
        tasks.push_back({"telegram double", host_.run()});
        tasks.push_back({"telegram web hooks", server_.run(http_)});
    }

    asio::awaitable<void> open() override {
        server_.start(ann);
        co_return;
    }
    asio::awaitable<void> say(std::string text) override {
        server_.say(ann, text);
        co_return;
    }
    asio::awaitable<void> slash(std::string text) override {
        server_.say(ann, "/" + text);
        co_return;
    }
    asio::awaitable<bool> press(std::string label) override { co_return !server_.press(ann, ann, label).empty(); }
    std::string transcript() const override { return server_.transcript(ann); }

private:
    static constexpr std::int64_t ann = 4711;
    static doubles::TelegramServer::Settings options() {
        doubles::TelegramServer::Settings out;
        out.token = "123456:a-token-of-the-double";
        return out;
    }

    HttpClient& http_;
    doubles::TelegramModel model_;
    doubles::Trouble trouble_;
    doubles::TelegramServer server_;
    DoubleHost host_;
};

// ---- Slack ---------------------------------------------------------------------------------------------------------

class SlackStage final : public Stage {
public:
    explicit SlackStage(Ports ports)
        : clock_(ports.clock), http_(ports.http), trouble_(ports.random), gate_(std::make_unique<DoubleGate>()) {
        // Where it listens is part of what it answers, so the host comes first.
        host_ = std::make_unique<DoubleHost>(ports.io, ports.clock, *gate_, trouble_, ports.port,
                                             [this](ServerRequest request, std::unique_ptr<WebSocket> socket) {
                                                 return server_->sockets()(std::move(request), std::move(socket));
                                             });
        doubles::SlackServerOptions options;
        options.signing_secret = secret;
        options.client_secret = "an-example-of-a-client-secret";
        options.hooks = host_->base_url();
        options.socket = host_->socket_url() + "/link/";
        server_ = std::make_unique<doubles::SlackServer>(ports.io, ports.clock, model_, options);
        gate_->inner = server_.get();
        server_->add_workspace(team, "Example");
        doubles::SlackServer::User details;
        details.name = "ann";
        server_->add_user(team, ann, details);
        server_->visitor(team, ann);  // whoever opens Slack's page that asks whether we may be installed
        token_ = server_->install(team);
        chat_ = server_->direct_chat(team, ann);
    }

    std::string platform() const override { return "slack"; }
    std::vector<std::string> modes() const override { return {"socket", "http"}; }
    std::string settings(const std::string& mode, const std::string&) const override {
        const doubles::SlackServerOptions standard;
        return fmt::format(
            "{}[slack]\nmode = \"{}\"\nbot_token = \"{}\"\napp_token = \"{}\"\nsigning_secrets = [\"{}\"]\napi_url = "
            "\"{}/api\"\n",
            toml_head, mode, token_, mode == "socket" ? standard.app_token : "", secret, host_->base_url());
    }
    asio::awaitable<void> connect(std::string mode, std::string our_url) override {
        doubles::SlackServer::App app;
        if (mode == "http") {
            app.http = &http_;
            app.events = our_url + "/slack/events";
            app.commands = our_url + "/slack/commands";
            app.interactivity = our_url + "/slack/interactivity";
        }
        server_->app_is_at(app);
        if (mode == "http") co_return;
        std::function<bool()> open = [this] { return server_->open_sockets() > 0; };
        co_await wait_until(clock_, std::move(open));
    }
    void add_tasks(std::vector<NamedTask>& tasks) override { tasks.push_back({"slack double", host_->run()}); }

    asio::awaitable<void> open() override {
        co_await server_->open_home(team, ann, "messages");
        std::string hello = "hello";
        co_await server_->say(team, ann, chat_, std::move(hello));
    }
    asio::awaitable<void> say(std::string text) override { co_await server_->say(team, ann, chat_, std::move(text)); }
    asio::awaitable<void> slash(std::string text) override {
        std::string command = "/brief";
        co_await server_->slash(team, ann, chat_, std::move(command), std::move(text));
    }
    asio::awaitable<bool> press(std::string label) override {
        const doubles::SlackServer::Told told = co_await server_->press(team, ann, chat_, std::move(label));
        co_return told.arrived;
    }
    std::string transcript() const override { return server_->transcript(team, chat_, ann); }

private:
    static constexpr const char* team = "T0EXAMPLE1";
    static constexpr const char* ann = "U0ANN";
    static constexpr const char* secret = "an-example-of-a-signing-secret";

    Clock& clock_;
    HttpClient& http_;
    doubles::SlackModel model_;
    doubles::Trouble trouble_;
    std::unique_ptr<DoubleGate> gate_;
    std::unique_ptr<DoubleHost> host_;
    std::unique_ptr<doubles::SlackServer> server_;
    std::string token_;
    std::string chat_;
};

// ---- Discord -------------------------------------------------------------------------------------------------------

class DiscordStage final : public Stage {
public:
    explicit DiscordStage(Ports ports)
        : clock_(ports.clock), trouble_(ports.random), gate_(std::make_unique<DoubleGate>()) {
        host_ =
            std::make_unique<DoubleHost>(ports.io, ports.clock, *gate_, trouble_, ports.port,
                                         [this](ServerRequest request, std::unique_ptr<WebSocket> socket) {
                                             return server_->gateway_handler()(std::move(request), std::move(socket));
                                         });
        doubles::DiscordServer::Settings options;
        options.gateway_url = host_->socket_url() + "/gateway";
        server_ = std::make_unique<doubles::DiscordServer>(model_, ports.clock, options);
        gate_->inner = server_.get();
        server_->reach_by(&ports.http);
        doubles::DiscordServer::Person person;
        person.id = ann;
        person.name = "ann";
        server_->add_person(person);
        server_->install_for(ann);
        chat_ = server_->direct_messages(ann);
    }

    std::string platform() const override { return "discord"; }
    std::vector<std::string> modes() const override { return {"gateway", "http"}; }
    std::string settings(const std::string& mode, const std::string& our_url) const override {
        const doubles::DiscordServer::Settings standard;
        return fmt::format(
            "{}[server]\npublic_url = \"{}\"\n[discord]\nmode = \"{}\"\ntoken = \"{}\"\napplication_id = "
            "\"{}\"\npublic_keys = "
            "[\"{}\"]\napi_url = \"{}/api/v10\"\n",
            toml_head, mode == "http" ? our_url : "", mode, standard.token, standard.application, server_->public_key(),
            host_->base_url());
    }
    asio::awaitable<void> connect(std::string mode, std::string our_url) override {
        std::string url = mode == "http" ? our_url + "/discord/interactions" : std::string();
        if (!co_await server_->set_endpoint(std::move(url))) {
            throw ExitError(exit_internal, "the double of Discord refuses the endpoint");
        }
        by_http_ = mode == "http";
        if (by_http_) co_return;
        std::function<bool()> connected = [this] { return server_->gateway().connected(); };
        co_await wait_until(clock_, std::move(connected));
    }
    void add_tasks(std::vector<NamedTask>& tasks) override { tasks.push_back({"discord double", host_->run()}); }

    asio::awaitable<void> open() override {
        std::string start = "start";
        co_await say(std::move(start));
    }
    asio::awaitable<void> say(std::string text) override {
        if (!by_http_) {
            server_->say(ann, chat_, text);
            co_return;
        }
        // Messages are not told of by HTTP: people use the command.
        std::string asked = "ask text:" + text;
        co_await slash(std::move(asked));
    }
    asio::awaitable<void> slash(std::string text) override { co_await server_->slash(ann, chat_, std::move(text)); }
    asio::awaitable<bool> press(std::string label) override {
        co_return co_await server_->press(ann, chat_, std::move(label));
    }
    std::string transcript() const override { return server_->transcript(chat_); }

private:
    static constexpr const char* ann = "1000000000000000001";

    Clock& clock_;
    bool by_http_ = false;
    doubles::DiscordModel model_;
    doubles::Trouble trouble_;
    std::unique_ptr<DoubleGate> gate_;
    std::unique_ptr<DoubleHost> host_;
    std::unique_ptr<doubles::DiscordServer> server_;
    std::string chat_;
};

}  // namespace

std::unique_ptr<Stage> Stage::of(const std::string& platform, Ports ports) {
    if (platform == "telegram") return std::make_unique<TelegramStage>(std::move(ports));
    if (platform == "slack") return std::make_unique<SlackStage>(std::move(ports));
    if (platform == "discord") return std::make_unique<DiscordStage>(std::move(ports));
    throw ExitError(exit_usage, fmt::format("there is no double of \"{}\": slack, telegram or discord", platform));
}

}  // namespace podbrief::bot
