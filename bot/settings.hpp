#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/model_prompts.hpp"
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
    struct Search {
        std::size_t spoken_episodes = 1000;  // the newest whose every word is kept in memory; 0: none
    } search;
    // Better prose than the built-in engine's, checked claim by claim; see core/services/model_engine.hpp.
    struct Model {
        enum class Provider { none, openai, anthropic, ollama };
        enum class TokensField { automatic, max_completion_tokens, max_tokens };
        Provider provider = Provider::none;
        std::string url;  // empty: the provider's own
        std::string name;
        std::string key;
        std::chrono::seconds deadline{120};          // of one exchange
        std::chrono::seconds episode_deadline{300};  // of all about one episode; then the built-in engine's are taken
        std::int64_t window_tokens = 6'000;          // of a transcript that are shown at once
        std::size_t episode_windows = 24;
        std::int64_t max_output_tokens = 4'000;
        std::int64_t context_tokens = 32'768;  // the most that Ollama is asked for
        TokensField tokens_field = TokensField::automatic;
        double price_input = 0;  // of a million tokens, in the money of the ceiling
        double price_output = 0;
        double daily_ceiling = 1;  // money a day (UTC)
        std::int64_t daily_tokens = 3'000'000;
        insights::ModelPrompts prompts = insights::default_prompts();
    } model;
    // Who hears what no transcript is published of; see core/services/transcription_desk.hpp.
    struct Transcription {
        enum class Provider { none, openai, whisper_cpp };
        Provider provider = Provider::none;
        std::string url;  // empty: the provider's own
        std::string name;
        std::string key;
        std::chrono::minutes wait{60};       // for a published transcript
        std::chrono::seconds deadline{900};  // of one part, some ten minutes of talk
        std::int64_t daily_minutes = 600;    // of audio a day (UTC)
        double price_minute = 0;             // in the money of the ceiling
        double daily_ceiling = 1;            // money a day (UTC)
        std::size_t max_audio_mib = 512;
        std::string ffmpeg = "ffmpeg";
    } transcription;
    // Who makes vectors of insights and questions, instead of those that are built in; see
    // core/services/vector_indexer.hpp.
    struct Embeddings {
        enum class Provider { none, openai };
        Provider provider = Provider::none;
        std::string url;  // empty: the provider's own
        std::string name;
        std::string key;
        std::size_t dimension = 0;   // 0: the model's own
        std::string passage_prefix;  // "passage: ", as the model's card says
        std::string query_prefix;
        std::size_t batch = 64;                         // insights a call
        std::chrono::seconds deadline{60};              // of such a call
        std::chrono::milliseconds query_deadline{150};  // for a question; later, the built-in vectors serve
        double price = 0;                               // of a million tokens, in the money of the ceiling
        double daily_ceiling = 1;                       // money a day (UTC)
        std::int64_t daily_tokens = 20'000'000;
    } embeddings;
    struct Server {
        std::string listen = "127.0.0.1:8787";  // /healthz, /metrics and what platforms call; empty: no server
        std::string certificate_file;           // PEM, both or none: TLS of our own
        std::string key_file;
        std::vector<std::string> trusted_proxies;  // CIDR networks of proxies in front, whose word on who asks is taken
        enum class ForwardedBy { x_forwarded_for, forwarded };
        ForwardedBy forwarded_by = ForwardedBy::x_forwarded_for;         // the header that they set
        std::vector<std::string> metrics_from = {"127.0.0.0/8", "::1"};  // CIDR networks that may read /metrics
        std::string public_url;  // "https://brief.example.org", without a slash at its end; may be empty
    } server;
    // The pages that anybody may read.
    struct Web {
        double requests_per_s = 20;  // of one address, on the average; 0: no limit
        double burst = 100;          // at once
        std::size_t page_cache_mib = 64;
        std::chrono::seconds deadline{10};  // for one request to come in, for one answer to be taken, for idleness
    } web;
    struct Secrets {
        std::vector<std::string> keys;  // 32 bytes each; the first seals what the store keeps, all open it
    } secrets;
    // A platform is used once its token is set. Lists of secrets: the first is ours, others are taken too while one
    // replaces the other.
    struct Slack {
        enum class Mode { automatic, off, socket, http };  // automatic: socket with an app token, else http
        Mode mode = Mode::automatic;
        std::string bot_token;  // of one workspace; others are installed through client_id and client_secret
        std::string app_token;
        std::vector<std::string> signing_secrets;
        std::string client_id;
        std::string client_secret;
        std::string api_url = "https://slack.com/api";
    } slack;
    struct Telegram {
        enum class Mode { automatic, off, polling, webhook };  // automatic: polling
        Mode mode = Mode::automatic;
        std::string token;
        std::vector<std::string> webhook_secrets;
        bool strict = true;  // a line is reserved, then filled: nothing twice, at half the rate
        std::string api_url = "https://api.telegram.org";
    } telegram;
    struct Discord {
        enum class Mode { automatic, off, gateway, http };  // automatic: gateway
        Mode mode = Mode::automatic;
        std::string token;
        std::string application_id;            // empty: asked of Discord
        std::vector<std::string> public_keys;  // 64 hex digits each
        std::string api_url = "https://discord.com/api/v10";
    } discord;
    struct Channels {
        bool admins_only = false;  // who may change the brief of a channel: its managers, or anyone in it
    } channels;
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
