#include "adapters/telegram/client.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "adapters/telegram/outcome.hpp"
#include "adapters/telegram/render.hpp"
#include "adapters/telegram/wire.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;

// What is seen, and told of on a locked screen, until the message is there.
const char* placeholder_for(DeliveryKind kind) {
    return kind == DeliveryKind::brief ? "Your brief is on its way." : "One moment \u2026";
}

std::optional<std::int64_t> number(const std::string& digits) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return value;
}

bool is_a_chat(const std::string& chat) {
    return number(chat).has_value() || (chat.size() > 1 && chat.front() == '@');
}

Json chat_id(const std::string& chat) {
    if (const auto id = number(chat)) return *id;
    return chat;
}

}  // namespace

Client::Client(Api& api, const AnswerRoutes& routes, Clock& clock, bool strict)
    : api_(api), routes_(routes), clock_(clock) {
    traits_.platform = "telegram";
    traits_.has_placeholders = strict;
    traits_.lane_rate = {25, Millis{1'000}};
    traits_.chat_rate = {3, Millis{3'000}};  // short bursts pass, so that a line can be filled at once
}

Rate Client::chat_rate(const Destination& to) const {
    return to.chat.starts_with('-') || to.chat.starts_with('@') ? Rate{18, Millis{60'000}} : traits_.chat_rate;
}

std::vector<Reply> Client::split(const Reply& reply) const {
    return telegram::split(reply);
}

void Client::put_place(Json& fields, const OutgoingMessage& message) const {
    fields["chat_id"] = chat_id(message.to.chat);
    if (const auto thread = number(message.to.thread)) fields["message_thread_id"] = *thread;
    const auto answered = routes_.find(message.key, clock_.steady_now());
    if (!answered || answered->part != 1 || std::to_string(answered->route.chat) != message.to.chat) return;
    Json reply{{"message_id", answered->route.message_id}, {"allow_sending_without_reply", true}};
    fields["reply_parameters"] = std::move(reply);
}

asio::awaitable<SendOutcome> Client::send(Step step, OutgoingMessage message, Json fields) {
    if (!is_a_chat(message.to.chat)) {
        DestinationGone gone{DestinationState::gone, "not the id of a chat"};
        co_return gone;
    }
    CallOptions options;
    options.deadline = message.deadline;
    options.may_begin = message.may_begin;
    const bool edits = step == Step::edit;
    std::string method(edits ? "editMessageText" : "sendMessage");
    const Called called = co_await api_.call(std::move(method), std::move(fields), std::move(options));
    co_return classify(step, called, message.to);
}

asio::awaitable<SendOutcome> Client::post(OutgoingMessage message) {
    Json fields = Json::object();
    put_place(fields, message);
    put_content(fields, render(message.content, message.plainness));
    return send(Step::post, std::move(message), std::move(fields));
}

asio::awaitable<SendOutcome> Client::reserve(OutgoingMessage message) {
    if (!traits_.has_placeholders) return Messenger::reserve(std::move(message));
    Json fields = Json::object();
    put_place(fields, message);
    Rendered line;
    line.text = placeholder_for(message.kind);
    put_content(fields, line);
    return send(Step::reserve, std::move(message), std::move(fields));
}

asio::awaitable<SendOutcome> Client::edit(OutgoingMessage message, std::string message_ref) {
    const auto id = number(message_ref);
    if (!id) {
        NotFound none;
        co_return none;
    }
    Json fields = Json::object();
    fields["chat_id"] = chat_id(message.to.chat);
    fields["message_id"] = *id;
    put_content(fields, render(message.content, message.plainness));  // with the buttons, which an edit else removes
    SendOutcome outcome = co_await send(Step::edit, std::move(message), std::move(fields));
    if (auto* sent = std::get_if<Sent>(&outcome)) sent->message_ref = std::move(message_ref);
    co_return outcome;
}

}  // namespace podbrief::telegram
