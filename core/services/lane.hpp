#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <string>

#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/delivery/breaker.hpp"
#include "core/delivery/fairness.hpp"
#include "core/delivery/lease.hpp"
#include "core/delivery/outcomes.hpp"
#include "core/delivery/pacing.hpp"
#include "core/delivery/retry_budget.hpp"
#include "core/delivery/rules.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/random.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// What the lanes of one platform share.
struct PlatformHealth {
    explicit PlatformHealth(const delivery::Rules& rules)
        : breaker(rules.failures_to_open, rules.first_open, rules.longest_open), retries(rules) {}
    delivery::Breaker breaker;
    delivery::RetryBudget retries;
    // By lane: what a lane knows of its pace and of waits that were asked for outlives a lease.
    std::map<std::string, delivery::Pacer> pacers;
};

// One lane as its owner runs it: takes the lease, takes over what a former owner left, sends what is due at the pace
// the platform bears, looks into what is unknown; gives the lease back when there is nothing to do for a while.
// Everything it does to a delivery is written before it takes effect and under the lease's epoch.
class Lane {
public:
    struct Ports {
        OutboxStore& outbox;
        Messenger& messenger;
        PlatformHealth& health;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
        // A message was seen to be in the chat; may be null.
        std::function<asio::awaitable<void>(Delivery)> on_sent;
    };
    struct Settings {
        delivery::Rules rules;
        std::size_t most_in_flight = 32;
        Millis claim_ahead{2'000};  // no more is claimed than can be sent within this
        Millis poll{1'000};         // how often a lane at work looks for what others stored
        Millis idle_after{30'000};  // without anything due so soon, the lease is given back
    };

    Lane(std::string name, std::string worker, Ports ports, Settings settings);

    // Until there is nothing to do soon, the lease is lost or refused, or finish() was called; sends under way are
    // waited for. Cancellation cuts them off: what was begun is then unknown, and looked into by the next owner.
    asio::awaitable<void> run();
    // Something new may be due.
    void wake();
    // Nothing more is begun.
    void finish();
    // Until then the platform takes nothing of this lane, whatever is due ...
    SteadyTime closed_until() const { return closed_until_; }
    // ... and until then nothing of what was stored can be sent.
    SteadyTime rest_until() const { return rest_until_; }

private:
    asio::awaitable<bool> take_lease();
    asio::awaitable<bool> renew_lease();
    // Claims and begins to send what may be sent now; when to look again.
    asio::awaitable<Millis> send_due();
    std::size_t room() const;
    std::vector<Delivery> choose(std::vector<Delivery> due, SteadyTime now, SteadyTime& look_again);
    bool is_retry(const Delivery& delivery) const;

    asio::awaitable<void> send(Delivery delivery);
    // The call of one step; exceptions of a broken adapter come back as unknown.
    asio::awaitable<SendOutcome> call(const Delivery& delivery, Millis deadline);
    asio::awaitable<bool> wait_for_turn(Delivery delivery, Step step);
    asio::awaitable<bool> write(Advance step);
    // Writes what became of an attempt, again and again while the store fails and the lease holds.
    asio::awaitable<bool> write_outcome(Advance step);
    asio::awaitable<bool> keep_finds_hold();
    void learn(delivery::Verdict& verdict, const Delivery& delivery);
    void hold_for_revoked_token(delivery::Verdict& verdict);
    void report(const delivery::Verdict& verdict, const Delivery& delivery);
    SteadyTime on_steady(WallTime at) const;

    std::string name_;
    std::string worker_;
    Ports ports_;
    Settings settings_;
    delivery::Pacer& pacer_;
    delivery::FairShare fair_;
    delivery::HeldLease held_;
    std::int64_t epoch_ = 0;
    bool lost_ = false;  // the lease, or the certainty of what is stored
    bool finishing_ = false;
    bool woken_ = false;  // since it began to look for what is due
    SteadyTime closed_until_{};
    SteadyTime rest_until_{};
    Millis revoked_pause_{0};
    WallTime finds_not_before_{};                                    // reading a history has a limit of its own
    std::vector<std::pair<SteadyTime, std::string>> limited_chats_;  // latest rate limits
    Wakeup wakeup_;
    TaskScope sends_;
};

}  // namespace podbrief::services
