#include "bot/bench/webhook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/bench/line.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot::bench {
namespace {

using Json = nlohmann::json;

constexpr double seconds_of_warming_up = 0.5;
constexpr int most_tries = 100;
constexpr Millis between_tries{50};

// What the server says to one of its paths for us; null where that is no JSON.
asio::awaitable<Json> told(std::uint16_t port, std::string path) {
    Line line(co_await asio::this_coro::executor);
    co_await line.open(port);
    const std::string request = fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
    const Line::Answer answer = co_await line.exchange(request);
    if (answer.status != 200) throw ExitError(exit_internal, fmt::format("{} answered {}", path, answer.status));
    Json json = Json::parse(answer.body, nullptr, false);
    co_return json;
}

std::string path_of(const std::string& platform, const ServerAddress& server) {
    if (platform == "slack") return "/slack/events";
    return platform == "telegram" ? server.telegram_path : "/discord/interactions";
}

}  // namespace

void WebhookBench::called(const std::string& path, const std::string& body) {
    if (asking_ == nullptr) return;
    const std::size_t person = asking_->answered(path, body);
    if (person != Asking::nobody) load_->answered(person);
}

asio::awaitable<void> WebhookBench::warm_up(Load& load, Load::Plan plan) {
    plan.seconds = std::min(seconds_of_warming_up, plan.seconds);
    for (int tries = 0; tries < most_tries; ++tries) {
        const Measured first = co_await load.run(plan);
        if (first.taken > 0) co_return;
        if (first.refused + first.errors > 0) break;
        co_await clock_.sleep_for(between_tries);
    }
    throw ExitError(exit_internal, "the server that is measured takes nothing in");
}

asio::awaitable<WebhookReport::Part> WebhookBench::measure_part(Load& load, Load::Plan plan) {
    const Json before = co_await told(server_.port, "/bench/figures");
    WebhookReport::Part part;
    part.measured = co_await load.run(plan);
    const Json after = co_await told(server_.port, "/bench/figures");
    if (!plan.shown) part.measured.answers = after.at("answers").get<std::size_t>();
    part.peak_rss_mib = after.at("peak_rss_mib").get<double>();
    part.cpu_s = after.at("cpu_s").get<double>() - before.at("cpu_s").get<double>();
    part.writes = after.at("writes").get<double>() - before.at("writes").get<double>();
    part.commits = after.at("commits").get<double>() - before.at("commits").get<double>();
    co_return part;
}

asio::awaitable<WebhookReport> WebhookBench::measure(std::string platform) {
    const std::unique_ptr<Asking> asking = Asking::on(platform, path_of(platform, server_), clock_);
    Load::Ports ports{co_await asio::this_coro::executor, clock_, *asking, topics_, server_.port};
    Load load(std::move(ports));
    asking_ = asking.get();
    load_ = &load;
    WebhookReport report;
    report.platform = platform;
    Load::Plan plan;
    plan.connections = plan_.connections;
    plan.people = plan_.people;
    plan.seconds = plan_.seconds;
    plan.patience = plan_.patience;

    co_await told(server_.port, "/bench/answer-at-once");
    co_await warm_up(load, plan);
    co_await told(server_.port, "/bench/answer-at-once");
    report.at_once = co_await measure_part(load, plan);
    const Json figures = co_await told(server_.port, "/bench/figures");
    report.with_insights = figures.at("with_insights").get<std::size_t>();

    plan.shown = true;
    co_await told(server_.port, "/bench/keep");
    co_await warm_up(load, plan);
    co_await told(server_.port, "/bench/keep");
    report.durable = co_await measure_part(load, plan);

    plan.rate = plan_.rate;
    co_await told(server_.port, "/bench/keep");
    report.paced = co_await measure_part(load, plan);
    asking_ = nullptr;
    load_ = nullptr;
    co_return report;
}

asio::awaitable<std::vector<WebhookReport>> WebhookBench::run(ServerAddress server) {
    server_ = std::move(server);
    std::vector<WebhookReport> reports;
    for (const std::string& platform : plan_.platforms) reports.push_back(co_await measure(platform));
    co_return reports;
}

}  // namespace podbrief::bot::bench
