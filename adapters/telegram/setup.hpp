#pragma once
#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "adapters/telegram/api.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::telegram {

// The kinds of updates that we read; Telegram sends no others.
nlohmann::json allowed_updates();

struct WebhookAddress {
    std::string url;     // holds an unguessable path: a secret
    std::string secret;  // of its header
    int max_connections = 40;
};

// Tells Telegram what people see of us (commands, descriptions, for each language), and where updates go: to that
// address, or nowhere (then they are polled). May be repeated at will. One finding for each thing that was done.
asio::awaitable<std::vector<Finding>> set_up(Api& api, Clock& clock, const WebhookAddress* webhook);

}  // namespace podbrief::telegram
