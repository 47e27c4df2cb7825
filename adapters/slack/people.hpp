#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "adapters/slack/api.hpp"

namespace podbrief::slack {

// What users.info tells of somebody.
struct Person {
    std::string name;
    std::string locale;     // "en-GB"
    std::string time_zone;  // IANA
    bool operator==(const Person&) const = default;
};

// Who people are and where they can be written to, remembered: asked seldom, and within a budget.
class People {
public:
    People(Api& api, Clock& clock, bool looks_up) : api_(api), clock_(clock), looks_up_(looks_up) {}

    // Empty where Slack does not tell within `patience`, or we may not ask.
    asio::awaitable<Person> person(std::string workspace, std::string user, Millis patience);

    // The channel of the direct conversation with somebody (conversations.open); nullopt: not known, `refused` says
    // why.
    asio::awaitable<std::optional<std::string>> direct_chat(std::string workspace, std::string user, Millis patience,
                                                            Answered* refused = nullptr);
    std::optional<std::string> known_direct_chat(const std::string& workspace, const std::string& user) const;
    void learn_direct_chat(const std::string& workspace, const std::string& user, const std::string& channel);

    // Destination::chat may be a person instead of a channel.
    static bool is_person(const std::string& chat) { return chat.starts_with('U') || chat.starts_with('W'); }

private:
    using Key = std::pair<std::string, std::string>;  // workspace, user
    struct Known {
        Person person;
        SteadyTime until{};
    };
    Api& api_;
    Clock& clock_;
    bool looks_up_;
    std::map<Key, Known> people_;
    std::map<Key, std::string> chats_;
};

}  // namespace podbrief::slack
