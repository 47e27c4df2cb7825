#pragma once
#include <cstddef>

#include "core/model/time.hpp"

// The Bot API's limits (core.telegram.org/bots/api, bots/faq), and what we allow ourselves below them.
namespace podbrief::telegram {

// Characters after parsing. The server counts code points and entities count UTF-16 units: as many units fit both.
inline constexpr std::size_t longest_text = 4'096;
inline constexpr std::size_t most_entities = 100;
inline constexpr std::size_t most_buttons = 100;
inline constexpr std::size_t most_buttons_in_a_row = 8;
inline constexpr std::size_t longest_callback_data = 64;  // bytes
inline constexpr std::size_t longest_toast = 200;         // answerCallbackQuery
inline constexpr std::size_t most_rows = 14;              // of buttons under one message, to keep it readable

inline constexpr std::size_t longest_update = 256 << 10;     // bytes of one webhook request
inline constexpr std::size_t longest_answer = 1 << 20;       // bytes
inline constexpr std::size_t longest_batch = 8 << 20;        // bytes of getUpdates' answer: 100 updates
inline constexpr std::size_t longest_incoming_text = 2'000;  // code points
inline constexpr std::size_t deepest_json = 64;

}  // namespace podbrief::telegram
