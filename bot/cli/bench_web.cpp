// The public pages under load. podbrief's pages stand in a process of their own; those who read are in this one.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "adapters/http/server.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/system/machine.hpp"
#include "adapters/system/real_clock.hpp"
#include "adapters/web/addresses.hpp"
#include "adapters/web/site.hpp"
#include "bot/app.hpp"
#include "bot/bench/child.hpp"
#include "bot/bench/figures.hpp"
#include "bot/bench/library.hpp"
#include "bot/bench/line.hpp"
#include "bot/cli/benches.hpp"
#include "bot/cli/scratch.hpp"
#include "bot/exit_codes.hpp"
#include "core/async/parallel.hpp"
#include "core/async/until_first_ends.hpp"

namespace podbrief::bot {
namespace {

using bench::Micros;
using Json = nlohmann::json;

constexpr std::uint64_t seed = 20'261'127;
constexpr int longest_filling_s = 600;
constexpr std::size_t most_once = 2'000;
constexpr std::size_t body_of_bare = 4'000;  // bytes; about what a compressed page has

struct Options {
    std::size_t insights = 100'000;
    std::size_t connections = 16;
    double seconds = 5;
    double rate = 1'000;
};

// ---- the server ----

asio::awaitable<ServerResponse> control(App& app, ServerRequest request) {
    if (request.path() == "/bench/bare") co_return text_response(200, std::string(body_of_bare, 'a'));
    if (request.path() == "/bench/figures") {
        const Json json{{"cpu_s", static_cast<double>(std::clock()) / CLOCKS_PER_SEC},
                        {"rss_mib", static_cast<double>(system::memory_in_use().resident) / (1 << 20)}};
        co_return json_response(200, json.dump());
    }
    // The address of the insight that is n-th by its number.
    const auto at = static_cast<std::size_t>(std::stoul(std::string(request.query())));
    const auto entries = app.catalogue().slice(at, 1);
    if (entries.empty()) co_return text_response(404, "");
    co_return text_response(200, web::insight_path(entries.front()->id, entries.front()->slug));
}

asio::awaitable<int> serve_pages(App& app, std::size_t insights, std::function<void(std::uint16_t)> ready) {
    app.indexer().tell(app.catalogue());
    co_await bench::fill_library(app.library(), insights, seed, app.clock().wall_now());
    co_await app.indexer().catch_up();
    web::Site::Ports ports{app.library(), app.outbox(),    app.database().relations(),
                           app.index(),   app.catalogue(), app.clock(),
                           app.workers(), &app.people()};
    web::Site::Options options;
    options.public_url = "https://bench.invalid";
    options.requests_a_second = 0;  // all of it comes from one address
    web::Site site(std::move(ports), std::move(options));
    auto handler = [&](ServerRequest request) {
        if (request.path().starts_with("/bench/")) return control(app, std::move(request));
        return site.answer(std::move(request));
    };
    net::Server server(app.executor(), app.clock(), net::ServerOptions(), std::move(handler));
    ready(server.port());
    co_await server.run();
    co_return exit_ok;
}

int run_server(const Options& options, const std::string& store, const bench::Child::Talk& talk) {
    Settings settings;
    settings.store.path = store;
    settings.log.level = LogLevel::error;
    App app(settings, StoreUse::alone);
    const auto ready = [&talk](std::uint16_t port) { talk.say(std::to_string(port)); };
    return app.run(serve_pages(app, options.insights, ready), exit_ok);
}

// ---- the readers ----

struct Part {
    std::string name;
    std::size_t answers = 0, errors = 0;
    double seconds = 0, cpu_s = 0, rss_mib = 0;
    std::size_t bytes = 0;  // of bodies
    bench::Times times;
};

class Readers {
public:
    Readers(asio::any_io_executor io, const Options& options, std::uint16_t port)
        : io_(std::move(io)), options_(options), port_(port) {}

