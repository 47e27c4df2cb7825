// How answers leave: as deliveries with keys made of the happening, stored together.
#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "core/async/with_timeout.hpp"
#include "core/delivery/herd.hpp"
#include "core/delivery/key.hpp"
#include "core/delivery/payload.hpp"
#include "core/services/reception_parts.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {
namespace {

constexpr int part_of_an_edit = 0;  // answers begin with 1
constexpr Millis frontend_limit{3'000};
constexpr const char* all_stored = "done";

std::string key_of(const Incoming& incoming, int part) {
    return delivery::reply_key(incoming.platform, incoming.tenant, incoming.event_id, part);
}

Delivery delivery_of(const Counter& counter, const Visit& visit, DeliveryKind kind, int part, const Reply& reply) {
    const Incoming& incoming = visit.incoming();
    Delivery d;
    d.kind = kind;
    d.reader = visit.reader.id;
    d.address = incoming.where;
    d.tenant = incoming.where.workspace;
    d.key = key_of(incoming, part);
    d.payload = delivery::freeze(reply);
    d.payload_hash = text::sha256_hex(d.payload);
    d.send_at = d.next_at = visit.now;
    d.expires_at = visit.item.accepted_at + counter.settings.rules.reply_lives;
    return d;
}

asio::awaitable<Result<bool>> show(Frontend& frontend, Visit visit) {
    if (visit.home) co_await frontend.show_home(visit.incoming(), std::move(*visit.home));
    if (!visit.notice.empty()) {
        co_await frontend.notice(visit.incoming(), std::move(visit.notice));
    } else if (visit.deliveries.empty() && !visit.home) {
        co_await frontend.settled(visit.incoming());
    }
    co_return true;
}

}  // namespace

Visit visit_of(InboxStore::Item item, WallTime now) {
    Visit visit;
    visit.key = key_of(item.incoming, 1);
    visit.item = std::move(item);
    visit.now = now;
    return visit;
}

Responder::Conversation conversation_of(const Incoming& incoming) {
    Responder::Conversation conversation;
    conversation.key = to_string(incoming.where);
    if (!incoming.where.thread.empty()) {
        Destination chat = incoming.where;
        chat.thread.clear();
        conversation.wider = to_string(chat);
    }
    return conversation;
}

Destination place_of(const Incoming& incoming) {
    Destination place = incoming.where;
    if (incoming.answer_in_thread || incoming.direct) place.thread.clear();
    return place;
}

asio::awaitable<void> answer(Counter& counter, Visit& visit, Reply reply) {
    const Incoming& incoming = visit.incoming();
    const auto found = counter.ports.messengers.find(incoming.platform);
    if (found == counter.ports.messengers.end()) {
        counter.ports.log.error("nobody speaks to that platform", {{"platform", incoming.platform}});
        co_return;
    }
    const Messenger& messenger = *found->second;
    const std::optional<DestinationRecord> here = co_await destination_here(counter, visit);
    const auto said_before = std::count_if(visit.deliveries.begin(), visit.deliveries.end(),
                                           [](const Delivery& d) { return d.kind == DeliveryKind::reply; });
    const std::vector<Reply> parts = messenger.split(reply);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const int part = static_cast<int>(said_before) + static_cast<int>(i) + 1;
        Delivery d = delivery_of(counter, visit, DeliveryKind::reply, part, parts[i]);
        d.lane = delivery::lane_of(messenger.traits(), incoming.where);
        if (here) d.destination = here->id;
        d.part = part;
        d.parts = static_cast<int>(said_before) + static_cast<int>(parts.size());
        visit.deliveries.push_back(std::move(d));
    }
}

void edit(Counter& counter, Visit& visit, const Delivery& shown, const Reply& reply) {
    Delivery d = delivery_of(counter, visit, DeliveryKind::correction, part_of_an_edit, reply);
    if (d.payload == shown.payload) return;
    d.reader = shown.reader;
    d.destination = shown.destination;
    d.address = shown.address;
    d.lane = shown.lane;
    d.tenant = shown.tenant;
    d.plainness = shown.plainness;
    d.message_ref = shown.message_ref;
    visit.deliveries.push_back(std::move(d));
}

asio::awaitable<std::optional<Delivery>> pressed_message(Counter& counter, const Visit& visit) {
    const Incoming& incoming = visit.incoming();
    if (incoming.message_ref.empty()) co_return std::nullopt;
    co_return co_await counter.ports.outbox.sent_as(incoming.where, incoming.message_ref);
}

asio::awaitable<void> decide(Counter& counter, Visit& visit, std::string what) {
    const std::string key = to_string(visit.incoming().where);
    visit.state.event = visit.key;
    visit.state.decided = std::move(what);
    co_await counter.ports.readers.save_conversation(key, visit.reader.id, visit.state);
}

std::optional<std::string> decided_before(const Visit& visit) {
    if (visit.state.event != visit.key) return std::nullopt;
    return visit.state.decided;
}

// What numbers mean is saved after the answer that they are about: whoever begins again in between reads the question
// as it was meant, and makes the same answer, whose key is there.
asio::awaitable<void> commit(Counter& counter, Visit& visit) {
    if (!visit.deliveries.empty()) {
        const std::vector<Delivery> deliveries = visit.deliveries;
        co_await counter.ports.outbox.enqueue(deliveries, visit.now);
    }
    if (visit.list) {
        const std::string key = to_string(visit.incoming().where);
        visit.list->event = visit.key;
        visit.list->decided = all_stored;
        co_await counter.ports.readers.save_conversation(key, visit.reader.id, *visit.list);
    }
    const bool stored = !visit.deliveries.empty() || visit.schedule_changed;
    if (stored && counter.ports.stored) counter.ports.stored();
}

asio::awaitable<void> tell(Counter& counter, Visit visit) {
    const auto frontend = counter.ports.frontends.find(visit.incoming().platform);
    if (frontend == counter.ports.frontends.end()) co_return;
    std::string problem;
    try {
        const auto shown =
            co_await with_timeout(counter.ports.clock, frontend_limit, show(*frontend->second, std::move(visit)));
        if (!shown) problem = shown.error().message();
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        problem = error.what();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    if (!problem.empty()) counter.ports.log.warning("a notice was not shown", {{"error", problem}});
}

}  // namespace podbrief::services
