#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/reply.hpp"

// Replies as Discord's messages. Pure.
namespace podbrief::discord {

struct Shape {
    // 0: text displays and buttons (Components V2); 1: text only, as `content` where it fits, else as one text display;
    // 2: links only, as `content`.
    int plainness = 0;
    // A message that has Components V2 can never be without them again: whatever is to replace one has them too.
    bool components_v2_only = false;
    // By which the message is found again in the history: Delivery::key. Not seen in Components V2; a small line at the
    // end of content. Empty: none.
    std::string key;
};

// content or components, flags, allowed_mentions: what POST and PATCH of a message take.
nlohmann::json message_of(const Reply& reply, const Shape& shape);

// Whether a message of the history has the mark of that key.
bool has_mark(const nlohmann::json& message, std::string_view key);

// Messages that fit, in every form of `plainness`.
std::vector<Reply> split(const Reply& reply);

}  // namespace podbrief::discord
