#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/account.hpp"
#include "core/model/delivery.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// What came in from a platform, in the product's words. Everything in it was read from outside: bounded, valid UTF-8,
// and otherwise not to be trusted.
struct Incoming {
    enum class Kind {
        text,            // somebody typed `text` (slash command, mention, direct message, reply in a thread)
        button,          // somebody pressed `action_data` on the message `message_ref`
        form,            // somebody sent a form: `fields`
        opened,          // somebody opened the conversation or pressed Start; `text`: what came with it (deep link)
        home,            // somebody opened the platform's page of ours (Slack's App Home)
        joined,          // we were added to a channel or group
        unblocked,       // the chat can be written to again
        blocked,         // the reader blocked us
        gone,            // the chat is no more, or closed to us
        moved,           // the chat has the address `moved_to` now
        tenant_revoked,  // the workspace took our token back, or removed us
        installed,       // a workspace gave us a token; `from` did so; `text`: what they came by (deep link)
    };
    struct Field {
        std::string name;   // "topics", "hour"
        std::string value;  // several choices: separated by line feeds
        bool operator==(const Field&) const = default;
    };

    // (platform, tenant, event_id) is one happening, however often it is told; at most 200 bytes each.
    std::string platform;
    std::string tenant;
    std::string event_id;
    WallTime at{};  // when it happened, as the platform says; when it came, where it does not

    Kind kind = Kind::text;
    Account from;                   // user empty: nobody in particular
    Destination where;              // the conversation; an answer goes there
    bool direct = false;            // one person's own conversation with us
    bool answer_in_thread = false;  // where.thread is a thread we begin at their message
    std::string text;               // without mention and command word; at most 2,000 code points
    std::string action_data;
    std::vector<Field> fields;
    std::string message_ref;  // of the message that was pressed, or replied to
    Destination moved_to;
    std::optional<bool>
        may_manage;  // whether `from` may change the channel's settings; nullopt: the platform does not say

    // What the platform tells of the person, for onboarding.
    std::string name;
    std::string locale;     // "en-GB"
    std::string time_zone;  // IANA; empty: it does not tell

    bool operator==(const Incoming&) const = default;
};
std::string_view to_string(Incoming::Kind);
std::optional<Incoming::Kind> incoming_kind_from(std::string_view);

}  // namespace podbrief
