#include "bot/model_settings.hpp"

#include <fmt/format.h>

#include <fstream>

#include "core/text/unicode.hpp"

namespace podbrief::bot {
namespace {

using Provider = Settings::Model::Provider;

constexpr std::size_t longest_prompt = 64 << 10;

bool is_paid(const Settings::Model& model) {
    const std::string url = url_of(model);
    return url.starts_with("https://api.openai.com") || url.starts_with("https://api.anthropic.com");
}

std::optional<std::string> read_prompt(const std::filesystem::path& file, std::string& prompt) {
    std::ifstream in(file, std::ios::binary);
    std::string content(longest_prompt + 1, '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(in.gcount()));
    if (content.empty()) return fmt::format("names {}, which cannot be read or is empty", file.string());
    if (content.size() > longest_prompt || !text::is_valid_utf8(content)) {
        return fmt::format("names {}, which is longer than 64 KiB or not UTF-8", file.string());
    }
    prompt = std::move(content);
    return std::nullopt;
}

}  // namespace

std::string url_of(const Settings::Model& model) {
    if (!model.url.empty()) return model.url;
    switch (model.provider) {
        case Provider::openai:
            return "https://api.openai.com/v1";
        case Provider::anthropic:
            return "https://api.anthropic.com";
        case Provider::ollama:
            return "http://127.0.0.1:11434";
        case Provider::none:
            break;
    }
    return "";
}

std::vector<SettingsProblem> problems_of_model(const Settings::Model& model) {
    std::vector<SettingsProblem> problems;
    if (model.provider == Provider::none) return problems;
    const auto problem = [&problems](std::string what, std::string remedy) {
        problems.push_back({"model", std::move(what), std::move(remedy)});
    };
    if (model.name.empty()) {
        problem("model.name is missing",
                "give the name of a model that the server has, or set model.provider = \"none\"");
    }
    if (is_paid(model) && model.key.empty()) {
        problem("model.key is missing", "set PODBRIEF_MODEL_KEY, or model.key_file to a file that holds the key");
    }
    if (is_paid(model) && (model.price_input == 0 || model.price_output == 0)) {
        problem("model.price_input and model.price_output are not both set, so model.daily_ceiling could not hold",
                "give what the provider charges for a million tokens");
    }
    if (model.episode_deadline < model.deadline) {
        problem("model.episode_deadline_s is less than model.deadline_s", "make it several times as long");
    }
    const std::int64_t needed = model.window_tokens + model.max_output_tokens + 2'000;
    if (model.provider == Provider::ollama && model.context_tokens < needed) {
        problem("model.context_tokens holds no window and answer",
                fmt::format("give at least {}, or less for model.window_tokens or model.max_output_tokens", needed));
    }
    return problems;
}

std::optional<std::string> read_prompts(const std::string& folder, insights::ModelPrompts& prompts) {
    const std::filesystem::path from(folder);
    insights::ModelPrompts read;
    for (const auto& [name, prompt] : {std::pair{"extract.txt", &read.extract}, std::pair{"repair.txt", &read.repair},
                                       std::pair{"choose.txt", &read.choose}}) {
        if (auto wrong = read_prompt(from / name, *prompt)) return wrong;
    }
    // Came later than the others: a folder without it keeps what is built in.
    read.relate = prompts.relate;
    if (std::filesystem::exists(from / "relate.txt")) {
        if (auto wrong = read_prompt(from / "relate.txt", read.relate)) return wrong;
    }
    prompts = std::move(read);
    return std::nullopt;
}

}  // namespace podbrief::bot
