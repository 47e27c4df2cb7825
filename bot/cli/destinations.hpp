#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "bot/cli/commands.hpp"
#include "core/model/delivery.hpp"

namespace podbrief::bot {

// `users destinations`: where a reader is briefed.
void add_destinations(CLI::App& users, Action& action);

// "slack:T1/C2", "slack:T1/C2/1712.3", "telegram:42", "discord:7" or "discord:GUILD/CHANNEL". Throws
// ExitError(exit_usage) that says what is wrong and which platforms there are.
Destination read_destination(std::string_view typed);

}  // namespace podbrief::bot
