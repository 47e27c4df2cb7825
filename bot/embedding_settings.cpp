#include "bot/embedding_settings.hpp"

namespace podbrief::bot {

using Provider = Settings::Embeddings::Provider;

std::string url_of(const Settings::Embeddings& embeddings) {
    if (!embeddings.url.empty()) return embeddings.url;
    return embeddings.provider == Provider::openai ? "https://api.openai.com/v1" : "";
}

std::vector<SettingsProblem> problems_of_embeddings(const Settings::Embeddings& embeddings) {
    std::vector<SettingsProblem> problems;
    if (embeddings.provider == Provider::none) return problems;
    const auto problem = [&problems](std::string what, std::string remedy) {
        problems.push_back({"embeddings", std::move(what), std::move(remedy)});
    };
    if (embeddings.name.empty()) {
        problem("embeddings.name is missing",
                "give the name of a model of the server, such as \"text-embedding-3-small\", or set "
                "embeddings.provider = \"none\"");
    }
    const bool paid = url_of(embeddings).starts_with("https://api.openai.com");
    if (paid && embeddings.key.empty()) {
        problem("embeddings.key is missing",
                "set PODBRIEF_EMBEDDINGS_KEY, or embeddings.key_file to a file that holds the key");
    }
    if (paid && embeddings.price == 0) {
        problem("embeddings.price is not set, so embeddings.daily_ceiling could not hold",
                "give what the provider charges for a million tokens");
    }
    return problems;
}

}  // namespace podbrief::bot
