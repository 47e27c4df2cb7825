#include "adapters/doubles/discord_route.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace podbrief::doubles {
namespace {

struct Pattern {
    std::string_view method;
    std::string_view path;  // a star stands for any one part
};
constexpr std::array<Pattern, 19> routes{{{"GET", "gateway/bot"},
                                          {"GET", "users/@me"},
                                          {"GET", "users/@me/guilds"},
                                          {"POST", "users/@me/channels"},
                                          {"GET", "applications/@me"},
                                          {"PATCH", "applications/@me"},
                                          {"GET", "applications/*/commands"},
                                          {"PUT", "applications/*/commands"},
                                          {"GET", "channels/*"},
                                          {"GET", "channels/*/messages"},
                                          {"POST", "channels/*/messages"},
                                          {"PATCH", "channels/*/messages/*"},
                                          {"POST", "interactions/*/*/callback"},
                                          {"POST", "webhooks/*/*"},
                                          {"GET", "webhooks/*/*/messages/*"},
                                          {"PATCH", "webhooks/*/*/messages/*"},
                                          {"DELETE", "webhooks/*/*/messages/*"},
                                          {"GET", "gateway"},
                                          {"GET", "applications/*"}}};

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        if (end > 0) parts.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

bool matches(const std::vector<std::string>& parts, std::string_view pattern) {
    const auto wanted = parts_of(pattern);
    return std::equal(parts.begin(), parts.end(), wanted.begin(), wanted.end(),
                      [](const std::string& part, const std::string& want) { return want == "*" || want == part; });
}

}  // namespace

DiscordServer::Route::Route(const ServerRequest& request, const std::string& base_path, nlohmann::json& read)
    : method(request.method), asked(request.query()), body(read) {
    const std::string path(request.path());
    if (!path.starts_with(base_path)) return;
    parts = parts_of(path.substr(base_path.size()));
    known = std::any_of(routes.begin(), routes.end(), [&](const Pattern& pattern) {
        return pattern.method == method && matches(parts, pattern.path);
    });
}

std::string DiscordServer::Route::query(const std::string& name) const {
    const std::string all = "&" + asked + "&";
    const auto begin = all.find("&" + name + "=");
    if (begin == std::string::npos) return {};
    const auto value = begin + name.size() + 2;
    return all.substr(value, all.find('&', value) - value);
}

}  // namespace podbrief::doubles
