#include "bot/settings_keys.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "adapters/http/egress_guard.hpp"
#include "bot/model_settings.hpp"
#include "bot/number_settings.hpp"
#include "bot/web_settings.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::bot {
namespace {

constexpr std::size_t longest_secret = 4096;

template <class Put>
Setting text(std::string key, std::string takes, Put put) {
    return {std::move(key), std::move(takes),
            [put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.text) return "is not a text in quotes";
                return put(s, *value.text);
            },
            false, true};
}

template <class Put>
Setting texts(std::string key, std::string takes, Put put) {
    return {std::move(key), std::move(takes),
            [put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.texts) return "is not a list of texts";
                return put(s, *value.texts);
            },
            true};
}

// One of the names, each standing for a value.
template <class Value, class Put>
Setting one_of(std::string key, std::vector<std::pair<std::string, Value>> names, Put put) {
    std::string takes = "one of";
    for (const auto& [name, value] : names) takes += (name == names.front().first ? " \"" : ", \"") + name + "\"";
    return text(std::move(key), std::move(takes), [names = std::move(names), put](Settings& s, const std::string& v) {
        for (const auto& [name, value] : names) {
            if (name != v) continue;
            put(s, value);
            return Wrong(fine);
        }
        return Wrong(fmt::format("is \"{}\"", v));
    });
}

// ---- secrets: never repeated in a message -------------------------------------------------------------------------

bool is_token(const std::string& v) {
    return v.size() <= longest_secret &&
           std::all_of(v.begin(), v.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

// The lines of a file of secrets, without white space around them; empty ones left out.
std::optional<std::vector<std::string>> lines_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string content(longest_secret + 1, '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(in.gcount()));
    if (content.size() > longest_secret) return std::nullopt;
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < content.size();) {
        const std::size_t end = std::min(content.find('\n', begin), content.size());
        std::string line = content.substr(begin, end - begin);
        begin = end + 1;
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string::npos) continue;
        lines.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
    }
    return lines;
}

// A secret in the file itself (or the environment), and the same from a file of its own: two keys.
template <class Member>
void add_secret(std::vector<Setting>& to, const std::string& key, Member member) {
    const auto put = [member](Settings& s, const std::string& v) -> Wrong {
        if (!is_token(v)) return "has white space, or characters that no token has";
        member(s) = v;
        return fine;
    };
    to.push_back(text(key, "the token as the platform gave it", put));
    to.push_back(text(key + "_file", "the path of a file that holds nothing else",
                      [put](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          const auto lines = lines_of(v);
                          if (!lines || lines->size() != 1)
                              return fmt::format("names {}, which cannot be read as one line", v);
                          return put(s, lines->front());
                      }));
}

template <class Put>
void add_secrets(std::vector<Setting>& to, const std::string& key, const std::string& takes, Put put) {
    to.push_back(texts(key, "a list of " + takes, put));
    to.push_back(text(key + "_file", "the path of a file with " + takes + ", one a line",
                      [put](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          const auto lines = lines_of(v);
                          if (!lines) return fmt::format("names {}, which cannot be read", v);
                          return put(s, *lines);
                      }));
}

template <class Member>
auto tokens_into(Member member) {
    return [member](Settings& s, const std::vector<std::string>& all) -> Wrong {
        for (const std::string& one : all) {
            if (one.empty() || !is_token(one)) return "has an entry that is empty or has white space";
        }
        member(s) = all;
        return fine;
    };
}

// ---- addresses ----------------------------------------------------------------------------------------------------

Wrong put_listen(Settings& s, const std::string& v) {
    const auto colon = v.rfind(':');
    unsigned port = 0;
    if (!v.empty()) {
        if (colon == std::string::npos) return fmt::format("is \"{}\"", v);
        const auto [end, error] = std::from_chars(v.data() + colon + 1, v.data() + v.size(), port);
        if (error != std::errc() || end != v.data() + v.size() || port > 65535) return fmt::format("is \"{}\"", v);
    }
    s.server.listen = v;
    return fine;
}

bool is_base_url(const std::string& v) {
    const bool web = v.starts_with("https://") || v.starts_with("http://");
    return web && v.size() <= 300 && !v.ends_with('/') && v.find_first_of(" ?#@") == std::string::npos && is_token(v);
}

