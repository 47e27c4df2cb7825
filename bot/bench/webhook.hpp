#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "bot/bench/figures.hpp"
#include "bot/bench/library.hpp"
#include "bot/bench/load.hpp"
#include "bot/bench/measured_server.hpp"
#include "core/ports/clock.hpp"

namespace podbrief::bot::bench {

namespace asio = boost::asio;

struct WebhookPlan {
    std::vector<std::string> platforms;
    std::size_t people = 1'000;  // who ask when requests come at a pace, in turn
    std::size_t connections = 32;
    double seconds = 3;      // of each measurement
    double rate = 1'000;     // requests a second of the paced one
    Millis patience{8'000};  // for the answers that are missing at its end
    std::uint64_t seed = 1;
};

// What was measured on one platform.
struct WebhookReport {
    struct Part {
        Measured measured;
        double peak_rss_mib = 0;  // of the server
        double cpu_s = 0;         // of the server, all its threads
        double writes = 0;        // calls of the store that were committed
        double commits = 0;       // groups of them
    };
    std::string platform;
    Part at_once;  // signature, search, the answer rendered; nothing stored. The acknowledgement is the answer
    Part durable;  // as served: kept, acknowledged, carried out, stored, sent; each connection waits for its answer
    Part paced;    // the same at the rate, whatever becomes of it; times count from when a request was to be sent
    std::size_t with_insights = 0;  // of the answers of `at_once`
};

// Asks the server that is measured as the people of the platforms do. Its calls of the platforms' APIs go elsewhere;
// whoever gets them says so.
class WebhookBench {
public:
    WebhookBench(Clock& clock, WebhookPlan plan) : clock_(clock), plan_(std::move(plan)), topics_(plan_.seed) {}

    // Throws ExitError when the server is not as it should be, system_error when it is not there.
    asio::awaitable<std::vector<WebhookReport>> run(ServerAddress server);
    // The server called a platform's API.
    void called(const std::string& path, const std::string& body);

private:
    asio::awaitable<WebhookReport> measure(std::string platform);
    // The first requests find nothing in any cache, and a bot that does not know its own name yet.
    asio::awaitable<void> warm_up(Load& load, Load::Plan plan);
    asio::awaitable<WebhookReport::Part> measure_part(Load& load, Load::Plan plan);

    Clock& clock_;
    WebhookPlan plan_;
    ServerAddress server_;
    InventedLibrary topics_;
    const Asking* asking_ = nullptr;  // of the platform that is measured now
    Load* load_ = nullptr;
};

}  // namespace podbrief::bot::bench
