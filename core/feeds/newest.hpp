#pragma once
#include <cstddef>
#include <vector>

#include "core/model/episode.hpp"

namespace podbrief::feeds {

// Keeps the newest episodes of however many, holding at most twice as many at a time.
class Newest {
public:
    explicit Newest(std::size_t most) : most_(most) {}

    void add(Episode episode);
    // Newest first by ordering_time; the order of adding where that is equal.
    std::vector<Episode> take();

private:
    struct Entry {
        WallTime time;
        std::size_t order;
        Episode episode;
    };
    void sort();

    std::size_t most_;
    std::size_t added_ = 0;
    std::vector<Entry> entries_;
};

}  // namespace podbrief::feeds
