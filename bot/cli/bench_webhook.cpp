// What platforms send, from the signed request to its answer. podbrief runs in a process of its own; the people who ask
// and the platforms' APIs are in this one.
#include <CLI/CLI.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/http/server.hpp"
#include "adapters/system/machine.hpp"
#include "adapters/system/real_clock.hpp"
#include "bot/bench/agreeable_platform.hpp"
#include "bot/bench/child.hpp"
#include "bot/bench/webhook.hpp"
#include "bot/cli/benches.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/exit_codes.hpp"
#include "bot/platforms.hpp"
#include "core/async/until_first_ends.hpp"

namespace podbrief::bot {
namespace {

using bench::Measured;
using bench::WebhookReport;
using Json = nlohmann::json;

constexpr std::uint64_t seed = 20'260'101;  // of the library and of what is asked about it
constexpr int longest_filling_s = 600;

struct Options {
    std::string platform;  // empty: all
    std::size_t insights = 100'000;
    double patience_s = 8;
    bench::WebhookPlan plan;
};

int run_server(const Options& options, const std::string& store, const bench::Child::Talk& talk) {
    bench::ServerPlan plan;
    plan.store = store;
    plan.platforms_url = talk.hear();
    plan.insights = options.insights;
    plan.people = std::max(options.plan.people, options.plan.connections);
    plan.seed = seed;
    return bench::run_measured_server(plan, [&talk](const bench::ServerAddress& address) {
        const Json json{
            {"port", address.port}, {"telegram_path", address.telegram_path}, {"filling_s", address.filling_s}};
        talk.say(json.dump());
    });
}

bench::ServerAddress address_from(const std::string& line) {
    const Json json = Json::parse(line);
    return {json.at("port").get<std::uint16_t>(), json.at("telegram_path").get<std::string>(),
            json.at("filling_s").get<double>()};
}

// ---- what is shown
// ---------------------------------------------------------------------------------------------------

double per_second(std::size_t count, const Measured& measured) {
    return measured.seconds > 0 ? static_cast<double>(count) / measured.seconds : 0;
}

// Of the server; it says what a request costs however busy the machine is with others.
double cpu_ms_per_request(const WebhookReport::Part& part) {
    return part.measured.taken > 0 ? part.cpu_s * 1000 / static_cast<double>(part.measured.taken) : 0;
}

Json json_of(const WebhookReport::Part& part) {
    const Measured& m = part.measured;
    return {{"requests", m.requests},
            {"acknowledged", m.taken},
            {"refused_signatures", m.refused},
            {"unavailable", m.unavailable},
            {"errors", m.errors},
            {"answers", m.answers},
            {"seconds", m.seconds},
            {"requests_per_s", per_second(m.taken, m)},
            {"acknowledged_p50_ms", m.acknowledged.percentile_ms(0.5)},
            {"acknowledged_p99_ms", m.acknowledged.percentile_ms(0.99)},
            {"answered_p50_ms", m.answered.percentile_ms(0.5)},
            {"answered_p99_ms", m.answered.percentile_ms(0.99)},
            {"cpu_ms_per_request", cpu_ms_per_request(part)},
            {"writes", part.writes},
            {"commits", part.commits},
            {"peak_rss_mib", part.peak_rss_mib}};
}

void print_json(const Options& options, const std::vector<WebhookReport>& reports) {
    Json platforms = Json::array();
    for (const WebhookReport& report : reports) {
        platforms.push_back({{"platform", report.platform},
                             {"answer_at_once", json_of(report.at_once)},
                             {"durable", json_of(report.durable)},
                             {"paced", json_of(report.paced)},
                             {"answers_with_insights", report.with_insights}});
    }
    const Json all{{"insights", options.insights},
                   {"server", "a process of its own"},
                   {"connections", options.plan.connections},
                   {"rate_per_s", options.plan.rate},
                   {"cores", system::core_count()},
                   {"platforms", std::move(platforms)}};
    std::puts(all.dump(2).c_str());
}

void print_row(const std::string& platform, const char* what, const WebhookReport::Part& part, bool apart) {
    const Measured& m = part.measured;
    std::printf("%-9s %-24s %8.0f %8.1f %8.1f", platform.c_str(), what, per_second(m.taken, m),
                m.acknowledged.percentile_ms(0.5), m.acknowledged.percentile_ms(0.99));
    if (apart) {
        std::printf(" %9.1f %9.1f", m.answered.percentile_ms(0.5), m.answered.percentile_ms(0.99));
    } else {
        std::printf(" %9s %9s", "=", "=");
    }
    std::printf(" %6zu %7.2f %6.0f", m.unavailable, cpu_ms_per_request(part), part.peak_rss_mib);
    if (m.answers < m.taken) std::printf("  %zu not answered yet", m.taken - m.answers);
    if (m.refused + m.errors > 0) std::printf("  %zu refused, %zu errors", m.refused, m.errors);
    std::puts("");
}

void print_table(const Options& options, const std::vector<WebhookReport>& reports) {
    std::printf(
        "%zu insights; server in a process of its own, beside this load on %zu cores; %zu connections; ms from "
        "sending\n",
        options.insights, system::core_count(), options.plan.connections);
    std::printf("%-9s %-24s %8s %8s %8s %9s %9s %6s %7s %6s\n", "", "", "requests", "acknow-", "ledged", "answered", "",
                "", "CPU ms", "MiB");
    std::printf("%-9s %-24s %8s %8s %8s %9s %9s %6s %7s %6s\n", "platform", "", "a second", "p50", "p99", "p50", "p99",
                "503", "of each", "peak");
    const std::string paced = fmt::format("kept, at {:.0f} a second", options.plan.rate);
    for (const WebhookReport& report : reports) {
        print_row(report.platform, "search and answer", report.at_once, false);
        print_row(report.platform, "kept, then answered", report.durable, true);
        print_row(report.platform, paced.c_str(), report.paced, true);
    }
}

// ---- the run
// ---------------------------------------------------------------------------------------------------------

asio::awaitable<void> measure(bench::WebhookBench& bench, bench::ServerAddress server,
                              std::vector<WebhookReport>& reports) {
    reports = co_await bench.run(std::move(server));
}

asio::awaitable<void> measure_beside(net::Server& platforms, bench::WebhookBench& bench, bench::ServerAddress server,
                                     std::vector<WebhookReport>& reports) {
    std::vector<NamedTask> tasks;
    tasks.push_back({"platforms", platforms.run()});
    tasks.push_back({"measure", measure(bench, std::move(server), reports)});
    co_await until_first_ends(std::move(tasks));
}

// SIGINT and SIGTERM end it; false: they did.
bool run(asio::io_context& context, asio::awaitable<void> work) {
    std::exception_ptr failure;
    bool stopped = false;
    asio::cancellation_signal stop;
    asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code error, int) {
        if (error) return;
        stopped = true;
        stop.emit(asio::cancellation_type::terminal);
    });
    asio::co_spawn(context, std::move(work), asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr ended) {
                       failure = ended;
                       signals.cancel();
                   }));
    context.run();
    if (stopped) return false;
    if (failure) std::rethrow_exception(failure);
    return true;
}

