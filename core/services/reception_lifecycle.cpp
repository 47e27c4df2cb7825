// What platforms tell of chats and workspaces. It may come late, twice and in any order: what happened last decides.
#include <charconv>

#include "core/commands/reply_places.hpp"
#include "core/services/reception_parts.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {
namespace {

std::string hashed(const Destination& chat) {
    Destination whole = chat;
    whole.thread.clear();
    return text::sha256_hex(to_string(whole)).substr(0, 32);
}

std::string moved_note(const Destination& chat) {
    return "moved:" + hashed(chat);
}
std::string chat_note(const Destination& chat) {
    return "chat_changed_ms:" + hashed(chat);
}

std::int64_t number_at_begin(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The chat as it is addressed now; nullopt: it had moved before that happened, and what happens there is no matter.
asio::awaitable<std::optional<Destination>> present_address(Counter& counter, Destination chat, WallTime at) {
    const std::string moved = co_await counter.ports.outbox.note(moved_note(chat));
    if (moved.empty()) co_return chat;
    if (at >= from_ms(number_at_begin(moved))) co_return std::nullopt;
    chat.chat = moved.substr(moved.find(' ') + 1);
    co_return chat;
}

// When the chat itself last changed, as far as we know: what became of its workspace hides that in the record, and it
// is noted apart.
asio::awaitable<WallTime> chat_changed_at(Counter& counter, DestinationRecord record, std::optional<Tenant> tenant) {
    const std::string noted = co_await counter.ports.outbox.note(chat_note(record.address));
    const bool by_workspace =
        record.state == DestinationState::tenant_revoked || (tenant && record.changed_at == tenant->installed_at);
    const WallTime recorded = by_workspace ? WallTime{} : record.changed_at;
    co_return std::max(recorded, from_ms(number_at_begin(noted)));
}

// It outlives a block that no brief came there.
constexpr std::string_view paused_before = "; no brief came there";

bool was_paused(const DestinationRecord& record) {
    return record.state == DestinationState::paused || record.note.ends_with(paused_before);
}

// Writable again: active, unless the reader's brief comes elsewhere or nowhere yet.
asio::awaitable<DestinationState> writable_state(Counter& counter, DestinationRecord record,
                                                 std::optional<Tenant> tenant) {
    if (was_paused(record)) co_return DestinationState::paused;
    if (tenant && tenant->state == Tenant::State::revoked) co_return DestinationState::tenant_revoked;
    const std::vector<DestinationRecord> places = co_await counter.ports.outbox.destinations(record.reader);
    for (const DestinationRecord& one : places) {
        if (one.id != record.id && one.state == DestinationState::active) co_return DestinationState::paused;
    }
    const std::optional<Onboarding> asked = co_await counter.ports.accounts.onboarding(record.reader);
    co_return asked && asked->step != Onboarding::Step::done ? DestinationState::paused : DestinationState::active;
}

std::string note_of(DestinationState state) {
    switch (state) {
        case DestinationState::blocked:
            return "blocked by the reader";
        case DestinationState::gone:
            return "the chat is gone, or closed to podbrief";
        case DestinationState::tenant_revoked:
            return "the workspace removed podbrief";
        case DestinationState::paused:
            return "not asked for here";
        case DestinationState::active:
            break;
    }
    return {};
}

asio::awaitable<void> change(Counter& counter, const Visit& visit, DestinationRecord record) {
    const Incoming& incoming = visit.incoming();
    const std::optional<Tenant> tenant =
        co_await counter.ports.tenants.tenant(record.address.platform, record.address.workspace);
    const WallTime known = co_await chat_changed_at(counter, record, tenant);
    if (incoming.at <= known) co_return;  // told late
    DestinationState state = DestinationState::gone;
    if (incoming.kind == Incoming::Kind::blocked) state = DestinationState::blocked;
    const bool writable = incoming.kind == Incoming::Kind::unblocked || incoming.kind == Incoming::Kind::joined;
    if (writable) state = co_await writable_state(counter, record, tenant);
    if (tenant || record.state == DestinationState::tenant_revoked) {
        co_await counter.ports.outbox.set_note(chat_note(record.address), std::to_string(to_ms(incoming.at)));
    }
    if (writable && state == record.state && state == DestinationState::paused) co_return;
    std::string note = note_of(state);
    if (!writable && was_paused(record)) note += paused_before;
    co_await counter.ports.outbox.set_destination(record.id, state, std::move(note), incoming.at);
    counter.ports.metrics.count("destinations_changed_total", to_string(state), 1);
}

}  // namespace

asio::awaitable<std::optional<AccountRecord>> channel_account(Counter& counter, Destination chat) {
    Account account;
    account.platform = chat.platform;
    account.workspace = chat.workspace;
    account.user = chat.chat;
    co_return co_await counter.ports.accounts.account(std::move(account), true);
}

asio::awaitable<void> chat_changed(Counter& counter, Visit& visit) {
    const std::optional<Destination> chat =
        co_await present_address(counter, visit.incoming().where, visit.incoming().at);
    if (!chat) co_return;
    const std::vector<DestinationRecord> records = co_await counter.ports.outbox.destinations_in(*chat);
    for (const DestinationRecord& record : records) co_await change(counter, visit, record);
    visit.schedule_changed = true;
}

// The brief of a channel goes along: the new address becomes an account of the same reader.
asio::awaitable<void> move_channel(Counter& counter, const Visit& visit, Destination to) {
    const std::optional<AccountRecord> before = co_await channel_account(counter, visit.incoming().where);
    if (!before) co_return;
    AccountRecord record;
    record.account = {to.platform, to.workspace, to.chat};
    record.channel = true;
    record.since = visit.now;
    Reader reader;
    reader.name = "channel " + to.chat;
    reader.created_at = visit.now;
    const AccountStore::Known moved = co_await counter.ports.accounts.know(std::move(record), std::move(reader));
    co_await counter.ports.accounts.unite(moved.reader.id, before->reader, visit.now);
}

asio::awaitable<void> chat_moved(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    const Destination& to = incoming.moved_to;
    if (to.chat.empty() || to.chat == incoming.where.chat) co_return;
    const std::string noted = co_await counter.ports.outbox.note(moved_note(incoming.where));
    if (!noted.empty() && from_ms(number_at_begin(noted)) >= incoming.at) co_return;
    // The note first: what is told of the old address from now on finds the new one.
    co_await counter.ports.outbox.set_note(moved_note(incoming.where),
                                           std::to_string(to_ms(incoming.at)) + " " + to.chat);
    const std::string changed = co_await counter.ports.outbox.note(chat_note(incoming.where));
    if (!changed.empty()) {
        Destination moved_to = incoming.where;
        moved_to.chat = to.chat;
        co_await counter.ports.outbox.set_note(chat_note(moved_to), changed);
    }
    const std::vector<DestinationRecord> records = co_await counter.ports.outbox.destinations_in(incoming.where);
    for (const DestinationRecord& record : records) {
        Destination address = record.address;
        address.chat = to.chat;
        if (!to.workspace.empty()) address.workspace = to.workspace;
        co_await counter.ports.outbox.move_destination(record.address, std::move(address), incoming.at);
    }
    Destination address = incoming.where;
    address.chat = to.chat;
    co_await move_channel(counter, visit, std::move(address));
    visit.schedule_changed = true;
}

asio::awaitable<void> tenant_revoked(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    const std::string workspace = incoming.where.workspace.empty() ? incoming.tenant : incoming.where.workspace;
    const bool revoked = co_await counter.ports.tenants.revoke(incoming.platform, workspace,
                                                               "the workspace removed podbrief", incoming.at);
    if (revoked) {
        counter.ports.log.warning("workspace removed us", {{"platform", incoming.platform}, {"workspace", workspace}});
    }
}

asio::awaitable<void> joined(Counter& counter, Visit& visit) {
    co_await chat_changed(counter, visit);  // back again where a brief came
    const Destination place = place_of(visit.incoming());
    const std::optional<AccountRecord> known = co_await channel_account(counter, place);
    if (known) co_return;
    if (visit.incoming().kind == Incoming::Kind::opened) {
        std::vector<std::string> topics = co_await topics_of_door(counter, visit.incoming().text);
        if (!topics.empty()) {
            co_await channel_came_for(counter, visit, std::move(topics));
            co_return;
        }
    }
    co_await answer(counter, visit, commands::channel_hello());
}

}  // namespace podbrief::services
