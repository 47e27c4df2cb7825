// podbrief: parse the command line, run one subcommand, say how it ended.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "bot/cli/commands.hpp"
#include "bot/exit_codes.hpp"
#include "bot/nearest.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::bot {
namespace {

int code_of(const StoreFailure& failure) {
    switch (failure.kind()) {
        case StoreFailure::Kind::disk_full:
            return exit_io;
        case StoreFailure::Kind::in_use:
            return exit_in_use;
        case StoreFailure::Kind::corrupt:
            return exit_bad_data;
        case StoreFailure::Kind::newer_schema:
            return exit_bad_data;
        case StoreFailure::Kind::unreadable:
            return exit_cannot_create;
        case StoreFailure::Kind::other:
            return exit_io;
    }
    return exit_io;
}

int complain(const char* line, int code) {
    std::fprintf(stderr, "podbrief: %s\n", line);
    return code;
}

// CLI11 says only that a subcommand is missing; the word that is none says more.
std::string describe(const CLI::App& cli, const CLI::ParseError& error) {
    const auto words = cli.remaining();
    if (error.get_name() != "RequiredError" || words.empty() || words[0].starts_with("-")) return error.what();
    std::vector<std::string> commands;
    for (const auto* command : cli.get_subcommands([](const CLI::App*) { return true; })) {
        commands.push_back(command->get_name());
    }
    const auto meant = nearest(words[0], commands, 3);
    return fmt::format("unknown command \"{}\"{}", words[0], meant ? fmt::format(", did you mean {}?", *meant) : "");
}

int run(int argc, char** argv) {
    CLI::App cli{
        "podbrief reads new podcasts and sends you the five insights worth knowing, each tied to the exact words.",
        "podbrief"};
    Globals globals;
    Action action;
    add_global_options(cli, globals);
    add_demo(cli, action);
    add_feeds(cli, action);
    add_ingest(cli, action);
    add_brief(cli, action);
    add_ask(cli, action);
    add_chat(cli, action);
    add_serve(cli, action);
    add_users(cli, action);
    add_explain(cli, action);
    add_admin(cli, action);
    add_withdraw(cli, action);
    add_doctor(cli, action);
    add_platforms(cli, action);
    add_doubles(cli, action);
    add_bench(cli, action);
    try {
        cli.parse(argc, argv);
        return action(globals);
    } catch (const CLI::Success& asked_for_help) {
        return cli.exit(asked_for_help);
    } catch (const CLI::ParseError& error) {
        return complain(fmt::format("{}. See podbrief --help.", describe(cli, error)).c_str(), exit_usage);
    } catch (const ExitError& error) {
        return complain(error.what(), error.code());
    } catch (const StoreFailure& failure) {
        return complain(failure.what(), code_of(failure));
    } catch (const std::exception& bug) {
        return complain(
            fmt::format("stopped by an error that should not happen: {}. Please report it.", bug.what()).c_str(),
            exit_internal);
    }
}

}  // namespace
}  // namespace podbrief::bot

int main(int argc, char** argv) {
    return podbrief::bot::run(argc, argv);
}
