#include <gtest/gtest.h>

#include <set>

#include "core/text/digest.hpp"
#include "tests/simulation/publisher.hpp"
#include "tests/support/run.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

asio::awaitable<bool> subscribe_all(World& world, std::vector<std::string> urls) {
    for (const auto& url : urls) {
        Podcast podcast;
        podcast.feed_url = url;
        podcast.added_at = world.clock.wall_now();
        PollState poll;
        poll.next_poll_at = world.clock.wall_now();
        co_await world.store.add_podcast(std::move(podcast), poll);
    }
    co_return true;
}

asio::awaitable<Reader> make_reader(World& world, std::string name, std::string zone) {
    Reader reader;
    reader.name = std::move(name);
    reader.time_zone = std::move(zone);
    reader.created_at = world.clock.wall_now();
    reader.profile.topics["export controls"] = 1;
    co_return co_await world.store.save(std::move(reader));
}

struct Outcome {
    std::multiset<std::string> guids;  // of all stored episodes
    std::map<EpisodeState, int> states;
    std::size_t insights = 0;
    std::map<std::string, std::size_t> briefs;  // reader -> stored briefs
    std::string trace;
};

asio::awaitable<Outcome> look(World& world) {
    Outcome outcome;
    for (const auto& [podcast, poll] : co_await world.store.subscriptions()) {
        for (const auto& episode : co_await world.store.episodes(podcast.id)) {
            outcome.guids.insert(episode.guid);
            ++outcome.states[episode.state];
            outcome.insights += (co_await world.store.insights_of(episode.id)).size();
        }
    }
    for (const auto& reader : co_await world.store.readers()) {
        outcome.briefs[reader.name] = (co_await world.store.briefs_since(reader.id, WallTime{})).size();
    }
    outcome.trace = world.log.text();
    co_return outcome;
}

// One day of the server: shows publish, the host has bad minutes, readers live in three zones.
Outcome live_a_day(std::uint64_t seed) {
    World world(seed);
    Publisher publisher(world, seed + 1000, 6, {});
    publisher.plan(4, 20h);
    world.run(subscribe_all(world, publisher.feed_urls()));
    world.run(make_reader(world, "anna", "Europe/Berlin"));
    world.run(make_reader(world, "ben", "America/New_York"));
    world.run(make_reader(world, "chie", "Asia/Tokyo"));
    world.start();
    world.run_for(24h);
    publisher.recover();
    world.run_for(26h);  // the longest wait of a failing feed
    EXPECT_EQ(world.died(), "");
    Outcome outcome = world.run(look(world));
    EXPECT_EQ(world.index.size(), outcome.insights);

    std::multiset<std::string> expected;
    for (const auto& item : publisher.items()) expected.insert(item.guid);
    EXPECT_EQ(outcome.guids, expected) << "seed " << seed;
    world.stop();
    EXPECT_EQ(world.died(), "");  // being asked to stop is no failure
    return outcome;
}

TEST(SimulatedDay, ReadsEveryEpisodeOnceAndBriefsEveryReaderThroughFailures) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        const Outcome outcome = live_a_day(seed);
        EXPECT_EQ(outcome.states.size(), 1u);
        EXPECT_EQ(outcome.states.begin()->first, EpisodeState::extracted);
        EXPECT_GT(outcome.insights, 24u);
        for (const auto& [reader, briefs] : outcome.briefs) EXPECT_EQ(briefs, 2u) << reader;
    }
}

TEST(SimulatedDay, IsTheSameToTheByteForTheSameSeed) {
    const std::string once = live_a_day(7).trace;
    const std::string again = live_a_day(7).trace;
    EXPECT_EQ(once, again);
    EXPECT_NE(text::sha256_hex(once), text::sha256_hex(live_a_day(8).trace));
    EXPECT_GT(std::count(once.begin(), once.end(), '\n'), 50);
}

}  // namespace
}  // namespace podbrief::testing
