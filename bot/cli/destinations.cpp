#include "bot/cli/destinations.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "bot/nearest.hpp"
#include "core/commands/explain.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::bot {
namespace {

struct Platform {
    const char* name;
    bool has_workspace;  // the chat lies in one, always
    const char* example;
};
constexpr Platform platforms[] = {
    {"slack", true, "slack:T024BE7LD/C0123ABCD"},
    {"telegram", false, "telegram:123456789"},
    {"discord", false, "discord:80351110224678912/290926798626357999"},
};

const Platform& platform_named(const std::string& name) {
    std::vector<std::string> names;
    for (const Platform& platform : platforms) {
        if (platform.name == name) return platform;
        names.emplace_back(platform.name);
    }
    const auto meant = nearest(name, names, 3);
    throw ExitError(exit_usage,
                    fmt::format("--add: \"{}\" is no platform{}; known are {}, as in {}", commands::inert(name),
                                meant ? fmt::format(", did you mean {}?", *meant) : "", commands::listed(names),
                                platforms[0].example));
}

struct Options {
    std::string name;
    std::string add;
    std::int64_t pause = 0;
    std::int64_t resume = 0;
};

void print(const DestinationRecord& destination, WallTime now) {
    std::string line =
        fmt::format("{}  {}  {}", destination.id.value, to_string(destination.address), to_string(destination.state));
    if (!destination.note.empty()) line += ": " + destination.note;
    if (destination.changed_at != WallTime{})
        line += fmt::format(" (since {} UTC)", commands::utc_text(destination.changed_at));
    if (destination.not_before > now) {
        line += fmt::format("; asked to wait for another {}", commands::span_text(destination.not_before - now));
    }
    std::puts(commands::inert(line).c_str());
}

nlohmann::ordered_json json_of(const DestinationRecord& destination) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    json["id"] = destination.id.value;
    json["destination"] = to_string(destination.address);
    json["state"] = to_string(destination.state);
    json["note"] = destination.note;
    json["changed_at_ms"] = to_ms(destination.changed_at);
    json["not_before_ms"] = to_ms(destination.not_before);
    return json;
}

asio::awaitable<int> list(App& app, Reader reader, bool json) {
    const std::vector<DestinationRecord> all = co_await app.outbox().destinations(reader.id);
    if (json) {
        nlohmann::ordered_json rows = nlohmann::ordered_json::array();
        for (const DestinationRecord& one : all) rows.push_back(json_of(one));
        std::puts(rows.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
        co_return 0;
    }
    const WallTime now = app.clock().wall_now();
    for (const DestinationRecord& one : all) print(one, now);
    if (all.empty()) {
        std::printf(
            "%s is briefed nowhere: briefs are stored and shown by podbrief brief. Add a chat: podbrief users "
            "destinations %s --add %s\n",
            reader.name.c_str(), reader.name.c_str(), platforms[0].example);
    }
    co_return 0;
}

// Only the reader's own: an id mistyped must not silence somebody else.
asio::awaitable<void> set_state(App& app, Reader reader, std::int64_t id, DestinationState state) {
    const std::vector<DestinationRecord> all = co_await app.outbox().destinations(reader.id);
    for (const DestinationRecord& one : all) {
        if (one.id.value != id) continue;
        const char* note = state == DestinationState::paused ? "paused by the operator" : "";
        co_await app.outbox().set_destination(one.id, state, note, app.clock().wall_now());
        co_return;
    }
    std::vector<std::string> ids;
    for (const DestinationRecord& one : all) ids.push_back(std::to_string(one.id.value));
    throw ExitError(exit_no_input, fmt::format("{} has no destination {}: {}", reader.name, id,
                                               ids.empty() ? "there is none; add one with --add"
                                                           : fmt::format("there {} {}", ids.size() == 1 ? "is" : "are",
                                                                         commands::listed(ids))));
}

asio::awaitable<int> destinations(App& app, Options options, bool json) {
    Reader reader = co_await reader_for(app, options.name, false);
    if (!options.add.empty()) {
        DestinationRecord record;
        record.reader = reader.id;
        record.address = read_destination(options.add);
        co_await app.outbox().add_destination(std::move(record), app.clock().wall_now());
    }
    if (options.pause != 0) co_await set_state(app, reader, options.pause, DestinationState::paused);
    if (options.resume != 0) co_await set_state(app, reader, options.resume, DestinationState::active);
    co_return co_await list(app, std::move(reader), json);
}

}  // namespace

Destination read_destination(std::string_view typed) {
    const std::string text = commands::inert(typed);
    const auto colon = text.find(':');
    Destination destination;
    destination.platform = text.substr(0, colon);
    const Platform& platform = platform_named(destination.platform);
    std::vector<std::string> parts;
    std::string rest = colon == std::string::npos ? "" : text.substr(colon + 1);
    for (auto slash = rest.find('/'); slash != std::string::npos; slash = rest.find('/')) {
        parts.push_back(rest.substr(0, slash));
        rest.erase(0, slash + 1);
    }
    parts.push_back(rest);
    const std::size_t least = platform.has_workspace ? 2 : 1;
    bool fits = parts.size() >= least && parts.size() <= 3 && text.find(' ') == std::string::npos;
    for (const std::string& part : parts) fits = fits && !part.empty();
    if (platform.name == std::string_view("telegram")) fits = fits && parts.size() == 1;
    if (!fits) {
        throw ExitError(exit_usage, fmt::format("--add \"{}\" is no address of {}: give one such as {}", text,
                                                platform.name, platform.example));
    }
    if (parts.size() == 3) destination.thread = parts[2];
    if (parts.size() >= 2) destination.workspace = parts[0];
    destination.chat = parts.size() >= 2 ? parts[1] : parts[0];
    return destination;
}

void add_destinations(CLI::App& users, Action& action) {
    auto options = std::make_shared<Options>();
    auto* command = users.add_subcommand("destinations", "List where a reader is briefed; add, pause or resume one");
    command->add_option("name", options->name)->required();
    command->add_option("--add", options->add, "A chat, such as slack:T024BE7LD/C0123ABCD or telegram:123456789")
        ->type_name("PLATFORM:WORKSPACE/CHAT");
    command->add_option("--pause", options->pause, "Nothing is sent there until it is resumed; the number in the list")
        ->type_name("ID");
    command->add_option("--resume", options->resume, "Sent to again, from the next brief on")->type_name("ID");
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            if (!options->add.empty()) read_destination(options->add);
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return destinations(app, *options, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
