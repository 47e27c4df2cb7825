#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/model/delivery.hpp"

namespace podbrief::delivery {

// Deficit round robin between tenants (Shreedhar and Varghese, 1995): each round gives every tenant with work one
// message's worth of calls; what a tenant could not use because its next message costs more is kept for the next round.
class FairShare {
public:
    // Chooses at most `most` of `candidates` (each tenant's own in the order wanted) and gives them in the order in
    // which they should be sent. `calls_per_message`: what one costs.
    std::vector<Delivery> choose(std::vector<Delivery> candidates, std::size_t most, int calls_per_message);

    // The tenant served last: where the next look into the store begins.
    const std::string& last_tenant() const { return last_tenant_; }

private:
    std::string last_tenant_;
    std::map<std::string, int> deficit_;  // of tenants that still had work
};

}  // namespace podbrief::delivery
