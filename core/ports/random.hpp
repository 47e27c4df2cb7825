#pragma once
#include <cstdint>
#include <random>

namespace podbrief {

// Chance comes from outside: seeded once by adapters/system (or a test), handed down by reference. Results are the
// same on every machine for the same seed, which std::uniform_int_distribution does not promise.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t next() { return engine_(); }

    // [0, bound); 0 for bound 0.
    std::uint64_t below(std::uint64_t bound) {
        if (bound == 0) return 0;
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;  // rejects the uneven rest
        std::uint64_t value = next();
        while (value >= limit) value = next();
        return value % bound;
    }

    // [0, 1)
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::mt19937_64 engine_;
};

}  // namespace podbrief
