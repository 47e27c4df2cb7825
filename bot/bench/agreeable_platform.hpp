#pragma once
#include <functional>

#include "core/ports/http_server.hpp"

namespace podbrief::bot::bench {

// The APIs of Slack, Telegram and Discord as far as an answer needs them: all that is asked is done, at once, whatever
// it is. `called` hears path and body of each call.
ServerHandler agreeable_platform(std::function<void(const std::string& path, const std::string& body)> called);

}  // namespace podbrief::bot::bench
