#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>

#include "core/model/ids.hpp"

namespace podbrief {

namespace asio = boost::asio;

// How far an index has followed the store's change feed.
struct IndexPoint {
    std::int64_t sequence = 0;  // of the last change that is in it; 0: none
    InsightId insight;          // whose change that was
    bool operator==(const IndexPoint&) const = default;
};

// A copy of the search index outside the process, so that a start need not read the whole library. The store is the
// truth; a copy that is absent, damaged, or made by another version of the program counts as none.
class IndexSnapshot {
public:
    virtual ~IndexSnapshot() = default;

    // Reads the copy beside the index, which stays as it is until `adopt`. Nullopt: there is none that can be used.
    virtual asio::awaitable<std::optional<IndexPoint>> load() = 0;
    // Makes what was loaded last the index: what was in it is gone. Without a load: an empty index.
    virtual void adopt() = 0;
    // Replaces the copy by one of the index as it is. Until it is done the index may be searched, but nothing may be
    // put into it. False: it could not be written, and the old one is there still. Cancellation: what began is
    // finished.
    virtual asio::awaitable<bool> save(IndexPoint point) = 0;
};

}  // namespace podbrief
