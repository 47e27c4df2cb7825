#include "bot/platforms.hpp"

#include "adapters/discord/discord.hpp"
#include "adapters/slack/slack.hpp"
#include "adapters/telegram/telegram.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

// A platform's object as an entry; it lives as long as that.
template <class Platform>
Platforms::Entry entry_of(std::string name, std::string mode, std::shared_ptr<Platform> platform) {
    Platforms::Entry entry;
    entry.name = std::move(name);
    entry.mode = std::move(mode);
    entry.messenger = &platform->messenger();
    entry.frontend = &platform->frontend();
    entry.routes = platform->routes();
    entry.run = [p = platform.get()] { return p->run(); };
    entry.check = [p = platform.get()] { return p->check(); };
    if constexpr (requires { platform->bot_name(); }) entry.bot_name = [p = platform.get()] { return p->bot_name(); };
    if constexpr (requires { platform->setup(); }) entry.setup = [p = platform.get()] { return p->setup(); };
    entry.held = std::move(platform);
    return entry;
}

// "https://slack.com" of "https://slack.com/api".
std::string origin_of(const std::string& url) {
    return url.substr(0, url.find('/', url.find("://") + 3));
}

[[noreturn]] void refuse(const std::string& what) {
    throw ExitError(exit_config, what);
}

void need_public_url(const Settings& settings, const std::string& key) {
    if (!settings.server.public_url.empty()) return;
    refuse(key + " needs server.public_url: the https address under which the platform reaches this server");
}

std::optional<Platforms::Entry> slack_of(App& app, Intake& intake) {
    using Mode = Settings::Slack::Mode;
    const Settings& all = app.settings();
    const Settings::Slack& given = all.slack;
    const bool installs = !given.client_id.empty();
    if (given.mode == Mode::off || (given.bot_token.empty() && !installs)) return std::nullopt;
    const bool socket = given.mode == Mode::socket || (given.mode == Mode::automatic && !given.app_token.empty());
    if (socket && given.app_token.empty()) refuse("slack.mode = \"socket\" needs slack.app_token (xapp-...)");
    if (!socket && given.signing_secrets.empty()) {
        refuse("Slack by HTTP needs slack.signing_secrets; without a public address set slack.app_token instead");
    }
    if (installs && given.client_secret.empty()) refuse("slack.client_id needs slack.client_secret");
    if (installs && all.secrets.keys.empty()) {
        refuse("slack.client_id needs secrets.keys, which seal the tokens of workspaces (openssl rand -hex 32)");
    }
    if (installs) need_public_url(all, "slack.client_id");
    slack::Options options;
    options.api = given.api_url;
    if (given.api_url != Settings::Slack().api_url) {  // a double: all of it is at one place
        options.authorize = origin_of(given.api_url) + "/oauth/v2/authorize";
        options.responses = origin_of(given.api_url) + "/";
    }
    options.bot_token = given.bot_token;
    if (socket) options.app_token = given.app_token;
    if (!socket) options.signing_secrets = given.signing_secrets;
    options.client_id = given.client_id;
    options.client_secret = given.client_secret;
    options.public_url = all.server.public_url;
    options.user_agent = all.network.user_agent;
    slack::Slack::Ports ports{app.executor(), app.platform_http(), &app.sockets(), intake,         app.clock(),
                              app.random(),   app.log(),           app.metrics(),  &app.tenants(), app.secret_box()};
    return entry_of("slack", socket ? "socket" : "http",
                    std::make_shared<slack::Slack>(std::move(ports), std::move(options)));
}

std::optional<Platforms::Entry> telegram_of(App& app, Intake& intake) {
    using Mode = Settings::Telegram::Mode;
    const Settings& all = app.settings();
    const Settings::Telegram& given = all.telegram;
    if (given.mode == Mode::off || given.token.empty()) return std::nullopt;
    const bool webhook = given.mode == Mode::webhook;
    if (webhook) need_public_url(all, "telegram.mode = \"webhook\"");
    telegram::Options options;
    options.token = given.token;
    options.base_url = given.api_url;
    options.mode = webhook ? telegram::Options::Mode::webhook : telegram::Options::Mode::polling;
    options.strict = given.strict;
    options.public_url = all.server.public_url;
    options.secrets = given.webhook_secrets;
    if (const std::string problem = telegram::problem_with(options); !problem.empty()) refuse("telegram: " + problem);
    telegram::Ports ports{app.platform_http(), intake, app.clock(), app.random(), app.log(), app.metrics()};
    return entry_of("telegram", webhook ? "webhook" : "polling",
                    std::make_shared<telegram::Telegram>(options, std::move(ports)));
}

std::optional<Platforms::Entry> discord_of(App& app, Intake& intake) {
    using Mode = Settings::Discord::Mode;
    const Settings& all = app.settings();
    const Settings::Discord& given = all.discord;
    if (given.mode == Mode::off || given.token.empty()) return std::nullopt;
    const bool http = given.mode == Mode::http;
    if (http && given.public_keys.empty()) refuse("discord.mode = \"http\" needs discord.public_keys");
    if (given.application_id.empty()) refuse("discord.token needs discord.application_id (General Information)");
    discord::Options options;
    options.token = given.token;
    options.application_id = given.application_id;
    options.public_keys = given.public_keys;
    options.http = http;
    options.gateway = !http;
    options.public_url = all.server.public_url;
    options.api = given.api_url;
    discord::Ports ports{app.platform_http(), &app.sockets(), intake,       app.clock(),
                         app.random(),        app.log(),      app.metrics()};
    return entry_of("discord", http ? "http" : "gateway",
                    std::make_shared<discord::Discord>(options, std::move(ports)));
}

}  // namespace

Platforms::Platforms(App& app, Intake* intake) : app_(app) {
    if (intake == nullptr) intake = &app.reception();
    for (auto* make : {&slack_of, &telegram_of, &discord_of}) {
        if (auto entry = make(app, *intake)) entries_.push_back(std::move(*entry));
    }
    for (const Entry& entry : entries_) {
        app.messengers()[entry.name] = entry.messenger;
        app.frontends()[entry.name] = entry.frontend;
    }
}

Platforms::~Platforms() {
    for (const Entry& entry : entries_) {
        app_.messengers().erase(entry.name);
        app_.frontends().erase(entry.name);
    }
}

const Platforms::Entry* Platforms::named(const std::string& name) const {
    for (const Entry& entry : entries_) {
        if (entry.name == name) return &entry;
    }
    return nullptr;
}

std::vector<WebRoute> Platforms::routes() const {
    std::vector<WebRoute> all;
    for (const Entry& entry : entries_) all.insert(all.end(), entry.routes.begin(), entry.routes.end());
    return all;
}

void Platforms::add_tasks(std::vector<NamedTask>& tasks) const {
    for (const Entry& entry : entries_) tasks.push_back({entry.name, entry.run()});
}

const std::vector<std::string>& Platforms::names() {
    static const std::vector<std::string> all{"slack", "telegram", "discord"};
    return all;
}

}  // namespace podbrief::bot
