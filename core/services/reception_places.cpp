// Where the brief comes, who is the same reader, and forgetting.
#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/commands/link_code.hpp"
#include "core/commands/reply_places.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/crypto/signatures.hpp"
#include "core/services/reception_parts.hpp"

namespace podbrief::services {
namespace {

constexpr const char* link_secret_note = "link_secret";

asio::awaitable<void> activate_here(Counter& counter, const Visit& visit, ReaderId reader) {
    DestinationRecord destination;
    destination.reader = reader;
    destination.address = place_of(visit.incoming());
    co_await counter.ports.outbox.add_destination(std::move(destination), visit.now);
}

// One brief a reader: the other chats wait.
asio::awaitable<std::vector<Destination>> pause_elsewhere(Counter& counter, const Visit& visit, ReaderId reader) {
    const Destination here = place_of(visit.incoming());
    std::vector<Destination> paused;
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(reader);
    for (const DestinationRecord& place : places) {
        if (place.address == here || place.state != DestinationState::active) continue;
        paused.push_back(place.address);
        co_await counter.ports.outbox.set_destination(place.id, DestinationState::paused, "it comes to another chat",
                                                      visit.now);
    }
    co_return paused;
}

asio::awaitable<void> brief_this_channel(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    const bool anyone = counter.settings.who_may_change == WhoMayChange::anyone;
    if (!anyone && !incoming.may_manage.value_or(false)) {
        co_await answer(counter, visit, commands::not_yours_to_change());
        co_return;
    }
    const Destination place = place_of(incoming);
    AccountRecord record;
    record.account = {place.platform, place.workspace, place.chat};
    record.channel = true;
    record.since = visit.now;
    Reader reader;
    reader.name = "channel " + place.chat;
    reader.created_at = visit.now;
    reader.time_zone = visit.reader.time_zone;  // of who asks, to begin with
    AccountStore::Known known = co_await counter.ports.accounts.know(std::move(record), std::move(reader));
    co_await activate_here(counter, visit, known.reader.id);
    visit.reader = co_await with_what_channel_came_for(counter, visit, std::move(known.reader));
    visit.schedule_changed = true;
    const WallTime next = briefs::next_brief_at(visit.reader, visit.now);
    co_await answer(counter, visit, commands::channel_brief_reply(visit.reader, next, anyone));
}

// The secret that codes are made with: the same for all processes of this store.
asio::awaitable<std::string> link_secret(Counter& counter) {
    std::string secret = co_await counter.ports.outbox.note(link_secret_note);
    if (!secret.empty()) co_return secret;
    co_await counter.ports.outbox.set_note(link_secret_note, crypto::to_hex(crypto::random_bytes(32)));
    co_return co_await counter.ports.outbox.note(link_secret_note);
}

}  // namespace

asio::awaitable<void> brief_here(Counter& counter, Visit& visit) {
    if (!visit.incoming().direct) {
        co_await brief_this_channel(counter, visit);
        co_return;
    }
    co_await activate_here(counter, visit, visit.reader.id);
    const std::vector<Destination> paused = co_await pause_elsewhere(counter, visit, visit.reader.id);
    visit.schedule_changed = true;
    const WallTime next = briefs::next_brief_at(visit.reader, visit.now);
    co_await answer(counter, visit, commands::brief_here_reply(visit.reader, next, paused));
}

asio::awaitable<void> stop_here(Counter& counter, Visit& visit) {
    const bool channel = !visit.incoming().direct;
    if (channel && !visit.channel) {
        co_await answer(counter, visit, commands::no_brief_here());
        co_return;
    }
    if (channel && !visit.may_change) {
        co_await answer(counter, visit, commands::not_yours_to_change());
        co_return;
    }
    const std::optional<DestinationRecord> here = co_await destination_here(counter, visit);
    if (!here || here->state != DestinationState::active) {
        Reply words = commands::no_brief_here();
        if (decided_before(visit)) words = commands::stopped_here_reply(channel);
        co_await answer(counter, visit, std::move(words));
        co_return;
    }
    co_await decide(counter, visit, "stop");
    co_await counter.ports.outbox.set_destination(here->id, DestinationState::paused, "stopped in the chat", visit.now);
    visit.schedule_changed = true;
    co_await answer(counter, visit, commands::stopped_here_reply(channel));
}

asio::awaitable<void> show_places(Counter& counter, Visit& visit) {
    const bool direct = visit.incoming().direct;
    if (!direct && !visit.channel) {
        co_await answer(counter, visit, commands::say_it_privately());
        co_return;
    }
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(visit.reader.id);
    co_await answer(counter, visit, commands::places_reply(places, visit.incoming().where, visit.channel));
}

asio::awaitable<void> link(Counter& counter, Visit& visit, std::string code) {
    AccountStore& accounts = counter.ports.accounts;
    if (code.empty()) {
        const std::string secret = co_await link_secret(counter);
        const std::string made = commands::make_link_code(secret, visit.key);
        co_await accounts.keep_link_code(visit.reader.id, commands::hash_link_code(made),
                                         visit.item.accepted_at + counter.settings.link_lives);
        const auto lives = std::chrono::duration_cast<std::chrono::minutes>(counter.settings.link_lives);
        co_await answer(counter, visit, commands::link_code_reply(made, lives));
        co_return;
    }
    // Taken once: begun again, what was taken is known by what was decided.
    std::optional<ReaderId> into;
    if (const auto decided = decided_before(visit); decided && decided->starts_with("link ")) {
        into = ReaderId{std::stoll(decided->substr(5))};
    } else {
        into = co_await accounts.take_link_code(commands::hash_link_code(code), visit.now);
        if (into) co_await decide(counter, visit, "link " + std::to_string(into->value));
    }
    if (!into) {
        co_await answer(counter, visit, commands::link_code_unknown());
        co_return;
    }
    const ReaderId from = visit.reader.id;
    if (*into != from) {
        co_await accounts.unite(from, *into, visit.now);
        std::optional<Reader> united = co_await counter.ports.readers.reader(*into);
        if (!united) {
            co_await answer(counter, visit, commands::link_code_unknown());
            co_return;
        }
        visit.reader = std::move(*united);
    } else if (!decided_before(visit)) {
        co_await answer(counter, visit, commands::linked_already());
        co_return;
    }
    Onboarding done;
    done.reader = *into;
    done.step = Onboarding::Step::done;
    co_await accounts.save(std::move(done));
    std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(*into);
    const bool comes = std::any_of(places.begin(), places.end(), [](const DestinationRecord& place) {
        return place.state == DestinationState::active;
    });
    if (!comes) {
        co_await activate_here(counter, visit, *into);
        places = co_await counter.ports.outbox.destinations(*into);
    }
    visit.schedule_changed = true;
    co_await answer(counter, visit, commands::linked_reply(places, visit.incoming().where));
}

// The answer first, as nobody's: what is forgotten takes its own answers and its open items along.
asio::awaitable<void> forget_person(Counter& counter, Visit& visit) {
    const ReaderId reader = visit.reader.id;
    visit.reader = Reader();
    co_await answer(counter, visit, commands::forgotten());
    co_await commit(counter, visit);
    visit.list.reset();
    co_await counter.ports.readers.forget(reader);
    counter.ports.log.info("reader forgotten");
}

}  // namespace podbrief::services
