#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/ports/http_server.hpp"

namespace podbrief::web {

inline ServerRequest getting(std::string target, std::vector<HttpHeader> headers = {}) {
    ServerRequest request;
    request.method = "GET";
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.remote_address = "192.0.2.7";
    return request;
}

// Of the only header of that name; "(none)", or "(several)".
inline std::string header_in(const ServerResponse& response, std::string_view name) {
    std::string found = "(none)";
    for (const HttpHeader& header : response.headers) {
        if (header.name != name) continue;
        if (found != "(none)") return "(several)";
        found = header.value;
    }
    return found;
}

inline bool holds(const ServerResponse& response, std::string_view part) {
    return response.body.find(part) != std::string::npos;
}

}  // namespace podbrief::web
