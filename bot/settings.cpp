#include "bot/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bot/embedding_settings.hpp"
#include "bot/model_settings.hpp"
#include "bot/nearest.hpp"
#include "bot/settings_keys.hpp"
#include "bot/transcription_settings.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

SettingValue value_of(const toml::node& node) {
    SettingValue value;
    value.whole = node.value_exact<std::int64_t>();
    if (node.is_number()) value.number = node.value<double>();
    value.text = node.value_exact<std::string>();
    const auto* array = node.as_array();
    if (array == nullptr) return value;
    value.texts.emplace();
    for (const auto& item : *array) {
        auto text = item.value_exact<std::string>();
        if (!text) {
            value.texts.reset();
            break;
        }
        value.texts->push_back(std::move(*text));
    }
    return value;
}

std::string remedy_for_unknown(const std::string& key) {
    const auto meant = nearest(key, settings_keys(), 4);
    return meant ? fmt::format("did you mean {}?", *meant) : "remove it; config/podbrief.example.toml lists every key";
}

// Walks the file's tables and reports keys that do not exist.
void find_unknown(const toml::table& table, const std::string& prefix, const std::string& name,
                  std::vector<SettingsProblem>& problems) {
    for (const auto& [k, node] : table) {
        const std::string key = prefix + std::string(k.str());
        if (const auto* inner = node.as_table()) {
            find_unknown(*inner, key + ".", name, problems);
            continue;
        }
        const auto same = [&](const Setting& s) { return s.key == key; };
        if (std::none_of(all_settings().begin(), all_settings().end(), same)) {
            problems.push_back({fmt::format("{}:{}", name, k.source().begin.line), fmt::format("unknown key {}", key),
                                remedy_for_unknown(key)});
        }
    }
}

std::string environment_name(std::string key) {
    std::string name = "PODBRIEF_";
    for (const char c : key) name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

// A value from the environment as the TOML it stands for: texts need no quotes there, lists are separated by commas.
toml::parse_result environment_node(const Setting& setting, const std::string& value) {
    std::string toml = "v = ";
    const auto quoted = [](std::string_view v) {
        std::string out = "\"";
        for (const char c : v) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out + "\"";
    };
    if (setting.is_list) {
        toml += '[';
        std::istringstream parts(value);
        for (std::string part; std::getline(parts, part, ',');) toml += quoted(part) + ",";
        toml += ']';
    } else {
        toml += setting.is_text ? quoted(value) : value;
    }
    return toml::parse(toml);
}

void read_environment(Settings& settings, const Environment& environment, std::vector<SettingsProblem>& problems) {
    for (const auto& setting : all_settings()) {
        const std::string variable = environment_name(setting.key);
        const auto value = environment(variable);
        if (!value) continue;
        std::optional<std::string> wrong = "cannot be read";
        try {
            const auto parsed = environment_node(setting, *value);
            wrong = setting.assign(settings, value_of(*parsed.get("v")));
        } catch (const toml::parse_error&) {
        }
        if (wrong) problems.push_back({"environment", fmt::format("{} {}", variable, *wrong), "give " + setting.takes});
    }
}

}  // namespace

std::string to_string(const SettingsProblem& p) {
    return fmt::format("{}: {}: {}", p.where, p.what, p.remedy);
}

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
}

std::vector<std::string> settings_keys() {
    std::vector<std::string> keys;
    for (const auto& setting : all_settings()) keys.push_back(setting.key);
    return keys;
}

fs::path default_data_dir(const Environment& environment) {
    if (const auto dir = environment("PODBRIEF_DATA_DIR"); dir && !dir->empty()) return *dir;
    if (const auto dir = environment("XDG_DATA_HOME"); dir && !dir->empty()) return fs::path(*dir) / "podbrief";
    if (const auto home = environment("HOME"); home && !home->empty())
        return fs::path(*home) / ".local" / "share" / "podbrief";
    return "podbrief-data";
}

LoadedSettings parse_settings(std::string_view text, const std::string& name, const fs::path& data_dir,
                              const Environment& environment) {
    LoadedSettings loaded;
    loaded.settings.store.path = data_dir / "podbrief.db";
    toml::table table;
    try {
        table = toml::parse(text, name);
    } catch (const toml::parse_error& error) {
        loaded.problems.push_back({fmt::format("{}:{}", name, error.source().begin.line),
                                   fmt::format("not valid TOML: {}", error.description()),
                                   "mend that line; texts stand in double quotes, sections in [brackets]"});
        return loaded;
    }
    find_unknown(table, "", name, loaded.problems);
    for (const auto& setting : all_settings()) {
        const auto node = table.at_path(setting.key);
        if (!node) continue;
        if (const auto wrong = setting.assign(loaded.settings, value_of(*node.node()))) {
            loaded.problems.push_back({fmt::format("{}:{}", name, node.node()->source().begin.line),
                                       fmt::format("{} {}", setting.key, *wrong), "give " + setting.takes});
        }
    }
    read_environment(loaded.settings, environment, loaded.problems);
    auto together = problems_of_model(loaded.settings.model);
    const auto of_transcription = problems_of_transcription(loaded.settings.transcription);
    together.insert(together.end(), of_transcription.begin(), of_transcription.end());
    const auto of_embeddings = problems_of_embeddings(loaded.settings.embeddings);
    together.insert(together.end(), of_embeddings.begin(), of_embeddings.end());
    if (loaded.problems.empty()) loaded.problems = together;
    return loaded;
}

LoadedSettings load_settings(const fs::path& file, const fs::path& data_dir, const Environment& environment) {
    if (file.empty()) return parse_settings("", "", data_dir, environment);
    constexpr std::uintmax_t largest = 1 << 20;
    std::error_code error;
    const auto size = fs::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in || size > largest) {
        LoadedSettings failed;
        failed.problems.push_back({file.string(), "cannot be read as a configuration file",
                                   "check the path and its permissions; leave out --config to use the defaults"});
        return failed;
    }
    std::ostringstream text;
    text << in.rdbuf();
    return parse_settings(text.str(), file.string(), data_dir, environment);
}

}  // namespace podbrief::bot
