#include "core/services/reception.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include "core/async/with_timeout.hpp"
#include "core/async/within.hpp"
#include "core/commands/reply_places.hpp"
#include "core/ports/store_failure.hpp"
#include "core/services/reception_parts.hpp"

namespace podbrief::services {
namespace {

using Kind = Incoming::Kind;

constexpr Millis between_tries{50};

asio::awaitable<std::optional<Form>> find_form(Counter counter, Incoming incoming) {
    co_return co_await form_of(counter, std::move(incoming));
}

asio::awaitable<std::vector<std::string>> find_names(Counter counter, Account from, std::string what,
                                                     std::string typed) {
    co_return co_await suggestions(counter, std::move(from), std::move(what), std::move(typed));
}

// Asked questions whose answers may be missing: a failure is said in the log only.
template <class T>
asio::awaitable<T> at_best(TaskScope& scope, const Reception::Ports& ports, Millis limit, asio::awaitable<T> work) {
    std::string problem = "no answer in time";
    try {
        std::optional<T> found = co_await within(scope, ports.io, ports.clock, limit, "question", std::move(work));
        if (found) co_return std::move(*found);
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        problem = error.what();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    ports.log.warning("asked in vain", {{"error", problem}});
    co_return T();
}

// Somebody waits for an answer to it.
bool is_said(Kind kind) {
    return kind == Kind::text || kind == Kind::button || kind == Kind::form || kind == Kind::opened;
}

asio::awaitable<void> with_person(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    const commands::Command command =
        incoming.kind == Kind::text ? commands::parse_command(incoming.text) : commands::Command();
    if (command.verb == commands::Verb::forget_now && incoming.direct) {
        // Whoever is not known (any more) is not made known for it.
        const std::optional<AccountRecord> known = co_await counter.ports.accounts.account(incoming.from, false);
        if (!known) {
            co_await answer(counter, visit, commands::forgotten());
            co_await commit(counter, visit);
            co_return;
        }
    }
    if (!co_await meet(counter, visit)) {
        counter.ports.metrics.count("reception_ignored_total", "nobody", 1);
        co_return;
    }
    const auto turn = co_await turn_of(counter, visit.reader.id);
    if (visit.done_before) co_return;
    std::optional<Reader> present = co_await counter.ports.readers.reader(visit.reader.id);
    if (present) visit.reader = std::move(*present);
    switch (incoming.kind) {
        case Kind::text:
            co_await said(counter, visit, command, incoming.text);
            break;
        case Kind::button:
            co_await pressed(counter, visit);
            break;
        case Kind::form:
            co_await form_sent(counter, visit);
            break;
        case Kind::home:
            co_await show_home(counter, visit);
            break;
        default:
            co_await opened(counter, visit);
            break;
    }
    co_await commit(counter, visit);
}

asio::awaitable<void> carry_out(Counter& counter, Visit& visit) {
    const Incoming& incoming = visit.incoming();
    switch (incoming.kind) {
        case Kind::text:
        case Kind::button:
        case Kind::form:
        case Kind::home:
            co_await with_person(counter, visit);
            co_return;
        case Kind::opened:
            if (incoming.direct) {
                co_await with_person(counter, visit);
            } else {
                co_await joined(counter, visit);
            }
            break;
        case Kind::installed:
            // The workspace is back, and its chats with it (TenantStore::save); whoever did it is greeted.
            if (incoming.direct && !incoming.where.chat.empty() && !incoming.from.user.empty()) {
                co_await with_person(counter, visit);
            }
            break;
        case Kind::joined:
            co_await joined(counter, visit);
            break;
        case Kind::unblocked:
        case Kind::blocked:
        case Kind::gone:
            co_await chat_changed(counter, visit);
            break;
        case Kind::moved:
            co_await chat_moved(counter, visit);
            break;
        case Kind::tenant_revoked:
            co_await tenant_revoked(counter, visit);
            break;
        default:
            counter.ports.metrics.count("reception_ignored_total", "kind", 1);
            break;
    }
    co_await commit(counter, visit);
}

asio::awaitable<Result<Visit>> carried_out(Counter counter, Visit visit) {
    co_await carry_out(counter, visit);
    co_await counter.ports.inbox.close_item(visit.item.id);
    co_return visit;
}

}  // namespace

Reception::Reception(std::string worker, Ports ports, Settings settings)
    : worker_(std::move(worker)),
      ports_(std::move(ports)),
      settings_(settings),
      topics_(ports_.library, ports_.index, ports_.clock),
      wakeup_(ports_.io),
      asked_(ports_.io, [this](const std::string&, std::exception_ptr) { wakeup_.notify(); }),  // there is more room
      items_(ports_.io, [this](const std::string& name, std::exception_ptr failure) {
          wakeup_.notify();
          if (!failure) return;
          try {
              std::rethrow_exception(failure);
          } catch (const std::exception& error) {
              ports_.log.error("item failed", {{"item", name}, {"error", error.what()}});
          } catch (...) {
              ports_.log.error("item failed", {{"item", name}, {"error", "an unknown error"}});
          }
      }) {}

Reception::~Reception() = default;

asio::awaitable<Intake::Accepted> Reception::accept(Incoming incoming) {
    std::string problem = "the store did not answer in time";
    try {
        const WallTime now = ports_.clock.wall_now();
        const auto kept = co_await within(asked_, ports_.io, ports_.clock, settings_.accept_limit, "accept",
                                          ports_.inbox.accept(std::move(incoming), now));
        if (kept) {
            if (!*kept) {
                ports_.metrics.count("reception_accepted_total", "seen_before", 1);
                co_return Accepted::seen_before;
            }
            ports_.metrics.count("reception_accepted_total", "first", 1);
            wakeup_.notify();
            co_return Accepted::first;
        }
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        problem = error.what();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    ports_.metrics.count("reception_accepted_total", "unavailable", 1);
    ports_.log.error("what came in could not be kept", {{"error", problem}});
    co_return Accepted::unavailable;
}

asio::awaitable<std::optional<Form>> Reception::form_for(Incoming incoming) {
    if (!opens_form(incoming)) co_return std::nullopt;
    Counter counter{ports_, settings_, topics_, turns_};
    co_return co_await at_best(asked_, ports_, settings_.ask_limit, find_form(counter, std::move(incoming)));
}

asio::awaitable<std::vector<std::string>> Reception::suggest(Account from, std::string what, std::string typed) {
    Counter counter{ports_, settings_, topics_, turns_};
    return at_best(asked_, ports_, settings_.ask_limit,
                   find_names(counter, std::move(from), std::move(what), std::move(typed)));
}

asio::awaitable<void> Reception::run() {
    std::exception_ptr failure;
    bool others_claims = settings_.alone;  // may be left from before a crash
    try {
        for (;;) {
            try {
                if (others_claims) co_await ports_.inbox.end_other_claims(worker_);
                others_claims = false;
                co_await begin_items();
                co_await keep_house();
            } catch (const StoreFailure& store) {
                if (!store.may_pass()) throw;
                ports_.log.error("store failed", {{"error", store.what()}});
            }
            co_await wakeup_.wait_for(ports_.clock, settings_.poll);
        }
    } catch (...) {
        failure = std::current_exception();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await stop_items();
    std::rethrow_exception(failure);
}

// What comes in goes before what is worked on: answers may take a moment, and platforms wait 3 s to hear that it is
// kept. The more of it is being kept now, the fewer conversations are begun beside it.
std::size_t Reception::room() const {
    const std::size_t most = std::max<std::size_t>(1, settings_.parallel / (1 + asked_.size()));
    return most > items_.size() ? most - items_.size() : 0;
}

asio::awaitable<std::size_t> Reception::begin_items() {
    const std::size_t room = this->room();
    if (room == 0) co_return 0;
    const WallTime now = ports_.clock.wall_now();
    std::vector<InboxStore::Item> items = co_await ports_.inbox.claim_items(worker_, now, now + settings_.lease, room);
    for (InboxStore::Item& item : items) {
        std::string name = std::to_string(item.id);
        items_.spawn(std::move(name), attend(std::move(item)));
    }
    co_return items.size();
}

asio::awaitable<std::size_t> Reception::run_once() {
    std::size_t count = 0;
    for (;;) {
        const WallTime now = ports_.clock.wall_now();
        std::vector<InboxStore::Item> items =
            co_await ports_.inbox.claim_items(worker_, now, now + settings_.lease, settings_.parallel);
        if (items.empty()) co_return count;
        count += items.size();
        for (InboxStore::Item& item : items) co_await attend(std::move(item));
    }
}

// Until it is closed, or nearly somebody else's.
asio::awaitable<void> Reception::attend(InboxStore::Item item) {
    const SteadyTime until = ports_.clock.steady_now() + settings_.lease - settings_.retry;
    while (ports_.clock.steady_now() < until) {
        bool poisoned = item.tries >= settings_.most_tries;
        Millis wait = settings_.retry;
        std::string problem;
        try {
            InboxStore::Item again = item;
            if (poisoned) {
                co_await apologise(std::move(again));
                co_return;
            }
            if (co_await try_once(std::move(again))) co_return;
            problem = "it took too long";
            ++item.tries;
        } catch (const StoreFailure& failure) {  // not the item's fault
            problem = failure.what();
        } catch (const boost::system::system_error& error) {
            if (error.code() == asio::error::operation_aborted) throw;
            problem = error.what();
            ++item.tries;
            wait = between_tries;
        } catch (const std::exception& error) {
            problem = error.what();
            ++item.tries;
            wait = between_tries;
        }
        ports_.metrics.count("reception_failures_total", {}, 1);
        ports_.log.error("item not carried out", {{"item", std::to_string(item.id)},
                                                  {"kind", std::string(to_string(item.incoming.kind))},
                                                  {"error", problem}});
        co_await ports_.clock.sleep_for(wait);
    }
}

// False: not in time.
asio::awaitable<bool> Reception::try_once(InboxStore::Item item) {
    Counter counter{ports_, settings_, topics_, turns_};
    Visit visit = visit_of(std::move(item), ports_.clock.wall_now());
    const Millis took_from = ports_.clock.wall_now() - visit.item.accepted_at;
    Result<Visit> done =
        co_await with_timeout(ports_.clock, settings_.item_limit, carried_out(counter, std::move(visit)));
    if (!done) co_return false;
    ports_.metrics.count("reception_items_total", to_string(done->incoming().kind), 1);
    ports_.log.debug("item carried out", {{"kind", std::string(to_string(done->incoming().kind))},
                                          {"waited_ms", std::to_string(took_from.count())}});
    co_await tell(counter, std::move(*done));
    co_return true;
}

asio::awaitable<void> Reception::apologise(InboxStore::Item item) {
    ports_.log.error("item given up", {{"item", std::to_string(item.id)},
                                       {"kind", std::string(to_string(item.incoming.kind))},
                                       {"tries", std::to_string(item.tries)}});
    ports_.metrics.count("reception_given_up_total", {}, 1);
    Counter counter{ports_, settings_, topics_, turns_};
    Visit visit = visit_of(std::move(item), ports_.clock.wall_now());
    if (is_said(visit.incoming().kind)) {
        co_await answer(counter, visit, commands::apology());
        co_await commit(counter, visit);
    }
    co_await ports_.inbox.close_item(visit.item.id);
}

asio::awaitable<void> Reception::keep_house() {
    const SteadyTime now = ports_.clock.steady_now();
    if (now < next_housekeeping_) co_return;
    next_housekeeping_ = now + settings_.housekeeping;
    co_await ports_.inbox.prune_inbox(ports_.clock.wall_now() - settings_.keep, 10'000);
    const std::size_t open = co_await ports_.inbox.open_items();
    ports_.metrics.set("inbox_open", static_cast<double>(open));
}

asio::awaitable<void> Reception::stop_items() {
    auto drained = [](TaskScope& scope) -> asio::awaitable<Result<bool>> {
        co_await scope.drained();
        co_return true;
    };
    const auto ended = co_await with_timeout(ports_.clock, settings_.grace, drained(items_));
    if (!ended) items_.request_stop();
    co_await items_.drained();
    co_await asked_.drained();
}

}  // namespace podbrief::services
