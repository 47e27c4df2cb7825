#pragma once
#include <string>

#include "core/model/reply.hpp"

namespace podbrief::commands {

// The reply as JSON (UTF-8, indented by two), for --json and for programs: {"blocks": [...], "suggestions": [...]}.
// Each block has a "type": heading, paragraph, insight or table. Times are in *_ms, as stored.
std::string to_json(const Reply& reply);

}  // namespace podbrief::commands
