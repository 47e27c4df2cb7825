#include "bot/transcription_settings.hpp"

namespace podbrief::bot {

using Provider = Settings::Transcription::Provider;

std::string url_of(const Settings::Transcription& transcription) {
    if (!transcription.url.empty()) return transcription.url;
    if (transcription.provider == Provider::openai) return "https://api.openai.com/v1";
    return transcription.provider == Provider::whisper_cpp ? "http://127.0.0.1:8080" : "";
}

std::vector<SettingsProblem> problems_of_transcription(const Settings::Transcription& transcription) {
    std::vector<SettingsProblem> problems;
    if (transcription.provider == Provider::none) return problems;
    const auto problem = [&problems](std::string what, std::string remedy) {
        problems.push_back({"transcription", std::move(what), std::move(remedy)});
    };
    if (transcription.provider == Provider::openai && transcription.name.empty()) {
        problem("transcription.name is missing",
                "give the name of a model that hears, such as \"whisper-1\", or set transcription.provider = \"none\"");
    }
    const bool paid = url_of(transcription).starts_with("https://api.openai.com");
    if (paid && transcription.key.empty()) {
        problem("transcription.key is missing",
                "set PODBRIEF_TRANSCRIPTION_KEY, or transcription.key_file to a file that holds the key");
    }
    if (paid && transcription.price_minute == 0) {
        problem("transcription.price_minute is not set, so transcription.daily_ceiling could not hold",
                "give what the provider charges for a minute of audio");
    }
    return problems;
}

}  // namespace podbrief::bot
