#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/settings.hpp"

// How each key gets into the struct; of the settings' own files only.
namespace podbrief::bot {

// A value as it was written: what it is of is set.
struct SettingValue {
    std::optional<std::int64_t> whole;
    std::optional<double> number;  // whole or not
    std::optional<std::string> text;
    std::optional<std::vector<std::string>> texts;
};
using Assign = std::function<std::optional<std::string>(Settings&, const SettingValue&)>;

// One key: what it takes, and how it gets into the struct. `assign` returns what is wrong, if anything; it never
// repeats what is secret.
struct Setting {
    std::string key;
    std::string takes;  // for messages: "a whole number of seconds from 10 to 86400"
    Assign assign;
    bool is_list = false;
    bool is_text = false;
};

// What settings_keys_ai.cpp has of them.
void add_settings_of_models(std::vector<Setting>& to);

// In the order of the example file.
const std::vector<Setting>& all_settings();

}  // namespace podbrief::bot
