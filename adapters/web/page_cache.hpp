#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/web/page.hpp"
#include "core/model/time.hpp"

namespace podbrief::web {

// Pages by what was asked for, for a while. The ones used longest ago make room. Pure: time is told.
class PageCache {
public:
    explicit PageCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // nullptr: not there, or too old.
    std::shared_ptr<ReadyPage> find(std::string_view target, SteadyTime now);
    // A page larger than an eighth of the whole is not kept.
    void keep(std::string target, std::shared_ptr<ReadyPage> page, SteadyTime until);
    void clear();
    std::size_t size() const { return entries_.size(); }
    std::size_t bytes() const { return bytes_; }  // with what was compressed until it was last looked at

private:
    struct Entry {
        std::string target;
        std::shared_ptr<ReadyPage> page;
        SteadyTime until{};
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;  // used last first
    void weigh(Entry& entry);
    void drop(Entries::iterator entry);

    std::size_t most_bytes_;
    Entries entries_;
    std::unordered_map<std::string_view, Entries::iterator> by_target_;  // into the entries' own texts
    std::size_t bytes_ = 0;
};

}  // namespace podbrief::web
