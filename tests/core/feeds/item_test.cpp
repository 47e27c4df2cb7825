// What is read of one episode.
#include <gtest/gtest.h>

#include "tests/core/feeds/feed_text.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

TEST(Item, GivesAllFieldsOfAPodcastingTwoFeed) {
    const Episode e = item(R"(
      <title>Ship &amp; Sail</title><link>https://example.com/12</link>
      <guid isPermaLink="false"> tag:example.com,2024:12
      </guid>
      <pubDate>Fri, 20 Dec 2024 15:15:00 +0000</pubDate>
      <enclosure url="https://cdn.example.com/12.mp3?a=1&amp;b=2" length="5" type="audio/MPEG; foo=1"/>
      <description>short</description><content:encoded><![CDATA[<p>Long & <b>rich</b></p>]]></content:encoded>
      <itunes:duration>1:05:01</itunes:duration><itunes:episode>11</itunes:episode><itunes:season>1</itunes:season>
      <itunes:episodeType>Full</itunes:episodeType>
      <podcast:season name="Second">2</podcast:season><podcast:episode display="Ch. 12">12.5</podcast:episode>
      <podcast:transcript url="https://example.com/12.vtt" type="text/VTT; charset=utf-8" language="en-GB" rel="Captions"/>
      <podcast:transcript url="12.json" type="application/json"/>
      <podcast:transcript type="text/plain"/>
      <podcast:chapters url="/c/12.json" type="application/json+chapters"/>
      <podcast:person role="Guest" group="cast">Jane Doe</podcast:person>
      <podcast:person>John Roe</podcast:person>
      <podcast:soundbite startTime="33.833" duration="60.0">Why ships sail</podcast:soundbite>
      <psc:chapters version="1.2"><psc:chapter start="00:01:02.500" title="Second"/>
        <psc:chapter start="00:00:00" title="Intro &amp; hello"/></psc:chapters>)");
    EXPECT_EQ(e.title, "Ship & Sail");
    EXPECT_EQ(e.link, "https://example.com/12");
    EXPECT_EQ(e.guid, "tag:example.com,2024:12");
    EXPECT_EQ(e.published_at, from_ms(1734707700000));
    EXPECT_EQ(e.first_seen_at, test_now());
    EXPECT_EQ(e.enclosure_url, "https://cdn.example.com/12.mp3?a=1&b=2");
    EXPECT_EQ(e.enclosure_type, "audio/mpeg");
    EXPECT_EQ(e.notes, "<p>Long & <b>rich</b></p>");
    EXPECT_EQ(e.duration, 3901s);
    EXPECT_EQ(e.season, 2);
    EXPECT_EQ(e.number, 12.5);
    EXPECT_EQ(e.episode_type, "full");
    EXPECT_EQ(e.chapters_url, "https://feeds.example.com/c/12.json");
    EXPECT_EQ(e.persons, (std::vector<Person>{{"Jane Doe", "guest"}, {"John Roe", "host"}}));
    EXPECT_EQ(e.soundbites, (std::vector<Soundbite>{{33833ms, 60s, "Why ships sail"}}));
    EXPECT_EQ(e.chapters, (std::vector<Chapter>{{0ms, "Intro & hello"}, {62500ms, "Second"}}));
    EXPECT_EQ(e.transcripts,
              (std::vector<TranscriptOffer>{{"https://example.com/12.vtt", "text/vtt", "en-GB", "captions"},
                                            {"https://feeds.example.com/show/12.json", "application/json", "", ""}}));
    EXPECT_EQ(e.state, EpisodeState::discovered);
    EXPECT_EQ(e.id, EpisodeId{});
}

TEST(Item, TitlesAreOneLineOfPlainText) {
    const struct {
        const char* xml;
        const char* expected;
    } cases[] = {
        {"Plain", "Plain"},
        {"  two\n   lines ", "two lines"},
        {"<![CDATA[Q&A]]>", "Q&A"},
        {"AT&amp;T", "AT&T"},
        {"Q&amp;amp;A", "Q&A"},                             // escaped twice
        {"caf&eacute; &nbsp;&rsquo;", "caf\u00E9 \u2019"},  // HTML's names without a DTD
        {"don&#146;t", "don\u2019t"},                       // windows-1252 in disguise
        {"don&amp;#146;t", "don\u2019t"},
        {"R & D", "R & D"},
        {"&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"},
        {"The &lt;canvas&gt; element, a &lt; b", "The <canvas> element, a < b"},
        {"<![CDATA[one]]> and <![CDATA[two]]>", "one and two"},
        {"<a href=\"x\">link</a> text", "link text"},
        {"bell&#7; and &#x1F; end", "bell and end"},
        {"a\u00A0b", "a b"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.xml);
        EXPECT_EQ(item("<guid>g</guid><title>" + std::string(c.xml) + "</title>").title, c.expected);
    }
}

