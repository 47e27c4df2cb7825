#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/model/episode.hpp"

namespace podbrief::feeds {

// Keeps the newest episodes of however many, holding about twice as many at a time. Episodes are filled in where they
// stay: moving them about would take a good part of the time of parsing.
class Newest {
public:
    // `expected`: how many will come, if that is known.
    Newest(std::size_t most, std::size_t expected);

    // False: an episode of that ordering_time would be left out anyway.
    bool wants(WallTime time) const { return !too_old_ || time > *too_old_; }
    bool is_full() const { return too_old_.has_value(); }

    // An empty episode to be filled in; valid until the next call.
    Episode& blank();
    // Counts the episode that blank() gave last; without this call it is left out.
    void keep();
    // Newest first by ordering_time; in the order of keep() where that is equal.
    std::vector<Episode> take();

private:
    struct Rank {
        WallTime time;
        std::size_t order;
        std::size_t index;  // in episodes_
        bool operator<(const Rank& other) const { return time != other.time ? time > other.time : order < other.order; }
    };
    void sort();

    std::size_t most_;
    std::size_t kept_ = 0;
    std::vector<Episode> episodes_;
    std::vector<Rank> ranks_;          // of all episodes but a blank one at the end
    std::optional<WallTime> too_old_;  // `most_` episodes newer than that are here
};

}  // namespace podbrief::feeds
