#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "core/feeds/identity.hpp"

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

// Looked up, never walked through: the order of what comes out is that of the feed.
using Index = std::unordered_map<std::string_view, std::vector<std::size_t>>;

struct Item {
    Episode episode;
    EpisodeIdentity identity;
    bool leaves_out = false;     // the feed has it twice
    bool doubtful_guid = false;  // several different items have this guid, or a known episode used it before
    bool matched = false;
};

bool both_differ(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
}

std::optional<Millis> time_between(const EpisodeIdentity& known, const EpisodeIdentity& item) {
    if (!known.published_at || !item.published_at) return std::nullopt;
    return *item.published_at - *known.published_at;
}

bool more_than_a_day_apart(const EpisodeIdentity& a, const EpisodeIdentity& b) {
    const auto gap = time_between(a, b);
    return gap && std::chrono::abs(*gap) > 24h;
}

// Nothing but the guid is the same.
bool is_guid_used_again(const EpisodeIdentity& known, const EpisodeIdentity& item) {
    return both_differ(known.enclosure_key, item.enclosure_key) && both_differ(known.title_key, item.title_key) &&
           more_than_a_day_apart(known, item);
}

// The same file name for ever new recordings (".../latest.mp3").
bool is_file_used_again(const EpisodeIdentity& known, const EpisodeIdentity& item) {
    return both_differ(known.title_key, item.title_key) && more_than_a_day_apart(known, item);
}

bool fits_by_title(const EpisodeIdentity& known, const EpisodeIdentity& item) {
    const bool has_durations = known.duration > 0ms && item.duration > 0ms;
    const Millis difference = std::chrono::abs(known.duration - item.duration);
    if (has_durations && difference > 10min) return false;
    const bool same_length = has_durations && difference <= 30s;
    const auto gap = time_between(known, item);
    if (!gap) return same_length || (!known.published_at && !item.published_at);
    if (std::chrono::abs(*gap) > 24h) return false;
    // A daily show with the same title every day: what came later must also be exactly as long.
    return *gap <= 12h || same_length;
}

std::string own_guid(const EpisodeIdentity& identity) {
    return identity.guid + '|' + identity.enclosure_key;
}

class Matcher {
public:
    Matcher(const std::vector<EpisodeIdentity>& known, std::vector<Episode> parsed)
        : known_(known), taken_(known.size()) {
        items_.reserve(parsed.size());
        for (Episode& episode : parsed) {
            EpisodeIdentity identity = identify(episode);
            items_.push_back({std::move(episode), std::move(identity)});
        }
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (!known[i].guid.empty()) known_guids_[known[i].guid].push_back(i);
            if (!known[i].enclosure_key.empty()) known_enclosures_[known[i].enclosure_key].push_back(i);
            if (!known[i].title_key.empty()) known_titles_[known[i].title_key].push_back(i);
        }
    }

    MatchResult run() {
        look_for_repeated_guids();
        for (Item& item : items_) by_guid(item);
        count_enclosures();
        for (Item& item : items_) by_enclosure(item);
        for (Item& item : items_) by_title(item);
        for (Item& item : items_) {
            if (!item.leaves_out && !item.matched) add(item);
        }
        return std::move(result_);
    }

