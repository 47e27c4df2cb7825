#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::testing {

enum class Markup { none, mrkdwn, html, markdown };  // plain, Slack, Telegram, Discord

// One block as text; nothing is cut.
std::string block_text(const ReplyBlock& block, Markup markup);
std::string suggestions_text(const Reply& reply, Markup markup);  // empty: there are none
// All of it, blocks a blank line apart. Plainness 2: the links alone, one a line; where there are none, the text.
std::string reply_text(const Reply& reply, Markup markup, int plainness);

// Parts of at most `limit` in the sum of `size_of(block)` + `gap` and of at most `most_blocks` blocks, never cut inside
// a block. The suggestions go with the last part. At least one part.
struct PartLimits {
    std::size_t limit = 0;
    std::size_t gap = 2;
    std::size_t most_blocks = 1'000;
};
std::vector<Reply> split_blocks(const Reply& reply, const PartLimits& limits,
                                const std::function<std::size_t(const ReplyBlock&)>& size_of,
                                std::size_t suggestions_size);

}  // namespace podbrief::testing
