#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>

#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

// When this installation last ran, kept apart from the store: a store that knows of an earlier time only is an older
// copy, restored from a backup, and does not know what was sent since.
class RunRecord {
public:
    virtual ~RunRecord() = default;
    virtual asio::awaitable<std::optional<WallTime>> last_seen() = 0;  // nullopt: nothing is recorded
    virtual asio::awaitable<void> seen(WallTime now) = 0;              // failures are not reported: it is a guard only
};

}  // namespace podbrief
