// The feeds of other projects' test suites, and the generated feeds of real shows.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/core/feeds/feed_text.hpp"
#include "tests/support/files.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using feeds::FeedErrc;
using feeds::ParsedFeed;

class PublicFeeds : public ::testing::Test {
protected:
    void SetUp() override {
        const auto folder = shared_data("feeds-public");
        if (!folder) GTEST_SKIP() << "no feeds-public data folder on this machine";
        folder_ = *folder;
    }
    ParsedFeed feed(const std::string& name, const char* content_type = "") const {
        auto o = options();
        o.content_type = content_type;
        return parsed(read_file(folder_ / name), o);
    }
    std::filesystem::path folder_;
};

TEST_F(PublicFeeds, AllGiveTheirTitleAndItems) {
    const struct {
        const char* file;
        const char* title;
        std::size_t items;
    } cases[] = {
        {"rust-rss/rss090.xml", "Mozilla Dot Org", 5},
        {"rust-rss/rss091.xml", "WriteTheWeb", 6},
        {"rust-rss/rss092.xml", "Dave Winer: Grateful Dead", 22},
        {"rust-rss/rss1.xml", "XML.com", 2},
        {"rust-rss/rss2_with_atom.xml", "Liftoff News", 3},
        {"rust-rss/mixed_content.xml", "link Title", 0},
        {"rust-rss/dublincore_altprefix.xml", "Title", 1},
        {"rust-rss/itunes.xml", "feeds.example.com", 1},
        {"rust-rss/guid.xml", "feeds.example.com", 2},
        {"rust-rss/channel.xml", "Title", 0},
        {"rust-rss/content.xml", "feeds.example.com", 1},
        {"rust-rss/enclosure.xml", "feeds.example.com", 1},
        {"rust-rss/source.xml", "feeds.example.com", 0},  // an item with nothing but a source
        {"feedkit/Atom.xml", "dive into mark", 1},
        {"feedkit/AtomDC.xml", "title", 1},
        {"feedkit/Media.xml", "feeds.example.com", 1},
        {"feedkit/Podcast.xml", "Test Podcast", 2},
        {"feedkit/RSS.xml", "Iris", 2},
        {"feedkit/RSSAtom.xml", "feeds.example.com", 0},
        {"feedkit/iTunes.xml", "Dan Carlin's Hardcore History", 1},
        {"reader/empty.atom", "feeds.example.com", 1},
        {"reader/empty.rss", "feeds.example.com", 1},
        {"reader/full.atom", "Example Feed", 5},
        {"reader/full.rss", "RSS Title", 5},
        {"reader/relative.rss", "feeds.example.com", 1},
        {"podcast-namespace/example.xml", "Podcasting 2.0 Namespace Example", 3},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.file);
        const ParsedFeed f = feed(c.file);
        EXPECT_EQ(f.podcast.title, c.title);
        EXPECT_EQ(f.episodes.size(), c.items);
        EXPECT_FALSE(f.recovered);
    }
}

TEST_F(PublicFeeds, WhatIsNoFeedIsRefused) {
    const auto code = [&](const char* name) { return refused(read_file(folder_ / name)).code; };
    EXPECT_EQ(code("feedkit/FeedNotFound.xml"), FeedErrc::not_a_feed);
    EXPECT_EQ(code("podcast-namespace/podcast-example.xml"), FeedErrc::not_a_feed);
    EXPECT_EQ(code("feedkit/feed.json"), FeedErrc::not_xml);
    EXPECT_EQ(code("reader/full.json"), FeedErrc::not_xml);
    EXPECT_EQ(code("reader/invalid.json"), FeedErrc::not_xml);
    EXPECT_EQ(code("reader/unknown.json"), FeedErrc::not_xml);
    EXPECT_EQ(code("podcast-namespace/transcripts/example.srt"), FeedErrc::not_xml);
    EXPECT_EQ(code("podcast-namespace/transcripts/example.vtt"), FeedErrc::not_xml);
    refused(read_file(folder_ / "podcast-namespace/transcripts/example.html"));
}

