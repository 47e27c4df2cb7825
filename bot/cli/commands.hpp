#pragma once
#include <filesystem>
#include <functional>

namespace CLI {
class App;
}

// One file per subcommand. Each add_* puts its subcommand under `root` and, when that is the one chosen, sets `action`.
namespace podbrief::bot {

// What every subcommand understands.
struct Globals {
    std::filesystem::path config;    // empty: no file, defaults only
    std::filesystem::path data_dir;  // empty: the default
    bool json = false;
};
using Action = std::function<int(const Globals&)>;

void add_global_options(CLI::App& root, Globals& globals);

void add_admin(CLI::App& root, Action& action);
void add_ask(CLI::App& root, Action& action);
void add_bench(CLI::App& root, Action& action);
void add_brief(CLI::App& root, Action& action);
void add_chat(CLI::App& root, Action& action);
void add_demo(CLI::App& root, Action& action);
void add_doctor(CLI::App& root, Action& action);
void add_doubles(CLI::App& root, Action& action);
void add_explain(CLI::App& root, Action& action);
void add_feeds(CLI::App& root, Action& action);
void add_ingest(CLI::App& root, Action& action);
void add_platforms(CLI::App& root, Action& action);
void add_serve(CLI::App& root, Action& action);
void add_users(CLI::App& root, Action& action);
void add_withdraw(CLI::App& root, Action& action);

}  // namespace podbrief::bot
