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

Subscriber::Line missing(const std::string& source, const boost::system::error_code& error) {
    Subscriber::Line line;
    line.no_input = true;
    line.what = source;
    line.problem = error == make_error_code(Errc::refused)
                       ? "no permission to read it; check who owns it"
                       : "no such file or folder; a web address starts with https://";
    return line;
}

Subscriber::Line refused(const std::string& what, std::string problem) {
    Subscriber::Line line;
    line.what = what;
    line.problem = std::move(problem);
    return line;
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
    Added added;
    added.id = id;
    added.line.ok = true;
    added.line.created = created;
    added.line.what = subscription->podcast.title;
    if (added.line.what.empty()) added.line.what = as_typed;
    if (!created) co_return added;

    const PollReport report = co_await poller_.poll(std::move(*subscription));
    if (report.verdict == feeds::PollVerdict::failed || report.verdict == feeds::PollVerdict::gone) {
        co_await library_.remove_podcast(id);
        added.line = refused(as_typed, report.problem);
        added.line.no_answer = report.no_answer;
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
        lines.push_back(missing(path, bytes.error()));
        co_return lines;
    }
    const auto opml = feeds::read_opml(std::move(*bytes));
    if (!opml) {
        lines.push_back(refused(path, opml.error().message));
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
        Line line;
        line.ok = true;
        line.created = added.created;
        line.what = feed.title.empty() ? feed.feed_url : feed.title;
        lines.push_back(std::move(line));
    }
    for (const auto& skipped : opml->skipped) lines.push_back(refused(path, skipped));
    if (lines.empty()) {
        lines.push_back(refused(path, "the list names no feeds; export it again as OPML"));
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
            lines.push_back(missing(source, folder.error()));
            co_return lines;
        }
    }
    const auto url = feeds::normalise_feed_address(source);
    if (!url) {
        lines.push_back(refused(source, url.error().message));
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
