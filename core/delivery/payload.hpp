#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/reply.hpp"

namespace podbrief::delivery {

// Delivery::payload: a Reply as JSON, without spaces and without members that have their default. What is frozen is
// what every attempt sends, whatever happens to the library meanwhile.
std::string freeze(const Reply& reply);

// nullopt: not a payload of ours.
std::optional<Reply> thaw(std::string_view payload);

// True: a card of the payload shows the insight.
bool shows(const Reply& reply, InsightId insight);

}  // namespace podbrief::delivery
