#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/delivery/key.hpp"
#include "core/model/time.hpp"

namespace podbrief::delivery {

// Shorter ways than the chat by which the answer to one happening may be given, as long as they are open: an
// interaction's token, a response address. They are secrets and are kept in memory only; after a crash the answer goes
// to the chat. Found by Delivery::key, so that the outbox need not know of them.
template <class Route>
class AnswerRoutes {
public:
    static constexpr int most_parts = 8;  // of one answer
    static constexpr std::size_t most_routes = 20'000;

    void open(std::string_view platform, std::string_view tenant, std::string_view event_id, Route route,
              SteadyTime until, SteadyTime now) {
        if (routes_.size() >= most_routes * most_parts) forget_closed(now);
        if (routes_.size() >= most_routes * most_parts) return;
        for (int part = 1; part <= most_parts; ++part) {
            routes_.insert_or_assign(reply_key(platform, tenant, event_id, part), Open{route, part, until});
        }
    }

    struct Found {
        Route route;
        int part = 1;  // of the answer, from 1
    };
    std::optional<Found> find(const std::string& key, SteadyTime now) const {
        const auto found = routes_.find(key);
        if (found == routes_.end() || found->second.until <= now) return std::nullopt;
        return Found{found->second.route, found->second.part};
    }

    // The route of that key leads nowhere any more.
    void close(const std::string& key) { routes_.erase(key); }

    void forget_closed(SteadyTime now) {
        std::erase_if(routes_, [now](const auto& entry) { return entry.second.until <= now; });
    }
    std::size_t size() const { return routes_.size(); }

private:
    struct Open {
        Route route;
        int part = 1;
        SteadyTime until{};
    };
    std::map<std::string, Open> routes_;
};

}  // namespace podbrief::delivery
