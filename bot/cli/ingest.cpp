#include "bot/cli/ingest.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "bot/transcription.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> ingest(App& app, bool json) {
    const auto podcasts = co_await app.library().subscriptions();
    if (podcasts.empty()) {
        throw ExitError(exit_no_input,
                        "no podcasts yet: add one with: podbrief feeds add https://example.com/feed.xml");
    }
    Progress progress(app.clock(), system::output_is_terminal(), json);
    co_await ingest_once(app, progress);
    progress.finish();
    if (json) {
        const nlohmann::json report = {{"feeds_ok", progress.feeds_ok()},
                                       {"feeds_failed", progress.feeds_failed()},
                                       {"episodes", progress.episodes()},
                                       {"insights", progress.insights()},
                                       {"talk_ms", progress.talk().count()}};
        std::puts(report.dump(2).c_str());
    }
    if (progress.feeds_failed() > 0 && progress.feeds_ok() == 0 && progress.episodes() == 0) {
        throw ExitError(
            exit_unavailable,
            fmt::format("none of the {} feeds asked could be read, the first because of: {}; they will be asked "
                        "again later, podbrief feeds list shows the others",
                        progress.feeds_failed(), progress.first_problem()));
    }
    co_return exit_ok;
}

}  // namespace

asio::awaitable<void> ingest_once(App& app, Progress& progress) {
    co_await app.indexer().catch_up();
    const auto polled = [&progress](const services::PollReport& report) { progress.polled(report); };
    co_await app.poller().poll_due(polled);
    const auto read = [&progress](const services::EpisodeReport& report) { progress.read(report); };
    const auto due = [&progress](std::size_t count) { progress.episodes_expected(count); };
    co_await app.pipeline().read_due(read, due);
    if (app.transcription() != nullptr) {
        const std::size_t ready = co_await app.transcription()->desk().work_off();
        if (ready > 0) co_await app.pipeline().read_due(read, due);
    }
    co_await app.judge().catch_up();
    co_await app.indexer().save();
}

void add_ingest(CLI::App& root, Action& action) {
    root.add_subcommand("ingest", "Ask the feeds that are due, read the new episodes, and stop")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::alone, [&](App& app) { return ingest(app, globals.json); });
        };
    });
}

}  // namespace podbrief::bot
