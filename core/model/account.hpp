#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// Who somebody is on a platform. Unique; a reader may have several.
struct Account {
    std::string platform;
    std::string workspace;  // Slack: team; elsewhere empty, people being the same everywhere
    std::string user;
    auto operator<=>(const Account&) const = default;
};
std::string to_string(const Account&);  // "slack:T1/U2", "telegram:42"

// An account of a reader; or a channel that has a brief of its own, which is a reader too (`channel`).
struct AccountRecord {
    Account account;  // of a channel: platform, workspace, and the chat as user
    ReaderId reader;
    bool channel = false;
    std::string name;  // as the platform shows it
    WallTime since{};
    bool operator==(const AccountRecord&) const = default;
};

// How far somebody is in answering our first questions.
struct Onboarding {
    enum class Step { topics, shows, hour, zone, done };
    ReaderId reader;
    Step step = Step::topics;
    std::string message_ref;  // Delivery::key of the question that is open: its message is edited as it is answered
    bool operator==(const Onboarding&) const = default;
};
std::string_view to_string(Onboarding::Step);
std::optional<Onboarding::Step> onboarding_step_from(std::string_view);

}  // namespace podbrief
