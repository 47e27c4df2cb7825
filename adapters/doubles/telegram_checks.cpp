#include "adapters/doubles/telegram_checks.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <vector>

#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles::telegram {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_entities = 100;
constexpr std::size_t most_buttons = 100;
constexpr std::size_t most_buttons_in_a_row = 8;
constexpr std::size_t longest_data = 64;
constexpr std::size_t longest_toast = 200;
constexpr std::int64_t most_connections = 100;

constexpr std::array<std::string_view, 12> entity_types{
    "bold", "italic", "underline", "strikethrough", "spoiler",     "blockquote", "expandable_blockquote",
    "code", "pre",    "text_link", "text_mention",  "custom_emoji"};

bool is_web(const std::string& url) {
    return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("tg://");
}

// Where a UTF-16 unit begins a character.
std::vector<bool> boundaries_of(const std::string& text) {
    std::vector<bool> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        out.push_back(true);
        if (size == 4) out.push_back(false);
        at += size;
    }
    out.push_back(true);
    return out;
}

std::string problem_with_entities(const Json& parameters) {
    const auto entities = parameters.find("entities");
    if (entities == parameters.end()) return {};
    if (parameters.contains("parse_mode")) return "Bad Request: can't use entities and parse_mode at once";
    if (entities->size() > most_entities) return "Bad Request: too many entities";
    const auto boundaries = boundaries_of(parameters["text"].get<std::string>());
    std::int64_t before = 0;
    for (const Json& entity : *entities) {
        if (!entity.is_object() || !entity.contains("type") || !entity.contains("offset") ||
            !entity.contains("length") || !entity["type"].is_string() || !entity["offset"].is_number_integer() ||
            !entity["length"].is_number_integer()) {
            return "Bad Request: can't parse entities: MessageEntity has a field of another type";
        }
        const std::string type = entity["type"].get<std::string>();
        bool known = false;
        for (const auto one : entity_types) known = known || one == type;
        if (!known) return "Bad Request: can't parse entities: unknown type \"" + type + "\"";
        const auto offset = entity["offset"].get<std::int64_t>();
        const auto length = entity["length"].get<std::int64_t>();
        const auto units = static_cast<std::int64_t>(boundaries.size()) - 1;
        if (offset < before || length <= 0 || offset + length > units) return "Bad Request: ENTITY_BOUNDS_INVALID";
        before = offset;
        if (!boundaries[static_cast<std::size_t>(offset)] || !boundaries[static_cast<std::size_t>(offset + length)]) {
            return "Bad Request: ENTITY_BOUNDS_INVALID";
        }
        const bool has_url =
            entity.contains("url") && entity["url"].is_string() && is_web(entity["url"].get<std::string>());
        if (has_url != (type == "text_link")) return "Bad Request: ENTITY_URL_INVALID";
    }
    return {};
}

std::string problem_with_button(const Json& button) {
    if (!button.is_object() || !button.contains("text") || !button["text"].is_string() ||
        button["text"].get<std::string>().empty()) {
        return "Bad Request: can't parse inline keyboard button: field \"text\" is required";
    }
    const bool has_data = button.contains("callback_data");
    const bool has_url = button.contains("url");
    if (has_data == has_url || button.size() != 2)
        return "Bad Request: text buttons are unallowed in the inline keyboard";
    const Json& value = button[has_data ? "callback_data" : "url"];
    if (!value.is_string()) return "Bad Request: can't parse inline keyboard button";
    const auto text = value.get<std::string>();
    if (has_data && (text.empty() || text.size() > longest_data)) return "Bad Request: BUTTON_DATA_INVALID";
    if (has_url && !is_web(text)) return "Bad Request: inline keyboard button URL is invalid: wrong HTTP URL";
    return {};
}

