#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/error.hpp"

namespace podbrief::net {

namespace asio = boost::asio;

using Addresses = std::vector<asio::ip::address>;

// Names to addresses. Whoever asks sets the deadline; a look-up that is given up keeps its thread, not its caller.
class Resolver {
public:
    virtual ~Resolver() = default;
    // In the order they should be tried; never empty. The error says why there are none.
    // Cancellation: throws operation_aborted at once.
    virtual asio::awaitable<Result<Addresses>> resolve(std::string host) = 0;
};

// The system's resolver (getaddrinfo), which blocks, so it has threads of its own: a look-up that gets no answer holds
// one of them and delays nobody else. Only when all are held does the next one wait.
class SystemResolver final : public Resolver {
public:
    using Lookup = std::function<Result<Addresses>(const std::string& host)>;  // blocks; called on any thread
    static Result<Addresses> system_lookup(const std::string& host);

    // To be used from `executor` only, whose context must outlive it.
    explicit SystemResolver(asio::any_io_executor executor, std::size_t threads = 4, Lookup lookup = system_lookup);
    // Waits for look-ups under way, which the system gives up by itself.
    ~SystemResolver() override;

    asio::awaitable<Result<Addresses>> resolve(std::string host) override;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace podbrief::net
