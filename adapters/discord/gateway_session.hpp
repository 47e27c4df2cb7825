#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

// The Gateway's protocol (docs.discord.com: events/gateway), without a network. Pure.
namespace podbrief::discord {

// What has to be done after a payload came, or a connection ended.
struct GatewayEvent {
    enum class Kind {
        nothing,
        hello,          // `interval`: heartbeats
        dispatch,       // `type` and `data`
        heartbeat_now,  // asked for
        reconnect,      // and resume
        invalid,        // the session is no more, or `resumable`
    };
    Kind kind = Kind::nothing;
    Millis interval{0};
    std::string type;
    std::string data;  // JSON
    bool resumable = false;
};

// How a connection ended, and what is next.
struct GatewayEnd {
    enum class Next {
        resume,
        new_session,
        stop,  // it would end the same way again, until the owner has done something
    };
    Next next = Next::resume;
    Millis wait{0};           // at least; 0: as we see fit
    std::string_view remedy;  // for the owner
};
GatewayEnd after_close(int code);

class GatewaySession {
public:
    // What we hear of: guilds, their messages that mention us, direct messages. None of it needs Discord's leave.
    static constexpr std::int64_t intents = (1 << 0) | (1 << 9) | (1 << 12);

    // Never throws; what is not understood is `nothing`.
    GatewayEvent read(std::string_view payload);

    bool can_resume() const { return !session_.empty(); }
    void forget();
    // The identify or resume that comes after hello.
    std::string opening(const std::string& token) const;
    std::string heartbeat();
    // False: the heartbeat before was not answered; nobody is there.
    bool acknowledged() const { return acknowledged_; }
    void begin_connection() { acknowledged_ = true; }

    const std::string& resume_url() const { return resume_url_; }
    // The bot's user, once known.
    const std::string& bot() const { return bot_; }

private:
    std::optional<std::int64_t> sequence_;
    std::string session_;
    std::string resume_url_;
    std::string bot_;
    bool acknowledged_ = true;
};

}  // namespace podbrief::discord