std::string problem_with_keyboard(const Json& parameters) {
    const auto markup = parameters.find("reply_markup");
    if (markup == parameters.end()) return {};
    const auto rows = markup->find("inline_keyboard");
    if (rows == markup->end() || !rows->is_array() || markup->size() != 1) {
        return "Bad Request: object expected as reply markup";
    }
    std::size_t buttons = 0;
    for (const Json& row : *rows) {
        if (!row.is_array() || row.empty()) return "Bad Request: can't parse inline keyboard: a row must be an array";
        if (row.size() > most_buttons_in_a_row) return "Bad Request: reply markup is too long";
        for (const Json& button : row) {
            if (auto problem = problem_with_button(button); !problem.empty()) return problem;
            if (++buttons > most_buttons) return "Bad Request: reply markup is too long";
        }
    }
    return {};
}

std::string problem_with_message(const Json& parameters) {
    if (auto problem = problem_with_entities(parameters); !problem.empty()) return problem;
    if (auto problem = problem_with_keyboard(parameters); !problem.empty()) return problem;
    if (const auto reply = parameters.find("reply_parameters"); reply != parameters.end()) {
        if (!reply->contains("message_id") || !(*reply)["message_id"].is_number_integer()) {
            return "Bad Request: reply_parameters want a message_id";
        }
        if (!reply->value("allow_sending_without_reply", false)) {
            return "Bad Request: a reply must be sent even if its message is gone";
        }
    }
    return {};
}

std::string problem_with_commands(const Json& parameters) {
    const Json& commands = parameters["commands"];
    if (commands.size() > 100) return "Bad Request: BOT_COMMANDS_TOO_MUCH";
    std::set<std::string> seen;
    for (const Json& one : commands) {
        if (!one.is_object() || !one.contains("command") || !one.contains("description")) {
            return "Bad Request: can't parse BotCommand";
        }
        const auto word = one["command"].get<std::string>();
        const auto description = one["description"].get<std::string>();
        constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
        if (word.empty() || word.size() > 32 || word.find_first_not_of(allowed) != std::string::npos) {
            return "Bad Request: BOT_COMMAND_INVALID";
        }
        if (description.empty() || code_points(description) > 256)
            return "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID";
        if (!seen.insert(word).second) return "Bad Request: BOT_COMMAND_INVALID";
    }
    return {};
}

std::string problem_with_webhook(const Json& parameters) {
    const auto url = parameters["url"].get<std::string>();
    if (!url.empty() && !url.starts_with("https://")) return "Bad Request: bad webhook: An HTTPS URL must be provided";
    const auto secret = parameters.value("secret_token", std::string("x"));
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    if (secret.empty() || secret.size() > 256 || secret.find_first_not_of(allowed) != std::string::npos) {
        return "Bad Request: secret token contains unallowed characters";
    }
    const auto connections = parameters.value("max_connections", std::int64_t{40});
    if (connections < 1 || connections > most_connections) return "Bad Request: max_connections is 1 to 100";
    return {};
}

}  // namespace

std::string problem_with_content(const std::string& method, const Json& parameters) {
    if (method == "sendmessage" || method == "editmessagetext") return problem_with_message(parameters);
    if (method == "setmycommands") return problem_with_commands(parameters);
    if (method == "setwebhook") return problem_with_webhook(parameters);
    if (method == "answercallbackquery" && code_points(parameters.value("text", std::string{})) > longest_toast) {
        return "Bad Request: MESSAGE_TOO_LONG";
    }
    if (method == "getupdates") {
        const auto limit = parameters.value("limit", std::int64_t{100});
        if (limit < 1 || limit > 100) return "Bad Request: limit is 1 to 100";
    }
    if (method == "setmydescription" && code_points(parameters.value("description", std::string{})) > 512) {
        return "Bad Request: BOT_DESCRIPTION_TOO_LONG";
    }
    if (method == "setmyshortdescription" && code_points(parameters.value("short_description", std::string{})) > 120) {
        return "Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG";
    }
    return {};
}

}  // namespace podbrief::doubles::telegram
