#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/log.hpp"

namespace podbrief::bot {

// Everything that can be set, validated. Defaults are what a person on a laptop wants. config/podbrief.example.toml
// lists every key with its unit and default; a test keeps the two in step.
struct Settings {
    struct Store {
        std::filesystem::path path;  // default: podbrief.db in the data folder
    } store;
    struct Network {
        std::vector<std::string> allow;  // CIDR networks the egress guard lets through besides the public internet
        std::string ca_file;             // extra certificate authorities (PEM); empty: the system's only
        std::string user_agent = "podbrief/0.1 (+https://github.com/podbrief/podbrief)";
        std::chrono::seconds deadline{20};
        std::size_t max_body_mib = 32;
    } network;
    struct Polling {
        std::chrono::seconds interval{1800};
        std::size_t parallel = 8;
        std::size_t first_episodes = 10;  // of a podcast just added: the newest that are read; older ones are skipped
    } polling;
    struct Transcripts {
        std::chrono::hours wait{48};  // for a late transcript, before the show notes are used
        std::size_t parallel = 4;
    } transcripts;
    struct Insights {
        std::size_t per_episode = 12;
    } insights;
    struct Server {
        std::string listen = "127.0.0.1:8787";  // /healthz and /metrics; empty: no server
    } server;
    struct Logging {
        LogLevel level = LogLevel::info;
        bool json = false;
    } log;
};

// One mistake: where it stands, what it is, and what to do.
struct SettingsProblem {
    std::string where;  // "podbrief.toml:12", "environment" or the file
    std::string what;
    std::string remedy;
};
std::string to_string(const SettingsProblem& problem);

struct LoadedSettings {
    Settings settings;
    std::vector<SettingsProblem> problems;  // all of them at once; settings are usable only when empty
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

// Reads a TOML file (none when `file` is empty), then the environment: key polling.interval_s is
// PODBRIEF_POLLING_INTERVAL_S. `data_dir` is where the store goes unless store.path says otherwise.
LoadedSettings load_settings(const std::filesystem::path& file, const std::filesystem::path& data_dir,
                             const Environment& environment);
// The same from text, `name` standing for the file in messages.
LoadedSettings parse_settings(std::string_view toml, const std::string& name, const std::filesystem::path& data_dir,
                              const Environment& environment);

// Every key, in the order of the example file.
std::vector<std::string> settings_keys();

// $PODBRIEF_DATA_DIR, else $XDG_DATA_HOME/podbrief, else ~/.local/share/podbrief.
std::filesystem::path default_data_dir(const Environment& environment);

}  // namespace podbrief::bot
