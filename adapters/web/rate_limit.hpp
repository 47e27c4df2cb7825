#pragma once
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/model/time.hpp"

namespace podbrief::web {

// How many requests of one address are answered: a bucket of `burst` that fills at `per_second`. Of IPv6, the /64
// counts as one. As many addresses are remembered as fit; the one heard of longest ago is forgotten. Pure: time is
// told.
class RateLimit {
public:
    RateLimit(double per_second, double burst, std::size_t most_addresses)
        : per_second_(per_second), burst_(burst), most_(most_addresses) {}

    // 0: go on. Else after how long it may be asked again. `per_second` 0 lets everything through.
    Millis wait_for(std::string_view address, SteadyTime now);
    std::size_t size() const { return buckets_.size(); }

private:
    struct Bucket {
        std::string key;
        double left = 0;
        SteadyTime at{};
    };
    using Buckets = std::list<Bucket>;  // heard of last first

    double per_second_;
    double burst_;
    std::size_t most_;
    Buckets buckets_;
    std::unordered_map<std::string_view, Buckets::iterator> by_key_;
};

}  // namespace podbrief::web
