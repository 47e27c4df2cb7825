#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/delivery.hpp"

namespace podbrief::delivery {

// Delivery::key: the first 24 characters of base32(SHA-256(natural key)), lower case. Made of what a message is, never
// of a row's id or of chance: a store that was restored from a backup makes the same key for the same message, and
// finds it in the chat. 24: Discord takes nonces of 25 characters at most.
std::string brief_key(ReaderId reader, std::int64_t sequence, const Destination& destination, int part);
std::string correction_key(std::string_view key_of_the_message, InsightId insight);
std::string reply_key(std::string_view platform, std::string_view tenant, std::string_view event_id, int part);

}  // namespace podbrief::delivery
