#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

// Our slash commands: /brief with a subcommand for each thing that can be said, /ask for anything. One table makes what
// is registered and reads what comes back.
namespace podbrief::discord {

// For PUT /applications/{id}/commands: an array of two.
nlohmann::json command_list();

// `data` of an interaction of type 2 as somebody would have typed it: "more on chip export controls". nullopt: not a
// command of ours.
std::optional<std::string> typed_text(const nlohmann::json& data);

// What is being typed in an interaction of type 4.
struct Typing {
    std::string what;   // "topic", "show": as Intake::suggest has it
    std::string typed;  // so far
};
std::optional<Typing> typing(const nlohmann::json& data);

}  // namespace podbrief::discord
