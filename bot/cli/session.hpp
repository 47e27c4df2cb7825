#pragma once
#include <functional>
#include <string>

#include "bot/app.hpp"
#include "bot/cli/commands.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {

// What most subcommands begin with.

// Loads and validates the settings; every mistake is told at once. Throws ExitError(exit_config).
Settings settings_of(const Globals& globals);

// Builds the App and runs `work` on it. `work` is a coroutine function, called once, kept alive to its end.
// `when_stopped` is the exit code after SIGINT or SIGTERM.
int with_app(const Settings& settings, StoreUse use, const std::function<asio::awaitable<int>(App&)>& work,
             int when_stopped = exit_interrupted);

// The reader of that name, made with the defaults when new and `topics` or `create` ask for it. Throws
// ExitError(exit_no_input).
asio::awaitable<Reader> reader_for(App& app, std::string name, bool create);

// Prints a reply to standard output: rendered for the terminal, or as JSON.
void print_reply(const Reply& reply, bool json);

}  // namespace podbrief::bot
