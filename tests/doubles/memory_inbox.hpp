#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/inbox_store.hpp"

namespace podbrief::testing {

// What came in, by id and by what it is known by. Of closed items only that is kept.
class MemoryInbox {
public:
    struct Row {
        InboxStore::Item item;
        bool open = true;
        std::string worker;
        WallTime lease_until{};
    };

    std::optional<std::int64_t> accept(Incoming incoming, WallTime now);
    std::vector<InboxStore::Item> claim(const std::string& worker, WallTime now, WallTime lease_until,
                                        std::size_t limit);
    void end_other_claims(const std::string& worker);
    void close(std::int64_t id);
    void close_if(const std::function<bool(const Incoming&)>& concerned);  // of the open ones
    std::size_t open_items() const { return open_.size(); }
    int prune(WallTime before, std::size_t limit);

    const std::map<std::int64_t, Row>& all() const { return rows_; }

private:
    using Key = std::tuple<std::string, std::string, std::string>;  // platform, tenant, event id

    std::map<std::int64_t, Row> rows_;
    std::map<Key, std::int64_t> keys_;
    std::set<std::int64_t> open_;
    std::map<std::string, std::set<std::int64_t>> by_conversation_;  // open ones
    std::set<std::pair<WallTime, std::int64_t>> closed_;             // by accepted_at
    std::int64_t last_ = 0;
};

}  // namespace podbrief::testing
