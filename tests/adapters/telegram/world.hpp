#pragma once
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/telegram_server.hpp"
#include "adapters/doubles/trouble.hpp"
#include "adapters/telegram/telegram.hpp"
#include "core/async/task_scope.hpp"
#include "tests/adapters/telegram/recording_intake.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::telegram_test {

using doubles::FaultKind;
using doubles::TelegramModel;
using doubles::Trouble;
using podbrief::testing::HttpBridge;
using podbrief::testing::ManualClock;

// Keeps every line.
class KeptLog final : public Log {
public:
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
        std::string line(event);
        for (const LogField& field : fields) line += " " + std::string(field.key) + "=" + field.value;
        lines.push_back(line);
        if (level == LogLevel::error) errors.push_back(line);
    }
    bool says(std::string_view words) const {
        for (const auto& line : lines) {
            if (line.find(words) != std::string::npos) return true;
        }
        return false;
    }
    std::vector<std::string> lines;
    std::vector<std::string> errors;
};

class KeptMetrics final : public Metrics {
public:
    void count(std::string_view name, std::string_view outcome, double by) override {
        counted[std::string(name) + " " + std::string(outcome)] += by;
    }
    void set(std::string_view name, double value) override { counted[std::string(name)] = value; }
    double of(const std::string& name_and_outcome) const {
        const auto found = counted.find(name_and_outcome);
        return found == counted.end() ? 0 : found->second;
    }
    std::map<std::string, double> counted;
};

// Telegram's double, the adapter before it, and a bridge instead of a network; time moves when a test says so.
class TelegramWorld {
public:
    static constexpr const char* token = "123456:CANARY-token_AAbbCC";
    static constexpr const char* api = "https://api.telegram.org";
    static constexpr const char* site = "https://brief.example";
    static constexpr std::int64_t ann = 42;
    static constexpr std::int64_t bob = 43;
    static constexpr std::int64_t group = -7;
    static constexpr std::int64_t forum = -1001;
    static constexpr std::int64_t channel = -1002;

    TelegramWorld() {
        server.add_person({ann, "Ann", "ann", "de"});
        server.add_person({bob, "Bob", "bob", "en"});
        server.add_chat(group, doubles::telegram::ChatKind::group, "The team", ann);
        server.add_member(group, bob);
        server.add_chat(forum, doubles::telegram::ChatKind::forum, "The forum", ann);
        server.add_topic(forum, 5);
        server.add_chat(channel, doubles::telegram::ChatKind::channel, "The channel", ann);
        bridge.to(api, server);
        options.token = token;
        options.base_url = api;
    }
    ~TelegramWorld() { stop(); }

    // The adapter; made when it is first asked for.
    telegram::Telegram& adapter() {
        if (!adapter_) {
            const telegram::Ports ports{bridge, intake, clock, random, log, metrics};
            adapter_ = std::make_unique<telegram::Telegram>(options, ports);
            for (WebRoute& route : adapter_->routes()) {
                webhook_url = site + route.path;
                handler = route.handler;
                bridge.to(webhook_url, std::move(route.handler));
            }
        }
        return *adapter_;
    }
    // In the background: the adapter; the double's webhooks.
    void run() { spawn("adapter", adapter().run()); }
    void deliver() { spawn("deliver", server.run(bridge)); }
    void spawn(std::string name, asio::awaitable<void> task) { tasks_.spawn(std::move(name), std::move(task)); }

    // Everything that can happen without time passing.
    void settle() {
        context.restart();
        context.poll();
    }
    void pass(Millis time) {
        settle();
        const SteadyTime end = clock.steady_now() + time;
        while (clock.next_due() && *clock.next_due() <= end) {
            clock.advance_to_next();
            settle();
        }
        clock.advance(std::chrono::duration_cast<Millis>(end - clock.steady_now()));
        settle();
    }
    // Runs it to its end while time passes.
    template <class T>
    T call(asio::awaitable<T> work) {
        const auto done = std::make_shared<bool>(false);
        auto wrapped = [](asio::awaitable<T> inner, std::shared_ptr<bool> ended) -> asio::awaitable<T> {
            struct Mark {
                bool& is;
                ~Mark() { is = true; }
            } mark{*ended};
            co_return co_await std::move(inner);
        };
        auto drive = [](TelegramWorld& world, std::shared_ptr<bool> ended) -> asio::awaitable<void> {
            for (int step = 0; !*ended; ++step) {
                if (step % 8 == 7) world.clock.advance_to_next();
                co_await asio::post(world.context, asio::use_awaitable);
            }
        };
        spawn("drive", drive(*this, done));
        return podbrief::testing::run(context, wrapped(std::move(work), done));
    }
    void stop() {
        settle();
        asio::post(context, [this] { tasks_.request_stop(); });  // from its executor only
        settle();
        EXPECT_EQ(tasks_.size(), 0U);
    }
    std::size_t running() const { return tasks_.size(); }

    std::vector<std::string> methods() const {
        std::vector<std::string> out;
        for (const HttpRequest& request : bridge.sent()) {
            if (request.url.starts_with(api)) out.push_back(request.url.substr(request.url.rfind('/') + 1));
        }
        return out;
    }
    int times(const std::string& method) const {
        const auto all = methods();
        return static_cast<int>(std::count(all.begin(), all.end(), method));
    }
    // Fails the next call of that operation.
    void order(FaultKind kind, std::string op, bool made = false, Millis delay = Millis{0}) {
        doubles::Fault fault;
        fault.kind = kind;
        fault.made = made;
        fault.delay = delay;
        trouble.order(fault, "telegram", std::move(op));
    }

    asio::io_context context{1};
    ManualClock clock;
    Random random{7};
    Trouble trouble{random};
    TelegramModel model;
    doubles::TelegramServer server{model, clock, {token, "BriefBot", "Brief", true}};
    HttpBridge bridge{clock, trouble};
    RecordingIntake intake;
    KeptLog log;
    KeptMetrics metrics;
    telegram::Options options;
    std::string webhook_url;
    ServerHandler handler;

private:
    std::unique_ptr<telegram::Telegram> adapter_;
    TaskScope tasks_{context.get_executor(), [](const std::string& name, std::exception_ptr failure) {
                         if (failure) ADD_FAILURE() << name << " failed";
                     }};
};

}  // namespace podbrief::telegram_test
