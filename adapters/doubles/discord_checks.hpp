#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace podbrief::doubles::discord {

// What Discord takes, as documented, and as strict as it may ever be: fields that it does not know are refused too.
// Empty: good; else what is wrong, for the `errors` of code 50035.
enum class MessageUse { create, edit, respond };  // respond: callbacks and follow-ups
std::string wrong_in_message(const nlohmann::json& body, MessageUse use);
// PUT /applications/{id}/commands.
std::string wrong_in_commands(const nlohmann::json& commands);
// `data` of a callback of type 9.
std::string wrong_in_modal(const nlohmann::json& data);

}  // namespace podbrief::doubles::discord
