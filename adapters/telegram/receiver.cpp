#include "adapters/telegram/receiver.hpp"

namespace podbrief::telegram {
namespace {

constexpr Millis answers_belong_to_their_question_for{600'000};
constexpr const char* updates = "podbrief_telegram_updates_total";

}  // namespace

void Receiver::open_ways_to_answer(const Update& update, const Incoming& incoming) {
    if (update.callback_query) parts_.callbacks.open(incoming.event_id, update.callback_query->id);
    if (!update.message || incoming.direct || incoming.kind != Incoming::Kind::text ||
        update.message->message_id <= 0) {
        return;
    }
    const SteadyTime now = parts_.clock.steady_now();
    const AnsweredMessage asked{update.message->chat.id, update.message->message_id};
    parts_.routes.open("telegram", {}, incoming.event_id, asked, now + answers_belong_to_their_question_for, now);
}

asio::awaitable<bool> Receiver::take(Update update) {
    if (!parts_.identity.bot()) co_return false;
    const Bot bot = *parts_.identity.bot();
    auto incoming = incoming_from(update, bot, parts_.clock.wall_now());
    if (!incoming) {
        // A press of something that is none of ours must not spin for ever either.
        if (update.callback_query) parts_.callbacks.open(event_id_of(update), update.callback_query->id, Millis{0});
        parts_.metrics.count(updates, "ignored");
        co_return true;
    }
    open_ways_to_answer(update, *incoming);  // first: what is accepted may be answered before we hear of it
    if (needs_rights(*incoming)) {
        incoming->may_manage = co_await parts_.rights.may_manage(incoming->where.chat, incoming->from.user);
    }
    const std::string event_id = incoming->event_id;
    const Intake::Accepted accepted = co_await parts_.intake.accept(std::move(*incoming));
    switch (accepted) {
        case Intake::Accepted::first:
            parts_.metrics.count(updates, "accepted");
            co_return true;
        case Intake::Accepted::seen_before:
            parts_.metrics.count(updates, "seen before");
            co_return true;
        case Intake::Accepted::unavailable:
            break;
    }
    parts_.metrics.count(updates, "unavailable");
    parts_.callbacks.forget(event_id);
    co_return false;
}

}  // namespace podbrief::telegram
