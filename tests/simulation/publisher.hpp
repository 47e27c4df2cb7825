#pragma once
#include <map>
#include <string>
#include <vector>

#include "tests/simulation/world.hpp"

namespace podbrief::testing {

// A podcast host on the scripted network: shows that publish episodes over the day, transcripts that come late or are
// mended, and a server that has bad minutes. All from one seed.
class Publisher {
public:
    struct Trouble {
        double failed_requests = 0.1;  // share of requests that fail, in one of many ways
        double late_transcripts = 0.3;
        Millis latest_transcript = std::chrono::hours{4};
    };

    Publisher(World& world, std::uint64_t seed, int shows, Trouble trouble);

    // Publishes `episodes` of each show at random times within `span` from now.
    void plan(int episodes, Millis span);
    std::vector<std::string> feed_urls() const;
    // From now on every request is answered well.
    void recover() { trouble_.failed_requests = 0; }

    struct Item {
        int show = 0;
        std::string guid;
        WallTime published;
        WallTime transcript_from;
        std::string transcript;  // WebVTT
    };
    const std::vector<Item>& items() const { return items_; }

private:
    HttpResult answer(const HttpRequest& request);
    std::string feed(int show) const;
    std::string talk(int show);

    World& world_;
    Random random_;
    int shows_;
    Trouble trouble_;
    std::vector<Item> items_;
};

}  // namespace podbrief::testing
