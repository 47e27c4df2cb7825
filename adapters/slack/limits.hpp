#pragma once
#include <cstddef>

// Slack's limits (docs.slack.dev/reference/block-kit, /reference/methods), and what we keep below them. All lengths are
// UTF-16 units: whether Slack counts those or code points is not documented, and what fits in these fits in both.
namespace podbrief::slack::limits {

inline constexpr std::size_t blocks = 45;         // of 50
inline constexpr std::size_t home_blocks = 95;    // of 100
inline constexpr std::size_t all_text = 11'500;   // of all blocks together; refused from about 13,200 on
inline constexpr std::size_t block_text = 2'900;  // of 3,000
inline constexpr std::size_t header_text = 150;
inline constexpr std::size_t context_text = 1'900;
inline constexpr std::size_t fallback_text = 3'900;  // `text`; chat.update takes 4,000
inline constexpr std::size_t plain_text = 39'000;    // `text` without blocks; cut by Slack above 40,000
inline constexpr std::size_t buttons_in_block = 25;
inline constexpr std::size_t button_text = 75;
inline constexpr std::size_t button_url = 2'900;  // of 3,000
inline constexpr std::size_t option_text = 75;
inline constexpr std::size_t options = 100;
inline constexpr std::size_t checkboxes = 10;
inline constexpr std::size_t modal_title = 24;
inline constexpr std::size_t label_text = 2'000;
inline constexpr std::size_t placeholder = 150;
inline constexpr std::size_t input_text = 3'000;
inline constexpr std::size_t private_metadata = 3'000;

}  // namespace podbrief::slack::limits