private:
    void look_for_repeated_guids() {
        Index guids;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            if (!items_[i].identity.guid.empty()) guids[items_[i].identity.guid].push_back(i);
        }
        for (Item& item : items_) {
            const auto found = guids.find(item.identity.guid);
            if (found == guids.end() || found->second.size() < 2) continue;
            item.doubtful_guid = true;
            for (const std::size_t other : found->second) {  // newest first
                if (&items_[other] == &item) break;
                if (!items_[other].leaves_out &&
                    !both_differ(items_[other].identity.enclosure_key, item.identity.enclosure_key)) {
                    item.leaves_out = true;
                    ++result_.repeated;
                    break;
                }
            }
        }
        for (auto& item : items_) {  // what is left of a guid may be one again
            if (!item.doubtful_guid || item.leaves_out) continue;
            const auto& same = guids.at(item.identity.guid);
            item.doubtful_guid =
                std::count_if(same.begin(), same.end(), [&](std::size_t i) { return !items_[i].leaves_out; }) > 1;
        }
    }

    // An untaken known episode with that guid.
    const EpisodeIdentity* known_by_guid(std::string_view guid) const {
        const auto found = known_guids_.find(guid);
        if (found == known_guids_.end()) return nullptr;
        for (const std::size_t i : found->second) {
            if (!taken_[i]) return &known_[i];
        }
        return nullptr;
    }

    void by_guid(Item& item) {
        if (item.leaves_out || item.identity.guid.empty()) return;
        if (const auto* own = known_by_guid(own_guid(item.identity))) return matched(item, *own, MatchRung::guid);
        const auto* found = known_by_guid(item.identity.guid);
        if (found == nullptr) return;
        const bool certain = item.doubtful_guid ? found->enclosure_key == item.identity.enclosure_key
                                                : !is_guid_used_again(*found, item.identity);
        if (certain)
            matched(item, *found, MatchRung::guid);
        else
            item.doubtful_guid = true;
    }

    void count_enclosures() {
        for (const Item& item : items_) {
            if (!item.leaves_out && !item.identity.enclosure_key.empty()) ++enclosures_[item.identity.enclosure_key];
        }
    }

    void by_enclosure(Item& item) {
        if (item.leaves_out || item.matched || item.identity.enclosure_key.empty()) return;
        const auto found = known_enclosures_.find(item.identity.enclosure_key);
        if (found == known_enclosures_.end() || found->second.size() > 1) return;
        if (enclosures_.at(item.identity.enclosure_key) > 1) return;
        const std::size_t i = found->second.front();
        if (!taken_[i] && !is_file_used_again(known_[i], item.identity)) matched(item, known_[i], MatchRung::enclosure);
    }

    void by_title(Item& item) {
        if (item.leaves_out || item.matched) return;
        const auto found = known_titles_.find(item.identity.title_key);
        if (found == known_titles_.end()) return;
        const EpisodeIdentity* best = nullptr;
        Millis best_gap{};
        for (const std::size_t i : found->second) {
            if (taken_[i] || !fits_by_title(known_[i], item.identity)) continue;
            const Millis gap = std::chrono::abs(time_between(known_[i], item.identity).value_or(Millis{0}));
            if (best != nullptr && gap >= best_gap) continue;
            best = &known_[i];
            best_gap = gap;
        }
        if (best != nullptr) matched(item, *best, MatchRung::title);
    }

    void matched(Item& item, const EpisodeIdentity& known, MatchRung rung) {
        item.matched = true;
        taken_[static_cast<std::size_t>(&known - known_.data())] = true;
        if (rung != MatchRung::guid) result_.lower_rungs.push_back({known.id, rung, item.episode.title});
        // A guid that vanished, or that another episode has, is no better than the one that we have.
        if (rung == MatchRung::guid || item.identity.guid.empty())
            set_guid(item, known.guid);
        else if (item.doubtful_guid)
            set_guid(item, own_guid(item.identity));
        item.identity.id = known.id;
        item.episode.id = known.id;
        if (item.identity == known) {
            ++result_.unchanged;
        } else {
            auto& list = item.identity.fingerprint == known.fingerprint ? result_.reidentified : result_.changed;
            list.push_back({std::move(item.episode), std::move(item.identity)});
        }
    }

    void add(Item& item) {
        // The newest of those that share a guid may have it, if nobody has it yet.
        if (item.doubtful_guid &&
            (known_guids_.contains(item.identity.guid) || !given_.emplace(item.identity.guid, true).second)) {
            set_guid(item, own_guid(item.identity));
        }
        item.identity.id = {};
        item.episode.id = {};
        result_.added.push_back({std::move(item.episode), std::move(item.identity)});
    }

    static void set_guid(Item& item, std::string guid) {
        item.episode.guid = guid;
        item.identity.guid = std::move(guid);
    }

    const std::vector<EpisodeIdentity>& known_;
    std::vector<bool> taken_;
    std::vector<Item> items_;
    Index known_guids_, known_enclosures_, known_titles_;
    std::unordered_map<std::string, int> enclosures_;
    std::unordered_map<std::string, bool> given_;
    MatchResult result_;
};

}  // namespace

MatchResult match(const std::vector<EpisodeIdentity>& known, std::vector<Episode> parsed) {
    return Matcher(known, std::move(parsed)).run();
}

}  // namespace podbrief::feeds
