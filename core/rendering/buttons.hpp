#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::rendering {

// The buttons under an insight: More, Other side, Source, like, less, Save, Mute; in that order. What the reader did
// with it shows on them. Cards that stand for no insight (withdrawn, number 0) have none.
std::vector<Choice> card_buttons(const InsightCard& card);

// True: an insight in it has buttons.
bool has_card_buttons(const Reply& reply);

// The suggestions without those that buttons of the insights, or one that shows the next page, say already.
std::vector<std::string> suggestions_worth_showing(const Reply& reply);

// The suggestions that are worth a button: those that fit one and do not say what the cards' own buttons do.
std::vector<Choice> suggestion_buttons(const Reply& reply);

// The suggestions as text, for where they are no buttons: "Try: more on chips, why 1"; empty: there are none.
std::string suggestions_line(const Reply& reply);

// A label as platforms take it: one line of inert text, cut to `limit` code points.
std::string button_label(std::string_view label, std::size_t limit);

}  // namespace podbrief::rendering
