#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bot/cli/commands.hpp"
#include "bot/cli/session.hpp"
#include "bot/exit_codes.hpp"
#include "core/commands/inert.hpp"
#include "core/feeds/opml.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<int> add(App& app, std::vector<std::string> sources, bool json) {
    bool failed = false;
    bool missing = false;
    bool no_answer = false;
    nlohmann::json rows = nlohmann::json::array();
    for (const auto& source : sources) {
        for (const auto& line : co_await app.subscriber().add_source(source)) {
            const std::string what = commands::inert(line.what);
            failed |= !line.ok;
            missing |= line.no_input;
            no_answer |= line.no_answer;
            if (json) {
                rows.push_back({{"ok", line.ok},
                                {"created", line.created},
                                {"what", line.what},
                                {"problem", line.problem},
                                {"new_episodes", line.episodes}});
            } else if (!line.ok) {
                // Problems of local files name the file already.
                const bool named = line.problem.find(line.what) != std::string::npos;
                std::fprintf(stderr, "podbrief: not added: %s%s%s\n", named ? "" : what.c_str(), named ? "" : ": ",
                             line.problem.c_str());
            } else if (!line.created) {
                std::printf("already there: %s\n", what.c_str());
            } else if (line.episodes > 0) {
                std::printf("added: %s, %zu episode%s to read\n", what.c_str(), line.episodes,
                            line.episodes == 1 ? "" : "s");
            } else {
                std::printf("added: %s\n", what.c_str());
            }
        }
    }
    if (json) std::puts(rows.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    if (!json && !failed) std::puts("Read them with: podbrief ingest (once) or podbrief serve (for good).");
    co_return missing ? exit_no_input : no_answer ? exit_unavailable : failed ? exit_bad_data : exit_ok;
}

nlohmann::json to_json(const Subscription& subscription) {
    const auto& [podcast, poll] = subscription;
    return {{"id", podcast.id.value},        {"title", podcast.title},
            {"feed_url", podcast.feed_url},  {"consecutive_failures", poll.consecutive_failures},
            {"last_error", poll.last_error}, {"next_poll_at_ms", to_ms(poll.next_poll_at)}};
}

asio::awaitable<int> list(App& app, bool json) {
    const auto subscriptions = co_await app.library().subscriptions();
    if (json) {
        nlohmann::json rows = nlohmann::json::array();
        for (const auto& subscription : subscriptions) rows.push_back(to_json(subscription));
        std::puts(rows.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
        co_return 0;
    }
    for (const auto& [podcast, poll] : subscriptions) {
        std::printf("%4lld  %s\n      %s\n", static_cast<long long>(podcast.id.value),
                    podcast.title.empty() ? "(not read yet)" : commands::inert(podcast.title).c_str(),
                    podcast.feed_url.c_str());
        if (!poll.last_error.empty()) std::printf("      failing: %s\n", poll.last_error.c_str());
    }
    if (subscriptions.empty()) std::puts("No podcasts yet. Add one: podbrief feeds add https://example.com/feed.xml");
    co_return 0;
}

asio::awaitable<int> remove(App& app, std::string which) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(which.data(), which.data() + which.size(), number);
    const bool is_number = error == std::errc() && end == which.data() + which.size();
    for (const auto& [podcast, poll] : co_await app.library().subscriptions()) {
        const bool meant = is_number ? podcast.id.value == number : podcast.feed_url == which || podcast.title == which;
        if (!meant) continue;
        co_await app.library().remove_podcast(podcast.id);
        std::printf("removed: %s\n", podcast.title.c_str());
        co_return 0;
    }
    throw ExitError(exit_no_input,
                    fmt::format("no podcast \"{}\": podbrief feeds list shows numbers, titles and addresses", which));
}

asio::awaitable<int> export_opml(App& app) {
    std::vector<feeds::OpmlFeed> rows;
    for (const auto& [podcast, poll] : co_await app.library().subscriptions()) {
        if (podcast.feed_url.starts_with("file:")) continue;  // means nothing on another machine
        rows.push_back({podcast.title, podcast.feed_url, podcast.link, {}});
    }
    std::fputs(feeds::write_opml("Podcasts of podbrief", app.clock().wall_now(), rows).c_str(), stdout);
    co_return 0;
}

}  // namespace

void add_feeds(CLI::App& root, Action& action) {
    struct Options {
        std::vector<std::string> sources;
        std::string which;
    };
    auto options = std::make_shared<Options>();
    auto* command = root.add_subcommand("feeds", "The podcasts: add, list, remove, export");
    command->require_subcommand(1);

    auto* adding = command->add_subcommand("add", "Add feeds, local folders or files with transcripts, or OPML lists");
    adding->add_option("source", options->sources, "URL, folder, file or OPML file")->required();
    adding->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return add(app, options->sources, globals.json); });
        };
    });
    command->add_subcommand("list", "List the podcasts and how they do")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return list(app, globals.json); });
        };
    });
    auto* removing = command->add_subcommand("remove", "Remove a podcast and all that came from it");
    removing->add_option("which", options->which, "Number, address or title")->required();
    removing->callback([options, &action] {
        action = [options](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together,
                            [&](App& app) { return remove(app, options->which); });
        };
    });
    command->add_subcommand("export", "Write the podcasts as OPML to standard output")->callback([&action] {
        action = [](const Globals& globals) {
            return with_app(settings_of(globals), StoreUse::together, [&](App& app) { return export_opml(app); });
        };
    });
}

}  // namespace podbrief::bot
