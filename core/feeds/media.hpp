#pragma once
#include <string>
#include <string_view>

namespace podbrief::feeds {

// Which of the files an item names is the episode's recording: audio before video before what nobody knows, the first
// of its kind; of Media RSS and alternate enclosures only where there is no enclosure.
class MediaChoice {
public:
    // `address` absolute or empty; `type` as the feed gives it.
    void enclosure(std::string address, std::string_view type);
    // True if it is taken for now.
    bool other(std::string address, std::string_view type);

    // Moves the choice out; both stay empty when there is none.
    void take(std::string& url, std::string& type);

private:
    struct Choice {
        std::string url;
        std::string type;
        int rank = -1;
    };
    static bool choose(Choice& choice, std::string address, std::string_view type, int lowest_rank);

    Choice enclosure_, other_;
};

}  // namespace podbrief::feeds
