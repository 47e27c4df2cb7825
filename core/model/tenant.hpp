#pragma once
#include <optional>
#include <string>

#include "core/model/time.hpp"

namespace podbrief {

// A workspace that gave us a token (Slack). Unique by (platform, workspace).
struct Tenant {
    enum class State { active, revoked };
    std::string platform;
    std::string workspace;  // team, or enterprise for an organisation's installation
    std::string name;
    std::string bot_user;
    std::string app;
    std::string scopes;          // as granted, separated by commas
    std::string installed_by;    // user
    std::string sealed_token;    // crypto::SecretBox; context "<platform> token <workspace>"
    std::string sealed_refresh;  // likewise "... refresh ..."; empty: the token does not rotate
    std::optional<WallTime> token_expires_at;
    State state = State::active;
    std::string note;  // why revoked
    WallTime installed_at{};
    WallTime changed_at{};
    bool operator==(const Tenant&) const = default;
};

}  // namespace podbrief
