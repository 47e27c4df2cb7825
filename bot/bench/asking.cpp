#include "bot/bench/asking.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/slack/verify.hpp"
#include "bot/exit_codes.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::bot::bench {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t first_telegram_person = 100'000;
constexpr std::int64_t first_discord_person = 1'000'000'000'000'000'000;
constexpr std::int64_t first_discord_channel = 1'100'000'000'000'000'000;
constexpr std::int64_t discord_epoch_ms = 1'420'070'400'000;

std::string wire(const std::string& path, const std::string& headers, const std::string& body) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", path,
        headers, body.size(), body);
}

std::string seconds_of(WallTime now) {
    return std::to_string(to_ms(now) / 1000);
}

// The number that follows `mark`; nobody: there is none.
std::size_t number_after(const std::string& text, std::string_view mark, std::int64_t first) {
    const auto found = text.find(mark);
    if (found == std::string::npos) return Asking::nobody;
    std::int64_t number = -1;
    const char* begin = text.data() + found + mark.size();
    std::from_chars(begin, text.data() + text.size(), number);
    return number < first ? Asking::nobody : static_cast<std::size_t>(number - first);
}

class OnSlack final : public Asking {
public:
    OnSlack(std::string path, Clock& clock) : path_(std::move(path)), clock_(clock) {}

    std::string request(std::size_t person, std::int64_t number, const std::string& text) const override {
        const WallTime now = clock_.wall_now();
        const std::string ts = fmt::format("{}.{:06}", seconds_of(now), number % 1'000'000);
        const Json body{
            {"token", "none"},
            {"team_id", slack_team},
            {"api_app_id", "A0BENCH001"},
            {"type", "event_callback"},
            {"event_id", fmt::format("Ev{:010}", number)},
            {"event_time", to_ms(now) / 1000},
            {"authorizations",
             {{{"enterprise_id", nullptr}, {"team_id", slack_team}, {"user_id", "U0BOT"}, {"is_bot", true}}}},
            {"event",
             {{"type", "message"},
              {"channel", chat_of("slack", person)},
              {"user", account_of("slack", person)},
              {"text", text},
              {"ts", ts},
              {"event_ts", ts},
              {"team", slack_team},
              {"channel_type", "im"}}}};
        const std::string bytes = body.dump();
        const std::string timestamp = seconds_of(now);
        const std::string headers = fmt::format("X-Slack-Request-Timestamp: {}\r\nX-Slack-Signature: {}\r\n", timestamp,
                                                slack::signature_of(slack_secret, timestamp, bytes));
        return wire(path_, headers, bytes);
    }
    std::size_t answered(const std::string& path, const std::string& body) const override {
        if (path != "/slack/chat.postMessage") return nobody;
        return number_after(body, "\"channel\":\"D1", 0);
    }

private:
    std::string path_;
    Clock& clock_;
};

class OnTelegram final : public Asking {
public:
    OnTelegram(std::string path, Clock& clock) : path_(std::move(path)), clock_(clock) {}

    std::string request(std::size_t person, std::int64_t number, const std::string& text) const override {
        const std::int64_t id = first_telegram_person + static_cast<std::int64_t>(person);
        const Json body{{"update_id", number},
                        {"message",
                         {{"message_id", number},
                          {"date", to_ms(clock_.wall_now()) / 1000},
                          {"chat", {{"id", id}, {"type", "private"}, {"first_name", "Ann"}}},
                          {"from", {{"id", id}, {"is_bot", false}, {"first_name", "Ann"}, {"language_code", "en"}}},
                          {"text", text}}}};
        return wire(path_, fmt::format("X-Telegram-Bot-Api-Secret-Token: {}\r\n", telegram_secret), body.dump());
    }
    // A line is reserved first, which is no answer yet.
    std::size_t answered(const std::string& path, const std::string& body) const override {
        if (!path.ends_with("/editMessageText")) return nobody;
        return number_after(body, "\"chat_id\":", first_telegram_person);
    }

private:
    std::string path_;
    Clock& clock_;
};

class OnDiscord final : public Asking {
public:
    OnDiscord(std::string path, Clock& clock) : path_(std::move(path)), clock_(clock) {}

    std::string request(std::size_t person, std::int64_t number, const std::string& text) const override {
        const WallTime now = clock_.wall_now();
        const std::string who = account_of("discord", person);
        const std::int64_t id = ((to_ms(now) - discord_epoch_ms) << 22) | (number & 0x3FFFFF);
        const Json body{{"id", std::to_string(id)},
                        {"application_id", discord_application},
                        {"type", 2},
                        {"token", fmt::format("asked-by-{}-number-{}", person, number)},
                        {"version", 1},
                        {"channel_id", chat_of("discord", person)},
                        {"channel", {{"id", chat_of("discord", person)}, {"type", 1}}},
                        {"context", 1},
                        {"locale", "en-GB"},
                        {"app_permissions", "274877991936"},
                        {"authorizing_integration_owners", {{"0", "0"}}},
                        {"entitlements", Json::array()},
                        {"user", {{"id", who}, {"username", "ann"}, {"global_name", "Ann"}, {"discriminator", "0"}}},
                        {"data",
                         {{"id", "800000000000000001"},
                          {"name", "ask"},
                          {"type", 1},
                          {"options", {{{"name", "text"}, {"type", 3}, {"value", text}}}}}}};
        const std::string bytes = body.dump();
        const std::string timestamp = seconds_of(now);
        const std::string headers = fmt::format("X-Signature-Timestamp: {}\r\nX-Signature-Ed25519: {}\r\n", timestamp,
                                                crypto::to_hex(crypto::ed25519_sign(discord_seed, timestamp + bytes)));
        return wire(path_, headers, bytes);
    }
    std::size_t answered(const std::string& path, const std::string&) const override {
        if (!path.ends_with("/messages/@original")) return nobody;
        return number_after(path, "/asked-by-", 0);
    }

private:
    std::string path_;
    Clock& clock_;
};

}  // namespace

std::string account_of(const std::string& platform, std::size_t person) {
    const auto number = static_cast<std::int64_t>(person);
    if (platform == "slack") return fmt::format("U1{:06}", number);
    if (platform == "telegram") return std::to_string(first_telegram_person + number);
    return std::to_string(first_discord_person + number);
}

std::string chat_of(const std::string& platform, std::size_t person) {
    const auto number = static_cast<std::int64_t>(person);
    if (platform == "slack") return fmt::format("D1{:06}", number);
    if (platform == "telegram") return std::to_string(first_telegram_person + number);
    return std::to_string(first_discord_channel + number);
}

std::unique_ptr<Asking> Asking::on(const std::string& platform, std::string path, Clock& clock) {
    if (platform == "slack") return std::make_unique<OnSlack>(std::move(path), clock);
    if (platform == "telegram") return std::make_unique<OnTelegram>(std::move(path), clock);
    if (platform == "discord") return std::make_unique<OnDiscord>(std::move(path), clock);
    throw ExitError(exit_usage, fmt::format("no such platform: \"{}\"; slack, telegram or discord", platform));
}

}  // namespace podbrief::bot::bench
