#include "core/delivery/fairness.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace podbrief::delivery {

std::vector<Delivery> FairShare::choose(std::vector<Delivery> candidates, std::size_t most, int calls_per_message) {
    std::vector<std::pair<std::string, std::deque<Delivery>>> queues;  // in the order in which tenants appear
    std::map<std::string, std::size_t> place;
    for (Delivery& d : candidates) {
        const auto [found, fresh] = place.try_emplace(d.tenant, queues.size());
        if (fresh) queues.emplace_back(d.tenant, std::deque<Delivery>{});
        queues[found->second].second.push_back(std::move(d));
    }
    std::erase_if(deficit_, [&](const auto& tenant) { return !place.contains(tenant.first); });

    std::vector<Delivery> chosen;
    bool left = !queues.empty();
    while (left && chosen.size() < most) {
        left = false;
        for (auto& [tenant, queue] : queues) {
            if (queue.empty()) continue;
            if (chosen.size() == most) break;
            int& deficit = deficit_[tenant];
            deficit += calls_per_message;
            while (!queue.empty() && chosen.size() < most) {
                // A correction is one call, a brief that reserves its place two.
                const int cost = queue.front().kind == DeliveryKind::correction ? 1 : calls_per_message;
                if (deficit < cost) break;
                deficit -= cost;
                chosen.push_back(std::move(queue.front()));
                queue.pop_front();
                last_tenant_ = tenant;
            }
            // What is kept is less than a message; a turn cut short by `most` is not saved up.
            deficit = std::min(deficit, calls_per_message - 1);
            if (queue.empty()) deficit_.erase(tenant);
            left = left || !queue.empty();
        }
    }
    return chosen;
}

}  // namespace podbrief::delivery
