#include "core/services/corrections.hpp"

#include "core/delivery/key.hpp"
#include "core/delivery/payload.hpp"
#include "core/ports/store_failure.hpp"
#include "core/services/withdrawn_cards.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {

asio::awaitable<std::vector<Delivery>> Corrections::edits_for(InsightId insight, WallTime now) {
    std::vector<Delivery> edits;
    const std::vector<Delivery> sent = co_await ports_.outbox.sent_with(insight, settings_.most_messages);
    for (const Delivery& message : sent) {
        std::optional<Reply> reply = delivery::thaw(message.payload);
        if (!reply || message.message_ref.empty()) continue;
        const Reply corrected = co_await without_withdrawn(ports_.outbox, std::move(*reply));
        Delivery edit;
        edit.kind = DeliveryKind::correction;
        edit.reader = message.reader;
        edit.destination = message.destination;
        edit.address = message.address;
        edit.lane = message.lane;
        edit.tenant = message.tenant;
        edit.key = delivery::correction_key(message.key, insight);
        edit.payload = delivery::freeze(corrected);
        edit.payload_hash = text::sha256_hex(edit.payload);
        edit.plainness = message.plainness;
        edit.message_ref = message.message_ref;
        edit.send_at = edit.next_at = now;
        edit.expires_at = now + settings_.rules.brief_lives;
        edits.push_back(std::move(edit));
    }
    co_return edits;
}

asio::awaitable<std::size_t> Corrections::correct_due() {
    std::size_t stored = 0;
    const WallTime now = ports_.clock.wall_now();
    const std::vector<OutboxStore::Withdrawal> open = co_await ports_.outbox.open_withdrawals(16);
    for (const OutboxStore::Withdrawal& withdrawal : open) {
        std::vector<Delivery> edits = co_await edits_for(withdrawal.insight, now);
        const std::size_t count = edits.size();
        // Their keys make this safe to do again, should we end before the withdrawal is closed.
        co_await ports_.outbox.enqueue(std::move(edits), now);
        co_await ports_.outbox.close_withdrawal(withdrawal.insight);
        ports_.log.info("insight withdrawn",
                        {{"insight", std::to_string(withdrawal.insight.value)}, {"messages", std::to_string(count)}});
        ports_.metrics.count("corrections_total", {}, static_cast<double>(count));
        stored += count;
    }
    co_return stored;
}

asio::awaitable<void> Corrections::run(std::function<void()> stored) {
    for (;;) {
        try {
            while (co_await correct_due() > 0) stored();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await wakeup_.wait_for(ports_.clock, settings_.poll);
    }
}

}  // namespace podbrief::services
