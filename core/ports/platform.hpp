#pragma once
#include <string>
#include <vector>

#include "core/ports/http_server.hpp"

namespace podbrief {

// One thing that was looked at before a platform is trusted to work, for `podbrief doctor`.
struct Finding {
    enum class Grade { good, note, bad };
    Grade grade = Grade::good;
    std::string what;    // one line: "Bot scope im:write is missing."
    std::string remedy;  // what to do and where to click; empty for good ones
    bool operator==(const Finding&) const = default;
};

// A path of ours that a platform calls.
struct WebRoute {
    std::string path;  // exactly; "/slack/events"
    ServerHandler handler;
};

}  // namespace podbrief
