#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/model/brief.hpp"

namespace podbrief::testing {

// Briefs by id, by (reader, key) and by time.
class MemoryBriefs {
public:
    const std::map<BriefId, Brief>& all() const { return briefs_; }

    const Brief* find(BriefId id) const {
        const auto found = briefs_.find(id);
        return found == briefs_.end() ? nullptr : &found->second;
    }
    const Brief* find(ReaderId reader, const std::string& key) const {
        const auto found = keys_.find({reader, key});
        return found == keys_.end() ? nullptr : &briefs_.at(found->second);
    }
    const Brief& insert(Brief brief) {
        brief.id = last_ = BriefId{last_.value + 1};
        keys_.emplace(std::pair(brief.reader, brief.local_date), brief.id);
        times_[brief.reader].emplace(brief.composed_at, brief.id);
        return briefs_.emplace(brief.id, std::move(brief)).first->second;
    }
    void set_unsent(BriefId id, bool unsent) {
        if (const auto found = briefs_.find(id); found != briefs_.end()) found->second.unsent = unsent;
    }
    std::vector<Brief> since(ReaderId reader, WallTime since) const {  // newest first
        std::vector<Brief> newest;
        const auto of_reader = times_.find(reader);
        if (of_reader == times_.end()) return newest;
        for (auto it = of_reader->second.rbegin(); it != of_reader->second.rend() && it->first >= since; ++it) {
            newest.push_back(briefs_.at(it->second));
        }
        return newest;
    }
    void forget(ReaderId reader) {
        for (const auto& [at, id] : times_[reader]) briefs_.erase(id);
        times_.erase(reader);
        keys_.erase(keys_.lower_bound({reader, ""}), keys_.lower_bound({ReaderId{reader.value + 1}, ""}));
    }

private:
    std::map<BriefId, Brief> briefs_;
    std::map<std::pair<ReaderId, std::string>, BriefId> keys_;
    std::map<ReaderId, std::set<std::pair<WallTime, BriefId>>> times_;
    BriefId last_;
};

}  // namespace podbrief::testing
