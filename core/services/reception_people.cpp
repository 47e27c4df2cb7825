// Whom an item concerns.
#include "core/briefs/local_time.hpp"
#include "core/services/reception_parts.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t longest_name = 60;  // code points

std::string name_of(const Incoming& incoming) {
    const std::string name = text::collapse_white_space(incoming.name);
    return name.empty() ? to_string(incoming.from) : std::string(text::prefix_of(name, longest_name));
}

// A channel has a brief of its own as long as one comes there.
asio::awaitable<bool> meet_channel(Counter& counter, Visit& visit) {
    const Destination place = place_of(visit.incoming());
    const std::optional<AccountRecord> record = co_await channel_account(counter, place);
    if (!record) co_return false;
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(record->reader);
    const bool comes = std::any_of(places.begin(), places.end(),
                                   [](const DestinationRecord& one) { return one.state != DestinationState::paused; });
    if (!comes) co_return false;
    std::optional<Reader> reader = co_await counter.ports.readers.reader(record->reader);
    if (!reader) co_return false;
    visit.reader = std::move(*reader);
    visit.channel = true;
    visit.may_change =
        counter.settings.who_may_change == WhoMayChange::anyone || visit.incoming().may_manage.value_or(false);
    co_return true;
}

asio::awaitable<void> meet_person(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    AccountRecord record;
    record.account = incoming.from;
    record.name = incoming.name;
    record.since = visit.now;
    Reader reader;
    reader.name = name_of(incoming);
    reader.created_at = visit.now;
    const bool zone_told = !incoming.time_zone.empty() && briefs::valid_zone(incoming.time_zone);
    if (zone_told) reader.time_zone = incoming.time_zone;
    AccountStore::Known known = co_await counter.ports.accounts.know(std::move(record), std::move(reader));
    visit.reader = std::move(known.reader);
    visit.created = known.created;
    if (!incoming.direct) co_return;
    // The chat is known from the first word on, so that a block of it is heard; no brief comes until it is asked for.
    const Destination place = place_of(incoming);
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(visit.reader.id);
    const auto here =
        std::find_if(places.begin(), places.end(), [&](const DestinationRecord& one) { return one.address == place; });
    if (here == places.end()) {
        DestinationRecord destination;
        destination.reader = visit.reader.id;
        destination.address = place;
        destination.state = DestinationState::paused;
        destination.note = "no brief was asked for here";
        co_await counter.ports.outbox.add_destination(std::move(destination), visit.now);
    } else if (here->state == DestinationState::blocked && here->changed_at < incoming.at) {
        // Who speaks to us has not blocked us (any more).
        Visit unblocked = visit;
        unblocked.item.incoming.kind = Incoming::Kind::unblocked;
        co_await chat_changed(counter, unblocked);
    }
}

}  // namespace

asio::awaitable<bool> meet(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    bool met = false;
    if (!incoming.direct) met = co_await meet_channel(counter, visit);
    if (!met && incoming.from.user.empty()) co_return false;
    if (!met) co_await meet_person(counter, visit);
    visit.state = co_await counter.ports.readers.conversation(to_string(incoming.where));
    visit.done_before = visit.state.event == visit.key && visit.state.decided == "done";
    co_return true;
}

asio::awaitable<ReaderTurn> turn_of(Counter& counter, ReaderId reader) {
    std::erase_if(counter.turns, [](const auto& turn) { return turn.second.use_count() == 1; });
    auto& kept = counter.turns[reader];
    if (!kept) kept = std::make_shared<Turnstile>(counter.ports.io);
    std::shared_ptr<Turnstile> turnstile = kept;
    Turnstile::Turn turn = co_await turnstile->enter();
    ReaderTurn held{std::move(turnstile), std::move(turn)};
    co_return held;
}

asio::awaitable<std::optional<DestinationRecord>> destination_here(Counter& counter, const Visit& visit) {
    if (!visit.reader.id) co_return std::nullopt;
    const Destination place = place_of(visit.incoming());
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(visit.reader.id);
    for (const DestinationRecord& one : places) {
        if (one.address == place) co_return one;
    }
    co_return std::nullopt;
}

}  // namespace podbrief::services
