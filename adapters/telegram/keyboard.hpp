#pragma once
#include <string>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::telegram {

// InlineKeyboardButton: exactly one of data and url.
struct Button {
    std::string text;
    std::string data;  // at most 64 bytes
    std::string url;
    bool operator==(const Button&) const = default;
};
using Row = std::vector<Button>;
using Keyboard = std::vector<Row>;

// Two rows under an insight; the first button of each begins with its number, since one message holds several.
Keyboard card_rows(const InsightCard& card);
// What can be pressed of them, in rows that can be read on a telephone.
Keyboard choice_rows(const Choices& choices);
Keyboard suggestion_rows(const Reply& reply);

// Those of them that have no button, because it could not carry them: they are shown as text.
std::vector<std::string> suggestions_without_button(const Reply& reply);

}  // namespace podbrief::telegram
