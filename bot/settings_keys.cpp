#include "bot/settings_keys.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/egress_guard.hpp"
#include "bot/setting_kinds.hpp"
#include "bot/web_settings.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::bot {
namespace {

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
    add_settings_of_models(all);
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
