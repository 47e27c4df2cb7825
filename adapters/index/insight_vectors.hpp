#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/model/ids.hpp"

namespace podbrief::index {

class Loading;
class Saving;

// Vectors of insights, for finding those nearest to one. Of each are kept: a byte a dimension, and a signature of a bit
// a dimension (whether it is above zero: random hyperplanes, Charikar 2002; the trained vectors are turned at random,
// so that every bit tells as much), beyond 512 dimensions of a bit for some of them together. A search counts differing
// bits of all signatures, then compares the closest few hundred by their bytes. What it finds is what comparing with
// all would, but for a few of the last places.
class InsightVectors {
public:
    struct Near {
        InsightId insight;
        float cosine = 0;
        bool operator==(const Near&) const = default;
    };
    using Wanted = std::function<bool(InsightId)>;

    explicit InsightVectors(std::size_t dimension);

    // Unit length; replaces the one of the same insight. Empty: the insight has none.
    void put(InsightId insight, std::span<const float> vector);
    void erase(InsightId insight);
    bool has(InsightId insight) const { return places_.contains(insight); }
    std::size_t size() const { return insights_.size(); }
    const std::vector<InsightId>& insights() const { return insights_; }  // in no order
    std::size_t dimension() const { return dimension_; }

    // Best first, equal ones by newer id; of those that are wanted (nullptr: all are).
    std::vector<Near> nearest(std::span<const float> vector, std::size_t limit, const Wanted& wanted) const;
    // To each of `insights`; 0: it has no vector.
    std::vector<float> cosines(std::span<const float> vector, std::span<const InsightId> insights) const;
    std::vector<float> vector_of(InsightId insight) const;  // as it is kept; empty: it has none

    std::size_t bytes() const;

    void save(Saving& to) const;
    // In place of what was there. False: it is not what `save` wrote of vectors of this dimension.
    bool load(Loading& from);

private:
    std::vector<std::uint32_t> closest(std::span<const float> vector, std::size_t enough, const Wanted& wanted) const;
    void prefetch(std::size_t place) const;
    float cosine_at(std::span<const std::int16_t> whole, float scale, std::size_t place) const;

    std::size_t dimension_;
    std::size_t signature_words_;
    std::vector<InsightId> insights_;  // by place; an erased one's place is taken by the last
    std::vector<std::uint64_t> signatures_;
    std::vector<std::int8_t> rows_;
    std::vector<float> scales_;
    boost::unordered_flat_map<InsightId, std::uint32_t, std::hash<InsightId>> places_;
};

}  // namespace podbrief::index
