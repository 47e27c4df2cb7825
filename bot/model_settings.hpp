#pragma once
#include <optional>
#include <string>
#include <vector>

#include "bot/settings.hpp"

// What the keys of [model] mean together.
namespace podbrief::bot {

std::vector<SettingsProblem> problems_of_model(const Settings::Model& model);

// The address that is asked: the configured one, or the provider's own.
std::string url_of(const Settings::Model& model);

// Reads extract.txt, repair.txt and choose.txt of a folder; what is wrong with them, if anything.
std::optional<std::string> read_prompts(const std::string& folder, insights::ModelPrompts& prompts);

}  // namespace podbrief::bot
