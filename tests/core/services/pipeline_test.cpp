#include "core/services/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/simulation/world.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::answer_with;
using testing::World;

constexpr const char* feed_url = "https://host.example/feed.xml";
constexpr const char* vtt_url = "https://host.example/a.vtt";

std::string vtt(const std::string& claim, int times = 6) {
    std::string text = "WEBVTT\n\n";
    for (int i = 0; i < times; ++i) {
        text += fmt::format(
            "00:{0:02}:00.000 --> 00:{0:02}:30.000\n<v Ada>{1} In case {2} the saving came to {3} percent because the "
            "two teams stopped waiting for each other and shipped on the same day.</v>\n\n",
            i, claim, i + 1, 10 + 7 * i);
    }
    return text;
}
const std::string monolith =
    "A single deployable service lowers the cost of change for companies with fewer than fifty engineers.";

std::string feed(const std::string& item_extra, const std::string& notes = {}) {
    return "<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>A "
           "show</title>"
           "<item><title>One</title><guid>a</guid><pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate>"
           "<enclosure url=\"https://host.example/a.mp3\" type=\"audio/mpeg\" length=\"9\"/><description>" +
           notes + "</description>" + item_extra + "</item></channel></rss>";
}
const std::string offer = "<podcast:transcript url=\"https://host.example/a.vtt\" type=\"text/vtt\"/>";

// Polls what is due and reads what is due, as `podbrief ingest` does.
asio::awaitable<std::vector<EpisodeReport>> ingest(World& world) {
    std::vector<EpisodeReport> reports;
    co_await world.poller.poll_due();
    const auto keep = [&reports](const EpisodeReport& report) { reports.push_back(report); };
    co_await world.pipeline.read_due(keep);
    co_return reports;
}

asio::awaitable<bool> subscribe(World& world) {
    Podcast podcast;
    podcast.feed_url = feed_url;
    podcast.added_at = world.clock.wall_now();
    PollState poll;
    poll.next_poll_at = world.clock.wall_now();
    co_await world.store.add_podcast(std::move(podcast), poll);
    co_return true;
}

Episode only_episode(World& world) {
    const auto podcasts = world.run(world.store.subscriptions());
    return world.run(world.store.episodes(podcasts.at(0).podcast.id)).at(0);
}

TEST(Pipeline, MakesInsightsOfATranscriptAndIndexesThem) {
    World world;
    world.http.on(feed_url, answer_with(feed(offer)));
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run(subscribe(world));
    const auto reports = world.run(ingest(world));
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].state, EpisodeState::extracted);
    EXPECT_GT(reports[0].insights, 0u);
    EXPECT_EQ(world.index.size(), reports[0].insights);
    const Episode episode = only_episode(world);
    const auto transcript = world.run(world.store.transcript(episode.id));
    for (const auto& insight : world.run(world.store.insights_of(episode.id))) {
        EXPECT_EQ(insight.speaker, "Ada");
        std::string joined;
        for (int i = insight.first_segment; i <= insight.last_segment; ++i) {
            joined += (joined.empty() ? "" : " ") + transcript->segments.at(static_cast<std::size_t>(i)).text;
        }
        EXPECT_EQ(joined.substr(static_cast<std::size_t>(insight.quote_begin), insight.quote.size()), insight.quote);
    }
}

TEST(Pipeline, WaitsForALateTranscriptAndShowsThatItDoes) {
    World world;
    world.http.on(feed_url, answer_with(feed("")));
    world.run(subscribe(world));
    EXPECT_EQ(world.run(ingest(world)).at(0).state, EpisodeState::awaiting_transcript);
    EXPECT_EQ(only_episode(world).state, EpisodeState::awaiting_transcript);

    world.http.on(feed_url, answer_with(feed(offer)));
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run_for(2h);
    const auto reports = world.run(ingest(world));
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].state, EpisodeState::extracted);
}