// What the comments at the top of these files expect, as far as we keep it.
TEST_F(PublicFeeds, OfFeedparserGiveWhatTheyExpect) {
    EXPECT_EQ(feed("feedparser/encoding/demoronize-3.xml").episodes.at(0).title, "don\u2019t");
    EXPECT_NE(feed("feedparser/encoding/bozo_linenoise.xml").episodes.at(0).notes.find("\u2019<>\u201D"),
              std::string::npos);
    for (const char* empty :
         {"feedparser/encoding/http_text_rss_xml_default.xml", "feedparser/encoding/no_content_type_encoding.xml",
          "feedparser/encoding/utf-16be.xml", "feedparser/encoding/utf-32be.xml"}) {
        SCOPED_TRACE(empty);
        EXPECT_TRUE(feed(empty, "text/rss+xml").episodes.empty());
    }
    const std::string rss = "feedparser/wellformed/rss/";
    EXPECT_EQ(feed(rss + "channel_image_link_bleed.xml").podcast.link, "http://channel.example.com/");
    EXPECT_EQ(feed(rss + "channel_dc_creator_map_author_detail_name.xml").podcast.persons,
              (std::vector<Person>{{"Example editor", "host"}}));
    EXPECT_EQ(feed(rss + "channel_dc_author_map_author_detail_email.xml").podcast.persons,
              (std::vector<Person>{{"Example editor", "host"}}));
    for (const char* name :
         {"rss/channel_category_multiple_2.xml", "rss/item_dc_publisher.xml", "rss/item_dc_subject.xml",
          "itunes/itunes_channel_block_no.xml", "itunes/itunes_channel_block_true.xml",
          "itunes/itunes_channel_explicit_false.xml", "itunes/itunes_item_category.xml",
          "itunes/itunes_item_explicit_no.xml", "itunes/itunes_namespace_example.xml"}) {
        SCOPED_TRACE(name);
        EXPECT_FALSE(feed("feedparser/wellformed/" + std::string(name)).recovered);
    }
}

TEST_F(PublicFeeds, OfThePodcastNamespaceGiveAllTheirTags) {
    const ParsedFeed f = feed("podcast-namespace/example.xml");
    EXPECT_EQ(f.podcast.podcast_guid, "y0ur-gu1d-g035-h3r3");
    EXPECT_EQ(f.podcast.persons, (std::vector<Person>{{"John Doe", "host"}}));
    for (const Episode& e : f.episodes) {
        SCOPED_TRACE(e.title);
        EXPECT_FALSE(e.title.empty());
        EXPECT_FALSE(e.guid.empty());
        EXPECT_TRUE(e.published_at.has_value());
        EXPECT_FALSE(e.enclosure_url.empty());
    }
    const auto third = std::find_if(f.episodes.begin(), f.episodes.end(),
                                    [](const Episode& e) { return e.title.starts_with("Episode 3"); });
    ASSERT_NE(third, f.episodes.end());
    EXPECT_EQ(third->transcripts, (std::vector<TranscriptOffer>{
                                      {"https://example.com/ep3/transcript.txt", "text/plain", "", ""},
                                      {"https://example.com/episode1/transcript.vtt", "text/vtt", "es", "captions"}}));
    EXPECT_EQ(third->chapters_url, "https://example.com/ep3_chapters.json");
    EXPECT_FALSE(third->soundbites.empty());
    EXPECT_FALSE(third->persons.empty());
    EXPECT_EQ(third->number, 3);
    EXPECT_EQ(third->season, 1);

    EXPECT_EQ(
        feed("feedkit/Podcast.xml").episodes.at(0).transcripts,
        (std::vector<TranscriptOffer>{{"https://example.com/episode1/transcript.txt", "text/plain", "en", ""},
                                      {"https://example.com/episode1/transcript.vtt", "text/vtt", "en", "captions"}}));
}

