#pragma once
#include <string>
#include <vector>

#include "bot/settings.hpp"

// What the keys of [embeddings] mean together.
namespace podbrief::bot {

std::vector<SettingsProblem> problems_of_embeddings(const Settings::Embeddings& embeddings);

// The address that is asked: the configured one, or the provider's own.
std::string url_of(const Settings::Embeddings& embeddings);

}  // namespace podbrief::bot