TEST(Item, NotesAreTheBestThereAreAndStayAsTheyAre) {
    const struct {
        const char* name;
        const char* xml;
        const char* expected;
    } cases[] = {
        {"encoded before description", "<description>d</description><content:encoded>c</content:encoded>", "c"},
        {"an empty one does not count", "<content:encoded> </content:encoded><description>d</description>", "d"},
        {"summary", "<itunes:summary>s</itunes:summary>", "s"},
        {"subtitle", "<itunes:subtitle>s</itunes:subtitle>", "s"},
        {"escaped HTML", "<description>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</description>", "<p>a &amp; b</p>"},
        {"escaped twice", "<description>&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;</description>", "<p>a</p>"},
        {"XHTML inside", "<description><p>a <b>b</b></p></description>", "<div><p>a <b>b</b></p></div>"},
        {"named entities stay for the HTML reader", "<description>a&nbsp;b</description>", "a&nbsp;b"},
        {"media", "<media:group><media:description>m</media:description></media:group>", "m"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(item("<guid>g</guid>" + std::string(c.xml)).notes, c.expected);
    }
}

TEST(Item, TheEnclosureIsTheRecording) {
    const struct {
        const char* name;
        const char* xml;
        const char* expected;
    } cases[] = {
        {"audio before pictures and video",
         R"(<enclosure url="http://x/1.jpg" type="image/jpeg"/><enclosure url="http://x/1.mp4" type="video/mp4"/><enclosure url="http://x/1.mp3" type="audio/mpeg"/>)",
         "http://x/1.mp3"},
        {"the first of its kind", R"(<enclosure url="http://x/a.mp3"/><enclosure url="http://x/b.mp3"/>)",
         "http://x/a.mp3"},
        {"told by its name", R"(<enclosure url="http://x/1.pdf"/><enclosure url="http://x/1.m4a?x=1"/>)",
         "http://x/1.m4a?x=1"},
        {"empty ones do not count", R"(<enclosure url=""/><enclosure url="http://x/1"/>)", "http://x/1"},
        {"media:content", R"(<media:content url="http://x/1.mp3" type="audio/mpeg" duration="61"/>)", "http://x/1.mp3"},
        {"media:group",
         R"(<media:group><media:content url="http://x/1.jpg" medium="image" type="image/jpeg"/><media:content url="http://x/1.mp3"/></media:group>)",
         "http://x/1.mp3"},
        {"the alternate one",
         R"(<podcast:alternateEnclosure type="audio/opus"><podcast:source uri="https://x/1.opus"/></podcast:alternateEnclosure>)",
         "https://x/1.opus"},
        {"spaces", R"(<enclosure url=" http://x/a b.mp3 " type="audio/mpeg"/>)", "http://x/a%20b.mp3"},
        {"bare ampersands", R"(<enclosure url="http://x/a.mp3?a=1&b=2&copy=3" type="audio/mpeg"/>)",
         "http://x/a.mp3?a=1&b=2&copy=3"},
        {"relative", R"(<enclosure url="../a.mp3?q=a" type="audio/mpeg"/>)", "https://feeds.example.com/a.mp3?q=a"},
        {"own xml:base", R"(<enclosure xml:base="http://y/z/" url="a.mp3" type="audio/mpeg"/>)", "http://y/z/a.mp3"},
        {"no scheme", R"(<enclosure url="//cdn.example.com/a.mp3" type="audio/mpeg"/>)",
         "https://cdn.example.com/a.mp3"},
        {"other schemes are no recordings", R"(<enclosure url="javascript:alert`1`" type="audio/mpeg"/>)", ""},
        {"nor are local files", R"(<enclosure url="file:///etc/passwd" type="audio/mpeg"/>)", ""},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(item("<guid>g</guid>" + std::string(c.xml)).enclosure_url, c.expected);
    }
    EXPECT_EQ(item(R"(<guid>g</guid><media:content url="http://x/1.mp3" duration="61"/>)").duration, 61s);
}

TEST(Item, DatesComeFromWhateverElementHasOne) {
    const WallTime day = std::chrono::sys_days{std::chrono::year{2022} / 9 / 1};
    for (const char* xml :
         {"<pubDate>Thu, 01 Sep 2022 00:00:00 GMT</pubDate>", "<pubdate>2022-09-01</pubdate>",
          "<dc:date>2022-09-01T00:00:00Z</dc:date>", "<atom:updated>2022-09-01T00:00:00Z</atom:updated>",
          "<pubDate>junk</pubDate><dc:date>2022-09-01</dc:date>",
          "<dc:date>2001-01-01</dc:date><pubDate>1 Sep 2022</pubDate>"}) {
        EXPECT_EQ(item("<guid>g</guid>" + std::string(xml)).published_at, day) << xml;
    }
    EXPECT_EQ(item("<guid>g</guid><pubDate>junk</pubDate>").published_at, std::nullopt);
}

TEST(Item, APermanentGuidIsALinkAndAnotherIsNot) {
    EXPECT_EQ(item("<guid>https://example.com/1</guid>").link, "https://example.com/1");
    EXPECT_EQ(item("<guid isPermaLink=\"false\">https://example.com/1</guid>").link, "");
    EXPECT_EQ(item("<guid>abc</guid>").link, "");
    EXPECT_EQ(item("<guid>abc</guid><atom:link href=\"https://example.com/2\"/>").link, "https://example.com/2");
    EXPECT_EQ(
        item("<guid>abc</guid><link xmlns=\"http://www.w3.org/2005/Atom\" rel=\"enclosure\" href=\"http://x/1.mp3\"/>")
            .enclosure_url,
        "http://x/1.mp3");
}

TEST(Item, WithoutTitleIsNamedByItsNotes) {
    EXPECT_EQ(item("<description>&lt;p&gt;A word on ships.&lt;/p&gt;</description>").title, "A word on ships.");
    EXPECT_EQ(item("<guid>g</guid><itunes:title>Other</itunes:title>").title, "Other");
}

TEST(Item, WithNothingInItIsLeftOut) {
    EXPECT_TRUE(parsed(rss("<item></item><item/><item><pubDate>1 Sep 2022</pubDate></item>")).episodes.empty());
}

TEST(Item, AuthorsArePersonsOnlyWhereTheShowNamesNone) {
    const std::string with_author =
        "<item><guid>g</guid><itunes:author>jane@example.com (Jane Doe)</itunes:author></item>";
    EXPECT_EQ(parsed(rss(with_author)).episodes.at(0).persons, (std::vector<Person>{{"Jane Doe", "host"}}));
    EXPECT_TRUE(parsed(rss("<podcast:person>Ann</podcast:person>" + with_author)).episodes.at(0).persons.empty());
    EXPECT_TRUE(item("<guid>g</guid><author>only@example.com</author>").persons.empty());
    EXPECT_EQ(item("<guid>g</guid><dc:creator>Example editor (me@example.com)</dc:creator>").persons,
              (std::vector<Person>{{"Example editor", "host"}}));
}

TEST(Item, FieldsAreCapped) {
    const std::string endless(3'000'000, 'x');
    const Episode e =
        item("<guid>" + endless + "</guid><title>" + endless + "</title><description>" + endless +
             "</description><link>http://x/" + endless + "</link><itunes:author>" + endless + "</itunes:author>");
    EXPECT_EQ(e.title.size(), 1024u);
    EXPECT_EQ(e.notes.size(), 256u * 1024);
    EXPECT_EQ(e.link, "");
    EXPECT_LE(e.guid.size(), 1024u);
    EXPECT_EQ(e.persons.at(0).name.size(), 128u);
    // Two endless guids stay two.
    EXPECT_NE(e.guid, item("<guid>" + endless + "y</guid>").guid);
    // A character is never split.
    std::string accents;
    for (int i = 0; i < 1000; ++i) accents += "\u00E9";
    EXPECT_EQ(item("<guid>g</guid><title>a" + accents + "</title>").title.size(), 1023u);
}

TEST(Item, NumbersThatAreNoneAreUnknown) {
    const Episode e = item(
        "<guid>g</guid><itunes:season>inf</itunes:season><itunes:episode>nan</itunes:episode>"
        "<itunes:episodeType>special</itunes:episodeType><itunes:duration>soon</itunes:duration>");
    EXPECT_EQ(e.season, std::nullopt);
    EXPECT_EQ(e.number, std::nullopt);
    EXPECT_EQ(e.episode_type, "");
    EXPECT_EQ(e.duration, 0ms);
}

}  // namespace
}  // namespace podbrief::testing
