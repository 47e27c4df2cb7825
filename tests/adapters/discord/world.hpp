#pragma once
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/discord/discord.hpp"
#include "adapters/doubles/discord_server.hpp"
#include "adapters/doubles/trouble.hpp"
#include "core/async/task_scope.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/doubles/model/web_socket_bridge.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::discord {

using podbrief::testing::HttpBridge;
using podbrief::testing::ManualClock;
using podbrief::testing::WebSocketBridge;

// Keeps what it is given, once each, and answers what it was told to.
class FakeIntake final : public Intake {
public:
    asio::awaitable<Accepted> accept(Incoming incoming) override {
        ++asked;
        if (unavailable > 0) {
            --unavailable;
            co_return Accepted::unavailable;
        }
        const bool first = seen_.insert(incoming.tenant + "\n" + incoming.event_id).second;
        if (!first) co_return Accepted::seen_before;
        kept.push_back(std::move(incoming));
        co_return Accepted::first;
    }
    asio::awaitable<std::optional<Form>> form_for(Incoming incoming) override {
        if (form && (incoming.text == "settings" || incoming.action_data == "form:settings")) co_return form;
        co_return std::nullopt;
    }
    asio::awaitable<std::vector<std::string>> suggest(Account, std::string what, std::string typed) override {
        asked_for = what + " " + typed;
        co_return names;
    }

    std::vector<Incoming> kept;
    int asked = 0;
    int unavailable = 0;  // so many times
    std::optional<Form> form;
    std::vector<std::string> names;
    std::string asked_for;

private:
    std::set<std::string> seen_;
};

class CountingMetrics final : public Metrics {
public:
    void count(std::string_view name, std::string_view outcome, double by) override {
        counted[std::string(name) + " " + std::string(outcome)] += by;
    }
    void set(std::string_view name, double value) override { values[std::string(name)] = value; }
    std::map<std::string, double> counted;
    std::map<std::string, double> values;
};

class KeptLog final : public Log {
public:
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
        std::string line = std::string(event);
        for (const LogField& field : fields) line += " " + std::string(field.key) + "=" + field.value;
        lines.push_back(line);
        if (level == LogLevel::error) errors.push_back(line);
    }
    bool has(std::string_view text) const {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.find(text) != std::string::npos; });
    }
    std::vector<std::string> lines;
    std::vector<std::string> errors;
};

inline constexpr const char* ada = "1000000000000000001";
inline constexpr const char* grace = "1000000000000000002";
inline constexpr const char* guild = "1150000000000000001";
inline constexpr const char* channel = "1100000000000000002";
inline constexpr const char* endpoint = "https://brief.example.org/discord/interactions";

// Discord's double, and us, in one process on one clock that goes on when nobody has anything to do.
class World {
public:
    enum class Mode { http, gateway };
    explicit World(Mode mode = Mode::http) : World(mode, doubles::DiscordServer::Settings{}) {}
    World(Mode mode, doubles::DiscordServer::Settings settings);
    ~World();

    // Runs to its end while time passes.
    template <class T>
    T run(asio::awaitable<T> work);
    void run(asio::awaitable<void> work);
    // Time passes for so long, with everything that is due in it.
    void pass(Millis time);
    // Waits until it holds, at most a minute.
    bool until(const std::function<bool()>& holds);
    // Starts the gateway's loop in the background.
    void start();
    void stop();

    std::string settle(const std::string& where) { return server.transcript(where); }
    Incoming latest() const { return intake.kept.empty() ? Incoming{} : intake.kept.back(); }
    // An answer to the latest that came in, as the outbox would send it.
    OutgoingMessage answer_to(const Incoming& incoming, Reply reply, int part = 1);
    SendOutcome post(OutgoingMessage message) { return run(discord.messenger().post(std::move(message))); }
    // Frames or requests that reached the double and had something wrong.
    const std::vector<std::string>& refused() const { return server.refused(); }

    asio::io_context context{1};
    ManualClock clock;
    Random random{7};
    doubles::Trouble trouble{random};
    doubles::DiscordModel model;
    doubles::DiscordServer server;
    HttpBridge http;
    WebSocketBridge sockets;
    FakeIntake intake;
    KeptLog log;
    CountingMetrics metrics;
    Discord discord;
    TaskScope tasks;

private:
    static Options options_for(Mode mode, const doubles::DiscordServer& server);
    void drive(const bool& done);
};

template <class T>
T World::run(asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    bool done = false;
    auto ended = [&](std::exception_ptr thrown, T result) {
        failure = thrown;
        if (!thrown) value.emplace(std::move(result));
        done = true;
    };
    asio::co_spawn(context, std::move(work), ended);
    drive(done);
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

Reply saying(const std::string& text);
Reply five_insights();
InsightCard card_of(int number, const std::string& text);

}  // namespace podbrief::discord
