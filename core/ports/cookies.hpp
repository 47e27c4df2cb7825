#pragma once
#include <string>
#include <string_view>

#include "core/ports/http_server.hpp"

namespace podbrief {

// The value of the request's one cookie of that name, as sent; empty: there is none, or more than one.
std::string only_cookie(const ServerRequest& request, std::string_view name);

}  // namespace podbrief
