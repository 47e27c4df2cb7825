#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/reply.hpp"

namespace podbrief::commands {

// How somebody who reads a page of ours becomes a reader. A door carries the insight they came from, so that its topics
// are chosen already when the first question is asked.

// What a door carries ("i_1a2b", base 36), and what was carried. nullopt: nothing of ours.
std::string door_payload(InsightId insight);
std::optional<InsightId> insight_of_payload(std::string_view payload);
// The same number as it stands in an address of ours ("?insight=1a2b").
std::string door_number(InsightId insight);
std::optional<InsightId> insight_of_number(std::string_view number);

// To somebody who is a reader already and comes from an insight's page: what of it they do not follow yet.
void offer_topics(Reply& reply, const std::vector<std::string>& topics);

}  // namespace podbrief::commands
