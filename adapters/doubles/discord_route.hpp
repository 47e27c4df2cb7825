#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "adapters/doubles/discord_server.hpp"

namespace podbrief::doubles {

// One call, taken apart.
struct DiscordServer::Route {
    // Whether there is such a route; the body is still to be read.
    Route(const ServerRequest& request, const std::string& base_path, nlohmann::json& body);

    std::string method;
    std::vector<std::string> parts;  // of the path below the base
    std::string asked;               // the query
    nlohmann::json& body;
    bool known = false;

    std::size_t size() const { return parts.size(); }
    std::string at(std::size_t i) const { return i < parts.size() ? parts[i] : std::string{}; }
    std::string query(const std::string& name) const;
};

}  // namespace podbrief::doubles
