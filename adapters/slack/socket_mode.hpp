#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "adapters/slack/desk.hpp"
#include "adapters/slack/options.hpp"
#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/random.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::slack {

// Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode): what HTTP mode gets as requests comes in frames over
// sockets that we open. Several are open at once; one that Slack is about to close is replaced first. A frame is
// acknowledged when it is kept, and not before.
class SocketMode {
public:
    struct Ports {
        asio::any_io_executor executor;
        WebSocketClient& sockets;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
    };
    SocketMode(Ports ports, Api& api, Desk& desk, const Options& options);

    // Until cancelled, or until there is no use in going on: the token is refused, or Socket Mode is switched off.
    asio::awaitable<void> run();

    static constexpr Millis longest_silence{30'000};

private:
    struct Session;
    enum class Opened { yes, later, never };
    asio::awaitable<Opened> open_one(Millis* wait);
    asio::awaitable<void> serve(std::shared_ptr<Session> session);
    asio::awaitable<void> read(std::shared_ptr<Session> session);
    asio::awaitable<void> watch(std::shared_ptr<Session> session);
    asio::awaitable<void> carry_out(std::shared_ptr<Session> session, std::string frame);
    bool on_control(Session& session, const Json& frame);  // true: it was one
    Inbound read_frame(const Json& frame) const;
    void note(const Incoming& incoming);
    void retire(Session& session);
    asio::awaitable<void> look_for_missed(WallTime since);
    asio::awaitable<void> look_into(std::string workspace, std::string channel, WallTime since);

    Ports ports_;
    Api& api_;
    Desk& desk_;
    const Options& options_;
    TaskScope tasks_;
    Wakeup changed_;
    int live_ = 0;       // open and not retiring
    int connected_ = 0;  // that Slack has greeted
    bool stopped_ = false;
    bool short_lived_ = false;  // a socket ended at once: not to be replaced at once
    static constexpr Millis first_wait{1'000};
    Millis wait_ = first_wait;
    std::optional<WallTime> lost_at_;                                       // when the last socket was last heard of
    std::map<std::pair<std::string, std::string>, WallTime> recent_chats_;  // (workspace, channel) -> last message
};

}  // namespace podbrief::slack
