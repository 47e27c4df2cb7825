#include "core/services/local_source.hpp"

#include <gtest/gtest.h>

#include "tests/simulation/world.hpp"

namespace podbrief::services {
namespace {

using testing::World;

const std::string talk =
    "**Ada:** A single deployable service lowers the cost of change for companies with fewer than fifty engineers, "
    "because two teams no longer wait for each other.\n\n**Ben:** The bill for hosting fell by 40 percent at Harbour "
    "Bank after it merged its ninety services into three, since most of them had been talking to each other.\n";

TEST(FileUrls, GoThereAndBack) {
    const std::string path = "/home of/ünïcode/100% #1?.md";
    EXPECT_EQ(path_of_file_url(file_url_of(path)), path);
    EXPECT_EQ(file_url_of("/a b.md"), "file:///a%20b.md");
    EXPECT_EQ(path_of_file_url("https://example.com/"), "");
    EXPECT_EQ(path_of_file_url("file:///a%00b"), "");
}

TEST(FileUrls, AreReadOnlyBelowThePodcastsOwnFolder) {
    const struct {
        const char* feed;
        const char* file;
        bool allowed;
    } cases[] = {
        {"file:///talks", "file:///talks/a.md", true},
        {"file:///talks", "file:///talks/2026/a.md", true},
        {"file:///talks", "file:///talks/../etc/passwd", false},
        {"file:///talks", "file:///talks-secret/a.md", false},
        {"file:///feeds/show.xml", "file:///feeds/a.vtt", true},
        {"file:///feeds/show.xml", "file:///etc/passwd", false},
        {"https://host.example/feed.xml", "file:///etc/passwd", false},
        {"file:///talks", "https://host.example/a", false},
    };
    for (const auto& c : cases) EXPECT_EQ(may_read_file(c.feed, c.file), c.allowed) << c.feed << " " << c.file;
}

class LocalPodcast : public ::testing::Test {
protected:
    std::vector<Subscriber::Line> add(const std::string& source) {
        return world_.run(world_.subscriber.add_source(source));
    }
    std::vector<Episode> episodes() {
        const auto podcasts = world_.run(world_.store.subscriptions());
        return world_.run(world_.store.episodes(podcasts.at(0).podcast.id));
    }
    World world_;
};

TEST_F(LocalPodcast, IsAFolderOfTranscripts) {
    world_.files.put("/talks/2026-02-20 - Monoliths.md", talk);
    world_.files.put("/talks/2026-02-21 - More.vtt",
                     "WEBVTT\n\n00:00.000 --> 00:09.000\n<v Ada>Hello there everyone.</v>\n");
    world_.files.put("/talks/cover.jpg", "not a transcript");
    const auto lines = add("/talks");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_TRUE(lines[0].ok) << lines[0].problem;
    EXPECT_EQ(lines[0].what, "talks");
    EXPECT_EQ(lines[0].episodes, 2u);
    EXPECT_EQ(episodes().at(1).title, "Monoliths");
}

TEST_F(LocalPodcast, TakesOneTalkInTwoFormatsAsOneEpisodeWithTwoOffers) {
    world_.files.put("/talks/a.md", talk);
    world_.files.put("/talks/a.vtt", "WEBVTT\n\n00:00.000 --> 00:09.000\n<v Ada>Hello there everyone.</v>\n");
    EXPECT_EQ(add("/talks").at(0).episodes, 1u);
    EXPECT_EQ(episodes().at(0).transcripts.size(), 2u);
}

TEST_F(LocalPodcast, NoticesAFileThatIsWrittenAgain) {
    world_.files.put("/talks/a.md", talk, 1);
    add("/talks");
    const auto podcasts = world_.run(world_.store.subscriptions());
    auto poll = [&] {
        auto subscription = world_.run(world_.store.subscription(podcasts.at(0).podcast.id));
        return world_.run(world_.poller.poll(std::move(*subscription)));
    };
    EXPECT_EQ(poll().changed, 0u);
    world_.files.put("/talks/a.md", talk + "**Ada:** One more thing.\n", 2);
    EXPECT_EQ(poll().changed, 1u);
}

TEST_F(LocalPodcast, IsRefusedWithAClearLineWhereThereIsNothing) {
    const auto lines = add("/nowhere");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_FALSE(lines[0].ok);
    EXPECT_TRUE(lines[0].no_input);
    EXPECT_EQ(lines[0].what, "/nowhere");
    EXPECT_EQ(lines[0].problem, "no such file or folder; a web address starts with https://");
    world_.files.put("/pictures/a.jpg", "x");
    EXPECT_NE(add("/pictures").at(0).problem.find("neither a feed nor transcripts"), std::string::npos);
    EXPECT_TRUE(world_.run(world_.store.subscriptions()).empty());
}

TEST_F(LocalPodcast, ListsInOpmlAreAddedToBePolledLater) {
    world_.files.put("/subs.opml",
                     "<opml version=\"2.0\"><head/><body><outline text=\"A\" type=\"rss\" "
                     "xmlUrl=\"https://a.example/f\"/><outline text=\"Bad\" xmlUrl=\"mailto:x\"/></body></opml>");
    const auto lines = add("/subs.opml");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines[0].ok);
    EXPECT_FALSE(lines[1].ok);
    EXPECT_EQ(world_.run(world_.store.subscriptions()).size(), 1u);
}

}  // namespace
}  // namespace podbrief::services
