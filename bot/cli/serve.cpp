#include "bot/serve.hpp"

#include <CLI/CLI.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"

namespace podbrief::bot {

void add_serve(CLI::App& root, Action& action) {
    root.add_subcommand("serve", "Run for good: poll, read, compose and deliver the briefs when they are due")
        ->callback([&action] {
            action = [](const Globals& globals) {
                return with_app(settings_of(globals), StoreUse::alone, serve, exit_ok);
            };
        });
}

}  // namespace podbrief::bot
