#include "core/services/compose_ahead.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "core/async/parallel.hpp"
#include "core/async/with_timeout.hpp"
#include "core/briefs/slots.hpp"
#include "core/commands/wording.hpp"
#include "core/delivery/herd.hpp"
#include "core/delivery/key.hpp"
#include "core/delivery/payload.hpp"
#include "core/ports/store_failure.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {
namespace {

constexpr Millis after_failure{1'000};  // of the store
constexpr Millis herd_is_fresh{60'000};
constexpr std::chrono::days correction_memory{30};

// What of earlier slots did not arrive: their keys, and the deliveries that the new brief replaces.
struct Undelivered {
    std::vector<std::string> keys;
    std::vector<DeliveryId> superseded;
};

Undelivered undelivered_of(const std::vector<SlotStory>& stories) {
    Undelivered found;
    for (const SlotStory& story : stories) {
        found.keys.push_back(story.slot.key);
        for (const Delivery& d : story.deliveries) {
            const bool open = d.state == DeliveryState::ready || d.state == DeliveryState::claimed ||
                              d.state == DeliveryState::parked;
            if (open) found.superseded.push_back(d.id);
        }
    }
    return found;
}

}  // namespace

ComposeAhead::ComposeAhead(std::string worker, Ports ports, Settings settings)
    : worker_(std::move(worker)),
      ports_(ports),
      settings_(settings),
      wakeup_(ports_.io),
      writer_breaker_(3, Millis{60'000}, std::chrono::minutes{10}) {}

asio::awaitable<std::size_t> ComposeAhead::compose_due() {
    const WallTime now = ports_.clock.wall_now();
    std::erase_if(taken_, [now](const Slot& slot) { return slot.lease_until <= now; });
    if (taken_.size() < settings_.batch) {
        const std::vector<Slot> more = co_await ports_.outbox.claim_slots(
            worker_, now + settings_.earliest + Millis{1}, now, now + settings_.lease, settings_.batch - taken_.size());
        taken_.insert(taken_.end(), more.begin(), more.end());
    }
    std::vector<Slot> slots = taken_;
    const std::size_t count = slots.size();
    auto one = [this](Slot slot) { return compose_taken(std::move(slot)); };
    co_await for_each_parallel(std::move(slots), settings_.parallel, std::move(one));
    co_return count;
}

asio::awaitable<void> ComposeAhead::compose_taken(Slot slot) {
    const SlotId id = slot.id;
    co_await compose(std::move(slot));
    std::erase_if(taken_, [id](const Slot& other) { return other.id == id; });
}

// A bug that one slot trips over must not keep the others from theirs.
asio::awaitable<void> ComposeAhead::compose(Slot slot) {
    const SlotId id = slot.id;
    std::string bug;
    try {
        std::optional<Reader> reader = co_await ports_.readers.reader(slot.reader);
        if (!reader) co_return;  // forgotten meanwhile, and the slot with it
        if (slot.crashes >= settings_.rules.crashes_allowed) {
            co_await ports_.outbox.give_up_slot(id, worker_, "every worker that composed it died",
                                                ports_.clock.wall_now());
            ports_.log.error("brief given up", {{"reader", reader->name}, {"day", slot.key}});
            co_return;
        }
        co_await compose_for(std::move(slot), std::move(*reader));
        co_return;
    } catch (const StoreFailure&) {
        throw;
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        bug = error.what();
    } catch (const std::exception& error) {
        bug = error.what();
    }
    ports_.log.error("brief failed by a bug", {{"slot", std::to_string(id.value)}, {"error", bug}});
    co_await ports_.outbox.give_up_slot(id, worker_, "it could not be composed", ports_.clock.wall_now());
}

asio::awaitable<void> ComposeAhead::compose_for(Slot slot, Reader reader) {
    constexpr int tries = 3;  // an earlier brief may move on while this one is written
    for (int i = 0; i < tries; ++i) {
        const std::vector<SlotStory> stories = co_await ports_.outbox.undelivered(reader.id, slot.sequence);
        Undelivered earlier = undelivered_of(stories);
        BriefOrder order;
        order.reader = reader;
        order.slot = slot;
        order.undelivered = earlier.keys;
        Result<BriefDraft> draft = co_await write(std::move(order));
        if (!draft) {
            ports_.log.error("brief not written", {{"reader", reader.name}, {"error", draft.error().message()}});
            break;
        }
        FrozenSlot frozen;
        frozen.slot = slot.id;
        frozen.worker = worker_;
        const std::vector<std::string> corrections = co_await corrections_for(slot, reader);
        auto place = std::find_if(draft->reply.blocks.begin(), draft->reply.blocks.end(),
                                  [](const ReplyBlock& block) { return std::holds_alternative<Heading>(block); });
        if (place != draft->reply.blocks.end()) ++place;
        for (const std::string& line : corrections) place = draft->reply.blocks.insert(place, Paragraph{line}) + 1;
        frozen.deliveries = co_await deliveries_of(slot, reader, draft->reply);
        frozen.brief = std::move(draft->brief);
        frozen.supersedes = std::move(earlier.superseded);
        const std::size_t insights = frozen.brief.items.size();
        if (!co_await ports_.outbox.freeze(std::move(frozen), ports_.clock.wall_now())) continue;
        ports_.metrics.count("briefs_composed_total", {}, 1);
        ports_.log.debug("brief composed",
                         {{"reader", reader.name}, {"day", slot.key}, {"insights", std::to_string(insights)}});
        co_return;
    }
    co_await ports_.outbox.give_up_slot(slot.id, worker_, "it could not be composed", ports_.clock.wall_now());
}

asio::awaitable<Result<BriefDraft>> ComposeAhead::write(BriefOrder order) {
    if (ports_.fallback == nullptr) co_return co_await ports_.writer.write(std::move(order));
    BriefOrder same = order;
    Result<BriefDraft> draft = co_await ask_writer(std::move(same));
    if (draft) co_return draft;
    ports_.metrics.count("briefs_by_fallback_total", {}, 1);
    ports_.log.warning("the other writer writes the brief",
                       {{"reader", order.reader.name}, {"reason", draft.error().message()}});
    co_return co_await ports_.fallback->write(std::move(order));
}

// Within its time; not at all while it fails again and again.
asio::awaitable<Result<BriefDraft>> ComposeAhead::ask_writer(BriefOrder order) {
    if (!writer_breaker_.begin(ports_.clock.steady_now())) co_return Errc::unavailable;
    const Millis left = order.slot.due_at - settings_.latest - ports_.clock.wall_now();
    const Millis patience = std::clamp(left, settings_.late_patience, settings_.patience);
    std::exception_ptr thrown;
    Result<BriefDraft> draft = Errc::unavailable;
    try {
        draft = co_await with_timeout(ports_.clock, patience, ports_.writer.write(std::move(order)));
    } catch (...) {
        thrown = std::current_exception();
    }
    if (draft) {
        writer_breaker_.succeeded();
    } else {
        writer_breaker_.failed(ports_.clock.steady_now());
    }
    if (thrown) std::rethrow_exception(thrown);
    co_return draft;
}

asio::awaitable<std::vector<std::string>> ComposeAhead::corrections_for(const Slot& slot, const Reader& reader) {
    const std::vector<Brief> briefs = co_await ports_.readers.briefs_since(reader.id, slot.due_at - correction_memory);
    std::vector<InsightId> ids;
    std::map<InsightId, std::string> told_on;
    WallTime last_told{};
    for (const Brief& brief : briefs) {  // newest first
        if (brief.local_date == slot.key || brief.unsent) continue;
        last_told = std::max(last_told, brief.composed_at);
        for (const BriefItem& item : brief.items) {
            ids.push_back(item.insight);
            told_on.emplace(item.insight, brief.local_date);
        }
    }
    std::vector<std::string> lines;
    if (ids.empty()) co_return lines;
    const std::vector<OutboxStore::Withdrawal> withdrawals = co_await ports_.outbox.withdrawals(std::move(ids));
    for (const OutboxStore::Withdrawal& withdrawal : withdrawals) {
        if (withdrawal.at < last_told) continue;  // an earlier brief said so
        lines.push_back(commands::correction_line(told_on[withdrawal.insight], withdrawal.reason));
    }
    co_return lines;
}

asio::awaitable<std::vector<Delivery>> ComposeAhead::deliveries_of(const Slot& slot, const Reader& reader,
                                                                   const Reply& reply) {
    const delivery::Rules& rules = settings_.rules;
    std::vector<Delivery> all;
    const std::vector<DestinationRecord> destinations = co_await ports_.outbox.destinations(reader.id);
    for (const DestinationRecord& destination : destinations) {
        const auto messenger = ports_.messengers.find(destination.address.platform);
        if (destination.state != DestinationState::active || messenger == ports_.messengers.end()) continue;
        const PlatformTraits& traits = messenger->second->traits();
        const Millis window = co_await herd_window(traits, destination.address, slot.due_at);
        const std::vector<Reply> parts = messenger->second->split(reply);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            Delivery d;
            d.kind = DeliveryKind::brief;
            d.reader = reader.id;
            d.slot = slot.id;
            d.sequence = slot.sequence;
            d.destination = destination.id;
            d.address = destination.address;
            d.lane = delivery::lane_of(traits, destination.address);
            d.tenant = destination.address.workspace;
            d.part = static_cast<int>(i) + 1;
            d.parts = static_cast<int>(parts.size());
            d.key = delivery::brief_key(reader.id, slot.sequence, destination.address, d.part);
            d.payload = delivery::freeze(parts[i]);
            d.payload_hash = text::sha256_hex(d.payload);
            d.send_at = slot.due_at + delivery::place_in_herd(to_string(destination.address), window);
            d.next_at = d.send_at;
            d.expires_at = slot.due_at + rules.brief_lives;
            if (d.send_at <= doubted_until_) {
                d.state = DeliveryState::unknown;
                d.first_unknown_at = d.send_at;
            }
            d.quiet = briefs::quiet_after(reader, d.send_at, ports_.zones);
            all.push_back(std::move(d));
        }
    }
    co_return all;
}

asio::awaitable<Millis> ComposeAhead::herd_window(const PlatformTraits& traits, Destination address, WallTime due) {
    const WallTime now = ports_.clock.wall_now();
    std::erase_if(herds_, [&](const auto& herd) { return herd.second.first + herd_is_fresh < now; });
    const std::pair key{delivery::lane_of(traits, address), due};
    auto found = herds_.find(key);
    if (found == herds_.end()) {
        std::string workspace = traits.lane_per_workspace ? address.workspace : std::string();
        const std::int64_t herd = co_await ports_.outbox.herd(traits.platform, std::move(workspace), due);
        found = herds_.insert_or_assign(key, std::pair{now, herd}).first;
    }
    co_return delivery::herd_window(found->second.second, traits, settings_.rules);
}

asio::awaitable<Millis> ComposeAhead::until_next() {
    const auto due = co_await ports_.outbox.next_slot_due();
    if (!due) co_return settings_.longest_sleep;
    co_return std::clamp<Millis>(*due - settings_.earliest - ports_.clock.wall_now(), Millis{1},
                                 settings_.longest_sleep);
}

asio::awaitable<void> ComposeAhead::run(std::function<void()> frozen) {
    for (;;) {
        Millis wait = settings_.longest_sleep;
        try {
            while (const std::size_t taken = co_await compose_due()) {
                frozen();
                if (taken < settings_.batch) break;
            }
            wait = co_await until_next();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
            wait = std::min(settings_.longest_sleep, after_failure);
        }
        co_await wakeup_.wait_for(ports_.clock, wait);
    }
}

}  // namespace podbrief::services
