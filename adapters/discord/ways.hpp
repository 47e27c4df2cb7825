#pragma once
#include <map>
#include <optional>
#include <string>

#include "adapters/discord/limits.hpp"
#include "core/delivery/answer_routes.hpp"

namespace podbrief::discord {

// What an interaction lets us do for some minutes.
struct Way {
    std::string token;         // a secret
    bool original = false;     // "thinking...": waits for the first part
    bool ephemeral = false;    // answers are seen by one person only
    bool channel_open = true;  // the bot can write into the channel by itself, where its messages have a nonce
    SteadyTime since{};
};

// A pressed message, as the press lets us change it.
struct Press {
    std::string token;
    bool ephemeral = false;  // there is no other way to it
    SteadyTime until{};
};

// The ways that interactions opened, in memory only. Answers are found by Delivery::key, pressed messages by their id.
class Ways {
public:
    delivery::AnswerRoutes<Way> answers;

    void pressed(const std::string& message, Press press, SteadyTime now) {
        if (presses_.size() >= most)
            std::erase_if(presses_, [now](const auto& one) { return one.second.until <= now; });
        if (presses_.size() < most) presses_.insert_or_assign(message, std::move(press));
    }
    std::optional<Press> press_of(const std::string& message, SteadyTime now) const {
        const auto found = presses_.find(message);
        if (found == presses_.end() || found->second.until <= now) return std::nullopt;
        return found->second;
    }
    void forget_press(const std::string& message) { presses_.erase(message); }

    // A follow-up that stands there as one line and is to be filled: what may be repeated.
    void reserved(const std::string& key, std::string message) {
        if (reserved_.size() >= most) reserved_.clear();
        reserved_.insert_or_assign(key, std::move(message));
    }
    std::optional<std::string> reserved_for(const std::string& key) const {
        const auto found = reserved_.find(key);
        return found == reserved_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    static constexpr std::size_t most = 20'000;
    std::map<std::string, Press> presses_;
    std::map<std::string, std::string> reserved_;
};

}  // namespace podbrief::discord
