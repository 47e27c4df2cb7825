#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/ids.hpp"

namespace podbrief {

namespace asio = boost::asio;

// A vector of unit length in a byte a dimension: each number is a part times the scale.
struct PackedVector {
    float scale = 0;
    std::vector<std::int8_t> parts;
    bool operator==(const PackedVector&) const = default;
};

struct InsightVector {
    InsightId insight;
    PackedVector vector;
    bool operator==(const InsightVector&) const = default;
};

// Vectors of insights that a model was asked for, so that none is paid for twice. Throws StoreFailure. Cancellation: a
// write that began is finished.
class VectorStore {
public:
    virtual ~VectorStore() = default;
    // One that is there already is replaced; one whose insight is gone is left out.
    virtual asio::awaitable<void> save_vectors(std::string model, std::vector<InsightVector> vectors) = 0;
    // Of insights with a higher id than `after` that are not superseded, by id.
    virtual asio::awaitable<std::vector<InsightVector>> vectors(std::string model, InsightId after,
                                                                std::size_t limit) = 0;
    // Removes at most `limit` vectors: of all models but this one, and of superseded insights. How many they were.
    virtual asio::awaitable<std::size_t> forget_other_vectors(std::string model, std::size_t limit) = 0;
    // Removes at most `limit` vectors of this model.
    virtual asio::awaitable<std::size_t> forget_vectors(std::string model, std::size_t limit) = 0;
};

}  // namespace podbrief
