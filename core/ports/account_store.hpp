#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/model/account.hpp"
#include "core/model/reader.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Who is who. Promises as LibraryStore; every call is one transaction. ReaderStore::forget removes all of it.
class AccountStore {
public:
    virtual ~AccountStore() = default;
    virtual asio::awaitable<std::optional<AccountRecord>> account(Account account, bool channel) = 0;
    // The reader of the account; made with `reader` (id 0), its name made unique ("Ada", "Ada 2"), when there is none.
    // `channel`: see AccountRecord; a person and a channel of the same address are two. `created` tells which. What is
    // there is not changed.
    struct Known {
        AccountRecord record;
        Reader reader;
        bool created = false;
    };
    virtual asio::awaitable<Known> know(AccountRecord record, Reader reader) = 0;
    virtual asio::awaitable<std::vector<AccountRecord>> accounts(ReaderId reader) = 0;  // oldest first

    // ---- linking ----
    // `code_hash`: SHA-256 hex of a code that is shown once. Replaces an earlier one of the reader.
    virtual asio::awaitable<void> keep_link_code(ReaderId reader, std::string code_hash, WallTime until) = 0;
    // Whose it is, once; nullopt: nobody's, used or too old.
    virtual asio::awaitable<std::optional<ReaderId>> take_link_code(std::string code_hash, WallTime now) = 0;
    // `from` becomes `into`: accounts, destinations (paused, so that one brief arrives; one that `into` has already is
    // left out), feedback (the newer), followed and muted things (united; where they differ `into` has its way),
    // conversations and deliveries that belong to no slot go over; `from`, its slots and its briefs end. False: one of
    // them is no more, or they are the same.
    virtual asio::awaitable<bool> unite(ReaderId from, ReaderId into, WallTime now) = 0;

    virtual asio::awaitable<std::optional<Onboarding>> onboarding(ReaderId reader) = 0;
    virtual asio::awaitable<void> save(Onboarding onboarding) = 0;
};

}  // namespace podbrief
