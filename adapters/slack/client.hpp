#pragma once
#include <optional>
#include <string>

#include "adapters/slack/api.hpp"
#include "adapters/slack/people.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/response_routes.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::slack {

// Slack as a Messenger. Workspace: whose token; chat: a channel ("C1", "D1") or a person ("U1": their direct
// conversation); thread: the `ts` it hangs on; message_ref: the `ts`. The key is in the message's metadata, where
// find() reads it again. An answer to a command or a button goes by its response_url as long as that is open.
class Client final : public Messenger {
public:
    Client(Api& api, HttpClient& http, Clock& clock, People& people, ResponseRoutes& routes, const Options& options);

    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override { return slack::split(reply); }
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

    // One POST to a response_url; nullopt: it is used up or too old.
    asio::awaitable<std::optional<SendOutcome>> respond(Route route, std::string fields, Millis deadline,
                                                        std::function<bool()> may_begin);

private:
    struct Where {
        std::string channel;
        std::optional<SendOutcome> failed;
    };
    asio::awaitable<Where> channel_of(Destination to, Step step, Millis deadline);
    Fields message_fields(const OutgoingMessage& message, const Rendered& rendered) const;

    Api& api_;
    HttpClient& http_;
    Clock& clock_;
    People& people_;
    ResponseRoutes& routes_;
    const Options& options_;
    PlatformTraits traits_;
    bool with_client_msg_id_ = true;  // until Slack refuses it
};

}  // namespace podbrief::slack
