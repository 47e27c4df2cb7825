#include <CLI/CLI.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> ask(App& app, std::string name, std::string text, bool json) {
    co_await app.indexer().catch_up();
    Reader reader = co_await reader_for(app, name, true);
    const Reply reply = co_await app.responder().answer(std::move(reader), "terminal:" + name, std::move(text));
    print_reply(reply, json);
    co_return 0;
}

}  // namespace

void add_ask(CLI::App& root, Action& action) {
    struct Options {
        std::string reader = "me";
        std::vector<std::string> words;
    };
    auto options = std::make_shared<Options>();
    auto* command =
        root.add_subcommand("ask", "Ask one thing, as in a chat: podbrief ask \"more on chip export controls\"");
    command->add_option("--reader", options->reader, "Who asks (default: me)")->type_name("NAME");
    command->add_option("text", options->words, "What to ask; the numbers of the last list work too: more on 3")
        ->required();
    command->callback([options, &action] {
        action = [options](const Globals& globals) {
            std::string text;
            for (const auto& word : options->words) text += (text.empty() ? "" : " ") + word;
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return ask(app, options->reader, text, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
