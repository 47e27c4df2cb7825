#include "core/services/local_source.hpp"

#include <filesystem>
#include <map>

#include "core/async/run_on.hpp"
#include "core/text/unicode.hpp"
#include "core/transcripts/file_names.hpp"
#include "core/transcripts/local.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t largest_feed = 32u << 20;

std::string name_of_folder(const std::string& path) {
    std::filesystem::path p(path);
    if (p.filename().empty()) p = p.parent_path();
    return text::collapse_white_space(text::to_valid_utf8(p.filename().string()));
}

std::string without_extension(const std::string& path) {
    return std::filesystem::path(path).replace_extension().string();
}

bool looks_like_xml(std::string_view bytes) {
    const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return first != std::string_view::npos && bytes[first] == '<' &&
           bytes.substr(0, 2000).find("<html") == std::string_view::npos;
}

struct Found {
    LocalFile file;
    std::string relative;
    std::string head;
};

// One episode per name: other formats of the same talk become further offers.
feeds::ParsedFeed feed_of(const std::vector<Found>& found, const std::string& title, WallTime now) {
    feeds::ParsedFeed feed;
    feed.podcast.title = title;
    std::map<std::string, std::size_t> by_name;
    std::map<std::string, int> shows;
    for (const auto& [file, relative, head] : found) {
        transcripts::LocalFile local;
        local.relative_path = relative;
        local.url = file_url_of(file.path);
        local.head = head;
        local.modified_at = from_ms(file.modified_ms);
        local.seen_at = now;
        auto episode = transcripts::episode_from_file(local);
        if (!episode) continue;
        if (!episode->show.empty()) ++shows[episode->show];
        const std::string revision = fmt::format("{}:{}", file.bytes, file.modified_ms);
        const auto [at, is_new] = by_name.emplace(without_extension(relative), feed.episodes.size());
        if (is_new) {
            episode->episode.revision = revision;
            feed.episodes.push_back(std::move(episode->episode));
            continue;
        }
        Episode& same = feed.episodes[at->second];
        same.revision += " " + revision;
        same.transcripts.insert(same.transcripts.end(), episode->episode.transcripts.begin(),
                                episode->episode.transcripts.end());
    }
    // The files may name the show; the folder's name is the second best.
    for (const auto& [show, times] : shows) {
        if (static_cast<std::size_t>(times) * 2 > feed.episodes.size()) feed.podcast.title = show;
    }
    std::stable_sort(feed.episodes.begin(), feed.episodes.end(),
                     [](const Episode& a, const Episode& b) { return ordering_time(a) > ordering_time(b); });
    return feed;
}

}  // namespace

std::string file_url_of(std::string_view path) {
    std::string url = "file://";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = std::isalnum(byte) != 0 || std::string_view("/-_.~").find(c) != std::string_view::npos;
        url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return url;
}

std::string path_of_file_url(std::string_view url) {
    if (!url.starts_with("file://")) return {};
    url.remove_prefix(7);
    std::string path;
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    for (std::size_t i = 0; i < url.size(); ++i) {
        if (url[i] == '%' && i + 2 < url.size() && std::isxdigit(static_cast<unsigned char>(url[i + 1])) &&
            std::isxdigit(static_cast<unsigned char>(url[i + 2]))) {
            path += static_cast<char>(digit(url[i + 1]) * 16 + digit(url[i + 2]));
            i += 2;
        } else {
            path += url[i];
        }
    }
    return path.find('\0') == std::string::npos && path.starts_with("/") ? path : std::string();
}

bool may_read_file(std::string_view feed_url, std::string_view file_url) {
    namespace fs = std::filesystem;
    const fs::path root = fs::path(path_of_file_url(feed_url)).lexically_normal();
    const fs::path file = fs::path(path_of_file_url(file_url)).lexically_normal();
    if (root.empty() || file.empty()) return false;
    if (file == root) return true;
    const auto below = [&file](const fs::path& folder) {
        const auto relative = file.lexically_relative(folder);
        return !relative.empty() && *relative.begin() != "..";
    };
    // A feed saved to a file may name transcripts beside it.
    const bool is_feed_file = root.has_extension();
    return below(root) || (is_feed_file && below(root.parent_path()));
}

asio::awaitable<LocalListing> read_local_source(LocalFiles& files, asio::any_io_executor heavy, Podcast podcast,
                                                WallTime now) {
    LocalListing listing;
    const std::string path = path_of_file_url(podcast.feed_url);
    const auto folder = co_await files.is_folder(path);
    if (!folder) {
        listing.problem = fmt::format("{}: {}; put it back or remove the podcast", path, folder.error().message());
        co_return listing;
    }
    if (!*folder) {
        auto bytes = co_await files.read(path, largest_feed);
        if (!bytes) {
            listing.problem = fmt::format("{}: {}; check the file and its permissions", path, bytes.error().message());
            co_return listing;
        }
        if (looks_like_xml(*bytes)) {
            feeds::ParseOptions options;
            options.url = podcast.feed_url;
            options.now = now;
            auto job = [body = std::move(*bytes), options]() mutable {
                return feeds::parse_feed(std::move(body), options);
            };
            auto parsed = co_await run_on(heavy, std::move(job));
            if (parsed) {
                listing.feed = std::move(*parsed);
            } else {
                listing.problem = path + ": " + parsed.error().message;
            }
            co_return listing;
        }
    }

    std::vector<LocalFile> listed;
    if (*folder) {
        auto below = co_await files.list(path);
        if (!below) {
            listing.problem = fmt::format("{}: {}; at most 10,000 files are read", path, below.error().message());
            co_return listing;
        }
        listed = std::move(*below);
    } else {
        const std::string parent = std::filesystem::path(path).parent_path().string();
        auto beside = co_await files.list(parent);
        if (beside) {
            for (auto& file : *beside) {
                if (file.path == path) listed.push_back(std::move(file));
            }
        }
    }
    std::vector<Found> found;
    for (auto& file : listed) {
        if (!transcripts::format_of_name(file.name) || file.bytes > transcripts::size_limit) continue;
        auto head = co_await files.read_head(file.path, 4096);
        if (!head) continue;
        const std::string relative =
            *folder ? std::filesystem::path(file.path).lexically_relative(path).string() : file.name;
        found.push_back({std::move(file), relative, std::move(*head)});
    }
    if (found.empty()) {
        listing.problem =
            fmt::format("{}: neither a feed nor transcripts (.md .vtt .srt .json .html .txt); check the path", path);
        co_return listing;
    }
    listing.feed = feed_of(found, name_of_folder(*folder ? path : without_extension(path)), now);
    co_return listing;
}

}  // namespace podbrief::services
