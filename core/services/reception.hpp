#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/delivery/rules.hpp"
#include "core/ports/account_store.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/tenant_store.hpp"
#include "core/services/compose_ahead.hpp"
#include "core/services/library_topics.hpp"
#include "core/services/responder.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// What platforms can show at once, by Destination::platform.
using Frontends = std::map<std::string, Frontend*>;

// Who may change the profile and the settings of a channel's brief.
enum class WhoMayChange {
    admins,  // those of whom the platform says that they manage the channel (Incoming::may_manage)
    anyone,
};

// Receives what people say and press on the platforms, and what platforms tell of themselves; carries it out, in order
// within a conversation, and puts the answers into the outbox. Any number of receptions may share a store.
//
// What is accepted is carried out, whatever happens to the process: an item is open until its answers are stored, and
// answers have keys made of the happening, so that it may be begun any number of times and is answered once.
class Reception final : public Intake {
public:
    struct Ports {
        InboxStore& inbox;
        AccountStore& accounts;
        TenantStore& tenants;
        OutboxStore& outbox;
        ReaderStore& readers;
        LibraryStore& library;
        const SearchIndex& index;
        Responder& responder;
        Messengers& messengers;
        Frontends& frontends;
        Clock& clock;  // the one by which delivery goes
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
        std::function<void()> stored;  // hears when there are new deliveries, or changed schedules; may be null
    };
    struct Settings {
        delivery::Rules rules;
        WhoMayChange who_may_change = WhoMayChange::admins;
        bool alone = false;          // nobody else may be alive that uses the store
        std::size_t parallel = 16;   // conversations at once; fewer while much comes in
        Millis accept_limit{2'000};  // of accept()
        Millis ask_limit{1'500};     // of form_for() and suggest()
        Millis lease{30'000};        // of an item; after a crash it is taken up again so much later at most
        Millis item_limit{25'000};   // of carrying one out
        Millis retry{1'000};         // after a failure of the store
        Millis poll{1'000};          // how often others' items are looked for
        Millis grace{5'000};         // for items under way when it is stopped
        int most_tries = 3;          // then it is closed with an apology
        Millis link_lives = std::chrono::minutes{15};  // of a one-time code
        Millis keep = std::chrono::hours{26};          // of closed items
        Millis housekeeping{60'000};
    };

    // `worker` is this process's own name: another one after every start.
    Reception(std::string worker, Ports ports, Settings settings);
    ~Reception() override;

    asio::awaitable<Accepted> accept(Incoming incoming) override;
    asio::awaitable<std::optional<Form>> form_for(Incoming incoming) override;
    asio::awaitable<std::vector<std::string>> suggest(Account from, std::string what, std::string typed) override;

    // For ever, until cancelled; items under way then get the grace to end, and what is asked of the store is waited
    // for.
    asio::awaitable<void> run();
    // Carries out what is open now, one after another; for tests and for one-off commands. Gives how many.
    asio::awaitable<std::size_t> run_once();

private:
    std::size_t room() const;
    asio::awaitable<std::size_t> begin_items();
    asio::awaitable<void> attend(InboxStore::Item item);
    asio::awaitable<bool> try_once(InboxStore::Item item);
    asio::awaitable<void> apologise(InboxStore::Item item);
    asio::awaitable<void> keep_house();
    asio::awaitable<void> stop_items();

    std::string worker_;
    Ports ports_;
    Settings settings_;
    LibraryTopics topics_;
    Wakeup wakeup_;
    SteadyTime next_housekeeping_{};
    std::map<ReaderId, std::shared_ptr<Turnstile>> turns_;  // one change of a profile at a time
    TaskScope asked_;                                       // of the store, by whoever may have given up waiting
    TaskScope items_;
};

}  // namespace podbrief::services
