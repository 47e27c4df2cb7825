#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::doubles::discord {

// Markdown and components as Discord's clients show them.
struct Shown {
    std::string text;
    std::vector<std::string> buttons;   // labels, in order
    std::vector<std::string> links;     // addresses that a click on other text opens
    std::vector<std::string> opens;     // all addresses that a click opens, those shown as they are too
    std::vector<std::string> mentions;  // that would ping, if allowed_mentions let them
};
Shown shown_markdown(std::string_view markdown);
// Of a message: its content and its components.
Shown shown_message(const nlohmann::json& payload);

// The same for transcripts: buttons in brackets where they stand ("[*Liked*]" when they show that they were pressed).
std::string transcript_of(const nlohmann::json& payload);

// custom_id of the button, or value of the choice, with that label (or that data); empty: there is none. `select` gets
// the custom_id of its list.
std::string find_action(const nlohmann::json& payload, std::string_view label, std::string& select);

}  // namespace podbrief::doubles::discord