int bench_webhook(const Options& options, bool json) {
    const Scratch scratch;
    const std::string store = (scratch.path() / "podbrief.db").string();
    const bench::Child server(
        [&options, &store](const bench::Child::Talk& talk) { return run_server(options, store, talk); });

    asio::io_context context{1};
    system::RealClock clock;
    bench::WebhookBench bench(clock, options.plan);
    net::ServerOptions listening;
    auto called = [&bench](const std::string& path, const std::string& body) { bench.called(path, body); };
    net::Server platforms(context.get_executor(), clock, listening, bench::agreeable_platform(std::move(called)));
    server.say(fmt::format("http://127.0.0.1:{}", platforms.port()));
    const bench::ServerAddress address = address_from(server.hear(longest_filling_s));
    if (!json) std::printf("filled and indexed in %.1f s\n", address.filling_s);
    std::vector<WebhookReport> reports;
    if (!run(context, measure_beside(platforms, bench, address, reports))) return exit_interrupted;
    if (json) {
        print_json(options, reports);
    } else {
        print_table(options, reports);
    }
    return exit_ok;
}

}  // namespace

void add_bench_webhook(CLI::App& bench, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = bench.add_subcommand("webhook", "Signed requests of each platform, through search to the answer");
    command->add_option("--platform", options->platform, "Only slack, telegram or discord (default: all)")
        ->check(CLI::IsMember(Platforms::names()));
    command->add_option("--insights", options->insights, "In the library (default: 100000)")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--seconds", options->plan.seconds, "Of each of three measurements (default: 3)")
        ->check(CLI::Range(0.1, 60.0));
    command->add_option("--rate", options->plan.rate, "Requests a second of the paced one (default: 1000)")
        ->check(CLI::Range(1.0, 20'000.0));
    command->add_option("--connections", options->plan.connections, "Kept open (default: 32)")
        ->check(CLI::Range(1, 1'000));
    command->add_option("--wait", options->patience_s, "Seconds for answers still missing at the end (default: 8)")
        ->check(CLI::Range(0.0, 600.0));
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            options->plan.platforms = Platforms::names();
            if (!options->platform.empty()) options->plan.platforms = {options->platform};
            options->plan.patience = Millis{static_cast<std::int64_t>(options->patience_s * 1000)};
            options->plan.seed = seed;
            return bench_webhook(*options, globals.json);
        };
    });
}

}  // namespace podbrief::bot
