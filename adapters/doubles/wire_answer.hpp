#pragma once
#include <cstdint>

#include "core/ports/http_server.hpp"

namespace podbrief::doubles {

// What a platform's double answers over HTTP to one call.
struct WireAnswer {
    ServerResponse response;
    std::uint64_t ticket = 0;  // of the wait asked for with it, for PlatformModel::told; 0: none
};

}  // namespace podbrief::doubles
