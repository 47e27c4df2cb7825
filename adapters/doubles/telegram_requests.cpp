#include "adapters/doubles/telegram_requests.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "adapters/doubles/telegram_checks.hpp"
#include "adapters/doubles/text_case.hpp"

namespace podbrief::doubles::telegram {
namespace {

using Json = nlohmann::json;

enum class Type { integer, text, flag, chat, strings, entities, keyboard, object, commands };
struct Field {
    const char* name;
    Type type;
    bool required = false;
};
using Fields = std::vector<Field>;

// Methods and their parameters, as far as a bot like ours needs them.
const std::map<std::string, Fields>& methods() {
    static const Fields scope_and_language{{"scope", Type::object}, {"language_code", Type::text}};
    static const std::map<std::string, Fields> all{
        {"getme", {}},
        {"getwebhookinfo", {}},
        {"getupdates",
         {{"offset", Type::integer},
          {"limit", Type::integer},
          {"timeout", Type::integer},
          {"allowed_updates", Type::strings}}},
        {"setwebhook",
         {{"url", Type::text, true},
          {"secret_token", Type::text},
          {"ip_address", Type::text},
          {"max_connections", Type::integer},
          {"allowed_updates", Type::strings},
          {"drop_pending_updates", Type::flag}}},
        {"deletewebhook", {{"drop_pending_updates", Type::flag}}},
        {"sendmessage",
         {{"chat_id", Type::chat, true},
          {"text", Type::text, true},
          {"message_thread_id", Type::integer},
          {"parse_mode", Type::text},
          {"entities", Type::entities},
          {"link_preview_options", Type::object},
          {"disable_notification", Type::flag},
          {"protect_content", Type::flag},
          {"reply_parameters", Type::object},
          {"reply_markup", Type::keyboard}}},
        {"editmessagetext",
         {{"chat_id", Type::chat, true},
          {"message_id", Type::integer, true},
          {"text", Type::text, true},
          {"parse_mode", Type::text},
          {"entities", Type::entities},
          {"link_preview_options", Type::object},
          {"reply_markup", Type::keyboard}}},
        {"deletemessage", {{"chat_id", Type::chat, true}, {"message_id", Type::integer, true}}},
        {"answercallbackquery",
         {{"callback_query_id", Type::text, true},
          {"text", Type::text},
          {"show_alert", Type::flag},
          {"url", Type::text},
          {"cache_time", Type::integer}}},
        {"sendchataction",
         {{"chat_id", Type::chat, true}, {"action", Type::text, true}, {"message_thread_id", Type::integer}}},
        {"getchatmember", {{"chat_id", Type::chat, true}, {"user_id", Type::integer, true}}},
        {"setmycommands", {{"commands", Type::commands, true}, {"scope", Type::object}, {"language_code", Type::text}}},
        {"getmycommands", scope_and_language},
        {"deletemycommands", scope_and_language},
        {"setmydescription", {{"description", Type::text}, {"language_code", Type::text}}},
        {"setmyshortdescription", {{"short_description", Type::text}, {"language_code", Type::text}}},
    };
    return all;
}

bool has_type(const Json& value, Type type) {
    switch (type) {
        case Type::integer:
            return value.is_number_integer();
        case Type::text:
            return value.is_string();
        case Type::flag:
            return value.is_boolean();
        case Type::chat:
            return value.is_number_integer() || (value.is_string() && value.get<std::string>().starts_with('@'));
        case Type::strings:
            return value.is_array() &&
                   std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_string(); });
        case Type::entities:
        case Type::commands:
            return value.is_array();
        case Type::keyboard:
        case Type::object:
            return value.is_object();
    }
    return false;
}

// In forms and queries everything is text, and what is nested is JSON in it.
Json value_of(std::string value) {
    Json parsed = Json::parse(value, nullptr, false);
    if (parsed.is_discarded() || parsed.is_string() || parsed.is_number_float()) return value;
    return parsed;
}

std::string chat_of(const Json& chat) {
    return chat.is_string() ? chat.get<std::string>() : std::to_string(chat.get<std::int64_t>());
}

