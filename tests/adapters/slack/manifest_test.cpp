// config/slack-manifest*.yaml ask for what the adapter needs, and name the paths that it serves.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "adapters/slack/options.hpp"
#include "tests/support/files.hpp"

namespace podbrief::slack {
namespace {

std::string manifest(const std::string& name) {
    return podbrief::testing::read_file(podbrief::testing::source_folder() / "config" / name);
}

// The entries of the list under `name`.
std::set<std::string> entries(const std::string& yaml, const std::string& name) {
    std::set<std::string> out;
    std::istringstream lines(yaml.substr(yaml.find(name + ":")));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const auto dash = line.find_first_not_of(' ');
        if (dash == std::string::npos || line.compare(dash, 2, "- ") != 0) break;
        out.insert(line.substr(dash + 2));
    }
    return out;
}

TEST(SlackManifest, AsksForTheScopesThatTheAdapterUsesAndNoOthers) {
    const Options options;
    const std::set<std::string> needed(options.scopes.begin(), options.scopes.end());
    for (const char* name : {"slack-manifest.yaml", "slack-manifest-socket.yaml"}) {
        EXPECT_EQ(entries(manifest(name), "bot"), needed) << name;
        EXPECT_EQ(entries(manifest(name), "bot_events"),
                  (std::set<std::string>{"app_home_opened", "app_mention", "app_uninstalled", "message.im",
                                         "tokens_revoked"}));
    }
}

TEST(SlackManifest, NamesThePathsThatAreServed) {
    const Options options;
    const std::string yaml = manifest("slack-manifest.yaml");
    for (const std::string& path :
         {options.events_path, options.commands_path, options.interactivity_path, options.callback_path})
        EXPECT_NE(yaml.find("https://podbrief.example" + path + "\n"), std::string::npos) << path;
    const std::string sockets = manifest("slack-manifest-socket.yaml");
    EXPECT_NE(sockets.find("socket_mode_enabled: true"), std::string::npos);
    EXPECT_EQ(sockets.find("https://"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::slack
