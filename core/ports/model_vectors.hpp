#pragma once
#include <span>
#include <vector>

#include "core/ports/search_index.hpp"

namespace podbrief {

// Vectors of insights by one model that is not built in, in memory, beside the index that has the insights themselves:
// what that does not hold is never found. Calls do not wait. One thread.
class ModelVectors : public VectorIndex {
public:
    // Replaces the one of the same insight. The first one settles the dimension; one of another is a bug of the
    // caller's (throws std::invalid_argument).
    virtual void put(InsightId id, std::span<const float> vector) = 0;
    virtual void erase(InsightId id) = 0;  // unknown: nothing happens
    virtual void clear() = 0;              // the dimension is open again
    virtual bool has(InsightId id) const = 0;
    virtual std::size_t size() const = 0;
    virtual std::size_t dimension() const = 0;  // 0: open
    // At most so many insights that have a vector, taken evenly from all: the same ones unless something changed.
    virtual std::vector<InsightId> sample(std::size_t most) const = 0;
};

}  // namespace podbrief
