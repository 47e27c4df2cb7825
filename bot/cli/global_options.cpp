#include <CLI/CLI.hpp>

#include "bot/cli/commands.hpp"

namespace podbrief::bot {

void add_global_options(CLI::App& root, Globals& globals) {
    root.require_subcommand(1);
    root.fallthrough();
    root.set_version_flag("--version", "podbrief 0.1.0");
    root.add_option("--config", globals.config, "Settings file (TOML); see config/podbrief.example.toml")
        ->type_name("FILE");
    root.add_option("--data", globals.data_dir,
                    "Folder of the store (default: $PODBRIEF_DATA_DIR, then ~/.local/share/podbrief)")
        ->type_name("DIR");
    root.add_flag("--json", globals.json, "Print JSON instead of text");
    root.footer("Try it without any setup: podbrief demo. Exit codes: README.md.");
}

}  // namespace podbrief::bot
