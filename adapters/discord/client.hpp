#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/discord/direct_messages.hpp"
#include "adapters/discord/rest.hpp"
#include "adapters/discord/ways.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::discord {

// Messages to Discord. workspace: the guild, empty for direct messages; chat: a channel, or "@user"; thread: a thread
// or forum post, which is a channel too; message_ref: the message's id. The key is the nonce.
class Client final : public Messenger {
public:
    // `application`: its id, which is the bot's too.
    Client(std::string application, Rest& rest, DirectMessages& directs, Ways& ways, Clock& clock);
    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override;
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

private:
    // Which forms of a message are tried, one after the other, where one cannot know what it was before.
    enum class Form { content_first, components_first };
    asio::awaitable<RestResult> patch(RestCall call, const OutgoingMessage& message, Form form, SteadyTime end);
    asio::awaitable<SendOutcome> post_to_chat(const OutgoingMessage& message, SteadyTime end);
    // nullopt: that way is closed, and the chat is to be taken.
    asio::awaitable<std::optional<SendOutcome>> answer(const OutgoingMessage& message, Way way, int part,
                                                       SteadyTime end);
    asio::awaitable<RestResult> follow(const OutgoingMessage& message, Way way, SteadyTime end);
    asio::awaitable<std::optional<SendOutcome>> edit_pressed(const OutgoingMessage& message, std::string message_ref,
                                                             Press press, SteadyTime end);
    asio::awaitable<SendOutcome> find_in_chat(const OutgoingMessage& message, std::string channel, WallTime since,
                                              SteadyTime end);
    asio::awaitable<SendOutcome> nothing_listed(std::string channel, std::string oldest, SteadyTime end);
    Millis left(SteadyTime end) const;
    bool is_ours(const nlohmann::json& message) const;

    std::string application_;
    Rest& rest_;
    DirectMessages& directs_;
    Ways& ways_;
    Clock& clock_;
    PlatformTraits traits_;
};

}  // namespace podbrief::discord
