#include "bot/bench/measured_server.hpp"

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/sqlite/database.hpp"
#include "bot/bench/asking.hpp"
#include "bot/bench/library.hpp"
#include "bot/bench/measured_intake.hpp"
#include "bot/bench/unpaced.hpp"
#include "bot/exit_codes.hpp"
#include "bot/platforms.hpp"
#include "bot/web_server.hpp"
#include "core/async/parallel.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::bot::bench {
namespace {

constexpr std::size_t writes_at_once = 64;

Settings settings_of(const ServerPlan& plan) {
    Settings settings;
    settings.store.path = plan.store;
    settings.network.allow = {"127.0.0.0/8"};
    settings.server.listen = "127.0.0.1:0";
    settings.server.public_url = "https://bench.invalid";
    settings.log.level = LogLevel::error;
    settings.slack.mode = Settings::Slack::Mode::http;
    settings.slack.bot_token = "xoxb-of-the-benchmark";
    settings.slack.signing_secrets = {slack_secret};
    settings.slack.api_url = plan.platforms_url + "/slack";
    settings.telegram.mode = Settings::Telegram::Mode::webhook;
    settings.telegram.token = telegram_token;
    settings.telegram.webhook_secrets = {telegram_secret};
    settings.telegram.api_url = plan.platforms_url;
    settings.discord.mode = Settings::Discord::Mode::http;
    settings.discord.token = "a-token-of-the-benchmark";
    settings.discord.application_id = discord_application;
    settings.discord.public_keys = {crypto::to_hex(crypto::ed25519_public_key(discord_seed))};
    settings.discord.api_url = plan.platforms_url + "/discord";
    return settings;
}

// As if they had spoken to us before.
asio::awaitable<void> know_person(App& app, std::string platform, std::size_t number) {
    const WallTime now = app.clock().wall_now();
    const std::string team = platform == "slack" ? slack_team : "";
    AccountRecord record;
    record.account = {platform, team, account_of(platform, number)};
    record.name = "Ann";
    record.since = now;
    Reader reader;
    reader.name = platform + " " + std::to_string(number);
    reader.created_at = now;
    const AccountStore::Known known = co_await app.accounts().know(std::move(record), std::move(reader));
    DestinationRecord chat;
    chat.reader = known.reader.id;
    chat.address = {platform, team, chat_of(platform, number), ""};
    chat.state = DestinationState::paused;
    co_await app.outbox().add_destination(std::move(chat), now);
}

asio::awaitable<void> know_people(App& app, std::size_t people) {
    for (const std::string& platform : Platforms::names()) {
        std::vector<std::size_t> numbers;
        for (std::size_t number = 0; number < people; ++number) numbers.push_back(number);
        auto know = [&app, &platform](std::size_t number) { return know_person(app, platform, number); };
        co_await for_each_parallel(std::move(numbers), writes_at_once, std::move(know));
    }
}

// What was the peak before counts no more.
void forget_peak_memory() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

asio::awaitable<ServerResponse> keep(MeasuredIntake& intake, bool durably) {
    intake.keep(durably);
    forget_peak_memory();
    co_return text_response(200, "done\n");
}

asio::awaitable<ServerResponse> figures(App& app, const MeasuredIntake& intake) {
    const auto activity = app.database().activity();
    const nlohmann::json json{{"answers", intake.answers()},
                              {"with_insights", intake.with_insights()},
                              {"peak_rss_mib", static_cast<double>(system::memory_in_use().peak) / (1 << 20)},
                              {"cpu_s", static_cast<double>(std::clock()) / CLOCKS_PER_SEC},
                              {"writes", activity.writes},
                              {"commits", activity.commits}};
    co_return json_response(200, json.dump());
}

std::vector<WebRoute> control(App& app, MeasuredIntake& intake) {
    std::vector<WebRoute> routes;
    routes.push_back({"/bench/answer-at-once", [&intake](const ServerRequest&) { return keep(intake, false); }});
    routes.push_back({"/bench/keep", [&intake](const ServerRequest&) { return keep(intake, true); }});
    routes.push_back({"/bench/figures", [&app, &intake](const ServerRequest&) { return figures(app, intake); }});
    return routes;
}

asio::awaitable<int> serve_measured(App& app, ServerPlan plan, std::function<void(const ServerAddress&)> ready) {
    const SteadyTime begin = app.clock().steady_now();
    co_await fill_library(app.library(), plan.insights, plan.seed, app.clock().wall_now());
    co_await app.indexer().catch_up();
    co_await know_people(app, plan.people);
    MeasuredIntake intake(app);
    Platforms platforms(app, &intake);
    std::vector<std::unique_ptr<Unpaced>> unpaced;
    for (const Platforms::Entry& entry : platforms.entries()) {
        unpaced.push_back(std::make_unique<Unpaced>(*entry.messenger));
        app.messengers()[entry.name] = unpaced.back().get();
    }
    std::vector<WebRoute> routes = platforms.routes();
    for (WebRoute& route : control(app, intake)) routes.push_back(std::move(route));
    WebServer web(app, std::move(routes));
    ServerAddress address;
    address.port = web.port();
    address.telegram_path = platforms.named("telegram")->routes.front().path;
    address.filling_s = static_cast<double>((app.clock().steady_now() - begin).count()) / 1000.0;
    ready(address);
    std::vector<NamedTask> tasks;
    tasks.push_back({"delivery", app.delivery().run()});
    tasks.push_back({"reception", app.reception().run()});
    platforms.add_tasks(tasks);
    tasks.push_back({"web server", web.run()});
    co_await until_first_ends(std::move(tasks));
    co_return exit_ok;
}

}  // namespace

int run_measured_server(const ServerPlan& plan, const std::function<void(const ServerAddress&)>& ready) {
    App app(settings_of(plan), StoreUse::alone);
    return app.run(serve_measured(app, plan, ready), exit_ok);
}

}  // namespace podbrief::bot::bench
