#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/delivery/answer_routes.hpp"
#include "core/model/incoming.hpp"
#include "core/model/time.hpp"

namespace podbrief::slack {

// A response_url (docs.slack.dev/interactivity/handling-user-interaction): at most 5 times, within 30 minutes. A
// secret.
struct Route {
    std::string url;
    std::string thread;    // where the message is that was pressed; empty: in no thread
    bool answers = false;  // the answer goes this way: seen by whoever asked only
    std::shared_ptr<int> left = std::make_shared<int>(5);

    // Counts one use; false: it is used up.
    bool use() const {
        if (*left <= 0) return false;
        --*left;
        return true;
    }
};

// The ways back to what people asked and pressed just now.
class ResponseRoutes {
public:
    static constexpr Millis lifetime{29 * 60'000};
    // What stands before the `ts` of a message that only one person sees: it can be changed by its route alone.
    static constexpr std::string_view ephemeral = "ephemeral:";

    void open(const Incoming& from, Route route, SteadyTime now) {
        if (from.message_ref.starts_with(ephemeral)) {
            if (messages_.size() >= most)
                std::erase_if(messages_, [now](const auto& m) { return m.second.until <= now; });
            if (messages_.size() < most) messages_[from.message_ref] = {route, now + lifetime};
        }
        by_key_.open(from.platform, from.tenant, from.event_id, std::move(route), now + lifetime, now);
    }
    std::optional<Route> of_answer(const std::string& key, SteadyTime now) const {
        const auto found = by_key_.find(key, now);
        if (!found) return std::nullopt;
        return found->route;
    }
    void close_answer(const std::string& key) { by_key_.close(key); }
    std::optional<Route> of_message(const std::string& ref, SteadyTime now) const {
        const auto found = messages_.find(ref);
        if (found == messages_.end() || found->second.until <= now) return std::nullopt;
        return found->second.route;
    }

private:
    static constexpr std::size_t most = 20'000;
    struct Message {
        Route route;
        SteadyTime until{};
    };
    delivery::AnswerRoutes<Route> by_key_;
    std::map<std::string, Message> messages_;
};

}  // namespace podbrief::slack
