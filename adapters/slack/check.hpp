#pragma once
#include <boost/asio/awaitable.hpp>
#include <vector>

#include "adapters/slack/api.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::slack {

// What `podbrief doctor --platform slack` tells: settings, tokens with their scopes, the clock, whether Slack can reach
// us, Socket Mode. Changes nothing.
asio::awaitable<std::vector<Finding>> check(Api& api, HttpClient& http, Clock& clock, const Options& options);

}  // namespace podbrief::slack
