#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief::web {

// "Fri, 27 Nov 2026 10:00:00 GMT" (RFC 9110, IMF-fixdate); RSS takes it too. Whole seconds.
std::string http_date(WallTime at);
// Only of that form; nullopt: anything else.
std::optional<WallTime> http_date_from(std::string_view text);

// "2026-11-27T10:00:00Z".
std::string iso_time(WallTime at);
// "2026-11-27".
std::string iso_day(WallTime at);

}  // namespace podbrief::web
