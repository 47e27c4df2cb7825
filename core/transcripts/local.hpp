#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/episode.hpp"

namespace podbrief::transcripts {

// A transcript file found in a local folder.
struct LocalFile {
    std::string relative_path;  // within the folder, with '/'; the identity of the episode
    std::string url;            // file: URL, what the transcript is fetched by
    std::string_view head;      // its first bytes; 4 KiB will do
    WallTime modified_at{};     // stands in for the date where nothing tells it
    WallTime seen_at{};
};

struct LocalEpisode {
    Episode episode;   // guid = relative path, one offer = the file; `podcast` and `id` not set
    std::string show;  // front matter's `show`, else the folder the file lies in, else empty
};

// The episode a file holds; nullopt when its name is none of a transcript. Facts come from front matter (lines between
// two `---`: title, date, show or podcast, link or url, duration, language, guid), else from the file name.
std::optional<LocalEpisode> episode_from_file(const LocalFile& file);

// Bytes of the front matter at the start of a text, both `---` lines included; 0 where there is none.
std::size_t front_matter_size(std::string_view text);

}  // namespace podbrief::transcripts
