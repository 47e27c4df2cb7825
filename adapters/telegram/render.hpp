#pragma once
#include <vector>

#include "adapters/telegram/formatted_text.hpp"
#include "adapters/telegram/keyboard.hpp"
#include "core/model/reply.hpp"

namespace podbrief::telegram {

// One message.
struct Rendered {
    std::vector<Entity> entities;
    std::string text;  // never blank
    Keyboard keyboard;
    bool operator==(const Rendered&) const = default;
};

// Plainness 0: entities and buttons; 1: text alone, with addresses written out and what can be typed instead of
// buttons; 2: the addresses alone, or the text where there are none. Within the limits of one message for every part
// that split() makes; of anything longer the end is left out.
Rendered render(const Reply& reply, int plainness);

// Each part one message, in every plainness.
std::vector<Reply> split(const Reply& reply);

}  // namespace podbrief::telegram
