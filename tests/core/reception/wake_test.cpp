// A lane that is on its way to rest while something new is stored.
#include <gtest/gtest.h>

#include "core/delivery/payload.hpp"
#include "core/services/dispatcher.hpp"
#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

Delivery reply_to(const Destination& chat, const std::string& key, WallTime now) {
    Reply reply;
    reply.blocks.emplace_back(Paragraph{"An answer, " + key});
    Delivery delivery;
    delivery.kind = DeliveryKind::reply;
    delivery.address = chat;
    delivery.lane = "telegram";
    delivery.key = key;
    delivery.payload = delivery::freeze(reply);
    delivery.send_at = delivery.next_at = now;
    delivery.expires_at = now + 15min;
    return delivery;
}

// Something is stored just as the lane gives its lease back.
class JustThen final : public GuardedOutbox {
public:
    using GuardedOutbox::GuardedOutbox;
    asio::awaitable<void> release_lane(std::string lane, std::int64_t epoch) override {
        if (late) {
            const std::vector<Delivery> deliveries(1, *late);
            late.reset();
            const WallTime now = deliveries.front().send_at;
            co_await enqueue(deliveries, now);
            wake();
        }
        co_await GuardedOutbox::release_lane(std::move(lane), epoch);
    }
    std::optional<Delivery> late;
    std::function<void()> wake;
};

TEST(ALaneOnItsWayToRest, IsTakenAgainAtOnceForWhatIsStoredJustThen) {
    Town town;
    const Person ada = town.person("telegram");
    town.pass(1min);
    Process process(town.library.context.get_executor(), "w2");
    JustThen outbox(town.library.store, process, town.library.clock);
    delivery::ClockWatch watch;
    Random random(3);
    NullLog log;
    NullMetrics metrics;
    services::Dispatcher::Ports ports{
        outbox, town.messengers, watch, town.library.clock, random, log, metrics, town.library.context.get_executor(),
        nullptr};
    services::Dispatcher dispatcher("w2", std::move(ports), services::Dispatcher::Settings());
    outbox.wake = [&] { dispatcher.wake(); };
    TaskScope scope(town.library.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    town.stop_delivery();
    const WallTime now = town.library.clock.wall_now();
    town.library.get(town.library.store.enqueue({reply_to(ada.chat, "one", now)}, now));
    outbox.late = reply_to(ada.chat, "two", now);
    scope.spawn("dispatcher", dispatcher.run());
    town.pass(4s);
    EXPECT_EQ(town.shown(ada).size(), 2u) << "and not half a minute later";
    scope.request_stop();
    while (scope.size() > 0) town.pass(1s);
}

}  // namespace
}  // namespace podbrief::testing
