#include "core/services/subscriber.hpp"

#include <filesystem>

#include "core/feeds/address.hpp"
#include "core/feeds/opml.hpp"
#include "core/services/local_source.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t largest_opml = 8u << 20;

bool looks_like_web_address(const std::string& source) {
    const auto scheme = source.find("://");
    return scheme != std::string::npos && !source.starts_with("file:");
}

std::string missing(const std::string& source, const boost::system::error_code& error) {
    if (error == make_error_code(Errc::refused)) return source + ": no permission to read it; check who owns it";
    return source + ": no such file or folder; a web address starts with https://";
}

}  // namespace

asio::awaitable<Subscriber::Added> Subscriber::add_and_poll(std::string feed_url, std::string as_typed) {
    const WallTime now = clock_.wall_now();
    Podcast podcast;
    podcast.feed_url = std::move(feed_url);
    podcast.added_at = now;
    PollState poll;
    poll.next_poll_at = now;
    const auto [id, created] = co_await library_.add_podcast(std::move(podcast), poll);
    auto subscription = co_await library_.subscription(id);
    Added added{{true, created, false, subscription->podcast.title, {}, 0}, id};
    if (added.line.what.empty()) added.line.what = as_typed;
    if (!created) co_return added;

    const PollReport report = co_await poller_.poll(std::move(*subscription));
    if (report.verdict == feeds::PollVerdict::failed || report.verdict == feeds::PollVerdict::gone) {
        co_await library_.remove_podcast(id);
        added.line = {false, false, false, as_typed, report.problem, 0};
        added.id = {};
        co_return added;
    }
    added.line.what = report.title;
    added.line.episodes = report.added;
    co_return added;
}

asio::awaitable<std::vector<Subscriber::Line>> Subscriber::add_opml(std::string path) {
    std::vector<Line> lines;
    auto bytes = co_await files_.read(path, largest_opml);
    if (!bytes) {
        lines.push_back({false, false, true, path, missing(path, bytes.error()), 0});
        co_return lines;
    }
    const auto opml = feeds::read_opml(std::move(*bytes));
    if (!opml) {
        lines.push_back({false, false, false, path, path + ": " + opml.error().message, 0});
        co_return lines;
    }
    const WallTime now = clock_.wall_now();
    for (const auto& feed : opml->feeds) {
        // Not asked one by one here: a long list would take minutes. They are due at once, in turn.
        Podcast podcast;
        podcast.feed_url = feed.feed_url;
        podcast.title = feed.title;
        podcast.link = feed.link;
        podcast.added_at = now;
        PollState poll;
        poll.next_poll_at = now;
        const auto added = co_await library_.add_podcast(std::move(podcast), poll);
        lines.push_back({true, added.created, false, feed.title.empty() ? feed.feed_url : feed.title, {}, 0});
    }
    for (const auto& skipped : opml->skipped) lines.push_back({false, false, false, path, path + ": " + skipped, 0});
    if (lines.empty()) {
        lines.push_back({false, false, false, path, path + ": the list names no feeds; export it again as OPML", 0});
    }
    co_return lines;
}

asio::awaitable<std::vector<Subscriber::Line>> Subscriber::add_source(std::string source) {
    namespace fs = std::filesystem;
    std::vector<Line> lines;
    if (!looks_like_web_address(source)) {
        const std::string path = source.starts_with("file://") ? path_of_file_url(source) : source;
        const auto folder = co_await files_.is_folder(path);
        if (folder) {
            const fs::path absolute = fs::absolute(path).lexically_normal();
            std::string extension = absolute.extension().string();
            if (!*folder && (extension == ".opml" || extension == ".OPML")) co_return co_await add_opml(path);
            Added added = co_await add_and_poll(file_url_of(absolute.string()), source);
            lines.push_back(std::move(added.line));
            co_return lines;
        }
        const bool like_a_path = source.find('/') == 0 || source.starts_with(".") || source.starts_with("file:");
        if (like_a_path || source.find('.') == std::string::npos || folder.error() == make_error_code(Errc::refused)) {
            lines.push_back({false, false, true, source, missing(source, folder.error()), 0});
            co_return lines;
        }
    }
    const auto url = feeds::normalise_feed_address(source);
    if (!url) {
        lines.push_back({false, false, false, source, url.error().message, 0});
        co_return lines;
    }
    Added added = co_await add_and_poll(*url, source);
    lines.push_back(std::move(added.line));
    co_return lines;
}

asio::awaitable<FeedAdder::Outcome> Subscriber::add(std::string url) {
    Outcome outcome;
    const auto address = feeds::normalise_feed_address(url);
    if (!address) {
        outcome.problem = address.error().message;
        co_return outcome;
    }
    Added added = co_await add_and_poll(*address, url);
    outcome.podcast = added.id;
    outcome.created = added.line.created;
    outcome.title = added.line.what;
    outcome.problem = added.line.problem;
    co_return outcome;
}

}  // namespace podbrief::services
