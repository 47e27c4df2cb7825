#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/client.hpp"
#include "core/ports/clock.hpp"
#include "tests/support/run.hpp"

// What the tests of this room play against: servers that do as a script says, names that lead where a test wants.
namespace podbrief::net::testing {

using asio::ip::tcp;
using podbrief::testing::run;

class RealClock final : public Clock {
public:
    WallTime wall_now() const override;
    SteadyTime steady_now() const override;
    asio::awaitable<void> sleep_for(Millis wait) override;
};

// Each name has its answers, one for each time it is asked; the last one stays.
class FakeResolver final : public Resolver {
public:
    void set(const std::string& host, std::vector<Addresses> answers) { answers_[host] = std::move(answers); }
    void set(const std::string& host, const std::string& address);
    // Asked for any name, calls this and never answers.
    void hang(std::function<void()> when_asked) { when_asked_ = std::move(when_asked); }
    asio::awaitable<Result<Addresses>> resolve(std::string host) override;
    int asked = 0;

private:
    std::map<std::string, std::vector<Addresses>> answers_;
    std::function<void()> when_asked_;
};

// Notes who is connected to. Connections go through, to `detour` where one is set.
class NotingDialer final : public Dialer {
public:
    explicit NotingDialer(asio::any_io_executor executor) : real_(std::move(executor)) {}
    asio::awaitable<Result<Socket>> connect(tcp::endpoint endpoint) override;
    std::vector<tcp::endpoint> connected;
    std::optional<tcp::endpoint> detour;
    std::function<void()> blackhole;  // called instead of connecting, which then never ends

private:
    TcpDialer real_;
};

// Accepts on loopback and gives each connection to the script (nth: from 1). When the script ends, the connection is
// closed. All of it ends with the io_context.
class RawServer {
public:
    using Script = std::function<asio::awaitable<void>(tcp::socket& socket, int nth)>;
    RawServer(asio::io_context& context, Script script, const std::string& address = "127.0.0.1");
    std::uint16_t port() const;
    std::string url(const std::string& path = "/", const std::string& host = "127.0.0.1") const;
    int connections() const;

    struct State;

private:
    std::shared_ptr<State> state_;
};

// For scripts. Reads one header (nothing behind it: up to the empty line); empty when the other side closed first.
asio::awaitable<std::string> read_head(tcp::socket& socket);
asio::awaitable<std::string> read_exactly(tcp::socket& socket, std::size_t count);
// False: the other side does not take it.
asio::awaitable<bool> say(tcp::socket& socket, std::string bytes);
asio::awaitable<void> until_closed(tcp::socket& socket);  // reads and forgets
void reset(tcp::socket& socket);                          // closes with RST
// Says these bytes to a server on loopback and reads until that closes; `half_close` tells it that nothing more will
// come.
asio::awaitable<std::string> raw_exchange(std::uint16_t port, std::string bytes, bool half_close = true);
std::string ok(const std::string& body, const std::string& headers = "");

// The script that answers every request on a connection with these bytes.
RawServer::Script answering(std::string bytes);
// The same once, then closes.
RawServer::Script answering_once(std::string bytes);

// A client in a world where 127.0.0.0/8 may be asked.
struct World {
    World() : World(ClientOptions{}) {}
    explicit World(ClientOptions options, Clock* other_clock = nullptr);

    static ClientOptions loopback_allowed(ClientOptions options);
    HttpResult send(HttpRequest request) { return run(context, client.send(std::move(request))); }
    HttpResult get(const std::string& url);

    asio::io_context context;
    RealClock real_clock;
    FakeResolver resolver;
    NotingDialer dialer{context.get_executor()};
    Client client;
};

// Answers each request with its own header as the body; `heads` keeps them.
struct Mirror {
    explicit Mirror(World& world);
    std::vector<std::string> heads;
    RawServer server;
};

HttpRequest get_request(const std::string& url);
HttpRequest post_request(const std::string& url, std::string body);
// "timed out: host: ..." for a message of a failed assertion.
std::string describe(const HttpResult& result);

}  // namespace podbrief::net::testing
