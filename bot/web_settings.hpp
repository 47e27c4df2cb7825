#pragma once
#include <vector>

#include "bot/settings_keys.hpp"

namespace podbrief::bot {

// The keys of [web], in the order of the example file.
void add_web(std::vector<Setting>& to);

}  // namespace podbrief::bot