TEST(Pipeline, UsesTheShowNotesWhenPatienceEndsAndSaysSo) {
    World world;
    std::string notes;
    for (int i = 0; i < 6; ++i) {
        notes += fmt::format(
            "&lt;p&gt;{} In the year {} this saved {} percent of the budget because fewer teams had to "
            "wait for one another.&lt;/p&gt;",
            monolith, 2015 + i, 12 + i);
    }
    world.http.on(feed_url, answer_with(feed("", notes)));
    world.run(subscribe(world));
    world.start();
    world.run_for(72h);
    EXPECT_EQ(only_episode(world).state, EpisodeState::from_notes);
    const auto insights = world.run(world.store.insights_of(only_episode(world).id));
    ASSERT_FALSE(insights.empty());
    for (const auto& insight : insights) EXPECT_EQ(insight.origin, InsightOrigin::show_notes);
}

TEST(Pipeline, MakesANewVersionOfAChangedTranscriptAndDropsTheOldInsights) {
    World world;
    world.http.on(feed_url, answer_with(feed(offer)));
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run(subscribe(world));
    world.run(ingest(world));
    world.http.on(vtt_url, answer_with(vtt("A heat pump lowers the cost of heating for houses built before the war.")));
    world.run_for(25h);  // the second look
    const auto reports = world.run(ingest(world));
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_GT(reports[0].insights, 0u);
    EXPECT_EQ(world.run(world.store.transcript(only_episode(world).id))->version, 2);
    for (const auto& insight : world.run(world.store.insights_of(only_episode(world).id))) {
        EXPECT_NE(insight.text.find("heat"), std::string::npos) << insight.text;
    }
    EXPECT_EQ(world.index.size(), reports[0].insights);
}

TEST(Pipeline, LeavesAnUnchangedTranscriptAlone) {
    World world;
    world.http.on(feed_url, answer_with(feed(offer)));
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run(subscribe(world));
    world.run(ingest(world));
    world.run_for(25h);
    EXPECT_EQ(world.run(ingest(world)).at(0).insights, 0u);
    EXPECT_EQ(world.run(world.store.transcript(only_episode(world).id))->version, 1);
    world.run_for(48h);
    EXPECT_TRUE(world.run(ingest(world)).empty());  // looked at twice, that is enough
}

TEST(Pipeline, TriesTheNextOfferWhenTheBestCannotBeRead) {
    World world;
    const std::string two =
        "<podcast:transcript url=\"https://host.example/a.json\" type=\"application/json\"/>" + offer;
    world.http.on(feed_url, answer_with(feed(two)));
    world.http.on("https://host.example/a.json", answer_with("{\"nothing\": ", {{"Content-Type", "application/json"}}));
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run(subscribe(world));
    EXPECT_EQ(world.run(ingest(world)).at(0).state, EpisodeState::extracted);
    EXPECT_EQ(world.run(world.store.transcript(only_episode(world).id))->format, TranscriptFormat::webvtt);
}

TEST(Pipeline, HonoursRetryAfterOfATranscriptServer) {
    World world;
    world.http.on(feed_url, answer_with(feed(offer)));
    world.http.on(vtt_url, answer_with("slow down", {{"Retry-After", "7200"}}, 429));
    world.run(subscribe(world));
    world.start();
    world.run_for(119min);
    EXPECT_EQ(world.http.times(vtt_url), 1);
    world.http.on(vtt_url, answer_with(vtt(monolith)));
    world.run_for(2min);
    EXPECT_EQ(only_episode(world).state, EpisodeState::extracted);
}

TEST(Pipeline, DoesNotReadOurDiskForAFeedFromTheNetwork) {
    World world;
    world.files.put("/etc/passwd.txt", "root: a secret that must not leave");
    world.http.on(feed_url,
                  answer_with(feed("<podcast:transcript url=\"file:///etc/passwd.txt\" type=\"text/plain\"/>")));
    world.run(subscribe(world));
    world.run(ingest(world));
    EXPECT_FALSE(world.run(world.store.transcript(only_episode(world).id)).has_value());
}

}  // namespace
}  // namespace podbrief::services
