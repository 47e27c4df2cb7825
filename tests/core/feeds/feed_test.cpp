// What is read of a show, of other kinds of feeds, and which items are kept.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/feeds/times.hpp"
#include "tests/core/feeds/feed_text.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using feeds::ParsedFeed;

TEST(Feed, GivesAllFieldsOfTheShow) {
    const ParsedFeed feed = parsed(R"(<?xml version="1.0"?>
      <rss version="2.0" xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
           xmlns:podcast="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"><channel>
      <title>Q&amp;A</title><link>https://example.com/</link>
      <atom:link rel="self" href="https://example.com/self.xml"/><atom:link rel="next" href="?page=2"/>
      <description>&lt;p&gt;Ships &amp;amp; sails&lt;/p&gt;</description><language>en-US</language><ttl>90</ttl>
      <image><title>Not this</title><link>https://not.example.com/</link><url>https://example.com/small.png</url></image>
      <itunes:image href="https://example.com/large.png"/>
      <itunes:author>Network</itunes:author>
      <podcast:person>Ann</podcast:person><podcast:person role="guest">Bob</podcast:person><podcast:person>Ann</podcast:person>
      <podcast:guid>917393E3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
      <itunes:new-feed-url>https://new.example.com/feed</itunes:new-feed-url>
      <podcast:liveItem status="live"><title>Live</title><guid>live</guid></podcast:liveItem>
      <item><title>One</title></item></channel></rss>)");
    EXPECT_EQ(feed.podcast.id, PodcastId{});
    EXPECT_EQ(feed.podcast.feed_url, "https://feeds.example.com/show/feed.xml");
    EXPECT_EQ(feed.podcast.title, "Q&A");
    EXPECT_EQ(feed.podcast.description, "Ships & sails");
    EXPECT_EQ(feed.podcast.language, "en-us");
    EXPECT_EQ(feed.podcast.link, "https://example.com/");
    EXPECT_EQ(feed.podcast.image_url, "https://example.com/large.png");
    EXPECT_EQ(feed.podcast.podcast_guid, "917393e3-1b1e-5cef-ace4-edaa54e1f810");
    EXPECT_EQ(feed.podcast.persons, (std::vector<Person>{{"Ann", "host"}, {"Bob", "guest"}}));
    EXPECT_EQ(feed.new_feed_url, "https://new.example.com/feed");
    EXPECT_EQ(feed.ttl, 90min);
    EXPECT_EQ(feed.next_page, "https://feeds.example.com/show/feed.xml?page=2");
    EXPECT_FALSE(feed.recovered);
    ASSERT_EQ(feed.episodes.size(), 1u);
    EXPECT_EQ(feed.episodes[0].title, "One");
}

TEST(Feed, FieldsAfterTheItemsCount) {
    const ParsedFeed feed = parsed(
        "<rss><channel><item><title>One</title><link>1.html</link></item>"
        "<title>Late</title><link>https://late.example.com/</link></channel></rss>");
    EXPECT_EQ(feed.podcast.title, "Late");
    EXPECT_EQ(feed.episodes.at(0).link, "https://late.example.com/1.html");
}

TEST(Feed, PrefixesAreFreeAndDeclarationsMayBeMissingOrWrong) {
    const std::string item =
        "<item><guid>g</guid><{0}:duration>61</{0}:duration><{1}:transcript url=\"http://x/t.vtt\"/></item>";
    const struct {
        const char* name;
        const char* declarations;
        const char* itunes;
        const char* podcast;
    } cases[] = {
        {"declared",
         R"(xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0")",
         "itunes", "podcast"},
        {"other prefixes",
         R"(xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:p="https://podcastindex.org/namespace/1.0/")",
         "i", "p"},
        {"not declared", "", "itunes", "podcast"},
        {"bound to something else", R"(xmlns:itunes="http://example.com/DTDs/Podcast-1.0.dtd" xmlns:podcast="urn:x")",
         "itunes", "podcast"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const ParsedFeed feed = parsed("<rss " + std::string(c.declarations) + "><channel>" +
                                       fmt::format(fmt::runtime(item), c.itunes, c.podcast) + "</channel></rss>");
        ASSERT_EQ(feed.episodes.size(), 1u);
        EXPECT_EQ(feed.episodes[0].duration, 61s);
        EXPECT_EQ(feed.episodes[0].transcripts.size(), 1u);
    }
    const ParsedFeed swapped = parsed(
        R"(<rss xmlns:podcast="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item><guid>g</guid><podcast:duration>61</podcast:duration></item></channel></rss>)");
    EXPECT_EQ(swapped.episodes.at(0).duration, 61s);
}

