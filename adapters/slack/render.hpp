#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/model/reply.hpp"
#include "core/rendering/parts.hpp"

namespace podbrief::slack {

// What people see of a reply, as fields of a message. Nothing that came from outside is ever markup: it stands in
// rich_text and plain_text, which have none, and in `text` with & < > as entities. Links are addresses of the fields
// that are links, and nothing else.
struct Rendered {
    std::string text;    // what notifications and screen readers say; all there is where there are no blocks
    std::string blocks;  // a JSON array of Block Kit; empty: none
};

// `plainness` as OutgoingMessage: 0 blocks, 1 text alone, 2 the links alone. The reply is one part of split().
Rendered render(const Reply& reply, int plainness);

// The parts that fit one message each, in every plainness.
std::vector<Reply> split(const Reply& reply);

// A JSON array of the blocks of an App Home: what does not fit it is left out, and said.
std::string home_blocks(const Reply& page);

}  // namespace podbrief::slack
