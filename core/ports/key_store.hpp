#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Who may see what on our web pages. Kept is never a key itself but its SHA-256 in hex (`hash`): who reads the store
// cannot use it. Promises as LibraryStore; every call is one transaction.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    // ---- a reader's own pages: whoever has the address reads them ----
    // Of a reader, so many are good at once; one more ends the oldest.
    static constexpr std::size_t most_pages = 8;
    // Once more with the same hash: nothing. A reader who is not there: nothing.
    virtual asio::awaitable<void> keep_page(ReaderId reader, std::string hash, WallTime now) = 0;
    virtual asio::awaitable<std::optional<ReaderId>> page(std::string hash) = 0;
    virtual asio::awaitable<int> pages(ReaderId reader) = 0;  // how many are good
    // Ends them all but `except` (empty: all); gives how many. ReaderStore::forget ends all; AccountStore::unite hands
    // them over.
    virtual asio::awaitable<int> end_pages(ReaderId reader, std::string except) = 0;

    // ---- the operator: a link for one use, then a session ----
    enum class Operator { link, session };
    virtual asio::awaitable<void> keep_operator(Operator what, std::string hash, WallTime until) = 0;
    // Whether it was good; it is not any more.
    virtual asio::awaitable<bool> take_link(std::string hash, WallTime now) = 0;
    virtual asio::awaitable<bool> session(std::string hash, WallTime now) = 0;
    virtual asio::awaitable<bool> end_session(std::string hash) = 0;
    virtual asio::awaitable<int> end_operator() = 0;  // all links and sessions; gives how many
};

}  // namespace podbrief
