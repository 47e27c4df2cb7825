#pragma once
#include <string>
#include <vector>

#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {

// Of the promises of InboxStore.
class InboxContract : public StoreContract {
protected:
    std::int64_t accept(const std::string& event_id, const std::string& chat, WallTime now = noon);
    std::vector<InboxStore::Item> claim(WallTime now, const std::string& worker = "w1", std::size_t limit = 1000);
    // Event ids of what is claimed.
    std::vector<std::string> claimed(WallTime now, const std::string& worker = "w1", std::size_t limit = 1000);
};

// Of the promises of AccountStore.
class AccountContract : public OutboxContract {
protected:
    static AccountRecord record(const std::string& user, const std::string& platform = "telegram");
    // The reader of the account, made when there is none, by that name.
    Reader know(const AccountRecord& record, const std::string& name);
};

// Of the promises of TenantStore.
class TenantContract : public OutboxContract {
public:
    // What happened to a workspace; how it is told is another matter.
    struct Event {
        int minute = 0;
        bool installed = false;  // else revoked
        std::string note;
    };

protected:
    // Tells them in every order and expects the same of all.
    void tell_in_all_orders(std::vector<Event> happened, Tenant expected, DestinationState destination);
    DestinationRecord add_slack_destination(ReaderId reader, const std::string& workspace, const std::string& chat);
    DestinationRecord now_of(const DestinationRecord& destination) {
        return get(outbox.destination(destination.id)).value_or(DestinationRecord{});
    }
};

// Of the promises of KeyStore.
class KeyContract : public OutboxContract {};

// Every field set.
Incoming sample_incoming(const std::string& event_id);
Tenant sample_tenant(const std::string& workspace, WallTime installed_at);

}  // namespace podbrief::testing
