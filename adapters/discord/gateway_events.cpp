// What the gateway tells: interactions to whoever answers them, the rest to the intake.
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include "adapters/discord/gateway.hpp"
#include "adapters/discord/wire.hpp"
#include "core/async/until_first_ends.hpp"

namespace podbrief::discord {
namespace {

constexpr std::size_t workers = 32;  // that answer interactions at the same time
constexpr std::size_t most_waiting = 1'000;
constexpr Millis first_again{500};
constexpr Millis longest_again{16'000};

}  // namespace

asio::awaitable<void> Gateway::run() {
    const auto executor = co_await asio::this_coro::executor;
    queues_.clear();
    for (std::size_t i = 0; i <= workers; ++i) queues_.push_back(std::make_unique<Queue>(executor));
    out_ = std::make_unique<Outgoing>(executor);
    std::vector<NamedTask> tasks;
    tasks.push_back({"discord gateway", stay_connected()});
    tasks.push_back({"discord gateway: events", carry_events(*queues_.front())});
    for (std::size_t i = 1; i <= workers; ++i) {
        tasks.push_back({"discord gateway: interactions", carry_interactions(*queues_[i])});
    }
    co_await until_first_ends(std::move(tasks));
}

void Gateway::push(Queue& queue, Incoming incoming) {
    if (queue.events.size() >= most_waiting) {
        ports_.metrics.count("discord_events_total", "dropped", 1);
        ports_.log.error("discord event dropped", {{"kind", std::string(to_string(incoming.kind))}});
        return;
    }
    queue.events.push_back(std::move(incoming));
    queue.news.notify();
}

void Gateway::dispatch(const GatewayEvent& event) {
    if (event.type == "INTERACTION_CREATE") {
        Queue& queue = *queues_[next_queue_];
        next_queue_ = next_queue_ % workers + 1;
        if (queue.interactions.size() >= most_waiting / workers) {
            ports_.metrics.count("discord_events_total", "dropped", 1);
            return;
        }
        queue.interactions.push_back(event.data);
        queue.news.notify();
        return;
    }
    Json data;
    if (!read_json(event.data, data)) return;
    Queue& events = *queues_.front();
    const std::string id = text_member(data, "id");
    if (event.type == "READY" || event.type == "RESUMED") {
        connected_ = true;
        backoff_ = Millis{0};
        ports_.metrics.set("discord_gateway_connected", 1);
        if (!session_.bot().empty()) bot_ = session_.bot();
        const Json& guilds = member(data, "guilds");
        if (guilds.is_array()) {
            for (const Json& guild : guilds) guilds_.insert(text_member(guild, "id"));
        }
    } else if (event.type == "MESSAGE_CREATE") {
        if (auto message = read_message(data, bot_, ports_.places)) push(events, std::move(*message));
    } else if (event.type == "GUILD_CREATE") {
        const Json& threads = member(data, "threads");
        if (threads.is_array()) {
            for (const Json& one : threads) {
                ports_.places.learn_thread(text_member(one, "id"), text_member(one, "parent_id"));
            }
        }
        // Those that we were in before come too, after each new session and outage.
        if (!guilds_.insert(id).second) return;
        if (auto joined = read_joined(data)) push(events, std::move(*joined));
    } else if (event.type == "THREAD_CREATE") {
        ports_.places.learn_thread(id, text_member(data, "parent_id"));
    } else if (event.type == "GUILD_DELETE" || event.type == "CHANNEL_DELETE" || event.type == "THREAD_DELETE") {
        const bool guild = event.type == "GUILD_DELETE";
        const WallTime now = ports_.clock.wall_now();
        // Nothing in it tells one removal from the next; a guild may come and go again.
        const std::string event_id = "gone " + id + (guild ? " " + std::to_string(to_ms(now) / 60'000) : std::string{});
        auto gone = read_gone(data, guild, event_id, now);
        if (!gone) return;
        if (guild) guilds_.erase(id);
        push(events, std::move(*gone));
    }
}

asio::awaitable<void> Gateway::carry_interactions(Queue& queue) {
    for (;;) {
        while (queue.interactions.empty()) co_await queue.news.wait();
        std::string data = std::move(queue.interactions.front());
        queue.interactions.pop_front();
        co_await answer(std::move(data));
    }
}

asio::awaitable<void> Gateway::answer(std::string data) {
    Json body;
    if (!read_json(data, body)) co_return;
    const Callback callback = co_await ports_.interactions.handle(body);
    if (callback.status != 200 || callback.token.empty()) co_return;  // the person is told that it failed
    RestCall call = acknowledge(callback.id, callback.token);
    call.body = callback.json;
    call.deadline = Millis{2'500};
    const RestResult result = co_await ports_.rest.call(std::move(call));
    const auto* answered = std::get_if<Answer>(&result);
    if (answered != nullptr && answered->status < 300) co_return;
    constexpr int already_acknowledged = 40060;
    if (answered != nullptr && answered->code == already_acknowledged) co_return;
    // Too late, or lost: it was kept, and its answer goes to the chat.
    const auto code = std::to_string(answered == nullptr ? 0 : answered->code);
    ports_.log.warning("discord interaction not acknowledged", {{"code", code}});
    ports_.metrics.count("discord_interactions_total", "not acknowledged", 1);
}

asio::awaitable<void> Gateway::carry_events(Queue& queue) {
    for (;;) {
        while (queue.events.empty()) co_await queue.news.wait();
        Incoming incoming = std::move(queue.events.front());
        queue.events.pop_front();
        ports_.metrics.count("discord_events_total", to_string(incoming.kind), 1);
        co_await keep(std::move(incoming));
    }
}

// Nobody sends it again: tried until it is kept, or a minute is over.
asio::awaitable<void> Gateway::keep(Incoming incoming) {
    for (Millis wait = first_again; wait <= longest_again; wait *= 2) {
        std::string problem = "unavailable";
        try {
            Incoming again = incoming;
            const Intake::Accepted accepted = co_await ports_.intake.accept(std::move(again));
            if (accepted != Intake::Accepted::unavailable) co_return;
        } catch (const boost::system::system_error& error) {
            if (error.code() == asio::error::operation_aborted) throw;
            problem = error.what();
        } catch (const std::exception& error) {
            problem = error.what();
        }
        ports_.log.warning("discord event not kept yet", {{"problem", problem}});
        co_await ports_.clock.sleep_for(wait);
    }
    ports_.log.error("discord event lost", {{"kind", std::string(to_string(incoming.kind))}});
    ports_.metrics.count("discord_events_total", "lost", 1);
}

}  // namespace podbrief::discord
