#include "core/feeds/media.hpp"

#include <utility>

#include "core/feeds/trim.hpp"
#include "core/feeds/values.hpp"

namespace podbrief::feeds {
namespace {

// How much something looks like the episode's recording: 3 audio, 2 video, 1 unknown, 0 something else.
int media_rank(std::string_view type, std::string_view url) {
    if (type.starts_with("audio/")) return 3;
    if (type.starts_with("video/")) return 2;
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t dot = url.rfind('.');
    const std::string_view extension = dot == std::string_view::npos ? std::string_view() : url.substr(dot + 1);
    for (const std::string_view audio : {"mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac"}) {
        if (equal_ignoring_case(extension, audio)) return 3;
    }
    for (const std::string_view video : {"mp4", "m4v", "mov", "webm"}) {
        if (equal_ignoring_case(extension, video)) return 2;
    }
    return type.empty() || type == "application/octet-stream" ? 1 : 0;
}

}  // namespace

bool MediaChoice::choose(Choice& choice, std::string address, std::string_view type, int lowest_rank) {
    if (address.empty()) return false;
    std::string kind = token(type);
    const int rank = media_rank(kind, address);
    if (rank < lowest_rank || rank <= choice.rank) return false;
    choice = {std::move(address), std::move(kind), rank};
    return true;
}

void MediaChoice::enclosure(std::string address, std::string_view type) {
    choose(enclosure_, std::move(address), type, 0);
}

bool MediaChoice::other(std::string address, std::string_view type) {
    return choose(other_, std::move(address), type, 2);
}

void MediaChoice::take(std::string& url, std::string& type) {
    Choice& best = enclosure_.url.empty() ? other_ : enclosure_;
    url = std::move(best.url);
    type = std::move(best.type);
}

}  // namespace podbrief::feeds