template <class Member>
Setting base_url(std::string key, bool may_be_empty, Member member) {
    return text(std::move(key), "an address such as \"https://brief.example.org\", without a slash at its end",
                [may_be_empty, member](Settings& s, const std::string& v) -> Wrong {
                    if (!(v.empty() && may_be_empty) && !is_base_url(v)) return fmt::format("is \"{}\"", v);
                    member(s) = v;
                    return fine;
                });
}

template <class Member>
Setting networks(std::string key, Member member) {
    return texts(std::move(key), "a list of networks such as [\"127.0.0.1\", \"10.0.0.0/8\"]",
                 [member](Settings& s, const std::vector<std::string>& v) -> Wrong {
                     for (const std::string& one : v) {
                         if (const auto read = net::parse_network(one); !read) return "has " + read.error().message;
                     }
                     member(s) = v;
                     return fine;
                 });
}

// ---- the sections --------------------------------------------------------------------------------------------------

std::vector<Setting> library_settings() {
    return {
        text("store.path", "the path of the database file",
             [](Settings& s, const std::string& v) -> Wrong {
                 if (v.empty()) return "is empty";
                 s.store.path = v;
                 return fine;
             }),
        texts("network.allow", "a list of networks such as [\"127.0.0.0/8\"]",
              [](Settings& s, const std::vector<std::string>& v) -> Wrong {
                  s.network.allow = v;
                  return fine;
              }),
        text("network.ca_file", "the path of a PEM file, or an empty text",
             [](Settings& s, const std::string& v) -> Wrong {
                 s.network.ca_file = v;
                 return fine;
             }),
        text("network.user_agent", "a text of 1 to 200 printable ASCII characters",
             [](Settings& s, const std::string& v) -> Wrong {
                 const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7F; };
                 if (v.empty() || v.size() > 200 || !std::all_of(v.begin(), v.end(), printable)) return "is not that";
                 s.network.user_agent = v;
                 return fine;
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
        whole_number("search.spoken_episodes", 0, 1'000'000, "episodes",
                     [](Settings& s, std::int64_t v) { s.search.spoken_episodes = static_cast<std::size_t>(v); }),
    };
}

void add_model(std::vector<Setting>& to) {
    using Provider = Settings::Model::Provider;
    using Field = Settings::Model::TokensField;
    to.push_back(one_of<Provider>("model.provider",
                                  {{"none", Provider::none},
                                   {"openai", Provider::openai},
                                   {"anthropic", Provider::anthropic},
                                   {"ollama", Provider::ollama}},
                                  [](Settings& s, Provider v) { s.model.provider = v; }));
    to.push_back(base_url("model.url", true, [](Settings& s) -> auto& { return s.model.url; }));
    to.push_back(text("model.name", "the model's name as its server knows it, at most 200 characters without spaces",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.size() > 200 || !is_token(v)) return "is not that";
                          s.model.name = v;
                          return fine;
                      }));
    add_secret(to, "model.key", [](Settings& s) -> auto& { return s.model.key; });
    to.push_back(whole_number("model.deadline_s", 5, 600, "seconds",
                              [](Settings& s, std::int64_t v) { s.model.deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("model.episode_deadline_s", 10, 3600, "seconds",
                              [](Settings& s, std::int64_t v) { s.model.episode_deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("model.window_tokens", 500, 200'000, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.window_tokens = v; }));
    to.push_back(whole_number("model.episode_windows", 1, 1'000, "windows", [](Settings& s, std::int64_t v) {
        s.model.episode_windows = static_cast<std::size_t>(v);
    }));
    to.push_back(whole_number("model.max_output_tokens", 200, 100'000, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.max_output_tokens = v; }));
    to.push_back(whole_number("model.context_tokens", 2'048, 1'048'576, "tokens",
                              [](Settings& s, std::int64_t v) { s.model.context_tokens = v; }));
    to.push_back(one_of<Field>("model.tokens_field",
                               {{"auto", Field::automatic},
                                {"max_completion_tokens", Field::max_completion_tokens},
                                {"max_tokens", Field::max_tokens}},
                               [](Settings& s, Field v) { s.model.tokens_field = v; }));
    to.push_back(decimal("model.price_input", 10'000, "money for a million tokens",
                         [](Settings& s, double v) { s.model.price_input = v; }));
    to.push_back(decimal("model.price_output", 10'000, "money for a million tokens",
                         [](Settings& s, double v) { s.model.price_output = v; }));
    to.push_back(decimal("model.daily_ceiling", 1'000'000, "money a day",
                         [](Settings& s, double v) { s.model.daily_ceiling = v; }));
    to.push_back(whole_number("model.daily_tokens", 0, 10'000'000'000, "tokens a day",
                              [](Settings& s, std::int64_t v) { s.model.daily_tokens = v; }));
    to.push_back(text("model.prompts", "the path of a folder with extract.txt, repair.txt and choose.txt",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          return read_prompts(v, s.model.prompts);
                      }));
}

void add_transcription(std::vector<Setting>& to) {
    using Provider = Settings::Transcription::Provider;
    to.push_back(one_of<Provider>(
        "transcription.provider",
        {{"none", Provider::none}, {"openai", Provider::openai}, {"whisper_cpp", Provider::whisper_cpp}},
        [](Settings& s, Provider v) { s.transcription.provider = v; }));
    to.push_back(base_url("transcription.url", true, [](Settings& s) -> auto& { return s.transcription.url; }));
    to.push_back(text("transcription.name",
                      "the model's name as its server knows it, at most 200 characters without spaces",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.size() > 200 || !is_token(v)) return "is not that";
                          s.transcription.name = v;
                          return fine;
                      }));
    add_secret(to, "transcription.key", [](Settings& s) -> auto& { return s.transcription.key; });
    to.push_back(whole_number("transcription.wait_min", 0, 43'200, "minutes",
                              [](Settings& s, std::int64_t v) { s.transcription.wait = std::chrono::minutes(v); }));
    to.push_back(whole_number("transcription.deadline_s", 10, 7'200, "seconds",
                              [](Settings& s, std::int64_t v) { s.transcription.deadline = std::chrono::seconds(v); }));
    to.push_back(whole_number("transcription.daily_minutes", 0, 100'000, "minutes of audio a day",
                              [](Settings& s, std::int64_t v) { s.transcription.daily_minutes = v; }));
    to.push_back(decimal("transcription.price_minute", 1'000, "money for a minute of audio",
                         [](Settings& s, double v) { s.transcription.price_minute = v; }));
    to.push_back(decimal("transcription.daily_ceiling", 1'000'000, "money a day",
                         [](Settings& s, double v) { s.transcription.daily_ceiling = v; }));
    to.push_back(whole_number("transcription.max_audio_mib", 1, 4'096, "MiB", [](Settings& s, std::int64_t v) {
        s.transcription.max_audio_mib = static_cast<std::size_t>(v);
    }));
    to.push_back(text("transcription.ffmpeg", "the program's name, looked for in PATH, or its path",
                      [](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return "is empty";
                          s.transcription.ffmpeg = v;
                          return fine;
                      }));
}

void add_server(std::vector<Setting>& to) {
    to.push_back(text("server.listen", "an address and port such as \"127.0.0.1:8787\", or an empty text for no server",
                      put_listen));
    to.push_back(base_url("server.public_url", true, [](Settings& s) -> auto& { return s.server.public_url; }));
    to.push_back(text("server.certificate_file", "the path of a PEM file, or an empty text",
                      [](Settings& s, const std::string& v) -> Wrong {
                          s.server.certificate_file = v;
                          return fine;
                      }));
    to.push_back(text("server.key_file", "the path of a PEM file, or an empty text",
                      [](Settings& s, const std::string& v) -> Wrong {
                          s.server.key_file = v;
                          return fine;
                      }));
    to.push_back(networks("server.trusted_proxies", [](Settings& s) -> auto& { return s.server.trusted_proxies; }));
    using By = Settings::Server::ForwardedBy;
    to.push_back(one_of<By>("server.forwarded_by",
                            {{"x-forwarded-for", By::x_forwarded_for}, {"forwarded", By::forwarded}},
                            [](Settings& s, By v) { s.server.forwarded_by = v; }));
    to.push_back(networks("server.metrics_from", [](Settings& s) -> auto& { return s.server.metrics_from; }));
    add_secrets(to, "secrets.keys", "keys of 64 hexadecimal digits (openssl rand -hex 32)",
                [](Settings& s, const std::vector<std::string>& all) -> Wrong {
                    s.secrets.keys.clear();
                    for (const std::string& hex : all) {
                        const auto key = crypto::from_hex(hex);
                        if (!key || key->size() != 32) return "has an entry that is not 64 hexadecimal digits";
                        s.secrets.keys.push_back(*key);
                    }
                    return fine;
                });
}

void add_slack(std::vector<Setting>& to) {
    using Mode = Settings::Slack::Mode;
    to.push_back(one_of<Mode>(
        "slack.mode", {{"auto", Mode::automatic}, {"off", Mode::off}, {"socket", Mode::socket}, {"http", Mode::http}},
        [](Settings& s, Mode v) { s.slack.mode = v; }));
    add_secret(to, "slack.bot_token", [](Settings& s) -> auto& { return s.slack.bot_token; });
    add_secret(to, "slack.app_token", [](Settings& s) -> auto& { return s.slack.app_token; });
    add_secrets(to, "slack.signing_secrets", "signing secrets",
                tokens_into([](Settings& s) -> auto& { return s.slack.signing_secrets; }));
    add_secret(to, "slack.client_id", [](Settings& s) -> auto& { return s.slack.client_id; });
    add_secret(to, "slack.client_secret", [](Settings& s) -> auto& { return s.slack.client_secret; });
    to.push_back(base_url("slack.api_url", false, [](Settings& s) -> auto& { return s.slack.api_url; }));
}

void add_telegram(std::vector<Setting>& to) {
    using Mode = Settings::Telegram::Mode;
    to.push_back(one_of<Mode>(
        "telegram.mode",
        {{"auto", Mode::automatic}, {"off", Mode::off}, {"polling", Mode::polling}, {"webhook", Mode::webhook}},
        [](Settings& s, Mode v) { s.telegram.mode = v; }));
    add_secret(to, "telegram.token", [](Settings& s) -> auto& { return s.telegram.token; });
    add_secrets(to, "telegram.webhook_secrets", "secrets of 1 to 256 letters, digits, _ and -",
                tokens_into([](Settings& s) -> auto& { return s.telegram.webhook_secrets; }));
    to.push_back(one_of<bool>("telegram.delivery", {{"strict", true}, {"fast", false}},
                              [](Settings& s, bool v) { s.telegram.strict = v; }));
    to.push_back(base_url("telegram.api_url", false, [](Settings& s) -> auto& { return s.telegram.api_url; }));
}

void add_discord(std::vector<Setting>& to) {
    using Mode = Settings::Discord::Mode;
    to.push_back(
        one_of<Mode>("discord.mode",
                     {{"auto", Mode::automatic}, {"off", Mode::off}, {"gateway", Mode::gateway}, {"http", Mode::http}},
                     [](Settings& s, Mode v) { s.discord.mode = v; }));
    add_secret(to, "discord.token", [](Settings& s) -> auto& { return s.discord.token; });
    to.push_back(
        text("discord.application_id", "the application's number", [](Settings& s, const std::string& v) -> Wrong {
            if (v.size() > 20 || !std::all_of(v.begin(), v.end(), [](char c) { return c >= '0' && c <= '9'; })) {
                return fmt::format("is \"{}\"", v);
            }
            s.discord.application_id = v;
            return fine;
        }));
    to.push_back(texts("discord.public_keys", "a list of keys of 64 hexadecimal digits",
                       [](Settings& s, const std::vector<std::string>& all) -> Wrong {
                           for (const std::string& hex : all) {
                               const auto key = crypto::from_hex(hex);
                               if (!key || key->size() != 32) return "has an entry that is not 64 hexadecimal digits";
                           }
                           s.discord.public_keys = all;
                           return fine;
                       }));
    to.push_back(base_url("discord.api_url", false, [](Settings& s) -> auto& { return s.discord.api_url; }));
}

void add_rest(std::vector<Setting>& to) {
    to.push_back(one_of<bool>("channels.changed_by", {{"anyone", false}, {"admins", true}},
                              [](Settings& s, bool v) { s.channels.admins_only = v; }));
    to.push_back(one_of<LogLevel>("log.level",
                                  {{"debug", LogLevel::debug},
                                   {"info", LogLevel::info},
                                   {"warning", LogLevel::warning},
                                   {"error", LogLevel::error}},
                                  [](Settings& s, LogLevel v) { s.log.level = v; }));
    to.push_back(
        one_of<bool>("log.format", {{"text", false}, {"json", true}}, [](Settings& s, bool v) { s.log.json = v; }));
}

std::vector<Setting> make_settings() {
    std::vector<Setting> all = library_settings();
    add_model(all);
    add_transcription(all);
    add_server(all);
    add_web(all);
    add_slack(all);
    add_telegram(all);
    add_discord(all);
    add_rest(all);
    return all;
}

}  // namespace

const std::vector<Setting>& all_settings() {
    static const std::vector<Setting> settings = make_settings();
    return settings;
}

}  // namespace podbrief::bot
