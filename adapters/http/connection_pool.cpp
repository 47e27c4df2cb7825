#include "adapters/http/connection_pool.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <list>

namespace podbrief::net {
namespace {

struct Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : called(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer called;  // never expires: cancelled when the turn has come
    bool granted = false;
};

struct Origin {
    std::size_t turns = 0;
    std::deque<std::shared_ptr<Waiter>> waiting;
};

struct Idle {
    std::string key;
    SteadyTime since;
    std::unique_ptr<Connection> connection;
};

}  // namespace

struct ConnectionPool::State {
    State(Clock& c, PoolLimits l) : clock(c), limits(l) {}

    void give_back(const std::string& key) {
        const auto found = origins.find(key);
        auto& origin = found->second;
        if (!origin.waiting.empty()) {  // the turn goes on to the next in line
            const auto next = origin.waiting.front();
            origin.waiting.pop_front();
            next->granted = true;
            next->called.cancel();
        } else if (--origin.turns == 0) {
            origins.erase(found);
        }
    }

    void close_old() {
        const auto oldest = clock.steady_now() - limits.idle_for;
        while (!idle.empty() && idle.front().since < oldest) idle.pop_front();
    }

    Clock& clock;
    PoolLimits limits;
    std::map<std::string, Origin> origins;
    std::list<Idle> idle;  // the one kept longest first
};

ConnectionPool::ConnectionPool(Clock& clock, PoolLimits limits) : state_(std::make_shared<State>(clock, limits)) {}
ConnectionPool::~ConnectionPool() {
    state_->idle.clear();
}

asio::awaitable<ConnectionPool::Turn> ConnectionPool::turn(std::string key) {
    auto& origin = state_->origins[key];
    if (origin.turns < state_->limits.per_host) {
        ++origin.turns;
        co_return Turn(state_, std::move(key));
    }
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    origin.waiting.push_back(waiter);
    co_await waiter->called.async_wait(asio::as_tuple(asio::use_awaitable));
    if (waiter->granted) co_return Turn(state_, std::move(key));
    std::erase(state_->origins[key].waiting, waiter);
    throw boost::system::system_error(asio::error::operation_aborted);
}

std::unique_ptr<Connection> ConnectionPool::take(const std::string& key) {
    state_->close_old();
    for (;;) {
        const auto found =
            std::find_if(state_->idle.rbegin(), state_->idle.rend(), [&](const Idle& idle) { return idle.key == key; });
        if (found == state_->idle.rend()) return nullptr;
        auto connection = std::move(found->connection);
        state_->idle.erase(std::next(found).base());
        if (connection->looks_unused()) return connection;
    }
}

void ConnectionPool::keep(const std::string& key, std::unique_ptr<Connection> connection) {
    state_->close_old();
    if (state_->limits.idle == 0) return;
    if (state_->idle.size() >= state_->limits.idle) state_->idle.pop_front();
    state_->idle.push_back({key, state_->clock.steady_now(), std::move(connection)});
}

std::size_t ConnectionPool::idle_connections() const {
    return state_->idle.size();
}

ConnectionPool::Turn::Turn(std::shared_ptr<State> state, std::string key)
    : state_(std::move(state)), key_(std::move(key)) {}

ConnectionPool::Turn& ConnectionPool::Turn::operator=(Turn&& other) noexcept {
    if (this != &other) {
        if (state_) state_->give_back(key_);
        state_ = std::move(other.state_);
        key_ = std::move(other.key_);
    }
    return *this;
}

ConnectionPool::Turn::~Turn() {
    if (state_) state_->give_back(key_);
}

}  // namespace podbrief::net
