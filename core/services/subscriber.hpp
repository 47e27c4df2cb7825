#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/local_files.hpp"
#include "core/services/poller.hpp"
#include "core/services/responder.hpp"

namespace podbrief::services {

// Adds podcasts: a feed's address, a local folder of transcripts, a local file (feed or transcript), or an OPML list.
class Subscriber final : public FeedAdder {
public:
    Subscriber(LibraryStore& library, Poller& poller, LocalFiles& files, Clock& clock)
        : library_(library), poller_(poller), files_(files), clock_(clock) {}

    // Where one thing that was asked for ended.
    struct Line {
        bool ok = false;
        bool created = false;      // false with ok: it was there already
        bool no_input = false;     // not ok because there is no such file
        bool no_answer = false;    // not ok because no server answered: may work later
        std::string what;          // title, or the address as given
        std::string problem;       // what is wrong and what to do; does not repeat `what`
        std::size_t episodes = 0;  // new ones that will be read
    };

    // `source` as typed on the command line: URL, folder, file or OPML file. A new feed is asked at once, so that what
    // is none is refused here and not kept. Throws StoreFailure.
    asio::awaitable<std::vector<Line>> add_source(std::string source);

    // For readers in a chat: web addresses only.
    asio::awaitable<Outcome> add(std::string url) override;

private:
    struct Added {
        Line line;
        PodcastId id;
    };
    asio::awaitable<Added> add_and_poll(std::string feed_url, std::string as_typed);
    asio::awaitable<std::vector<Line>> add_opml(std::string path);

    LibraryStore& library_;
    Poller& poller_;
    LocalFiles& files_;
    Clock& clock_;
};

}  // namespace podbrief::services
