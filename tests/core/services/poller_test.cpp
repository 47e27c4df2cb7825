#include "core/services/poller.hpp"

#include <gtest/gtest.h>

#include "tests/simulation/world.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::answer_with;
using testing::fail_with;
using testing::redirect_to;
using testing::World;

constexpr const char* url = "https://host.example/feed.xml";

std::string feed_with(std::vector<std::string> guids, const std::string& extra = {}) {
    std::string xml = "<rss version=\"2.0\"><channel><title>A show</title>" + extra;
    int day = 28;
    for (const auto& guid : guids) {
        xml += fmt::format(
            "<item><title>Episode {0}</title><guid>{0}</guid><pubDate>{1:02} Feb 2026 08:00:00 GMT</pubDate>"
            "<enclosure url=\"https://host.example/{0}.mp3\" type=\"audio/mpeg\" length=\"9\"/></item>",
            guid, day--);
    }
    return xml + "</channel></rss>";
}

asio::awaitable<Subscription> subscribe(World& world, std::string feed_url) {
    Podcast podcast;
    podcast.feed_url = std::move(feed_url);
    podcast.added_at = world.clock.wall_now();
    PollState poll;
    poll.next_poll_at = world.clock.wall_now();
    const auto added = co_await world.store.add_podcast(std::move(podcast), poll);
    co_return *co_await world.store.subscription(added.id);
}

PollReport poll_again(World& world, PodcastId id) {
    auto subscription = world.run(world.store.subscription(id));
    return world.run(world.poller.poll(std::move(*subscription)));
}

TEST(Poller, StoresEveryEpisodeOfAFeedOnce) {
    World world;
    world.http.on(url, answer_with(feed_with({"a", "b", "c"})));
    const auto subscription = world.run(subscribe(world, url));
    const PollReport first = poll_again(world, subscription.podcast.id);
    EXPECT_EQ(first.added, 3u);
    EXPECT_EQ(first.title, "A show");
    world.http.on(url, answer_with(feed_with({"d", "a", "b", "c"})));
    const PollReport second = poll_again(world, subscription.podcast.id);
    EXPECT_EQ(second.added, 1u);
    EXPECT_EQ(world.run(world.store.episodes(subscription.podcast.id)).size(), 4u);
}

TEST(Poller, AsksConditionallyAndTakes304AsNoNews) {
    World world;
    world.http.on(url, [](const HttpRequest& request, int) -> HttpResult {
        const auto* etag = find_header(request.headers, "If-None-Match");
        if (etag != nullptr && *etag == "\"v1\"") return answer_with("", {}, 304);
        return answer_with(feed_with({"a"}), {{"ETag", "\"v1\""}});
    });
    const auto subscription = world.run(subscribe(world, url));
    EXPECT_EQ(poll_again(world, subscription.podcast.id).verdict, feeds::PollVerdict::parsed);
    EXPECT_EQ(poll_again(world, subscription.podcast.id).verdict, feeds::PollVerdict::unchanged);
}

TEST(Poller, SkipsTheBackCatalogueOfAPodcastJustAdded) {
    auto polling = World::default_polling();
    polling.first_episodes = 2;
    World world(1, polling);
    world.http.on(url, answer_with(feed_with({"new", "newer than old", "old", "older"})));
    const auto subscription = world.run(subscribe(world, url));
    const PollReport report = poll_again(world, subscription.podcast.id);
    EXPECT_EQ(report.added, 2u);
    EXPECT_EQ(report.skipped, 2u);
    const auto episodes = world.run(world.store.episodes(subscription.podcast.id));
    EXPECT_EQ(episodes.front().state, EpisodeState::discovered);
    EXPECT_EQ(episodes.back().state, EpisodeState::skipped);
}

TEST(Poller, KeepsWhatItKnowsWhenTheFeedFailsAndSaysWhy) {
    World world;
    world.http.on(url, answer_with(feed_with({"a"})));
    const auto subscription = world.run(subscribe(world, url));
    poll_again(world, subscription.podcast.id);
    world.http.on(url, answer_with("<html><body>moved</body></html>", {{"Content-Type", "text/html"}}));
    const PollReport report = poll_again(world, subscription.podcast.id);
    EXPECT_EQ(report.verdict, feeds::PollVerdict::failed);
    EXPECT_FALSE(report.problem.empty());
    EXPECT_EQ(world.run(world.store.episodes(subscription.podcast.id)).size(), 1u);
    const auto stored = world.run(world.store.subscription(subscription.podcast.id));
    EXPECT_EQ(stored->poll.consecutive_failures, 1);
    EXPECT_EQ(stored->poll.last_error, report.problem);
}

TEST(Poller, FollowsAConfirmedMoveAndKnowsThePodcastByItsOldAddressStill) {
    World world;
    const std::string there = "https://new.example/feed.xml";
    world.http.on(url, redirect_to(there, 301));
    world.http.on(there, answer_with(feed_with({"a"})));
    const auto subscription = world.run(subscribe(world, url));
    for (int i = 0; i < 3; ++i) poll_again(world, subscription.podcast.id);
    EXPECT_EQ(world.run(world.store.subscription(subscription.podcast.id))->podcast.feed_url, there);
    EXPECT_EQ(world.run(subscribe(world, url)).podcast.id, subscription.podcast.id);
}

TEST(Poller, BelievesANewFeedUrlOnlyWhereAFeedIsFound) {
    World world;
    const std::string there = "https://new.example/feed.xml";
    const std::string moved = "<itunes:new-feed-url xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">" +
                              there + "</itunes:new-feed-url>";
    world.http.on(url, answer_with(feed_with({"a"}, moved)));
    world.http.on(there, answer_with("gone", {}, 404));
    const auto subscription = world.run(subscribe(world, url));
    poll_again(world, subscription.podcast.id);
    EXPECT_EQ(world.run(world.store.subscription(subscription.podcast.id))->podcast.feed_url, url);
    world.http.on(there, answer_with(feed_with({"a"})));
    world.http.on(url, answer_with(feed_with({"b", "a"}, moved)));
    poll_again(world, subscription.podcast.id);
    EXPECT_EQ(world.run(world.store.subscription(subscription.podcast.id))->podcast.feed_url, there);
}

TEST(Poller, PollsAllThatAreDueAndReportsEach) {
    World world;
    for (int i = 0; i < 20; ++i) {
        const std::string feed = fmt::format("https://host{}.example/f", i);
        if (i % 5 == 0) {
            world.http.on(feed, [](const HttpRequest&, int) -> HttpResult { return fail_with(HttpErrc::timed_out); });
        } else {
            world.http.on(feed, answer_with(feed_with({"a", "b"})), 100ms);
        }
        world.run(subscribe(world, feed));
    }
    const auto reports = world.run(world.poller.poll_due());
    ASSERT_EQ(reports.size(), 20u);
    const auto failed = std::count_if(reports.begin(), reports.end(),
                                      [](const PollReport& r) { return r.verdict == feeds::PollVerdict::failed; });
    EXPECT_EQ(failed, 4);
    EXPECT_TRUE(world.run(world.poller.poll_due()).empty());
}

}  // namespace
}  // namespace podbrief::services
