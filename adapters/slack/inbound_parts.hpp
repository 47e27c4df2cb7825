#pragma once
#include <string>

#include "adapters/slack/inbound.hpp"

namespace podbrief::slack {

// An id of Slack's; empty: not of that form (letters, digits, '.', '-', '_'), or longer than 80.
std::string id_of(std::string text);
std::string id_at(const Json& json, std::initializer_list<const char*> path);
// What somebody typed: inert, at most 2,000 code points.
std::string bounded_text(std::string_view text);
// At most 200 bytes: what is longer is represented by its digest.
std::string event_id(const std::string& kind, const std::string& id);
Inbound malformed();

// Incoming with all that is common: platform, tenant, time, person and place.
Incoming incoming_from(const std::string& workspace, const std::string& user, const std::string& channel,
                       const std::string& thread, WallTime at);

}  // namespace podbrief::slack