    asio::awaitable<void> run(std::vector<Part>& parts) {
        co_await gather_paths();
        const std::vector<std::string> bare(1, "/bench/bare"), one(paths_.begin(), paths_.begin() + 1);
        parts.push_back(co_await measure("the bare server", bare, 0));
        parts.push_back(co_await measure("one page, kept", one, 0));
        parts.push_back(co_await measure("each page once", once_, 0));
        parts.push_back(co_await measure("pages nobody asked for", other_once_, options_.rate));
        co_await measure("", paths_, 1e9);  // as fast as it goes, so that what many ask for is there
        parts.push_back(co_await measure("pages as links are shared", paths_, options_.rate));
    }

private:
    // Which pages are asked for: a few by many, most by hardly anybody (Zipf); and each a first time.
    asio::awaitable<void> gather_paths() {
        bench::Line line(io_);
        co_await line.open(port_);
        Random random(seed);
        const auto many = static_cast<std::size_t>(options_.rate * options_.seconds);
        const double top = std::log(static_cast<double>(options_.insights));
        for (std::size_t i = 0; i < many; ++i) {
            const double share = static_cast<double>(random.below(1'000'000)) / 1e6;
            const auto rank = static_cast<std::size_t>(std::exp(share * top));
            // Ranks are spread over the library, newest and oldest alike.
            const std::size_t at = rank * 7'919 % options_.insights;
            paths_.push_back(co_await path_of(line, at));
        }
        // Two more sets, each spread over the library: pages that are asked for once, as fast as it goes and paced.
        const std::size_t wanted = std::min(most_once, options_.insights / 10);
        for (std::size_t i = 0; i < wanted; ++i) {
            once_.push_back(co_await path_of(line, i * options_.insights / wanted));
        }
        const std::size_t others = std::min(many, options_.insights / 2);
        for (std::size_t i = 0; i < others; ++i) {
            const std::string path = co_await path_of(line, i * options_.insights / others + 1);
            if (std::find(once_.begin(), once_.end(), path) == once_.end()) other_once_.push_back(path);
        }
    }

    asio::awaitable<std::string> path_of(bench::Line& line, std::size_t at) {
        const std::string request = fmt::format("GET /bench/path?{} HTTP/1.1\r\nHost: bench\r\n\r\n", at);
        const bench::Line::Answer answer = co_await line.exchange(request);
        co_return answer.body;
    }

    asio::awaitable<Json> figures() {
        bench::Line line(io_);
        co_await line.open(port_);
        const std::string request = "GET /bench/figures HTTP/1.1\r\nHost: bench\r\n\r\n";
        const bench::Line::Answer answer = co_await line.exchange(request);
        co_return Json::parse(answer.body);
    }

    asio::awaitable<void> read_on(const std::vector<std::string>& paths, double rate, Micros begin, Part& part) {
        bench::Line line(io_);
        co_await line.open(port_);
        asio::steady_timer timer(io_);
        const bool each_once = rate == 0 && paths.size() > 1;
        const Micros until = begin + Micros{static_cast<std::int64_t>(options_.seconds * 1e6)};
        for (;;) {
            const std::size_t mine = next_++;
            if ((rate > 0 || each_once) && mine >= paths.size()) co_return;
            if (rate == 0 && system::stopwatch() >= until) co_return;
            Micros since = system::stopwatch();
            if (rate > 0) {
                since = begin + Micros{static_cast<std::int64_t>(static_cast<double>(mine) / rate * 1e6)};
                const Micros wait = since - system::stopwatch();
                if (wait > Micros{0}) {
                    timer.expires_after(wait);
                    co_await timer.async_wait(asio::use_awaitable);
                }
            }
            const std::string request = fmt::format(
                "GET {} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip, br\r\n\r\n", paths[mine % paths.size()]);
            const bench::Line::Answer answer = co_await line.exchange(request);
            part.times.add(system::stopwatch() - since);
            part.bytes += answer.body.size();
            ++part.answers;
            if (answer.status != 200) ++part.errors;
        }
    }

