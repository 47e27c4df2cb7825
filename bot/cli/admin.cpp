#include <CLI/CLI.hpp>
#include <cstdio>

#include "adapters/web/operator_pages.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/services/private_pages.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> admin(App& app, bool sign_out_all) {
    if (sign_out_all) {
        const int ended = co_await app.keys().end_operator();
        std::printf("%s\n",
                    ended == 0 ? "Nobody was signed in." : "Signed out: links and sessions do not work any more.");
        co_return 0;
    }
    const std::string site = app.site();
    if (site.empty()) throw ExitError(exit_config, "server.listen is empty, so there is no page; give it an address");
    const std::string key = services::make_key();
    const std::string hash = services::hash_of_key(key);
    const WallTime until = app.clock().wall_now() + web::OperatorPages::link_lives;
    co_await app.keys().keep_operator(KeyStore::Operator::link, hash, until);
    std::printf("%s/admin/%s\n", site.c_str(), key.c_str());
    co_return 0;
}

}  // namespace

void add_admin(CLI::App& root, Action& action) {
    auto sign_out_all = std::make_shared<bool>(false);
    auto* command = root.add_subcommand("admin", "Print a link to the status page: good once, for ten minutes");
    command->add_flag("--sign-out-all", *sign_out_all, "End all sessions and links instead");
    command->callback([sign_out_all, &action] {
        action = [sign_out_all](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return admin(app, *sign_out_all); });
        };
    });
}

}  // namespace podbrief::bot
