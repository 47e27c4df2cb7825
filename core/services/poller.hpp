#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

#include "core/feeds/parse.hpp"
#include "core/feeds/poll_policy.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/local_files.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/random.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

struct PollerSettings {
    feeds::PollLimits limits;
    std::size_t parallel = 8;
    std::size_t first_episodes = 10;  // of a podcast just added: the newest that are read; older ones are skipped
    Millis deadline{20'000};
    std::size_t max_body_bytes = 32ull << 20;
};
// Limits for a base interval: relaxed and shortest follow from it.
feeds::PollLimits poll_limits(Millis interval);

struct PollReport {
    PodcastId podcast;
    std::string title;
    feeds::PollVerdict verdict = feeds::PollVerdict::failed;
    std::string problem;      // why it failed, one line for people
    bool no_answer = false;   // it failed because no server answered, or with an error of its own: may work later
    std::size_t added = 0;    // new episodes that will be read
    std::size_t skipped = 0;  // back catalogue
    std::size_t changed = 0;
    WallTime next_poll_at{};
};

// Asks podcasts for new episodes: conditional GET, parse, identity ladder, store. Local folders and files are podcasts
// too. What it is given must outlive it; `heavy` runs what computes long (parsing).
class Poller {
public:
    struct Ports {
        LibraryStore& library;
        HttpClient& http;
        LocalFiles& files;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor heavy;
    };
    Poller(Ports ports, PollerSettings settings) : ports_(std::move(ports)), settings_(settings) {}

    // One podcast, now. Throws StoreFailure.
    asio::awaitable<PollReport> poll(Subscription subscription);

    // All that are due, some at a time; the reports are in the order in which they ended. Throws StoreFailure.
    asio::awaitable<std::vector<PollReport>> poll_due(std::function<void(const PollReport&)> on_polled = {});

    // For ever, until cancelled. Calls `on_added` when there is something new to read.
    asio::awaitable<void> run(std::function<void()> on_added);

private:
    struct Read;  // what a source gave
    asio::awaitable<Read> read_remote(const Subscription& subscription);
    asio::awaitable<Read> read_local(const Subscription& subscription);
    asio::awaitable<bool> is_feed(std::string url);
    asio::awaitable<PollReport> write(const Subscription& subscription, Read read);
    asio::awaitable<PollReport> poll_contained(Subscription subscription);

    Ports ports_;
    PollerSettings settings_;
};

}  // namespace podbrief::services
