#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "adapters/doubles/telegram_model.hpp"
#include "core/ports/http_server.hpp"

// What a call to the Bot API asks for, checked more strictly than Telegram does: fields that it would pass over, or
// cut to size, are mistakes of ours.
namespace podbrief::doubles::telegram {

// "/bot<token>/<method>".
struct Address {
    std::string token;
    std::string method;
};
std::optional<Address> address_of(const ServerRequest& request);

// The parameters, from query, form or JSON; nullopt: not readable.
std::optional<nlohmann::json> parameters_of(const ServerRequest& request);

// What is wrong with the parameters of that method, as a description; empty: nothing. "Not Found: ..." for a method
// that this double does not have.
std::string problem_with(const std::string& method, const nlohmann::json& parameters);

// Of parameters that were checked.
SendMessage send_message_from(const nlohmann::json& parameters);
EditMessageText edit_message_from(const nlohmann::json& parameters);

// Commands and mentions, as Telegram's clients find them.
nlohmann::json entities_in(const std::string& text);
nlohmann::json entities_json(const std::vector<Entity>& entities);
nlohmann::json keyboard_json(const Keyboard& keyboard);

}  // namespace podbrief::doubles::telegram
