#pragma once
#include "adapters/telegram/formatted_text.hpp"
#include "adapters/telegram/keyboard.hpp"
#include "core/model/reply.hpp"

namespace podbrief::telegram {

// What one block is in a message.
struct Piece {
    FormattedText text;
    Keyboard rows;
};

// `rich`: with entities and buttons; else as plainness 1.
Piece render_block(const ReplyBlock& block, bool rich);
// What the suggestions are at the end of a message.
Piece render_closing(const Reply& reply, bool rich);

}  // namespace podbrief::telegram
