#include "bot/platforms.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/findings.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "bot/nearest.hpp"
#include "core/commands/inert.hpp"

namespace podbrief::bot {
namespace {

const char* word_for(Finding::Grade grade) {
    switch (grade) {
        case Finding::Grade::good:
            return "ok";
        case Finding::Grade::note:
            return "note";
        case Finding::Grade::bad:
            return "BAD";
    }
    return "";
}

// Throws ExitError when there is no such platform, or it is not turned on.
const Platforms::Entry& entry_named(const Platforms& platforms, const std::string& name) {
    if (const Platforms::Entry* entry = platforms.named(name)) return *entry;
    const auto& all = Platforms::names();
    if (std::find(all.begin(), all.end(), name) == all.end()) {
        const auto meant = nearest(name, all, 3);
        throw ExitError(exit_usage, fmt::format("there is no platform \"{}\"{}", name,
                                                meant ? fmt::format(", did you mean {}?", *meant) : ""));
    }
    throw ExitError(exit_config, fmt::format("{} is not turned on: set its token in the configuration file, section "
                                             "[{}] (config/podbrief.example.toml says which)",
                                             name, name));
}

asio::awaitable<int> list(App& app, bool json) {
    const Platforms platforms(app);
    nlohmann::json report = nlohmann::json::array();
    for (const std::string& name : Platforms::names()) {
        const Platforms::Entry* entry = platforms.named(name);
        report.push_back({{"platform", name}, {"mode", entry ? entry->mode : "off"}});
        if (!json) std::printf("%-10s %s\n", name.c_str(), entry ? entry->mode.c_str() : "off");
    }
    if (json) std::puts(report.dump(2).c_str());
    co_return exit_ok;
}

asio::awaitable<int> set_up(App& app, std::string name, bool json) {
    const Platforms platforms(app);
    const Platforms::Entry& entry = entry_named(platforms, name);
    if (!entry.setup) {
        throw ExitError(exit_usage, fmt::format("{} is set up by its manifest: config/slack-manifest.yaml", name));
    }
    const std::vector<Finding> findings = co_await entry.setup();
    co_return print_findings(findings, json);
}

}  // namespace

int print_findings(const std::vector<Finding>& findings, bool json) {
    bool bad = false;
    nlohmann::json report = nlohmann::json::array();
    for (const Finding& finding : findings) {
        bad = bad || finding.grade == Finding::Grade::bad;
        report.push_back({{"grade", word_for(finding.grade)}, {"what", finding.what}, {"remedy", finding.remedy}});
        if (json) continue;
        std::printf("%-5s %s\n", word_for(finding.grade), commands::inert(finding.what).c_str());
        if (!finding.remedy.empty()) std::printf("      -> %s\n", commands::inert(finding.remedy).c_str());
    }
    if (json) std::puts(report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    return bad ? exit_unavailable : exit_ok;
}

asio::awaitable<int> check_platform(App& app, std::string name, bool json) {
    const Platforms platforms(app);
    const std::vector<Finding> findings = co_await entry_named(platforms, name).check();
    co_return print_findings(findings, json);
}

void add_platforms(CLI::App& root, Action& action) {
    auto* command = root.add_subcommand("platforms", "Which platforms are turned on; setting them up");
    command->callback([command, &action] {
        if (!command->get_subcommands().empty()) return;
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return list(app, globals.json); });
        };
    });
    auto name = std::make_shared<std::string>();
    auto* setup = command->add_subcommand("setup", "Register commands and web hook with the platform");
    setup->add_option("platform", *name, "telegram or discord")->required();
    setup->callback([name, &action] {
        action = [name](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return set_up(app, *name, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