std::int64_t integer(const Json& in, const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string text(const Json& in, const char* name) {
    const auto found = in.find(name);
    return found != in.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<Entity> entities_from(const Json& parameters) {
    std::vector<Entity> out;
    const auto found = parameters.find("entities");
    if (found == parameters.end()) return out;
    for (const Json& one : *found) {
        Entity entity;
        entity.type = text(one, "type");
        entity.offset = static_cast<std::size_t>(integer(one, "offset"));
        entity.length = static_cast<std::size_t>(integer(one, "length"));
        entity.url = text(one, "url");
        out.push_back(std::move(entity));
    }
    return out;
}

Keyboard keyboard_from(const Json& parameters) {
    Keyboard out;
    const auto found = parameters.find("reply_markup");
    if (found == parameters.end()) return out;
    for (const Json& row : (*found)["inline_keyboard"]) {
        out.emplace_back();
        for (const Json& one : row) {
            out.back().push_back({text(one, "text"), text(one, "callback_data"), text(one, "url")});
        }
    }
    return out;
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::optional<Address> address_of(const ServerRequest& request) {
    const std::string path(request.path());
    constexpr std::size_t prefix = 4;
    if (!path.starts_with("/bot")) return std::nullopt;
    const auto slash = path.find('/', prefix);
    if (slash == std::string::npos || slash == prefix) return std::nullopt;
    return Address{path.substr(prefix, slash - prefix), lower_case(path.substr(slash + 1))};
}

std::optional<Json> parameters_of(const ServerRequest& request) {
    Json out = Json::object();
    const auto add = [&](std::string_view encoded) {
        auto fields = parse_form(encoded);
        if (!fields) return false;
        for (FormField& field : *fields) out[field.name] = value_of(std::move(field.value));
        return true;
    };
    if (!add(request.query())) return std::nullopt;
    if (request.body.empty()) return out;
    const std::string* type = find_header(request.headers, "Content-Type");
    if (type == nullptr) return std::nullopt;
    if (type->starts_with("application/x-www-form-urlencoded")) {
        if (!add(request.body)) return std::nullopt;
        return out;
    }
    if (!type->starts_with("application/json")) return std::nullopt;
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return std::nullopt;
    out.update(body);
    return out;
}

std::string problem_with(const std::string& method, const Json& parameters) {
    const auto found = methods().find(method);
    if (found == methods().end()) return "Not Found: method not found";
    for (const Field& field : found->second) {
        if (field.required && !parameters.contains(field.name)) {
            return "Bad Request: parameter \"" + std::string(field.name) + "\" is required";
        }
    }
    for (const auto& [name, value] : parameters.items()) {
        const auto field = std::find_if(found->second.begin(), found->second.end(),
                                        [&key = name](const Field& one) { return one.name == key; });
        if (field == found->second.end()) return "Bad Request: there is no parameter \"" + name + "\"";
        if (!has_type(value, field->type)) return "Bad Request: parameter \"" + name + "\" has another type";
    }
    return problem_with_content(method, parameters);
}

SendMessage send_message_from(const Json& parameters) {
    SendMessage out;
    out.chat_id = chat_of(parameters["chat_id"]);
    out.text = text(parameters, "text");
    out.parse_mode = text(parameters, "parse_mode");
    out.entities = entities_from(parameters);
    out.keyboard = keyboard_from(parameters);
    out.thread = integer(parameters, "message_thread_id");
    if (const auto reply = parameters.find("reply_parameters"); reply != parameters.end()) {
        out.reply_to = integer(*reply, "message_id");
    }
    return out;
}

EditMessageText edit_message_from(const Json& parameters) {
    EditMessageText out;
    out.chat_id = chat_of(parameters["chat_id"]);
    out.message_id = integer(parameters, "message_id");
    out.text = text(parameters, "text");
    out.parse_mode = text(parameters, "parse_mode");
    out.entities = entities_from(parameters);
    out.keyboard = keyboard_from(parameters);
    return out;
}

Json entities_in(const std::string& text) {
    Json out = Json::array();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';
        if (!begins || (text[at] != '/' && text[at] != '@')) continue;
        std::size_t end = at + 1;
        while (end < text.size() && (is_word(text[end]) || (text[at] == '/' && text[end] == '@'))) ++end;
        if (end - at < 2) continue;
        out.push_back(Json{{"type", text[at] == '/' ? "bot_command" : "mention"},
                           {"offset", utf16_units(std::string_view(text).substr(0, at))},
                           {"length", end - at}});
    }
    return out;
}

Json entities_json(const std::vector<Entity>& entities) {
    Json out = Json::array();
    for (const Entity& entity : entities) {
        Json one{{"type", entity.type}, {"offset", entity.offset}, {"length", entity.length}};
        if (!entity.url.empty()) one["url"] = entity.url;
        out.push_back(std::move(one));
    }
    return out;
}

Json keyboard_json(const Keyboard& keyboard) {
    Json rows = Json::array();
    for (const auto& row : keyboard) {
        Json buttons = Json::array();
        for (const Button& button : row) {
            Json one{{"text", button.text}};
            one[button.url.empty() ? "callback_data" : "url"] = button.url.empty() ? button.data : button.url;
            buttons.push_back(std::move(one));
        }
        rows.push_back(std::move(buttons));
    }
    return Json{{"inline_keyboard", std::move(rows)}};
}

}  // namespace podbrief::doubles::telegram
