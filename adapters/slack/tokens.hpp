#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/slack/answer.hpp"

namespace podbrief::slack {

namespace asio = boost::asio;

// What opens one workspace.
struct Access {
    std::string token;
    std::string bot_user;  // empty: not known
    bool operator==(const Access&) const = default;
};
using AccessResult = std::variant<Access, NoToken, NotNow>;

// Whose tokens we ask with. Throws operation_aborted on cancellation, and nothing else.
class Tokens {
public:
    virtual ~Tokens() = default;
    virtual asio::awaitable<AccessResult> access(std::string workspace) = 0;
    // Slack refused `token`, because it has expired or otherwise: another one, if there is one by now.
    virtual asio::awaitable<AccessResult> replacement(std::string workspace, std::string token, bool expired) = 0;
    // What is known of it may not hold any more.
    virtual void forget(const std::string& workspace) = 0;
    virtual asio::awaitable<std::vector<std::string>> workspaces() = 0;
};

// One workspace, one token that does not change. Whatever a workspace is called, it is that one.
class OneToken final : public Tokens {
public:
    explicit OneToken(std::string token) : access_{std::move(token), {}} {}
    asio::awaitable<AccessResult> access(std::string) override { co_return access_; }
    asio::awaitable<AccessResult> replacement(std::string, std::string, bool) override {
        co_return NoToken{"the token is not valid any more"};
    }
    void forget(const std::string&) override {}
    asio::awaitable<std::vector<std::string>> workspaces() override { co_return std::vector<std::string>(1); }

private:
    Access access_;
};

}  // namespace podbrief::slack
