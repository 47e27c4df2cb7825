#include "tests/doubles/model/telegram_messenger.hpp"

#include <charconv>

#include "tests/doubles/model/render.hpp"

namespace podbrief::testing {
namespace {

constexpr std::size_t longest_text = 4'096;

std::string text_of(const OutgoingMessage& message) {
    return reply_text(message.content, message.plainness == 0 ? Markup::html : Markup::none, message.plainness);
}

SendOutcome classified(Step step, const Exchanged<telegram::Answer>& result, const Destination& to) {
    if (const auto* none = std::get_if<NoAnswer>(&result)) return classify(step, *none);
    return classify(step, std::get<telegram::Answer>(result), to);
}

}  // namespace

TelegramMessenger::TelegramMessenger(TelegramModel& model, Line line, Mode mode)
    : model_(model), line_(std::move(line)) {
    traits_.platform = "telegram";
    traits_.has_placeholders = mode == Mode::strict;
    traits_.lane_rate = {25, Millis{1000}};
    traits_.chat_rate = {3, Millis{3000}};  // short bursts pass, so that a line can be filled at once
}

Rate TelegramMessenger::chat_rate(const Destination& to) const {
    return to.chat.starts_with('-') ? Rate{18, Millis{60'000}} : traits_.chat_rate;
}

std::vector<Reply> TelegramMessenger::split(const Reply& reply) const {
    const auto size_of = [](const ReplyBlock& block) { return utf16_units(block_text(block, Markup::none)); };
    return split_blocks(reply, {longest_text}, size_of, utf16_units(suggestions_text(reply, Markup::none)));
}

asio::awaitable<SendOutcome> TelegramMessenger::send(OutgoingMessage message, Step step, telegram::SendMessage fields) {
    std::function<telegram::Answer(const Call&)> deliver =
        [&model = model_, fields = std::move(fields)](const Call& call) { return model.send_message(call, fields); };
    const Journey journey{to_string(step), line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<telegram::Answer>(line_, model_, journey, std::move(deliver));
    co_return classified(step, result, message.to);
}

asio::awaitable<SendOutcome> TelegramMessenger::post(OutgoingMessage message) {
    telegram::SendMessage fields{message.to.chat, text_of(message), message.plainness == 0 ? "HTML" : "", message.key};
    return send(std::move(message), Step::post, std::move(fields));
}

asio::awaitable<SendOutcome> TelegramMessenger::reserve(OutgoingMessage message) {
    if (!traits_.has_placeholders) return Messenger::reserve(std::move(message));
    telegram::SendMessage fields{message.to.chat, placeholder, "", message.key};
    return send(std::move(message), Step::reserve, std::move(fields));
}

asio::awaitable<SendOutcome> TelegramMessenger::edit(OutgoingMessage message, std::string message_ref) {
    telegram::EditMessageText fields{message.to.chat, 0, text_of(message), message.plainness == 0 ? "HTML" : ""};
    std::from_chars(message_ref.data(), message_ref.data() + message_ref.size(), fields.message_id);
    std::function<telegram::Answer(const Call&)> deliver = [&model = model_,
                                                            fields = std::move(fields)](const Call& call) {
        return model.edit_message_text(call, fields);
    };
    const Journey journey{"edit", line_.clock.steady_now() + message.deadline, message.may_begin};
    const auto result = co_await exchange<telegram::Answer>(line_, model_, journey, std::move(deliver));
    auto outcome = classified(Step::edit, result, message.to);
    if (auto* sent = std::get_if<Sent>(&outcome)) sent->message_ref = message_ref;
    co_return outcome;
}

}  // namespace podbrief::testing
