#include <CLI/CLI.hpp>
#include <cstdio>

#include "bot/cli/commands.hpp"
#include "bot/cli/reader_options.hpp"
#include "bot/cli/session.hpp"
#include "core/briefs/local_time.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> brief(App& app, std::string name, ReaderOptions changes, bool json) {
    co_await app.indexer().catch_up();
    Reader reader = co_await reader_for(app, name, true);
    if (apply(changes, reader)) {
        reader = co_await app.readers().save(std::move(reader));
        if (co_await app.readers().brief(reader.id, briefs::brief_key(reader, app.clock().wall_now()))) {
            std::fputs("podbrief: today's brief was made before; the new settings count from the next one.\n", stderr);
        }
    }
    const Reply reply = co_await app.responder().answer(std::move(reader), "terminal:" + name, std::string("brief"));
    print_reply(reply, json);
    co_return 0;
}

}  // namespace

void add_brief(CLI::App& root, Action& action) {
    struct Options {
        std::string reader = "me";
        ReaderOptions changes;
    };
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand("brief", "Show today's brief of a reader");
    command->add_option("--reader", options->reader, "Whose brief (default: me; made when new)")->type_name("NAME");
    add_reader_options(*command, options->changes);
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            check(options->changes);
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return brief(app, options->reader, options->changes, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
