#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/sqlite/database.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/findings.hpp"
#include "bot/cli/session.hpp"
#include "bot/embeddings.hpp"
#include "bot/model.hpp"
#include "bot/transcription.hpp"
#include "core/briefs/zones.hpp"
#include "core/commands/explain.hpp"
#include "core/commands/inert.hpp"

namespace podbrief::bot {
namespace {

constexpr std::size_t most_parked = 5;

// How delivery is doing; what `serve` wrote down of itself, and what is stored.
struct Delivering {
    OutboxCounts counts;
    struct Parked {
        Delivery delivery;
        std::string reader;
        std::string day;
    };
    std::vector<Parked> parked;
    std::optional<WallTime> last_seen;
    Millis clock_jump{0};  // 0: the clock is trusted
    std::string zones;     // rules by which the stored slots were planned; empty: none was
    std::string zones_here;
    WallTime now{};
};

asio::awaitable<std::int64_t> number_noted(App& app, std::string name) {
    const std::string text = co_await app.outbox().note(std::move(name));
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    co_return number;
}

asio::awaitable<Delivering> look_at_delivery(App& app) {
    Delivering found;
    found.now = app.clock().wall_now();
    found.counts = co_await app.outbox().outbox_counts();
    const std::vector<Delivery> parked = co_await app.outbox().parked(most_parked);
    for (const Delivery& delivery : parked) {
        Delivering::Parked one;
        one.delivery = delivery;
        const auto reader = co_await app.readers().reader(delivery.reader);
        if (reader) one.reader = reader->name;
        const std::vector<Slot> slots = co_await app.outbox().slots(delivery.reader, 100);
        for (const Slot& slot : slots) {
            if (slot.id == delivery.slot) one.day = slot.key;
        }
        found.parked.push_back(std::move(one));
    }
    const std::int64_t seen = co_await number_noted(app, services::last_seen_note);
    if (seen > 0) found.last_seen = from_ms(seen);
    found.clock_jump = Millis{co_await number_noted(app, services::clock_jump_note)};
    found.zones = co_await app.outbox().note("zones");
    found.zones_here = briefs::system_zones().version();
    co_return found;
}

std::string ago_or_in(WallTime at, WallTime now) {
    return at > now ? "in " + commands::span_text(at - now) : commands::span_text(now - at) + " ago";
}

void add_to(nlohmann::json& report, const Delivering& found) {
    nlohmann::json& outbox = report["outbox"];
    outbox = {{"ready", found.counts.ready},     {"dispatching", found.counts.dispatching},
              {"unknown", found.counts.unknown}, {"parked", found.counts.parked},
              {"oldest_due_ms", nullptr},        {"parked_oldest", nlohmann::json::array()}};
    if (found.counts.oldest_due) outbox["oldest_due_ms"] = to_ms(*found.counts.oldest_due);
    for (const auto& [delivery, reader, day] : found.parked) {
        outbox["parked_oldest"].push_back({{"reader", reader},
                                           {"day", day},
                                           {"destination", to_string(delivery.address)},
                                           {"key", delivery.key},
                                           {"send_at_ms", to_ms(delivery.send_at)},
                                           {"reason", delivery.reason}});
    }
    report["last_served_ms"] = found.last_seen ? nlohmann::json(to_ms(*found.last_seen)) : nlohmann::json(nullptr);
    report["clock_trusted"] = found.clock_jump == Millis{0};
    report["clock_jump_ms"] = found.clock_jump.count();
    report["zones"] = found.zones_here;
    report["zones_planned_by"] = found.zones;
}

void print(const Delivering& found) {
    const auto count = [](std::int64_t n) { return static_cast<long long>(n); };
    std::printf("outbox     %lld ready, %lld being sent, %lld unknown, %lld parked", count(found.counts.ready),
                count(found.counts.dispatching), count(found.counts.unknown), count(found.counts.parked));
    if (found.counts.oldest_due) {
        std::printf("; the oldest %s due %s", *found.counts.oldest_due > found.now ? "is" : "was",
                    ago_or_in(*found.counts.oldest_due, found.now).c_str());
    }
    std::puts("");
    for (const auto& [delivery, reader, day] : found.parked) {
        std::string line = fmt::format("parked     to {}, due {}: {}", to_string(delivery.address),
                                       ago_or_in(delivery.send_at, found.now), delivery.reason);
        if (!day.empty()) line += fmt::format("; see podbrief explain --reader {} --day {}", reader, day);
        std::puts(commands::inert(line).c_str());
    }
    if (found.counts.parked > static_cast<std::int64_t>(found.parked.size())) {
        std::printf("parked     and %lld more\n",
                    count(found.counts.parked) - count(static_cast<std::int64_t>(found.parked.size())));
    }
    if (found.last_seen) {
        std::printf("serve      last wrote that it runs %s\n", ago_or_in(*found.last_seen, found.now).c_str());
    } else {
        std::puts("serve      has not run on this store");
    }
    if (found.clock_jump == Millis{0}) {
        std::puts("clock      trusted");
    } else {
        std::printf(
            "clock      not trusted: it was set %s by %s while podbrief ran, and nothing is sent. Set it right, "
            "or restart podbrief serve to accept it\n",
            found.clock_jump > Millis{0} ? "ahead" : "back", commands::span_text(found.clock_jump).c_str());
    }
    std::printf("zones      %s", found.zones_here.c_str());
    if (!found.zones.empty() && found.zones != found.zones_here) {
        std::printf("; briefs were planned by %s, serve plans them anew within 15 minutes", found.zones.c_str());
    }
    std::puts("");
}

// What the model says when it is asked, and what the server spent on it today.
struct ModelState {
    bool set = false;
    ModelProbe probe;
    std::map<std::string, services::Spent> spent;
};

asio::awaitable<ModelState> look_at_model(App& app) {
    ModelState found;
    if (app.model() == nullptr) co_return found;
    found.set = true;
    found.probe = co_await probe(app.model()->metered(), app.clock());
    const std::string note = co_await app.outbox().note(spending_note);
    services::SpendingNote spending = services::spending_from(note);
    if (spending.day == services::spending_day(app.clock().wall_now())) found.spent = std::move(spending.spent);
    co_return found;
}

void add_to(nlohmann::json& report, const ModelState& found) {
    report["model"] = nullptr;
    if (!found.set) return;
    report["model"] = {{"answers", found.probe.answers}, {"says", found.probe.line}};
    nlohmann::json& today = report["model"]["today"] = nlohmann::json::array();
    for (const auto& [provider, spent] : found.spent) {
        today.push_back({{"model", provider},
                         {"money_micros", spent.money},
                         {"input_tokens", spent.tokens.input},
                         {"output_tokens", spent.tokens.output},
                         {"calls", spent.calls}});
    }
}

void print(const ModelState& found, double ceiling) {
    std::string line = found.set ? found.probe.line : "none is set: the built-in engine works alone";
    for (const auto& [provider, spent] : found.spent) {
        line += fmt::format("; {} today: {:.4f} of {} spent, {} tokens in {} calls", provider,
                            static_cast<double>(spent.money) / 1e6, ceiling, spent.tokens.input + spent.tokens.output,
                            spent.calls);
    }
    std::printf("model      %s\n", commands::inert(line).c_str());
}

void add_to(nlohmann::json& report, const TranscriptionState& found) {
    report["transcription"] = nullptr;
    if (!found.set) return;
    report["transcription"] = {{"works", found.works}, {"says", found.line}};
    nlohmann::json& today = report["transcription"]["today"] = nlohmann::json::array();
    for (const auto& [provider, spent] : found.spent) {
        today.push_back({{"service", provider},
                         {"money_micros", spent.money},
                         {"audio_s", spent.tokens.input},
                         {"calls", spent.calls}});
    }
}

void print(const TranscriptionState& found, const Settings::Transcription& limits) {
    std::string line = found.line;
    for (const auto& [provider, spent] : found.spent) {
        line += fmt::format("; {} today: {} of {} minutes, {:.4f} of {} spent", provider, spent.tokens.input / 60,
                            limits.daily_minutes, static_cast<double>(spent.money) / 1e6, limits.daily_ceiling);
    }
    std::printf("audio      %s\n", commands::inert(line).c_str());
}

void add_to(nlohmann::json& report, const EmbeddingState& found) {
    report["embeddings"] = nullptr;
    if (!found.set) return;
    report["embeddings"] = {
        {"works", found.works}, {"says", found.line}, {"dimension", found.dimension}, {"in_use", found.in_use}};
    nlohmann::json& today = report["embeddings"]["today"] = nlohmann::json::array();
    for (const auto& [provider, spent] : found.spent) {
        today.push_back({{"model", provider},
                         {"money_micros", spent.money},
                         {"tokens", spent.tokens.input},
                         {"calls", spent.calls}});
    }
}

void print(const EmbeddingState& found, double ceiling) {
    std::string line = found.line;
    for (const auto& [provider, spent] : found.spent) {
        line += fmt::format("; {} today: {:.4f} of {} spent, {} tokens in {} calls", provider,
                            static_cast<double>(spent.money) / 1e6, ceiling, spent.tokens.input, spent.calls);
    }
    std::printf("meaning    %s\n", commands::inert(line).c_str());
}

asio::awaitable<int> examine(App& app, bool json) {
    co_await app.database().check();  // throws StoreFailure when the file is damaged
    const auto counts = co_await app.library().counts();
    co_await app.indexer().catch_up();
    std::size_t failing = 0;
    const auto subscriptions = co_await app.library().subscriptions();
    for (const auto& subscription : subscriptions) failing += subscription.poll.consecutive_failures > 0 ? 1 : 0;
    const Delivering delivering = co_await look_at_delivery(app);
    const ModelState model = co_await look_at_model(app);
    const TranscriptionState transcription =
        co_await look_at_transcription(app.settings().transcription, app.clock(), app.outbox());
    const EmbeddingState embeddings =
        co_await look_at_embeddings(app.settings().embeddings, app.model_http(), app.clock(), app.outbox());
    if (json) {
        nlohmann::json report = {{"store", app.settings().store.path.string()},
                                 {"integrity", "ok"},
                                 {"podcasts", counts.podcasts},
                                 {"podcasts_failing", failing},
                                 {"episodes", counts.episodes},
                                 {"transcripts", counts.transcripts},
                                 {"insights", counts.insights},
                                 {"insights_in_index", app.index().size()}};
        for (const auto& [state, count] : counts.episodes_by_state) {
            report["episodes_by_state"][std::string(to_string(state))] = count;
        }
        add_to(report, model);
        add_to(report, transcription);
        add_to(report, embeddings);
        add_to(report, delivering);
        std::puts(report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
        co_return 0;
    }
    std::printf("store      %s: sound\n", app.settings().store.path.c_str());
    std::printf("podcasts   %lld, %zu failing\n", static_cast<long long>(counts.podcasts), failing);
    std::printf("episodes   %lld", static_cast<long long>(counts.episodes));
    for (const auto& [state, count] : counts.episodes_by_state) {
        std::printf(", %lld %s", static_cast<long long>(count), std::string(to_string(state)).c_str());
    }
    std::printf("\ninsights   %lld, %zu in the search index\n", static_cast<long long>(counts.insights),
                app.index().size());
    for (const auto& [podcast, poll] : subscriptions) {
        if (poll.consecutive_failures == 0) continue;
        std::printf("failing    %s: %s\n",
                    commands::inert(podcast.title.empty() ? podcast.feed_url : podcast.title).c_str(),
                    poll.last_error.c_str());
    }
    print(model, app.settings().model.daily_ceiling);
    print(transcription, app.settings().transcription);
    print(embeddings, app.settings().embeddings.daily_ceiling);
    print(delivering);
    co_return 0;
}

}  // namespace

void add_doctor(CLI::App& root, Action& action) {
    auto platform = std::make_shared<std::string>();
    auto* command = root.add_subcommand("doctor", "Check the store and say how podcasts and episodes are doing");
    command->add_option("--platform", *platform, "Check this platform instead: slack, telegram or discord")
        ->type_name("NAME");
    command->callback([platform, &action] {
        action = [platform](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together, [&](App& app) {
                return platform->empty() ? examine(app, globals.json) : check_platform(app, *platform, globals.json);
            });
        };
    });
}

}  // namespace podbrief::bot
