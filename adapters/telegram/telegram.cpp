#include "adapters/telegram/telegram.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "adapters/telegram/check.hpp"
#include "adapters/telegram/frontend.hpp"
#include "adapters/telegram/poller.hpp"
#include "adapters/telegram/setup.hpp"
#include "adapters/telegram/verify.hpp"
#include "adapters/telegram/webhook.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/commands/links.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::telegram {
namespace {

// Known to nobody who does not know the token, and the same at every start.
std::string made_of(const std::string& token, std::string_view purpose) {
    return crypto::to_hex(crypto::hmac_sha256(token, purpose)).substr(0, 48);
}

bool is_token(const std::string& token) {
    const auto colon = token.find(':');
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == ':';
    };
    return colon != std::string::npos && colon > 0 && colon + 1 < token.size() && token.size() <= 200 &&
           std::all_of(token.begin(), token.end(), plain) && token.find_first_not_of("0123456789") == colon;
}

Options completed(Options options) {
    if (const std::string problem = problem_with(options); !problem.empty()) throw std::invalid_argument(problem);
    if (options.webhook_path.empty()) options.webhook_path = "/telegram/" + made_of(options.token, "webhook path");
    if (options.secrets.empty()) options.secrets.push_back(made_of(options.token, "webhook secret"));
    while (options.public_url.ends_with('/')) options.public_url.pop_back();
    options.poll_hold = std::clamp(options.poll_hold, Millis{0}, Millis{50'000});
    return options;
}

}  // namespace

std::string problem_with(const Options& options) {
    if (!is_token(options.token)) return "telegram: the token is not of the form 123456:ABC-DEF";
    if (!commands::is_web_address(options.base_url)) return "telegram: the API's base URL is not a web address";
    if (options.mode == Options::Mode::polling) return {};
    if (!commands::is_web_address(options.public_url)) return "telegram: a webhook needs the public URL of this server";
    if (!options.webhook_path.empty() && (options.webhook_path.front() != '/' || options.webhook_path.size() < 17)) {
        return "telegram: the webhook's path must begin with / and be too long to guess";
    }
    for (const std::string& secret : options.secrets) {
        if (!is_usable_secret(secret)) return "telegram: a webhook secret has 1 to 256 characters A-Z a-z 0-9 _ -";
    }
    if (options.max_connections < 1 || options.max_connections > 100) return "telegram: max_connections is 1 to 100";
    return {};
}

struct Telegram::Parts {
    Parts(Options given, Ports ports)
        : options(completed(std::move(given))),
          clock(ports.clock),
          log(ports.log),
          api(ports.http, ports.clock, options.base_url, options.token),
          client(api, routes, ports.clock, options.strict),
          identity(api),
          rights(api, ports.clock),
          callbacks(api, ports.clock, ports.log, ports.metrics),
          frontend(api, callbacks, ports.log),
          receiver({ports.intake, identity, rights, callbacks, routes, ports.clock, ports.metrics}),
          webhook(receiver, identity, ports.metrics, options.secrets),
          poller({api, receiver, identity, ports.clock, ports.random, ports.log, ports.metrics}, options.poll_hold) {}

    bool polls() const { return options.mode == Options::Mode::polling; }
    std::string webhook_url() const { return polls() ? std::string{} : options.public_url + options.webhook_path; }

    asio::awaitable<void> take_updates() {
        if (polls()) {
            co_await poller.run();
        } else {
            co_await identity.find_out(clock, log);
        }
        for (;;) co_await clock.sleep_for(std::chrono::hours{24});  // called by Telegram, or the token is refused
    }

    Options options;
    Clock& clock;
    Log& log;
    Api api;
    AnswerRoutes routes;
    Client client;
    Identity identity;
    Rights rights;
    Callbacks callbacks;
    TelegramFrontend frontend;
    Receiver receiver;
    Webhook webhook;
    Poller poller;
};

Telegram::Telegram(Options options, Ports ports) : parts_(std::make_unique<Parts>(std::move(options), ports)) {}
Telegram::~Telegram() = default;

Messenger& Telegram::messenger() {
    return parts_->client;
}

Frontend& Telegram::frontend() {
    return parts_->frontend;
}

std::string Telegram::bot_name() const {
    return parts_->identity.bot() ? parts_->identity.bot()->username : std::string();
}

std::vector<WebRoute> Telegram::routes() {
    std::vector<WebRoute> out;
    if (parts_->polls()) return out;
    out.push_back({parts_->options.webhook_path, [webhook = &parts_->webhook](ServerRequest request) {
                       return webhook->handle(std::move(request));
                   }});
    return out;
}

asio::awaitable<void> Telegram::run() {
    std::vector<NamedTask> tasks;
    tasks.push_back({"updates", parts_->take_updates()});
    tasks.push_back({"buttons", parts_->callbacks.run()});
    co_await until_first_ends(std::move(tasks));
}

asio::awaitable<std::vector<Finding>> Telegram::check() {
    return telegram::check(parts_->api, parts_->clock, parts_->webhook_url());
}

asio::awaitable<std::vector<Finding>> Telegram::setup() {
    if (parts_->polls()) co_return co_await set_up(parts_->api, parts_->clock, nullptr);
    WebhookAddress address;
    address.url = parts_->webhook_url();
    address.secret = parts_->options.secrets.front();
    address.max_connections = parts_->options.max_connections;
    co_return co_await set_up(parts_->api, parts_->clock, &address);
}

}  // namespace podbrief::telegram
