#pragma once
#include <string>
#include <string_view>

#include "core/model/incoming.hpp"

namespace podbrief::sqlite {

// All but what has columns of its own: platform, tenant, event_id. Bytes that are not UTF-8 become U+FFFD. Reading
// throws StoreFailure{corrupt} for what was not written so.
std::string to_json(const Incoming& incoming);
Incoming incoming_from(std::string_view json);

}  // namespace podbrief::sqlite
