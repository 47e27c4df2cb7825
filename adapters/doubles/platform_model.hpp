#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/doubles/chat_log.hpp"
#include "adapters/doubles/fault.hpp"
#include "adapters/doubles/inbound.hpp"

namespace podbrief::doubles {

// Who wrote what came by the API.
inline constexpr const char* bot_name = "podbrief";

// What every answer over HTTP has.
struct HttpPart {
    int status = 200;
    bool readable = true;      // the body is JSON of the documented shape
    std::string retry_after;   // the header; empty: absent
    WallTime date{};           // the header Date
    std::uint64_t ticket = 0;  // of the Retry-After given with it, for PlatformModel::told; 0: none
};

// What the three platforms have in common: chats with their messages, tokens, waits that were asked for, counters,
// and the log of what people see. Times are true time (no worker's clock) and never go back.
class PlatformModel {
public:
    explicit PlatformModel(std::string platform) : platform_(std::move(platform)) {}
    virtual ~PlatformModel() = default;
    PlatformModel(const PlatformModel&) = delete;
    PlatformModel& operator=(const PlatformModel&) = delete;
    const std::string& platform() const { return platform_; }

    // ---- the world ----
    Chat& add_chat(const std::string& workspace, const std::string& chat);
    Chat* chat(const std::string& workspace, const std::string& chat);
    void set_access(const std::string& workspace, const std::string& chat, Access access, WallTime now);
    // The token is taken back (Slack: of that workspace; Telegram, Discord: "", the bot's; a Discord guild: the bot is
    // removed from it).
    void revoke(const std::string& workspace, WallTime now);
    void restore(const std::string& workspace, WallTime now);
    bool revoked(const std::string& workspace) const { return revoked_.count(workspace) != 0; }
    // Telegram: the old address is dead, the new one has none of its messages.
    void move_chat(const std::string& workspace, const std::string& from, const std::string& to, WallTime now);
    // Somebody removes a message. False: there is none (any more).
    bool delete_message(const std::string& workspace, const std::string& chat, const std::string& id, WallTime now);
    // Somebody else writes into a chat that is there.
    void say(const std::string& workspace, const std::string& chat, std::string author, std::string text, WallTime now);
    // Who is told of such things; none: nobody.
    std::function<void(InboundEvent)> on_event;

    // ---- calls that take effect late ----
    void later(WallTime at, std::function<void(WallTime)> effect);
    void settle(WallTime now);  // makes what is due by then; every call does so first
    std::size_t unsettled() const { return late_.size(); }

    // ---- waits asked for ----
    // The answer with that ticket has reached whoever asked.
    void told(std::uint64_t ticket, WallTime now);
    // Whoever was told at or after `since` may have died before it could write it down: their successors do not know.
    void forget_told_since(WallTime since);

    struct Counters {
        std::uint64_t calls = 0;
        std::uint64_t messages_made = 0;
        std::uint64_t limited = 0;                   // 429s given
        std::uint64_t invalid = 0;                   // 401, 403 and 429, shared scope left out
        std::uint64_t calls_inside_retry_after = 0;  // begun when the wait was known
        std::uint64_t calls_while_revoked = 0;
    };
    const Counters& counters() const { return counters_; }

    // ---- what people see: the oracle ----
    const std::map<std::pair<std::string, std::string>, Chat>& chats() const { return chats_; }
    struct Seen {
        const Chat* chat = nullptr;
        const ChatMessage* message = nullptr;
    };
    // Valid until the next call. Deleted ones too: they were seen.
    std::vector<Seen> with_text(std::string_view marker) const;
    std::vector<Seen> with_tag(std::string_view tag) const;
    void for_each(const std::function<void(const Chat&, const ChatMessage&)>& look) const;

protected:
    using Key = std::pair<std::string, std::string>;
    void begin(const Call& call);  // first in every operation
    // The time left of a wait asked for under `key`; zero: none. Counts a call that should have known.
    Millis check_wait(const Key& key, const Call& call);
    // A 429 that asks for `wait` (zero: for nothing definite): gives its ticket.
    std::uint64_t ask_to_wait(const Key& key, const Call& call, Millis wait);
    // "Retry-After" in that shape; and the wait that it really asks for.
    static std::pair<std::string, Millis> retry_header(const Fault& fault, WallTime now);
    // Gives it the next id.
    ChatMessage& make(Chat& chat, ChatMessage message, WallTime now);
    virtual std::string next_id(WallTime now) = 0;
    // Whose token opens a workspace.
    virtual std::string token_of(const std::string& workspace) const { return workspace; }
    // What people do just before the call arrives, as its fault says.
    void before(const Call& call, const std::string& workspace, const std::string& chat, const std::string& message);
    static void change(ChatMessage& message, std::string text, WallTime now);
    void emit(const std::string& workspace, const std::string& chat, std::string kind, std::string detail,
              WallTime now);
    Counters counters_;

private:
    struct Wait {
        WallTime until{};
        bool is_told = false;
        WallTime told_at{};
    };
    std::string platform_;
    std::map<Key, Chat> chats_;
    std::set<std::string> revoked_;
    std::map<std::uint64_t, Wait> waits_;  // by ticket
    std::map<Key, std::vector<std::uint64_t>> tickets_;
    std::uint64_t next_ticket_ = 1;
    std::uint64_t next_event_ = 1;
    std::multimap<WallTime, std::function<void(WallTime)>> late_;
};

// The header Date (RFC 9110).
std::string http_date(WallTime at);

// As platforms count.
std::size_t code_points(std::string_view utf8);
std::size_t utf16_units(std::string_view utf8);

}  // namespace podbrief::doubles
