#pragma once
#include <string_view>
#include <vector>

namespace podbrief::telegram {

// What Telegram offers to whoever types "/": words of our grammar, with "_" for spaces.
struct MenuEntry {
    std::string_view command;      // [a-z0-9_], at most 32
    std::string_view description;  // at most 256 characters
    bool in_groups = false;        // offered there too
};

// What a language's readers see of us; the commands themselves are the same in all.
struct MenuLanguage {
    std::string_view code;  // ISO 639-1; empty: for whom there is nothing better
    std::vector<MenuEntry> entries;
    std::string_view description;        // in an empty chat; at most 512 characters
    std::string_view short_description;  // on the profile page; at most 120
};

const std::vector<MenuLanguage>& menu_languages();

// Without case.
bool is_in_menu(std::string_view command);

}  // namespace podbrief::telegram
