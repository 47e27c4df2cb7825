#pragma once
#include <memory>
#include <string>
#include <vector>

#include "bot/app.hpp"
#include "core/async/until_first_ends.hpp"

namespace podbrief::bot {

// One platform's double on loopback with one person in front of it, for trying podbrief without an account: the demo,
// `podbrief doubles` and the end-to-end tests. Real sockets between it and the adapters.
class Stage {
public:
    struct Ports {
        asio::any_io_executor io;
        Clock& clock;
        Random& random;
        HttpClient& http;        // by which the platform calls podbrief
        std::uint16_t port = 0;  // of the double; 0: any free one
    };
    // `platform`: "slack", "telegram" or "discord". Listens at once. Throws ExitError for others, and when the port
    // cannot be had.
    static std::unique_ptr<Stage> of(const std::string& platform, Ports ports);
    virtual ~Stage() = default;

    virtual std::string platform() const = 0;
    // How podbrief can hear of what people do there: "polling", "webhook"; the one without a public address first.
    virtual std::vector<std::string> modes() const = 0;
    // What makes podbrief use this double, as a configuration file. `our_url`: where its server is reached by the
    // modes that need it.
    virtual std::string settings(const std::string& mode, const std::string& our_url) const = 0;
    // Called when podbrief runs: what an operator would set up on the platform's own pages (where to call).
    virtual asio::awaitable<void> connect(std::string mode, std::string our_url) = 0;
    virtual void add_tasks(std::vector<NamedTask>& tasks) = 0;

    // ---- the person, in a conversation of their own with podbrief ----
    virtual asio::awaitable<void> open() = 0;  // first contact: presses Start, says hello
    virtual asio::awaitable<void> say(std::string text) = 0;
    virtual asio::awaitable<void> slash(std::string text) = 0;   // as a command of the platform
    virtual asio::awaitable<bool> press(std::string label) = 0;  // false: there is no such button
    // What they see, from the beginning.
    virtual std::string transcript() const = 0;
};

}  // namespace podbrief::bot
