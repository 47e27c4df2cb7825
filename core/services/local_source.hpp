#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/feeds/parse.hpp"
#include "core/ports/local_files.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// A podcast that lies on the operator's disk: a folder of transcripts, one transcript, or a feed saved to a file.
struct LocalListing {
    std::optional<feeds::ParsedFeed> feed;  // as a feed would tell it; episodes carry the file's revision
    std::string problem;                    // one line when there is no feed
};

// `podcast.feed_url` is a file: URL. Transcripts of the same name in several formats are one episode with several
// offers. `heavy` parses.
asio::awaitable<LocalListing> read_local_source(LocalFiles& files, asio::any_io_executor heavy, Podcast podcast,
                                                WallTime now);

// "/a b/c.md" <-> "file:///a%20b/c.md". An unusable URL gives an empty path.
std::string file_url_of(std::string_view absolute_path);
std::string path_of_file_url(std::string_view url);

// Whether a podcast with this feed_url may have this file: URL among its offers: its own file, or one below its folder.
bool may_read_file(std::string_view feed_url, std::string_view file_url);

}  // namespace podbrief::services
