// The loop of a lane: its lease, what it claims, when it looks again. lane_send.cpp has what becomes of one delivery.
#include "core/services/lane.hpp"

#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <charconv>

#include "core/delivery/herd.hpp"
#include "core/delivery/steps.hpp"

namespace podbrief::services {
namespace {

std::string text_of(std::exception_ptr failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an unknown error";
    }
}

}  // namespace

Lane::Lane(std::string name, std::string worker, Ports ports, Settings settings)
    : name_(std::move(name)),
      worker_(std::move(worker)),
      ports_(std::move(ports)),
      settings_(settings),
      pacer_(ports_.health.pacers.try_emplace(name_, ports_.messenger.traits()).first->second),
      wakeup_(ports_.io),
      sends_(ports_.io, [this](const std::string&, std::exception_ptr failure) {
          wakeup_.notify();
          if (!failure) return;
          // What is stored of that delivery is not known now; a new lease looks into it.
          lost_ = true;
          ports_.log.error("delivery failed", {{"lane", name_}, {"error", text_of(failure)}});
      }) {}

void Lane::finish() {
    finishing_ = true;
    wakeup_.notify();
}

// It may be past its last look, about to give the lease back: then nobody may take it for a lane without work.
void Lane::wake() {
    woken_ = true;
    rest_until_ = {};
    wakeup_.notify();
}

asio::awaitable<void> Lane::run() {
    if (!co_await take_lease()) co_return;
    std::exception_ptr failure;
    bool cancelled = false;
    try {
        while (!finishing_ && !lost_ && held_.held(ports_.clock.steady_now())) {
            if (ports_.clock.steady_now() >= held_.renew_at() && !co_await renew_lease()) break;
            woken_ = false;
            const Millis wait = co_await send_due();
            if (wait > settings_.idle_after && sends_.size() == 0 && !woken_) {
                rest_until_ = ports_.clock.steady_now() + settings_.idle_after - settings_.poll;
                break;
            }
            const Millis until_renewal = held_.renew_at() - ports_.clock.steady_now();
            co_await wakeup_.wait_for(ports_.clock, std::clamp(wait, Millis{1}, std::max(Millis{1}, until_renewal)));
        }
    } catch (const boost::system::system_error& error) {
        cancelled = error.code() == asio::error::operation_aborted;
        failure = std::current_exception();
    } catch (...) {
        failure = std::current_exception();
    }
    // The sends refer to this lane: they end before it does.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    if (cancelled) sends_.request_stop();
    co_await sends_.drained();
    if (failure) std::rethrow_exception(failure);
    if (!lost_) co_await ports_.outbox.release_lane(name_, epoch_);
}

asio::awaitable<bool> Lane::take_lease() {
    const delivery::Rules& rules = settings_.rules;
    const SteadyTime asked = ports_.clock.steady_now();
    const WallTime now = ports_.clock.wall_now();
    const auto lease = co_await ports_.outbox.acquire_lane(name_, worker_, now, now + rules.lease);
    if (!lease) co_return false;
    held_ = delivery::HeldLease(asked, rules);
    epoch_ = lease->epoch;
    if (lease->not_before > ports_.clock.wall_now()) pacer_.hold_lane(on_steady(lease->not_before));
    const std::string finds_held = co_await ports_.outbox.note("finds_not_before:" + name_);
    std::int64_t held_ms = 0;
    std::from_chars(finds_held.data(), finds_held.data() + finds_held.size(), held_ms);
    finds_not_before_ = from_ms(held_ms);
    if (finds_not_before_ > ports_.clock.wall_now()) pacer_.hold_finds(on_steady(finds_not_before_));
    const Recovered found = co_await ports_.outbox.recover_lane(name_, epoch_, ports_.clock.wall_now());
    if (found.reclaimed + found.unknown > 0) {
        ports_.log.warning("lane taken over", {{"lane", name_},
                                               {"reclaimed", std::to_string(found.reclaimed)},
                                               {"unknown", std::to_string(found.unknown)}});
    }
    co_return true;
}

asio::awaitable<bool> Lane::renew_lease() {
    const delivery::Rules& rules = settings_.rules;
    const SteadyTime asked = ports_.clock.steady_now();
    if (!co_await ports_.outbox.renew_lane(name_, epoch_, ports_.clock.wall_now() + rules.lease)) {
        lost_ = true;
        ports_.log.warning("lane lost", {{"lane", name_}});
        co_return false;
    }
    held_ = delivery::HeldLease(asked, rules);
    pacer_.tidy(asked);
    co_return true;
}

