#pragma once
#include "core/commands/command.hpp"

namespace podbrief::commands {

// True: it changes a profile or a schedule, a channel's where it has a brief of its own.
bool changes_settings(Verb verb);

}  // namespace podbrief::commands
