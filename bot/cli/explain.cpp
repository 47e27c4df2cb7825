#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/briefs/zones.hpp"
#include "core/commands/explain.hpp"
#include "core/commands/wording.hpp"
#include "core/services/explaining.hpp"

namespace podbrief::bot {
namespace {

constexpr std::size_t most_named = 4;

// Every reader is known by name, or told who there is.
asio::awaitable<Reader> known_reader(App& app, std::string name) {
    auto found = co_await app.readers().reader_named(name);
    if (found) co_return std::move(*found);
    std::vector<std::string> names;
    for (const Reader& reader : co_await app.readers().readers()) names.push_back(reader.name);
    if (names.empty())
        throw ExitError(exit_no_input, "there are no readers yet: make one with podbrief users add NAME");
    const std::size_t all = names.size();
    names.resize(std::min<std::size_t>(all, 8));
    throw ExitError(exit_no_input, fmt::format("no reader named \"{}\": there {} {}{}", name, all == 1 ? "is" : "are",
                                               commands::listed(names), all > names.size() ? " and more" : ""));
}

std::string wanted_key(const Reader& reader, const std::string& day, WallTime now) {
    if (day.empty()) return briefs::brief_key(reader, now);
    const auto meant = briefs::past_day(day, now, reader.time_zone);
    if (!meant) {
        throw ExitError(exit_usage, fmt::format("--day \"{}\" is no day: give one such as today, yesterday, 2026-03-12 "
                                                "or 2026-03-12#2",
                                                day));
    }
    return briefs::write_key(*meant);
}

[[noreturn]] void no_slot(const Reader& reader, const std::string& key, const std::vector<Slot>& slots, WallTime now) {
    const std::vector<std::string> days = services::nearest_briefs(slots, key, most_named);
    const WallTime next = briefs::next_brief_at(reader, now);
    std::string line = fmt::format("{} has no brief of {}: ", reader.name, key);
    if (days.empty()) {
        line += "none was planned so far";
    } else {
        line += fmt::format("the nearest {} {}", days.size() == 1 ? "is" : "are", commands::listed(days));
    }
    line += fmt::format(". The next one is due on {} at {} {}, and is planned by podbrief serve 45 minutes before",
                        briefs::local_date(next, reader.time_zone), briefs::clock_time(next, reader.time_zone),
                        reader.time_zone);
    throw ExitError(exit_no_input, line);
}

asio::awaitable<int> explain(App& app, std::string name, std::string day, bool json) {
    const Reader reader = co_await known_reader(app, std::move(name));
    const WallTime now = app.clock().wall_now();
    const std::string key = wanted_key(reader, day, now);
    const std::vector<Slot> slots = co_await app.outbox().slots(reader.id, services::most_explained_slots);
    const std::optional<commands::Explained> found =
        co_await services::look_into(app.outbox(), app.library(), reader, key, slots, now);
    if (!found) no_slot(reader, key, slots, now);
    const commands::Explained& what = *found;
    const briefs::Zones& zones = briefs::system_zones();
    if (json) {
        std::puts(commands::explain_json(what, zones).c_str());
        co_return 0;
    }
    Reply reply = commands::explain(what, zones);
    for (const Slot& slot : slots) {  // of the same day
        const bool same_day = slot.key.substr(0, 10) == key.substr(0, 10);
        if (same_day && slot.key != key && reply.suggestions.size() < 2) {
            reply.suggestions.push_back(fmt::format("podbrief explain --reader {} --day {}", reader.name, slot.key));
        }
    }
    print_reply(reply, false);
    co_return 0;
}

}  // namespace

void add_explain(CLI::App& root, Action& action) {
    struct Options {
        std::string reader = "me";
        std::string day;
    };
    auto options = std::make_shared<Options>();
    auto* command =
        root.add_subcommand("explain", "Tell what became of one brief: due, composed, every attempt to send");
    command->add_option("--reader", options->reader, "Whose brief (default: me)")->type_name("NAME");
    command->add_option("--day", options->day, "Which one: today (default), yesterday, 2026-03-12, 2026-03-12#2")
        ->type_name("DAY");
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return explain(app, options->reader, options->day, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
