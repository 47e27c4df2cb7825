#include "adapters/telegram/keyboard.hpp"

#include <algorithm>
#include <optional>

#include "adapters/telegram/limits.hpp"
#include "core/commands/command.hpp"
#include "core/commands/links.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

constexpr std::size_t longest_label = 40;       // code points; clients cut what does not fit
constexpr std::size_t longest_card_label = 24;  // several beside each other
constexpr std::size_t first_row_of_a_card = 3;  // More, Other side, Source

std::optional<Button> button_of(const Choice& choice, std::size_t longest) {
    Button button;
    button.text = rendering::button_label(choice.label, longest);
    if (button.text.find_first_not_of(' ') == std::string::npos) return std::nullopt;
    if (!choice.link.empty()) {
        if (!commands::is_web_address(choice.link)) return std::nullopt;
        button.url = choice.link;
        return button;
    }
    auto data = to_data(choice.action);
    if (!data || data->size() > longest_callback_data || !text::is_valid_utf8(*data)) return std::nullopt;
    button.data = std::move(*data);
    return button;
}

// Short labels four in a row, longer ones fewer.
std::size_t columns_for(const std::vector<Button>& buttons) {
    std::size_t longest = 0;
    for (const Button& button : buttons) longest = std::max(longest, rendering::code_points(button.text));
    if (longest <= 7) return 4;
    if (longest <= 12) return 3;
    return longest <= 20 ? 2 : 1;
}

Keyboard in_rows(std::vector<Button> buttons) {
    Keyboard rows;
    const std::size_t columns = columns_for(buttons);
    for (Button& button : buttons) {
        if (rows.empty() || rows.back().size() == columns) rows.emplace_back();
        rows.back().push_back(std::move(button));
    }
    return rows;
}

}  // namespace

Keyboard card_rows(const InsightCard& card) {
    Keyboard rows;
    std::size_t place = 0;
    for (const Choice& choice : rendering::card_buttons(card)) {
        const bool begins_row = place == 0 || place == first_row_of_a_card;
        ++place;
        auto button = button_of(choice, longest_card_label);
        if (!button) continue;
        if (begins_row) rows.emplace_back();
        if (rows.back().empty()) button->text = std::to_string(card.number) + " " + button->text;
        rows.back().push_back(std::move(*button));
    }
    std::erase_if(rows, [](const Row& row) { return row.empty(); });
    return rows;
}

Keyboard choice_rows(const Choices& choices) {
    std::vector<Button> buttons;
    for (const Choice& choice : choices.choices) {
        auto button = button_of(choice, longest_label);
        if (!button) continue;
        if (choice.chosen) button->text.insert(0, "\u2713 ");
        buttons.push_back(std::move(*button));
    }
    return in_rows(std::move(buttons));
}

Keyboard suggestion_rows(const Reply& reply) {
    std::vector<Button> buttons;
    for (const Choice& choice : rendering::suggestion_buttons(reply)) {
        if (auto button = button_of(choice, longest_label)) buttons.push_back(std::move(*button));
    }
    return in_rows(std::move(buttons));
}

std::vector<std::string> suggestions_without_button(const Reply& reply) {
    std::vector<std::string> out;
    for (const std::string& suggestion : reply.suggestions) {
        Choice choice;
        choice.label = suggestion;
        choice.action.text = suggestion;
        if (!button_of(choice, longest_label)) out.push_back(suggestion);
    }
    return out;
}

}  // namespace podbrief::telegram
