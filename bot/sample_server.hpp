#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "bot/app.hpp"

namespace podbrief::net {
class Server;
}

namespace podbrief::bot {

// Serves a folder of sample podcasts on loopback, as a podcast host would. In feeds, {{base}} becomes the server's
// address, {{days_ago N}} and {{days_ago_iso N}} a date N days before now, so that the sample never grows old.
class SampleServer {
public:
    SampleServer(App& app, std::filesystem::path folder);
    ~SampleServer();
    std::string base_url() const;
    std::vector<std::string> feed_urls() const;  // of all files in feeds/, by name
    asio::awaitable<void> run();                 // until cancelled

private:
    std::filesystem::path folder_;
    std::unique_ptr<net::Server> server_;
};

// The text with its placeholders filled in. Unknown placeholders stay.
std::string fill_in(std::string_view text, std::string_view base, WallTime now);

}  // namespace podbrief::bot
