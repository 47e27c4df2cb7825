#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/destinations.hpp"
#include "bot/cli/reader_options.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/briefs/local_time.hpp"

namespace podbrief::bot {
namespace {

std::string topics_of(const Reader& reader) {
    std::string topics;
    for (const auto& [topic, weight] : reader.profile.topics) {
        if (weight > 0) topics += (topics.empty() ? "" : ", ") + topic;
    }
    return topics.empty() ? "nothing yet" : topics;
}

void print(const Reader& reader) {
    const std::string quiet = reader.quiet ? ", quiet " + briefs::format_quiet_hours(*reader.quiet) : "";
    std::printf("%s: %s at %s %s%s; follows %s\n", reader.name.c_str(), std::string(to_string(reader.cadence)).c_str(),
                briefs::format_time_of_day(reader.brief_at).c_str(), reader.time_zone.c_str(), quiet.c_str(),
                topics_of(reader).c_str());
}

asio::awaitable<int> add(App& app, std::string name, ReaderOptions changes) {
    Reader reader = co_await reader_for(app, std::move(name), true);
    if (apply(changes, reader)) reader = co_await app.readers().save(std::move(reader));
    print(reader);
    co_return 0;
}

asio::awaitable<int> list(App& app, bool json) {
    const auto readers = co_await app.readers().readers();
    if (json) {
        nlohmann::json rows = nlohmann::json::array();
        for (const auto& reader : readers) {
            rows.push_back({{"name", reader.name},
                            {"time_zone", reader.time_zone},
                            {"brief_at", briefs::format_time_of_day(reader.brief_at)},
                            {"cadence", to_string(reader.cadence)},
                            {"topics", reader.profile.topics}});
            if (reader.quiet) rows.back()["quiet"] = briefs::format_quiet_hours(*reader.quiet);
        }
        std::puts(rows.dump(2).c_str());
        co_return 0;
    }
    for (const auto& reader : readers) print(reader);
    if (readers.empty())
        std::puts("No readers yet. Make one: podbrief users add anna --topics \"chip export controls\"");
    co_return 0;
}

asio::awaitable<int> page(App& app, std::string name, bool revoke) {
    const Reader reader = co_await reader_for(app, std::move(name), false);
    services::PrivatePages& pages = app.private_pages();
    if (revoke) {
        const int ended = co_await pages.close(reader.id);
        std::printf("%s\n", ended == 0 ? "There was no page." : "Closed: its addresses do not work any more.");
        co_return 0;
    }
    const std::string address = co_await pages.open(reader.id, std::string(), false);
    if (address.empty())
        throw ExitError(exit_config, "server.listen is empty, so there are no pages; give it an address");
    std::printf("%s\n", address.c_str());
    co_return 0;
}

asio::awaitable<int> remove(App& app, std::string name) {
    const Reader reader = co_await reader_for(app, std::move(name), false);
    co_await app.readers().forget(reader.id);
    std::printf("Forgot %s and all that was stored of them.\n", reader.name.c_str());
    co_return 0;
}

}  // namespace

void add_users(CLI::App& root, Action& action) {
    struct Options {
        std::string name;
        ReaderOptions changes;
        bool revoke = false;
    };
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand("users", "The readers: add, list, remove, and where they are briefed");
    command->require_subcommand(1);

    auto* adding = command->add_subcommand("add", "Add a reader, or change one");
    adding->add_option("name", options->name)->required();
    add_reader_options(*adding, options->changes);
    adding->callback([options, &action] {
        action = [options](const Globals& globals) {
            check(options->changes);
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return add(app, options->name, options->changes); });
        };
    });
    command->add_subcommand("list", "List the readers")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return list(app, globals.json); });
        };
    });
    auto* removing = command->add_subcommand("remove", "Forget a reader and all that is stored of them");
    removing->add_option("name", options->name)->required();
    removing->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return remove(app, options->name); });
        };
    });
    auto* paging =
        command->add_subcommand("page", "Print the address of a reader's own page: whoever has it reads their briefs");
    paging->add_option("name", options->name)->required();
    paging->add_flag("--revoke", options->revoke, "Close all their pages instead");
    paging->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return page(app, options->name, options->revoke); });
        };
    });
    add_destinations(*command, action);
}

}  // namespace podbrief::bot
