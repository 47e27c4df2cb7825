#include "bot/sample_server.hpp"

#include <gtest/gtest.h>

namespace podbrief::bot {
namespace {

TEST(SampleFeeds, AreFilledInWithAddressAndDates) {
    const WallTime now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
    EXPECT_EQ(fill_in("<link>{{base}}/a</link>", "http://127.0.0.1:5", now), "<link>http://127.0.0.1:5/a</link>");
    EXPECT_EQ(fill_in("{{days_ago 1.5}}", "", now), "Sat, 28 Feb 2026 12:00:00 +0000");
    EXPECT_EQ(fill_in("{{days_ago_iso 2}}", "", now), "2026-02-28T00:00:00Z");
}

TEST(SampleFeeds, KeepWhatIsNoPlaceholder) {
    const WallTime now{};
    EXPECT_EQ(fill_in("a {{unknown}} b {{days_ago x}} c {{", "", now), "a {{unknown}} b {{days_ago x}} c {{");
}

}  // namespace
}  // namespace podbrief::bot
