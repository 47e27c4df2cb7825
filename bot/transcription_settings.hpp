#pragma once
#include <string>
#include <vector>

#include "bot/settings.hpp"

// What the keys of [transcription] mean together.
namespace podbrief::bot {

std::vector<SettingsProblem> problems_of_transcription(const Settings::Transcription& transcription);

// The address that is asked: the configured one, or the provider's own.
std::string url_of(const Settings::Transcription& transcription);

}  // namespace podbrief::bot
