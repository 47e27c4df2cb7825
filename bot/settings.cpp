#include "bot/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <variant>

#include "bot/nearest.hpp"

namespace podbrief::bot {
namespace {

namespace fs = std::filesystem;

struct Setting;
using Assign = std::function<std::optional<std::string>(Settings&, const Setting&, const toml::node&)>;

// One key: what it takes, and how it gets into the struct. `assign` returns what is wrong, if anything.
struct Setting {
    std::string key;
    std::string takes;  // for messages: "a whole number of seconds from 10 to 86400"
    Assign assign;
    bool is_list = false;
    bool is_text = false;
};

template <class Put>
Setting whole_number(std::string key, std::int64_t least, std::int64_t most, const std::string& unit, Put put) {
    return {std::move(key), fmt::format("a whole number of {} from {} to {}", unit, least, most),
            [least, most, put](Settings& s, const Setting&, const toml::node& node) -> std::optional<std::string> {
                const auto value = node.value_exact<std::int64_t>();
                if (!value) return "is not a whole number";
                if (*value < least || *value > most) return fmt::format("is {}, outside of that", *value);
                put(s, *value);
                return std::nullopt;
            }};
}

template <class Put>
Setting text(std::string key, std::string takes, Put put) {
    return {std::move(key), std::move(takes),
            [put](Settings& s, const Setting&, const toml::node& node) -> std::optional<std::string> {
                const auto value = node.value_exact<std::string>();
                if (!value) return "is not a text in quotes";
                return put(s, *value);
            },
            false, true};
}

std::optional<std::string> put_list(std::vector<std::string>& to, const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr) return "is not a list of texts";
    to.clear();
    for (const auto& item : *array) {
        const auto value = item.value_exact<std::string>();
        if (!value) return "has an entry that is not a text in quotes";
        to.push_back(*value);
    }
    return std::nullopt;
}

std::optional<std::string> put_level(Settings& s, const std::string& name) {
    static const std::pair<const char*, LogLevel> levels[] = {{"debug", LogLevel::debug},
                                                              {"info", LogLevel::info},
                                                              {"warning", LogLevel::warning},
                                                              {"error", LogLevel::error}};
    for (const auto& [known, level] : levels) {
        if (name == known) {
            s.log.level = level;
            return std::nullopt;
        }
    }
    return fmt::format("is \"{}\"", name);
}

const std::vector<Setting>& all_settings() {
    static const std::vector<Setting> settings = {
        text("store.path", "the path of the database file",
             [](Settings& s, const std::string& v) -> std::optional<std::string> {
                 if (v.empty()) return "is empty";
                 s.store.path = v;
                 return std::nullopt;
             }),
        {"network.allow", "a list of networks such as [\"127.0.0.0/8\"]",
         [](Settings& s, const Setting&, const toml::node& n) { return put_list(s.network.allow, n); }, true},
        text("network.ca_file", "the path of a PEM file, or an empty text",
             [](Settings& s, const std::string& v) -> std::optional<std::string> {
                 s.network.ca_file = v;
                 return std::nullopt;
             }),
        text("network.user_agent", "a text of 1 to 200 printable ASCII characters",
             [](Settings& s, const std::string& v) -> std::optional<std::string> {
                 const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7F; };
                 if (v.empty() || v.size() > 200 || !std::all_of(v.begin(), v.end(), printable)) return "is not that";
                 s.network.user_agent = v;
                 return std::nullopt;
             }),
        whole_number("network.deadline_s", 1, 300, "seconds",
                     [](Settings& s, std::int64_t v) { s.network.deadline = std::chrono::seconds(v); }),
        whole_number("network.max_body_mib", 1, 256, "MiB",
                     [](Settings& s, std::int64_t v) { s.network.max_body_mib = static_cast<std::size_t>(v); }),
        whole_number("polling.interval_s", 1, 86400, "seconds",
                     [](Settings& s, std::int64_t v) { s.polling.interval = std::chrono::seconds(v); }),
        whole_number("polling.parallel", 1, 64, "feeds",
                     [](Settings& s, std::int64_t v) { s.polling.parallel = static_cast<std::size_t>(v); }),
        whole_number("polling.first_episodes", 0, 500, "episodes",
                     [](Settings& s, std::int64_t v) { s.polling.first_episodes = static_cast<std::size_t>(v); }),
        whole_number("transcripts.wait_h", 0, 720, "hours",
                     [](Settings& s, std::int64_t v) { s.transcripts.wait = std::chrono::hours(v); }),
        whole_number("transcripts.parallel", 1, 64, "episodes",
                     [](Settings& s, std::int64_t v) { s.transcripts.parallel = static_cast<std::size_t>(v); }),
        whole_number("insights.per_episode", 1, 50, "insights",
                     [](Settings& s, std::int64_t v) { s.insights.per_episode = static_cast<std::size_t>(v); }),
        text("server.listen", "an address and port such as \"127.0.0.1:8787\", or an empty text for no server",
             [](Settings& s, const std::string& v) -> std::optional<std::string> {
                 const auto colon = v.rfind(':');
                 unsigned port = 0;
                 if (!v.empty()) {
                     if (colon == std::string::npos) return fmt::format("is \"{}\"", v);
                     const auto [end, error] = std::from_chars(v.data() + colon + 1, v.data() + v.size(), port);
                     if (error != std::errc() || end != v.data() + v.size() || port > 65535)
                         return fmt::format("is \"{}\"", v);
                 }
                 s.server.listen = v;
                 return std::nullopt;
             }),
        text("log.level", "one of \"debug\", \"info\", \"warning\", \"error\"", put_level),
        text("log.format", "\"text\" or \"json\"",
             [](Settings& s, const std::string& v) -> std::optional<std::string> {
                 if (v != "text" && v != "json") return fmt::format("is \"{}\"", v);
                 s.log.json = v == "json";
                 return std::nullopt;
             }),
    };
    return settings;
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
            wrong = setting.assign(settings, setting, *parsed.get("v"));
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
        if (const auto wrong = setting.assign(loaded.settings, setting, *node.node())) {
            loaded.problems.push_back({fmt::format("{}:{}", name, node.node()->source().begin.line),
                                       fmt::format("{} {}", setting.key, *wrong), "give " + setting.takes});
        }
    }
    read_environment(loaded.settings, environment, loaded.problems);
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
