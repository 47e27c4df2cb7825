#pragma once
#include <optional>
#include <string_view>

#include "core/briefs/zones.hpp"

namespace podbrief::briefs {

// A zone's rules from the bytes of a TZif file (RFC 8536, version 2 or later). Of it are read: the transition times and
// the offsets they lead to. The footer, which gives the rule for years after the last transition, is not. nullopt: the
// bytes are none such.
std::optional<Zone> parse_tzif(std::string_view bytes);

}  // namespace podbrief::briefs