std::size_t Lane::room() const {
    const PlatformTraits& traits = ports_.messenger.traits();
    std::size_t most = settings_.most_in_flight;
    if (traits.lane_rate.count > 0) {
        const auto calls = settings_.claim_ahead.count() * traits.lane_rate.count / traits.lane_rate.per.count();
        const auto messages = calls / delivery::calls_per_message(traits);
        most = std::min(most, static_cast<std::size_t>(std::max<std::int64_t>(1, messages)));
    }
    return most > sends_.size() ? most - sends_.size() : 0;
}

asio::awaitable<Millis> Lane::send_due() {
    const SteadyTime now = ports_.clock.steady_now();
    const SteadyTime closed_until = std::max(ports_.health.breaker.open_until(now), pacer_.held_until({}));
    if (closed_until > now + settings_.claim_ahead) {
        closed_until_ = closed_until;
        co_return closed_until - now;
    }
    std::size_t most = room();
    if (ports_.health.breaker.is_open()) most = sends_.size() == 0 ? 1 : 0;  // a probe
    if (most == 0) co_return settings_.poll;

    const WallTime wall = ports_.clock.wall_now();
    std::string after = fair_.last_tenant();
    std::vector<Delivery> due = co_await ports_.outbox.due(name_, wall, after, 1, most);
    if (!due.empty() && due.size() < most) {  // fewer tenants than there is room
        const std::size_t tenants = due.size();
        due = co_await ports_.outbox.due(name_, wall, std::move(after), 2 * most / tenants + 1, 2 * most + tenants);
    }
    const bool all_seen = due.size() <= most;

    SteadyTime look_again = now + settings_.idle_after + Millis{1};
    const std::vector<Delivery> chosen = choose(std::move(due), now, look_again);
    if (!chosen.empty()) {
        std::vector<DeliveryId> ids;
        for (const Delivery& d : chosen) ids.push_back(d.id);
        std::vector<Delivery> claimed = co_await ports_.outbox.claim(name_, epoch_, worker_, std::move(ids), wall);
        for (Delivery& d : claimed) {
            std::string key = d.key;
            sends_.spawn(std::move(key), send(std::move(d)));
        }
        if (!all_seen) co_return Millis{1};
    }
    const auto next = co_await ports_.outbox.next_due(name_);
    if (!next) co_return look_again - now;
    // What is due and was not chosen waits for its chat, its quiet hours or an earlier part.
    const Millis until_next = *next > wall ? Millis{*next - wall} : settings_.poll;
    co_return std::min<Millis>(look_again - now, until_next);
}

bool Lane::is_retry(const Delivery& d) const {
    if (d.attempt_at == WallTime{}) return false;
    const auto step = delivery::next_step(d, ports_.messenger.traits(), settings_.rules, ports_.clock.wall_now());
    const auto* attempt = std::get_if<delivery::Attempt>(&step);
    return attempt != nullptr && attempt->step != Step::find;
}

std::vector<Delivery> Lane::choose(std::vector<Delivery> due, SteadyTime now, SteadyTime& look_again) {
    const std::size_t most = ports_.health.breaker.is_open() ? 1 : room();
    // One that workers died with goes alone, so that it cannot take others along.
    const int in_company = settings_.rules.crashes_in_company;
    const auto suspect =
        std::find_if(due.begin(), due.end(), [&](const Delivery& d) { return d.crashes > in_company; });
    if (suspect != due.end()) {
        if (sends_.size() > 0) return {};
        std::vector<Delivery> alone{std::move(*suspect)};
        return alone;
    }
    std::erase_if(due, [&](const Delivery& d) {
        const SteadyTime at = pacer_.earliest(now, d.address.chat);
        if (at > now + settings_.claim_ahead) {
            look_again = std::min(look_again, at);
            return true;
        }
        if (is_retry(d) && ports_.health.retries.spent(now)) {
            look_again = std::min(look_again, ports_.health.retries.next_at(now));
            return true;
        }
        return false;
    });
    return fair_.choose(std::move(due), most, delivery::calls_per_message(ports_.messenger.traits()));
}

SteadyTime Lane::on_steady(WallTime at) const {
    return ports_.clock.steady_now() + (at - ports_.clock.wall_now());
}

}  // namespace podbrief::services