TEST(Feed, AtomIsRead) {
    const ParsedFeed feed = parsed(R"(<?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://atom.example.com/base/">
        <title type="text">Atom show</title><subtitle>About atoms</subtitle><link href="home"/>
        <logo>/logo.png</logo><author><name>John Doe</name><email>j@example.com</email></author>
        <entry xml:base="entries/"><id>urn:1</id><title type="html">&lt;b&gt;One&lt;/b&gt;</title>
          <link rel="alternate" href="1.html"/><link rel="enclosure" type="audio/mpeg" href="/1.mp3"/>
          <published>2024-01-02T03:04:05Z</published><updated>2025-01-01T00:00:00Z</updated>
          <author><name>Jane</name></author>
          <summary>short</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long &amp; rich</p></div></content></entry>
        <entry><id>urn:2</id><title>Two</title><updated>2023-01-01T00:00:00Z</updated><source><title>Not this</title></source></entry>
      </feed>)");
    EXPECT_EQ(feed.podcast.title, "Atom show");
    EXPECT_EQ(feed.podcast.description, "About atoms");
    EXPECT_EQ(feed.podcast.language, "de");
    EXPECT_EQ(feed.podcast.link, "https://atom.example.com/base/home");
    EXPECT_EQ(feed.podcast.image_url, "https://atom.example.com/logo.png");
    EXPECT_EQ(feed.podcast.persons, (std::vector<Person>{{"John Doe", "host"}}));
    ASSERT_EQ(feed.episodes.size(), 2u);
    const Episode& e = feed.episodes[0];
    EXPECT_EQ(e.guid, "urn:1");
    EXPECT_EQ(e.title, "One");
    EXPECT_EQ(e.link, "https://atom.example.com/base/entries/1.html");
    EXPECT_EQ(e.enclosure_url, "https://atom.example.com/1.mp3");
    EXPECT_EQ(e.published_at, from_ms(1704164645000));
    EXPECT_EQ(e.persons, (std::vector<Person>{{"Jane", "host"}}));
    EXPECT_EQ(e.notes, R"(<div><div xmlns="http://www.w3.org/1999/xhtml"><p>Long &amp; rich</p></div></div>)");
    EXPECT_EQ(feed.episodes[1].title, "Two");
}

TEST(Feed, AtomWithPrefixesIsRead) {
    const ParsedFeed feed = parsed(
        R"(<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>1</a:id><a:title>E</a:title></a:entry></a:feed>)");
    EXPECT_EQ(feed.podcast.title, "T");
    EXPECT_EQ(feed.episodes.at(0).title, "E");
}

TEST(Feed, RssOneIsRead) {
    const ParsedFeed feed = parsed(R"(<?xml version="1.0"?>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
               xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="http://x/"><title>RDF</title><link>http://x/</link><dc:language>fr</dc:language></channel>
        <image><url>http://x/i.gif</url></image>
        <item rdf:about="http://x/1"><title>One</title><link>http://x/1.html</link><dc:date>2024-01-02</dc:date></item>
      </rdf:RDF>)");
    EXPECT_EQ(feed.podcast.title, "RDF");
    EXPECT_EQ(feed.podcast.language, "fr");
    EXPECT_EQ(feed.podcast.image_url, "http://x/i.gif");
    ASSERT_EQ(feed.episodes.size(), 1u);
    EXPECT_EQ(feed.episodes[0].guid, "http://x/1");
    EXPECT_EQ(feed.episodes[0].link, "http://x/1.html");
}

TEST(Feed, RelativeLinksOfALocalFeedStayInItsFolder) {
    auto o = options("file:///home/ann/shows/feed.xml");
    const auto transcript = [&](const std::string& url) {
        const auto feed =
            parsed("<rss><channel><link>https://example.com/</link><item><guid>g</guid><podcast:transcript url=\"" +
                       url + "\"/></item></channel></rss>",
                   o);
        const auto& offers = feed.episodes.at(0).transcripts;
        return offers.empty() ? std::string() : offers[0].url;
    };
    EXPECT_EQ(transcript("t/1.vtt"), "file:///home/ann/shows/t/1.vtt");
    EXPECT_EQ(transcript("https://example.com/1.vtt"), "https://example.com/1.vtt");
    EXPECT_EQ(transcript("../../bob/1.vtt"), "");
    EXPECT_EQ(transcript("%2e%2e/%2e%2e/bob/1.vtt"), "");
    EXPECT_EQ(transcript("file:///etc/passwd"), "");
    EXPECT_EQ(transcript("file:///home/ann/shows/../../bob/x"), "");
}

std::string numbered_items(int count, bool descending) {
    std::string items;
    for (int i = 0; i < count; ++i) {
        const int n = descending ? count - 1 - i : i;
        const WallTime t = from_ms(1'600'000'000'000 + n * 3'600'000LL);
        items += fmt::format("<item><guid>{}</guid><pubDate>{}</pubDate></item>\n", n, feeds::rfc822(t));
    }
    return items;
}

TEST(Feed, TheNewestItemsAreKeptInWhateverOrderTheyCome) {
    for (const bool descending : {false, true}) {
        const ParsedFeed feed = parsed(rss(numbered_items(5000, descending)));
        ASSERT_EQ(feed.episodes.size(), 500u);
        for (int i = 0; i < 500; ++i)
            EXPECT_EQ(feed.episodes[static_cast<std::size_t>(i)].guid, std::to_string(4999 - i));
    }
    auto o = options();
    o.max_items = 3;
    EXPECT_EQ(parsed(rss(numbered_items(100, false)), o).episodes.size(), 3u);
    o.max_items = 0;
    EXPECT_EQ(parsed(rss(numbered_items(100, false)), o).episodes.size(), 0u);
}

TEST(Feed, ItemsWithoutUsableDatesKeepTheirOrder) {
    const ParsedFeed feed =
        parsed(rss("<item><guid>a</guid></item><item><guid>b</guid><pubDate>junk</pubDate></item>"
                   "<item><guid>c</guid><pubDate>Wed, 01 Jan 2099 00:00:00 GMT</pubDate></item>"
                   "<item><guid>d</guid><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>"
                   "<item><guid>e</guid><pubDate>Thu, 01 Jan 2015 00:00:00 GMT</pubDate></item>"));
    std::string order;
    for (const Episode& e : feed.episodes) order += e.guid;
    EXPECT_EQ(order, "abcde");
    EXPECT_EQ(feed.episodes[2].published_at, from_ms(4070908800000));  // as the feed says
}

TEST(Feed, AnEndlessFeedGivesItsNewestItems) {
    std::string items;
    for (int i = 0; i < 200'000; ++i) items += "<item><guid>" + std::to_string(i) + "</guid></item>";
    const ParsedFeed feed = parsed(rss(items));
    ASSERT_EQ(feed.episodes.size(), 500u);
    EXPECT_EQ(feed.episodes[0].guid, "0");
}

}  // namespace
}  // namespace podbrief::testing
