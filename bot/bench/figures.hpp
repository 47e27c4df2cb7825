#pragma once
#include <chrono>
#include <cstddef>
#include <vector>

namespace podbrief::bot::bench {

using Micros = std::chrono::microseconds;

// How long things took.
class Times {
public:
    void add(Micros one) { all_.push_back(one); }
    std::size_t count() const { return all_.size(); }
    // The smallest time that `share` of them (0..1) did not exceed, in ms; 0 without any.
    double percentile_ms(double share) const;

private:
    std::vector<Micros> all_;
};

// What came of one stretch of measuring.
struct Measured {
    std::size_t requests = 0;     // that were sent
    std::size_t taken = 0;        // answered 2xx
    std::size_t refused = 0;      // 401: the signature
    std::size_t unavailable = 0;  // 503
    std::size_t errors = 0;       // any other status, or a broken connection
    std::size_t answers = 0;      // that people saw
    double seconds = 0;           // from the first request to the last acknowledgement
    Times acknowledged;
    Times answered;
};

}  // namespace podbrief::bot::bench
