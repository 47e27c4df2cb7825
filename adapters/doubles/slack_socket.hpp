#pragma once
#include <map>
#include <memory>
#include <string>

#include "adapters/doubles/slack_server.hpp"
#include "core/async/turnstile.hpp"

namespace podbrief::doubles {

// One socket that the app has open.
struct SlackServer::Socket {
    Socket(asio::any_io_executor executor, std::unique_ptr<WebSocket> opened)
        : socket(std::move(opened)), sending(executor), news(executor) {}
    std::unique_ptr<WebSocket> socket;
    Turnstile sending;
    Wakeup news;
    std::map<std::string, std::string> acknowledged;  // envelope -> what it came with, JSON or empty
    bool retiring = false;                            // nothing more is sent by it
    bool closed = false;
};

}  // namespace podbrief::doubles
