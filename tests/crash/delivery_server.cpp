// The product's own server, with messengers that speak to the platform doubles: all else (store, disk, clock, signals,
// network) is real.
//
//   delivery_server --config FILE --data FOLDER serve --doubles URL
//   delivery_server --config FILE --data FOLDER fill --first N --count N
//
// `fill` adds readers "r<N>" whose hour was within the last two hours of a day that they were there already.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "adapters/http/client.hpp"
#include "bot/cli/session.hpp"
#include "bot/serve.hpp"
#include "core/ports/store_failure.hpp"
#include "tests/crash/platforms.hpp"
#include "tests/crash/wire_messenger.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

struct Options {
    bot::Globals globals;
    std::string doubles;
    int first = 1;
    int count = 1;
};

// As in the product, but that waits are short. What dies here dies of the test.
services::DeliveryWorker::Settings delivery_settings() {
    services::DeliveryWorker::Settings s;
    delivery::Rules rules;
    rules.call_limit = 2s;
    rules.least_call = 300ms;
    rules.look_after = 200ms;
    rules.settle = 4s;
    rules.longest_backoff = 2s;
    rules.quarantine = 3s;
    rules.park_probe = 3s;
    rules.first_open = 500ms;
    rules.longest_open = 2s;
    rules.retry_share = 1;
    rules.retry_floor = 100;
    s.sending.lane.rules = rules;
    s.composing.rules = rules;
    s.composing.rules.crashes_allowed = 1'000'000;
    s.planning.longest_sleep = 1s;
    s.composing.longest_sleep = 1s;
    return s;
}

int serve(const Options& options) {
    bot::App app(bot::settings_of(options.globals), bot::StoreUse::alone, delivery_settings());
    Platforms shapes(app.clock(), 1);
    net::ClientOptions network;
    network.egress.allowed.push_back(*net::parse_network("127.0.0.0/8"));
    network.pool.per_host = 64;
    net::SystemResolver resolver(app.executor());
    net::Client client(app.executor(), app.clock(), resolver, network);
    WireMessenger slack(options.doubles, client, shapes.slack_messenger);
    WireMessenger discord(options.doubles, client, shapes.discord_messenger);
    WireMessenger telegram(options.doubles, client, shapes.telegram_messenger);
    app.messengers() = {{"slack", &slack}, {"discord", &discord}, {"telegram", &telegram}};
    return app.run(bot::serve(app), bot::exit_ok);
}

std::vector<Destination> destinations_of(int number) {
    const std::string n = std::to_string(number);
    const Destination all[] = {{"slack", "T" + std::to_string(number % 8), "C" + n, ""},
                               {"discord", "G" + std::to_string(number % 4), n, ""},
                               {"telegram", "", n, ""}};
    if (number % 10 == 0) return {std::begin(all), std::end(all)};
    return {all[number % 3]};
}

asio::awaitable<int> fill(bot::App& app, Options options) {
    const WallTime now = app.clock().wall_now();
    // The server beside us plans readers as they come: one whose first brief is due has its destinations already.
    for (int i = options.first; i < options.first + options.count; ++i) {
        const WallTime due = std::chrono::floor<std::chrono::minutes>(now - std::chrono::minutes{i % 120});
        Reader reader;
        reader.name = "r" + std::to_string(i);
        const auto hour = std::chrono::floor<std::chrono::minutes>(due - std::chrono::floor<std::chrono::days>(due));
        reader.brief_at = (hour + std::chrono::hours{12}) % std::chrono::hours{24};
        reader.created_at = now;
        reader = co_await app.readers().save(std::move(reader));
        for (Destination& to : destinations_of(i)) {
            DestinationRecord record;
            record.reader = reader.id;
            record.address = std::move(to);
            co_await app.outbox().add_destination(std::move(record), now);
        }
        reader.brief_at = hour;
        reader.created_at = due - std::chrono::hours{24 * (i % 3)} - 1min;
        co_await app.readers().save(std::move(reader));
    }
    co_return 0;
}

int fill(const Options& options) {
    bot::App app(bot::settings_of(options.globals), bot::StoreUse::together);
    return app.run(fill(app, options), bot::exit_interrupted);
}

int run(int argc, char** argv) {
    Options options;
    CLI::App cli("The server for tests/crash");
    cli.require_subcommand(1);
    cli.add_option("--config", options.globals.config)->required();
    cli.add_option("--data", options.globals.data_dir)->required();
    auto* serving = cli.add_subcommand("serve");
    serving->add_option("--doubles", options.doubles)->required();
    auto* filling = cli.add_subcommand("fill");
    filling->add_option("--first", options.first);
    filling->add_option("--count", options.count);
    CLI11_PARSE(cli, argc, argv);
    try {
        return serving->parsed() ? serve(options) : fill(options);
    } catch (const bot::ExitError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return error.code();
    } catch (const StoreFailure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return failure.kind() == StoreFailure::Kind::in_use ? bot::exit_in_use : bot::exit_io;
    }
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    return podbrief::testing::run(argc, argv);
}
