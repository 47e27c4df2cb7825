#include "bot/cli/session.hpp"

#include <cstdio>

#include "adapters/terminal/render.hpp"
#include "bot/exit_codes.hpp"
#include "core/commands/reply_json.hpp"

namespace podbrief::bot {

Settings settings_of(const Globals& globals) {
    const auto environment = process_environment();
    const auto data_dir = globals.data_dir.empty() ? default_data_dir(environment) : globals.data_dir;
    auto loaded = load_settings(globals.config, data_dir, environment);
    if (loaded.problems.empty()) return std::move(loaded.settings);
    std::string lines;
    for (const auto& problem : loaded.problems) lines += (lines.empty() ? "" : "\npodbrief: ") + to_string(problem);
    throw ExitError(exit_config, lines);
}

int with_app(const Settings& settings, StoreUse use, const std::function<asio::awaitable<int>(App&)>& work,
             int when_stopped) {
    App app(settings, use);
    return app.run(work(app), when_stopped);
}

asio::awaitable<Reader> reader_for(App& app, std::string name, bool create) {
    auto found = co_await app.readers().reader_named(name);
    if (found) co_return std::move(*found);
    if (!create) {
        throw ExitError(exit_no_input,
                        fmt::format("no reader named \"{0}\": make one with: podbrief users add \"{0}\" --topics "
                                    "\"chip export controls, remote work\"",
                                    name));
    }
    Reader reader;
    reader.name = std::move(name);
    reader.created_at = app.clock().wall_now();
    co_return co_await app.readers().save(std::move(reader));
}

void print_reply(const Reply& reply, bool json) {
    if (json) {
        std::puts(commands::to_json(reply).c_str());
        return;
    }
    terminal::RenderOptions options;
    options.width = static_cast<std::size_t>(system::terminal_width(80));
    options.colour = system::output_is_terminal();
    options.links = options.colour;
    std::fputs(terminal::render(reply, options).c_str(), stdout);
    std::fflush(stdout);
}

}  // namespace podbrief::bot
