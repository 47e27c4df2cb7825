#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>

#include "bot/app.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::bot {

// Prints what was found, one line each, remedies below. Gives exit_ok, or exit_unavailable when something is bad.
int print_findings(const std::vector<Finding>& findings, bool json);

// Asks the platform whether podbrief can work there.
asio::awaitable<int> check_platform(App& app, std::string name, bool json);

}  // namespace podbrief::bot
