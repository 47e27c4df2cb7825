#include "core/services/compose_ahead.hpp"

#include <gtest/gtest.h>

#include "core/ports/store_failure.hpp"
#include "core/services/composer_writer.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;

// Finds the store's disk full until there is space.
class OnAFullDisk final : public BriefWriter {
public:
    explicit OnAFullDisk(BriefWriter& writer) : writer_(writer) {}
    asio::awaitable<Result<BriefDraft>> write(BriefOrder order) override {
        if (full) throw StoreFailure(StoreFailure::Kind::disk_full, "the disk is full");
        return writer_.write(std::move(order));
    }
    bool full = true;

private:
    BriefWriter& writer_;
};

TEST(ComposeAhead, GoesOnWithTheSameBriefsWhenTheStoreWorksAgain) {
    ChatLibrary library;
    ComposerWriter writer(library.store, library.store, library.composer, library.clock);
    OnAFullDisk disk(writer);
    Messengers nobody;
    NullLog log;
    NullMetrics metrics;
    ComposeAhead::Ports ports{library.store,          library.store, disk, nullptr, nobody,
                              briefs::system_zones(), library.clock, log,  metrics, library.context.get_executor()};
    ComposeAhead composing("w1", ports, {});
    const WallTime now = library.clock.wall_now();
    for (const char* name : {"anna", "ben", "carla"}) {
        PlannedSlots planned;
        planned.reader = library.reader(name).id;
        Slot slot;
        slot.reader = planned.reader;
        slot.sequence = 1;
        slot.key = "2026-03-12";
        slot.due_at = now;
        slot.zone = "UTC";
        planned.slots.push_back(slot);
        planned.next_plan_at = now + 24h;
        ASSERT_TRUE(library.get(library.store.plan(planned, now)));
    }
    EXPECT_THROW(library.get(composing.compose_due()), StoreFailure);
    disk.full = false;
    library.clock.advance(1s);
    EXPECT_EQ(library.get(composing.compose_due()), 3u);
    for (const char* name : {"anna", "ben", "carla"}) {
        const auto story = library.get(library.store.story(library.reader(name).id, "2026-03-12"));
        ASSERT_TRUE(story);
        EXPECT_NE(story->slot.composed_at, WallTime{}) << name;
        EXPECT_EQ(story->slot.crashes, 0) << "nobody died";
    }
    EXPECT_EQ(library.get(composing.compose_due()), 0u);
}

}  // namespace
}  // namespace podbrief::services