TEST_F(PublicFeeds, FieldsAreWhereTheyBelong) {
    const ParsedFeed media = feed("feedkit/Media.xml");
    EXPECT_EQ(media.episodes.at(0).enclosure_url, "http://www.foo.com/song64kbps.mp3");
    const ParsedFeed itunes = feed("feedkit/iTunes.xml");
    EXPECT_EQ(itunes.new_feed_url, "http://newlocation.com/example.rss");
    EXPECT_EQ(itunes.episodes.at(0).duration, 18030s);
    EXPECT_EQ(itunes.episodes.at(0).season, 3);
    const ParsedFeed atom = feed("feedkit/Atom.xml");
    EXPECT_EQ(atom.episodes.at(0).enclosure_url, "http://example.org/audio/ph34r_my_podcast.mp3");
    EXPECT_EQ(atom.episodes.at(0).published_at, from_ms(1071318569000));
    const ParsedFeed relative = feed("reader/relative.rss");
    EXPECT_EQ(relative.podcast.link, "https://feeds.example.com/show/file.html");
    EXPECT_EQ(relative.episodes.at(0).link, "https://feeds.example.com/show/blog/post/1");
    EXPECT_EQ(relative.episodes.at(0).enclosure_url, "https://feeds.example.com/show/enclosure?q=a#fragment");
    EXPECT_EQ(feed("rust-rss/guid.xml").episodes.at(1).guid, "def?g=h&i=j");
    EXPECT_EQ(feed("reader/full.rss").ttl, 1800min);
    EXPECT_EQ(feed("feedkit/RSS.xml").podcast.image_url, "http://www.iris.news/image.jpg");
}

const char* media_type_of(const std::string& format) {
    if (format == "vtt") return "text/vtt";
    if (format == "json") return "application/json";
    if (format == "html") return "text/html";
    if (format == "md") return "text/markdown";
    return format == "txt" ? "text/plain" : "s";  // application/srt, application/x-subrip
}

TEST(ChangelogFeeds, GiveEveryEpisodeAndEveryTranscriptOffer) {
    const auto data = shared_data("changelog");
    if (!data) GTEST_SKIP() << "no changelog data folder on this machine";
    const TemporaryFolder site;
    const std::string command =
        "python3 '" + (*data / "gen_feeds.py").string() + "' --out '" + site.path().string() + "' > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) GTEST_SKIP() << "the feeds could not be generated (python3 missing?)";
    const auto manifest = nlohmann::json::parse(read_file(site.path() / "manifest.json"));

    std::map<std::string, ParsedFeed> shows;
    std::size_t episodes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(site.path() / "feeds")) {
        ParsedFeed f =
            parsed(read_file(entry.path()), options("http://127.0.0.1:8099/feeds/" + entry.path().filename().string()));
        EXPECT_FALSE(f.recovered);
        EXPECT_TRUE(std::is_sorted(f.episodes.begin(), f.episodes.end(),
                                   [](const Episode& a, const Episode& b) { return a.published_at > b.published_at; }));
        episodes += f.episodes.size();
        shows.emplace(entry.path().stem().string(), std::move(f));
    }
    EXPECT_EQ(shows.size(), 5u);
    EXPECT_EQ(episodes, 120u);
    for (const auto& expected : manifest.at("episodes")) {
        const std::string guid = expected.at("guid").get<std::string>();
        SCOPED_TRACE(guid);
        const auto& all = shows.at(expected.at("show").get<std::string>()).episodes;
        const auto e = std::find_if(all.begin(), all.end(), [&](const Episode& x) { return x.guid == guid; });
        ASSERT_NE(e, all.end());
        EXPECT_EQ(e->title, expected.at("title").get<std::string>());
        EXPECT_NEAR(static_cast<double>(e->duration.count()), expected.at("duration_s").get<double>() * 1000, 1000);
        ASSERT_EQ(e->transcripts.size(), expected.at("formats").size());
        for (std::size_t i = 0; i < e->transcripts.size(); ++i) {
            const auto format = expected.at("formats").at(i).get<std::string>();
            EXPECT_TRUE(e->transcripts[i].url.ends_with('.' + format)) << e->transcripts[i].url;
            EXPECT_NE(e->transcripts[i].type.find(media_type_of(format)), std::string::npos) << e->transcripts[i].type;
        }
    }
}

}  // namespace
}  // namespace podbrief::testing
