#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/incoming.hpp"

namespace podbrief {

namespace asio = boost::asio;

// What came in and is not carried out yet. Promises as LibraryStore; every call is one transaction.
// ReaderStore::forget closes what is open and came from an account of the reader.
class InboxStore {
public:
    struct Item {
        std::int64_t id = 0;
        Incoming incoming;
        WallTime accepted_at{};
        int tries = 0;  // begun before, this time not counted
        bool operator==(const Item&) const = default;
    };
    virtual ~InboxStore() = default;
    // Keeps it and gives its id, durably; nullopt: (platform, tenant, event_id) was accepted before and not pruned
    // since, that is within the last 25 h for certain.
    virtual asio::awaitable<std::optional<std::int64_t>> accept(Incoming incoming, WallTime now) = 0;
    // Items that nobody carries out: not begun, or begun by a worker whose time ran out. Oldest first. They are the
    // worker's until `lease_until`; tries + 1. Of one conversation (Incoming::where) only the oldest open item is
    // given.
    virtual asio::awaitable<std::vector<Item>> claim_items(std::string worker, WallTime now, WallTime lease_until,
                                                           std::size_t limit) = 0;
    // What others than `worker` have begun may be begun again at once: nobody else is alive.
    virtual asio::awaitable<void> end_other_claims(std::string worker) = 0;
    // Carried out: only (platform, tenant, event_id) is kept of it.
    virtual asio::awaitable<void> close_item(std::int64_t id) = 0;
    virtual asio::awaitable<std::size_t> open_items() = 0;
    // Removes closed items accepted before `before` (25 h ago at the latest), at most `limit`, oldest first. Gives how
    // many.
    virtual asio::awaitable<int> prune_inbox(WallTime before, std::size_t limit) = 0;
};

}  // namespace podbrief
