#pragma once
#include <cstddef>

#include "core/model/time.hpp"

// What Discord takes (docs.discord.com: resources/message, components/reference, interactions). Text is measured in
// UTF-16 units, which is never less than what Discord counts.
namespace podbrief::discord::limits {

inline constexpr std::size_t content = 2'000;
// Of all text displays of a message together. Discord itself says 4,000, and breaks at about 10,170 bytes.
inline constexpr std::size_t text = 3'900;
inline constexpr std::size_t text_bytes = 8'500;
inline constexpr std::size_t components = 40;  // nested ones counted
inline constexpr std::size_t row = 5;          // buttons
inline constexpr std::size_t options = 25;     // of a select, a command, a list of suggestions
inline constexpr std::size_t custom_id = 100;
inline constexpr std::size_t label = 80;
inline constexpr std::size_t option = 100;
inline constexpr std::size_t link_button = 512;

inline constexpr std::size_t modal_title = 45;
inline constexpr std::size_t modal_fields = 5;
inline constexpr std::size_t modal_label = 45;
inline constexpr std::size_t modal_hint = 100;
inline constexpr std::size_t modal_text = 4'000;

// Of ours.
inline constexpr std::size_t inbound_bytes = 256 << 10;
inline constexpr int json_depth = 64;
inline constexpr std::size_t typed = 2'000;  // code points of what somebody typed
inline constexpr Millis signature_window{300'000};
inline constexpr Millis token_lives{14 * 60'000};  // Discord: 15 minutes
inline constexpr std::size_t answer_bytes = 2 << 20;

}  // namespace podbrief::discord::limits
