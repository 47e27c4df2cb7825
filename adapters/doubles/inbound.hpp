#pragma once
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/random.hpp"

namespace podbrief::doubles {

// What a platform tells us by itself.
struct InboundEvent {
    std::string platform;
    std::string tenant;  // Slack team, Discord guild; Telegram: empty
    std::string id;      // as first_seen() wants it: unique by (platform, tenant)
    std::string kind;    // "blocked", "unblocked", "not member", "read only", "gone", "moved", "revoked", "restored"
    std::string chat;    // empty: about the tenant
    std::string detail;  // moved: the new chat
    WallTime at{};       // when it happened
    bool operator==(const InboundEvent&) const = default;
};

// The way from the platform to us: some events come twice, some overtake others.
class InboundFeed {
public:
    explicit InboundFeed(Random& random) : random_(random) {}
    void set_disorder(double twice, Millis longest_delay);

    void push(InboundEvent event);
    // Those that have arrived by `now`, in order of arrival.
    std::vector<InboundEvent> take(WallTime now);

private:
    struct Arrival {
        WallTime at{};
        InboundEvent event;
    };
    Random& random_;
    double twice_ = 0;
    Millis longest_delay_{0};
    std::vector<Arrival> arrivals_;
};

}  // namespace podbrief::doubles
