#include "adapters/discord/rate_limits.hpp"

#include <algorithm>

namespace podbrief::discord {
namespace {

constexpr std::size_t most_buckets = 20'000;

NotSent wait_for(Millis wait, NotSent::Scope scope, std::string reason) {
    NotSent out;
    out.wait = wait;
    out.scope = scope;
    out.limited = true;
    out.reason = std::move(reason);
    return out;
}

}  // namespace

RateLimits::Key RateLimits::key_of(const Where& where) const {
    const auto known = buckets_.find(where.route);
    return {known == buckets_.end() ? where.route : known->second, where.major};
}

std::optional<NotSent> RateLimits::hold(const Where& where, SteadyTime now) {
    using Scope = NotSent::Scope;
    if (invalid(now) >= most_invalid) {
        return wait_for(invalid_.front() + invalid_window - now, Scope::lane,
                        "too many refusals by Discord; we stop before we are banned");
    }
    if (all_held_until_ > now) return wait_for(all_held_until_ - now, Scope::lane, "Discord asked us to wait");
    if (where.counts_globally && most_held_until_ > now) {
        return wait_for(most_held_until_ - now, Scope::lane, "the global limit is used up");
    }
    const auto held = held_.find(key_of(where));
    if (held == held_.end() || held->second <= now) return std::nullopt;
    return wait_for(held->second - now, Scope::chat, "the limit of this channel is used up");
}

void RateLimits::hold_until(const Key& key, SteadyTime until, SteadyTime now) {
    if (until <= now) return;
    if (held_.size() >= most_buckets) {
        std::erase_if(held_, [now](const auto& entry) { return entry.second <= now; });
    }
    auto& held = held_[key];
    held = std::max(held, until);
}

void RateLimits::learn(const Where& where, const Answer& answer, SteadyTime now) {
    const bool shared = answer.scope == "shared";
    const bool counts = answer.status == 401 || answer.status == 403 || (answer.status == 429 && !shared);
    if (counts) invalid_.push_back(now);
    if (!answer.bucket.empty()) {
        auto& known = buckets_[where.route];
        if (known != answer.bucket) {
            held_.erase({known.empty() ? where.route : known, where.major});
            known = answer.bucket;
        }
    }
    if (answer.status != 429) {
        if (answer.remaining && *answer.remaining == 0) hold_until(key_of(where), now + answer.reset_after, now);
        return;
    }
    const SteadyTime until = now + answer.retry_after;
    if (!answer.readable) {
        all_held_until_ = std::max(all_held_until_, until);  // the edge speaks, to all of us
    } else if (answer.global) {
        most_held_until_ = std::max(most_held_until_, until);
    } else {
        hold_until(key_of(where), until, now);
    }
}

std::size_t RateLimits::invalid(SteadyTime now) {
    while (!invalid_.empty() && invalid_.front() + invalid_window <= now) invalid_.pop_front();
    return invalid_.size();
}

}  // namespace podbrief::discord
