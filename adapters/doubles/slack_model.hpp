#pragma once
#include <map>
#include <string>
#include <vector>

#include "adapters/doubles/limits.hpp"
#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles {

namespace slack {

struct Block {
    std::string type;  // "header": plain text; "section": mrkdwn
    std::string text;
};

struct Message {
    std::string text;
    std::vector<Block> blocks;
    std::string delivery_id;  // metadata.event_payload.delivery_id; empty: no metadata
    // What people see of richer blocks, which somebody else has judged already; empty: text and blocks are all.
    std::string shown = {};
    std::string thread = {};  // the `ts` it hangs on
};

struct PostMessage {
    std::string team;  // whose token
    std::string channel;
    Message message;
    std::string client_msg_id;  // empty: absent
    std::string tag;
};

struct Update {
    std::string team;
    std::string channel;
    std::string ts;
    Message message;
};

struct History {
    std::string team;
    std::string channel;
    std::string oldest;  // ts, exclusive
    bool include_all_metadata = true;
    int limit = 15;
    std::string cursor;
    std::string thread = {};  // its replies; empty: what hangs on nothing
};

struct HistoryItem {
    std::string ts;
    std::string user;
    std::string text;
    std::string delivery_id;
    std::string thread = {};
};

struct Answer : HttpPart {
    bool ok = false;
    std::string error;
    std::string ts;
    std::vector<HistoryItem> messages;  // newest first
    std::string next_cursor;            // empty: no more
};

std::string ts_of(WallTime at, int micros = 0);  // "1767225600.123000"

}  // namespace slack

// Slack's Web API, as far as posting and finding need it (docs.slack.dev/reference/methods: chat.postMessage,
// chat.update, conversations.history; /apis/web-api/rate-limits).
class SlackModel final : public PlatformModel {
public:
    enum class HistoryMode { open, slow, forbidden };  // slow: one call a minute, as for apps sold to others
    enum class ClientMsgId { ignored, honoured, rejected };

    SlackModel() : PlatformModel("slack") {}
    void set_history(HistoryMode mode) { history_mode_ = mode; }
    void set_client_msg_id(ClientMsgId mode) { client_msg_id_ = mode; }

    slack::Answer post_message(const Call& call, const slack::PostMessage& post);
    slack::Answer update(const Call& call, const slack::Update& update);
    slack::Answer history(const Call& call, const slack::History& ask);
    // Somebody writes into a chat that is there, or we to one person alone (`only_for`). Gives the `ts`.
    std::string write(const std::string& team, const std::string& channel, ChatMessage message, WallTime now);
    // What people see of that message becomes `shown`. False: there is none.
    bool rewrite(const std::string& team, const std::string& channel, const std::string& ts, std::string shown,
                 WallTime now);
    // Why nothing can be posted there ("is_archived"); empty: it can.
    std::string refusal(const std::string& team, const std::string& channel);

private:
    // A workspace allows several hundred posts a minute and 50 updates and reads; a channel one post a second, with
    // a little patience.
    struct Workspace {
        SlidingWindow posts{600, Millis{60'000}};
        SlidingWindow updates{50, Millis{60'000}};
        SlidingWindow reads{50, Millis{60'000}};
        SlidingWindow slow_reads{1, Millis{60'000}};
        std::map<std::string, LeakyBucket> channels;
        std::map<std::string, std::string> by_client_msg_id;  // -> ts
    };
    enum class Method { post, update, history };
    template <class Real>
    slack::Answer answer(const Call& call, const std::string& team, Method method, bool rich, Real real);
    slack::Answer limited(const Call& call, const Key& key, const Fault& fault);
    Millis over_limit(const Call& call, const std::string& team, const std::string& channel, Method method);
    slack::Answer posted(const Call& call, const slack::PostMessage& post);
    slack::Answer updated(const Call& call, const slack::Update& update);
    slack::Answer read(const Call& call, const slack::History& ask);
    std::string next_id(WallTime now) override;

    HistoryMode history_mode_ = HistoryMode::open;
    ClientMsgId client_msg_id_ = ClientMsgId::ignored;
    std::map<std::string, Workspace> workspaces_;
    WallTime last_ms_{};
    int micros_ = 0;
};

}  // namespace podbrief::doubles
