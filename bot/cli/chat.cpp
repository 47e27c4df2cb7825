#include "bot/cli/chat.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "adapters/terminal/render.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/line_input.hpp"
#include "bot/cli/session.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<void> answer(App& app, std::string name, std::string text) {
    Reader reader = co_await reader_for(app, name, true);  // as stored now: the last line may have changed it
    const Reply reply = co_await app.responder().answer(std::move(reader), "terminal:" + name, std::move(text));
    print_reply(reply, false);
}

bool means_quit(const std::string& line) {
    return line == "quit" || line == "exit" || line == "bye" || line == "q";
}

asio::awaitable<int> chat(App& app, std::string reader) {
    co_await app.indexer().catch_up();
    co_await chat_on_terminal(app, std::move(reader));
    co_return 0;
}

}  // namespace

asio::awaitable<void> chat_on_terminal(App& app, std::string reader) {
    const bool interactive = system::input_is_terminal();
    terminal::RenderOptions options;
    options.colour = system::output_is_terminal();
    if (interactive) {
        std::puts("Ask for brief, more on <topic>, against 1, quote 2, help. Leave with quit.");
    }
    LineInput input(app.executor());
    for (;;) {
        if (interactive) {
            std::fputs(terminal::prompt(options).c_str(), stdout);
            std::fflush(stdout);
        }
        const auto line = co_await input.next();
        if (!line || means_quit(*line)) break;
        if (line->empty()) continue;
        co_await app.indexer().catch_up();  // a server beside us may have stored more
        co_await answer(app, reader, *line);
    }
    if (interactive) std::puts("");
}

asio::awaitable<void> play_conversation(App& app, std::string reader, std::vector<std::string> lines) {
    terminal::RenderOptions options;
    options.colour = system::output_is_terminal();
    for (const auto& line : lines) {
        std::printf("%s%s\n", terminal::prompt(options).c_str(), line.c_str());
        co_await answer(app, reader, line);
    }
}

void add_chat(CLI::App& root, Action& action) {
    auto reader = std::make_shared<std::string>("me");
    auto* command = root.add_subcommand("chat", "Talk with podbrief in the terminal");
    command->add_option("--reader", *reader, "Who talks (default: me; made when new)")->type_name("NAME");
    command->callback([reader, &action] {
        action = [reader](const Globals& globals) {
            return with_app(
                settings_of(globals), StoreUse::together, [&](App& app) { return chat(app, *reader); }, exit_ok);
        };
    });
}

}  // namespace podbrief::bot
