#include "bot/operator_facts.hpp"

#include <cstdlib>

#include "bot/embeddings.hpp"
#include "bot/model.hpp"
#include "bot/transcription.hpp"
#include "core/services/cost_meter.hpp"

namespace podbrief::bot {
namespace {

constexpr double nearly_all = 0.98;  // of a ceiling: the next call would not fit

web::OperatorFacts::Platform platform_of(App& app, const Platforms::Entry& entry, std::string_view metrics) {
    web::OperatorFacts::Platform one;
    one.name = entry.name;
    one.mode = entry.mode;
    one.state = "ready to be called";
    const auto connected = [&](std::string_view gauge) {
        one.good = gauge_in(metrics, gauge).value_or(0) > 0;
        one.state = one.good ? "connected" : "not connected";
    };
    if (entry.name == "discord" && entry.mode == "gateway") connected("podbrief_discord_gateway_connected");
    if (entry.name == "slack" && entry.mode == "socket") connected("podbrief_slack_sockets_open");
    if (entry.bot_name) {
        one.good = !entry.bot_name().empty();
        one.state = one.good ? "answers as " + entry.bot_name() : "has not answered yet";
    }
    if (app.delivery().is_held_back(entry.name)) {
        one.good = false;
        one.state = "held back after failures in a row";
    }
    return one;
}

services::Spent spent_today(const std::string& note, WallTime now) {
    services::Spent sum;
    const services::SpendingNote kept = services::spending_from(note);
    if (kept.day != services::spending_day(now)) return sum;
    for (const auto& [provider, spent] : kept.spent) {
        sum.money += spent.money;
        sum.calls += spent.calls;
        sum.tokens.input += spent.tokens.input;
        sum.tokens.output += spent.tokens.output;
    }
    return sum;
}

// `used` of what may be used on a day, in the unit that is counted besides money.
web::OperatorFacts::Spending spending(std::string what, const services::Spent& spent, double ceiling, std::int64_t used,
                                      std::int64_t daily) {
    web::OperatorFacts::Spending one;
    one.what = std::move(what);
    one.spent = static_cast<double>(spent.money) / 1e6;
    one.ceiling = ceiling;
    one.full = (ceiling > 0 && one.spent >= nearly_all * ceiling) ||
               static_cast<double>(used) >= nearly_all * static_cast<double>(daily);
    return one;
}

web::OperatorFacts::Spending spending_of_tokens(std::string what, const services::Spent& spent, double ceiling,
                                                std::int64_t daily) {
    const std::int64_t tokens = spent.tokens.input + spent.tokens.output;
    web::OperatorFacts::Spending one = spending(std::move(what), spent, ceiling, tokens, daily);
    one.more =
        fmt::format("{} calls; {} of {} tokens", web::grouped(spent.calls), web::grouped(tokens), web::grouped(daily));
    return one;
}

web::OperatorFacts::Spending spending_of_transcription(const Settings::Transcription& heard,
                                                       const services::Spent& spent) {
    const std::int64_t minutes = (spent.tokens.input + spent.tokens.output) / 60;  // seconds of audio are counted
    web::OperatorFacts::Spending one =
        spending("Transcription", spent, heard.daily_ceiling, minutes, heard.daily_minutes);
    one.more = fmt::format("{} of {} minutes of audio", web::grouped(minutes), web::grouped(heard.daily_minutes));
    return one;
}

asio::awaitable<web::OperatorFacts> facts_of(App& app, const Platforms& platforms) {
    web::OperatorFacts facts;
    const std::string metrics = app.metrics().text();
    for (const Platforms::Entry& entry : platforms.entries()) {
        facts.platforms.push_back(platform_of(app, entry, metrics));
    }
    const WallTime now = app.clock().wall_now();
    if (app.model() != nullptr) {
        const std::string note = co_await app.outbox().note(spending_note);
        facts.spending.push_back(spending_of_tokens("Model", spent_today(note, now), app.settings().model.daily_ceiling,
                                                    app.settings().model.daily_tokens));
    }
    if (app.transcription() != nullptr) {
        const std::string note = co_await app.outbox().note(transcription_spending_note);
        facts.spending.push_back(spending_of_transcription(app.settings().transcription, spent_today(note, now)));
    }
    if (app.embeddings() != nullptr) {
        const std::string note = co_await app.outbox().note(embedding_spending_note);
        facts.spending.push_back(spending_of_tokens("Embeddings", spent_today(note, now),
                                                    app.settings().embeddings.daily_ceiling,
                                                    app.settings().embeddings.daily_tokens));
    }
    const double memory = static_cast<double>(system::memory_in_use().resident) / (1 << 20);
    facts.figures.push_back({"Insights in the index", web::grouped(static_cast<std::int64_t>(app.index().size()))});
    facts.figures.push_back({"Memory", fmt::format("{:.0f} MiB", memory)});
    co_return facts;
}

}  // namespace

std::optional<double> gauge_in(std::string_view metrics, std::string_view name) {
    const std::string line = "\n" + std::string(name);
    for (std::size_t at = metrics.find(line); at != std::string_view::npos; at = metrics.find(line, at + 1)) {
        std::string_view rest = metrics.substr(at + line.size());
        rest = rest.substr(0, rest.find('\n'));
        if (rest.empty() || (rest.front() != ' ' && rest.front() != '{')) continue;  // a longer name
        const auto blank = rest.rfind(' ');
        return std::strtod(std::string(rest.substr(blank)).c_str(), nullptr);
    }
    return std::nullopt;
}

std::function<asio::awaitable<web::OperatorFacts>()> operator_facts(App& app, const Platforms& platforms) {
    return [&app, &platforms] { return facts_of(app, platforms); };
}

}  // namespace podbrief::bot