    asio::awaitable<Part> measure(std::string name, const std::vector<std::string>& paths, double rate) {
        Part part;
        part.name = std::move(name);
        next_ = 0;
        const Json before = co_await figures();
        const Micros begin = system::stopwatch();
        std::vector<int> connections(options_.connections);
        auto work = [&](int) { return read_on(paths, rate, begin, part); };
        co_await for_each_parallel(std::move(connections), options_.connections, std::move(work));
        part.seconds = static_cast<double>((system::stopwatch() - begin).count()) / 1e6;
        const Json after = co_await figures();
        part.cpu_s = after.at("cpu_s").get<double>() - before.at("cpu_s").get<double>();
        part.rss_mib = after.at("rss_mib").get<double>();
        co_return part;
    }

    asio::any_io_executor io_;
    const Options& options_;
    std::uint16_t port_;
    std::vector<std::string> paths_, once_, other_once_;
    std::size_t next_ = 0;
};

void print(const Options& options, const std::vector<Part>& parts, bool json) {
    Json rows = Json::array();
    if (!json) {
        std::printf(
            "%zu insights; server in a process of its own on %zu cores; %zu connections; ms to the whole answer\n",
            options.insights, system::core_count(), options.connections);
        std::printf("%-28s %9s %8s %8s %9s %7s %8s %7s\n", "", "a second", "p50", "p99", "CPU us", "MiB", "bytes",
                    "errors");
    }
    for (const Part& part : parts) {
        const double count = std::max<double>(1, static_cast<double>(part.answers));
        const double rate = part.seconds > 0 ? static_cast<double>(part.answers) / part.seconds : 0;
        const double cpu_us = part.cpu_s * 1e6 / count;
        const auto bytes = static_cast<double>(part.bytes) / count;
        rows.push_back({{"what", part.name},
                        {"requests_per_s", rate},
                        {"p50_ms", part.times.percentile_ms(0.5)},
                        {"p99_ms", part.times.percentile_ms(0.99)},
                        {"cpu_us_per_request", cpu_us},
                        {"rss_mib", part.rss_mib},
                        {"bytes_per_answer", bytes},
                        {"errors", part.errors}});
        if (json) continue;
        std::printf("%-28s %9.0f %8.2f %8.2f %9.0f %7.0f %8.0f %7zu\n", part.name.c_str(), rate,
                    part.times.percentile_ms(0.5), part.times.percentile_ms(0.99), cpu_us, part.rss_mib, bytes,
                    part.errors);
    }
    if (json) std::puts(Json{{"insights", options.insights}, {"parts", std::move(rows)}}.dump(2).c_str());
}

int bench_web(const Options& options, bool json) {
    const Scratch scratch;
    const std::string store = (scratch.path() / "podbrief.db").string();
    const bench::Child server(
        [&options, &store](const bench::Child::Talk& talk) { return run_server(options, store, talk); });
    const auto port = static_cast<std::uint16_t>(std::stoul(server.hear(longest_filling_s)));
    asio::io_context context{1};
    Readers readers(context.get_executor(), options, port);
    std::vector<Part> parts;
    std::exception_ptr failure;
    asio::co_spawn(context, readers.run(parts), [&](std::exception_ptr ended) { failure = ended; });
    context.run();
    if (failure) std::rethrow_exception(failure);
    print(options, parts, json);
    return exit_ok;
}

}  // namespace

void add_bench_web(CLI::App& bench, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = bench.add_subcommand("web", "The public pages: kept ones, new ones, and the bare server beside");
    command->add_option("--insights", options->insights, "In the library (default: 100000)")
        ->check(CLI::Range(1'000, 1'000'000));
    command->add_option("--seconds", options->seconds, "Of each measurement (default: 5)")
        ->check(CLI::Range(0.5, 60.0));
    command->add_option("--rate", options->rate, "Requests a second of the paced one (default: 1000)")
        ->check(CLI::Range(1.0, 20'000.0));
    command->add_option("--connections", options->connections, "Kept open (default: 16)")->check(CLI::Range(1, 1'000));
    command->callback([options, &action] {
        action = [options](const Globals& globals) { return bench_web(*options, globals.json); };
    });
}

}  // namespace podbrief::bot
