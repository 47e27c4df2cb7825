#include "adapters/web/rate_limit.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cmath>

namespace podbrief::web {
namespace {

std::string key_of(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(std::string(address), error);
    if (error || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) return std::string(address);
    const auto bytes = parsed.to_v6().to_bytes();
    return {reinterpret_cast<const char*>(bytes.data()), 8};
}

}  // namespace

Millis RateLimit::wait_for(std::string_view address, SteadyTime now) {
    if (per_second_ <= 0) return Millis{0};
    const std::string key = key_of(address);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        buckets_.push_front({key, burst_, now});
        found = by_key_.emplace(buckets_.front().key, buckets_.begin()).first;
        if (buckets_.size() > most_) {
            by_key_.erase(buckets_.back().key);
            buckets_.pop_back();
        }
    } else {
        buckets_.splice(buckets_.begin(), buckets_, found->second);
    }
    Bucket& bucket = *found->second;
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    bucket.left = std::min(burst_, bucket.left + std::max(0.0, seconds) * per_second_);
    bucket.at = now;
    if (bucket.left >= 1) {
        bucket.left -= 1;
        return Millis{0};
    }
    return Millis{static_cast<std::int64_t>(std::ceil((1 - bucket.left) / per_second_ * 1000))};
}

}  // namespace podbrief::web
