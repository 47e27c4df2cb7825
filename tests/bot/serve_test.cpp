// The server as a whole on a store of its own, with a chat that a test gives it.
#include <gtest/gtest.h>

#include <csignal>

#include "bot/exit_codes.hpp"
#include "bot/serve.hpp"
#include "core/delivery/payload.hpp"
#include "tests/support/files.hpp"

namespace podbrief::bot {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::TemporaryFolder;

// Asks the server to end as soon as a message is under way, and answers a moment later.
class ChatThatEndsUs final : public Messenger {
public:
    explicit ChatThatEndsUs(Clock& clock) : clock_(clock) { traits_.platform = "telegram"; }
    int posts = 0;

    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override { return {reply}; }
    asio::awaitable<SendOutcome> edit(OutgoingMessage, std::string) override { co_return NotFound{}; }
    asio::awaitable<SendOutcome> post(OutgoingMessage) override {
        if (++posts == 1) std::raise(SIGTERM);  // a second one would end us at once
        co_await clock_.sleep_for(150ms);
        co_return Sent{"77"};
    }

private:
    Clock& clock_;
    PlatformTraits traits_;
};

// Two messages to one chat, which takes one a second: the second may be in hand, waiting for its turn.
asio::awaitable<int> enqueue_and_serve(App& app) {
    const WallTime now = app.clock().wall_now();
    Reader anna;
    anna.name = "anna";
    anna.created_at = now;
    // Half a day from now, whenever that is: a brief composed ahead would be a third message.
    anna.brief_at = std::chrono::duration_cast<std::chrono::minutes>((now.time_since_epoch() + 12h) % 24h);
    anna = co_await app.readers().save(std::move(anna));
    DestinationRecord chat;
    chat.reader = anna.id;
    chat.address.platform = "telegram";
    chat.address.chat = "42";
    chat = co_await app.outbox().add_destination(std::move(chat), now);
    std::vector<Delivery> deliveries;
    for (const char* key : {"aaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbb"}) {
        Delivery d;
        d.kind = DeliveryKind::reply;
        d.reader = anna.id;
        d.destination = chat.id;
        d.address = chat.address;
        d.lane = "telegram";
        d.key = key;
        d.payload = delivery::freeze(Reply());
        d.send_at = d.next_at = now;
        d.expires_at = now + 15min;
        deliveries.push_back(std::move(d));
    }
    co_await app.outbox().enqueue(std::move(deliveries), now);
    co_return co_await serve(app);
}

asio::awaitable<int> look(App& app, OutboxCounts& counts) {
    counts = co_await app.outbox().outbox_counts();
    co_return 0;
}

TEST(Serve, LetsWhatIsInHandEndWhenItIsAskedToStopAndLeavesNothingInDoubt) {
    TemporaryFolder folder;
    Settings settings;
    settings.store.path = folder.path() / "podbrief.db";
    settings.server.listen.clear();
    settings.log.level = LogLevel::error;
    int posts = 0;
    {
        App app(settings, StoreUse::alone);
        ChatThatEndsUs chat(app.clock());
        app.messengers()["telegram"] = &chat;
        EXPECT_EQ(app.run(enqueue_and_serve(app), exit_ok), exit_ok);
        posts = chat.posts;
    }
    EXPECT_GE(posts, 1);
    App next(settings, StoreUse::together);
    OutboxCounts counts;
    next.run(look(next, counts), exit_ok);
    EXPECT_EQ(counts.ready, 2 - posts) << "what was not sent waits for the next start";
    EXPECT_EQ(counts.dispatching + counts.unknown + counts.parked, 0);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "podbrief.db.seen"));
}

TEST(Serve, HasAnotherNameAfterEveryStart) {
    TemporaryFolder folder;
    Settings settings;
    settings.store.path = folder.path() / "podbrief.db";
    const std::string first = App(settings, StoreUse::alone).delivery().name();
    EXPECT_NE(App(settings, StoreUse::alone).delivery().name(), first);
}

}  // namespace
}  // namespace podbrief::bot
