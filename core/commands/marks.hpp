#pragma once
#include <vector>

#include "core/model/reader.hpp"
#include "core/model/reply.hpp"

namespace podbrief::commands {

// Shows on every card what the reader did with it.
void mark_cards(Reply& reply, const std::vector<Feedback>& feedback, const Profile& profile);

bool has_cards(const Reply& reply);

}  // namespace podbrief::commands
