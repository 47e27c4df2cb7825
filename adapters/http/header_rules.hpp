#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/http_client.hpp"

namespace podbrief::net {

// RFC 9110: letters, digits and a few marks. Methods and header names.
bool is_token(std::string_view text);
// No control character other than a tab: no CR, LF or NUL ever gets onto the wire.
bool is_header_value(std::string_view text);

// The first header that may not be sent, in words for people (never its value); nullopt: all may.
std::optional<std::string> unfit_header(const std::vector<HttpHeader>& headers);

bool same_name(std::string_view a, std::string_view b);  // header names, compared without case

}  // namespace podbrief::net
