// Feeds in encodings and states of repair as they are found in the wild.
#include <gtest/gtest.h>

#include "core/feeds/encoding.hpp"
#include "tests/core/feeds/feed_text.hpp"

namespace podbrief::testing {
namespace {

using feeds::FeedErrc;
using feeds::ParsedFeed;

std::string wide(std::string_view ascii, bool big_endian, int width, std::string_view mark = {}) {
    std::string out(mark);
    for (const char c : ascii) {
        std::string unit(static_cast<std::size_t>(width), '\0');
        (big_endian ? unit.back() : unit.front()) = c;
        out += unit;
    }
    return out;
}

TEST(Encoding, OfTheFeedIsFoundOut) {
    using namespace std::string_literals;
    const std::string e = "\u00E9";
    const auto feed = [](const std::string& declaration, const std::string& title) {
        return declaration + "<rss><channel><title>" + title + "</title></channel></rss>";
    };
    const std::string utf8 = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
    const std::string latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    const struct {
        const char* name;
        std::string body;
        const char* content_type;
        std::string title;
    } cases[] = {
        {"utf-8", feed(utf8, e), "", e},
        {"no declaration", feed("", e), "", e},
        {"utf-8 with byte order mark", "\xEF\xBB\xBF" + feed(utf8, e), "", e},
        {"two marks", "\xEF\xBB\xBF\xEF\xBB\xBF" + feed(utf8, e), "", e},
        {"blank lines before the declaration", "\n\n  " + feed(utf8, e), "", e},
        {"valid utf-8 that is declared as latin-1", feed(latin, e), "text/xml; charset=iso-8859-1", e},
        {"latin-1", feed(latin, "\xE9"), "", e},
        {"latin-1 is windows-1252", feed(latin, "\x93\x80\x94"), "", "\u201C\u20AC\u201D"},
        {"latin-1 that is declared as utf-8", feed(utf8, "\xE9"), "text/xml; charset=utf-8", e},
        {"a byte of latin-1 in utf-8", feed(utf8, e + "\xE9"), "", e + e},
        {"windows-1251 by declaration", feed("<?xml version='1.0' encoding='windows-1251'?>", "\xCF\xF0\xE8"), "",
         "\u041F\u0440\u0438"},
        {"koi8-r by header", feed("", "\xF0\xD2\xC9"), "application/rss+xml; charset=\"koi8-r\"", "\u041F\u0440\u0438"},
        {"the header is vague, the declaration is not", feed("<?xml version='1.0' encoding='koi8-r'?>", "\xF0\xD2\xC9"),
         "text/xml; charset=iso-8859-1", "\u041F\u0440\u0438"},
        {"shift_jis", feed("<?xml version='1.0' encoding='Shift_JIS'?>", "\x93\xFA\x96\x7B"), "", "\u65E5\u672C"},
        {"iso-2022-jp", feed("<?xml version='1.0' encoding='ISO-2022-JP'?>", "\x1B$BF|K\\\x1B(B"), "", "\u65E5\u672C"},
        {"an unknown charset", feed("<?xml version='1.0' encoding='klingon'?>", "\xE9"), "", e},
        {"utf-16 with mark", wide(feed("", "wide"), false, 2, "\xFF\xFE"s), "", "wide"},
        {"utf-16be with mark", wide(feed("", "wide"), true, 2, "\xFE\xFF"s), "", "wide"},
        {"utf-16 without mark", wide(feed("<?xml version='1.0' encoding='utf-16'?>", "wide"), false, 2), "", "wide"},
        {"utf-16be without mark", wide(feed("", "wide"), true, 2), "text/xml; charset=utf-8", "wide"},
        {"utf-32be", wide(feed("", "wide"), true, 4), "", "wide"},
        {"utf-32le with mark", wide(feed("", "wide"), false, 4, "\xFF\xFE\0\0"s), "", "wide"},
        {"utf-16 of which only the declaration speaks", feed("<?xml version='1.0' encoding='utf-16'?>", e), "", e},
        {"control characters",
         feed("",
              "a\x01\x08"
              "b\x1Fz\x7F"s),
         "", "abz"},
        {"nul", feed("", "a\0b"s), "", "ab"},
        {"surrogates", feed("", "a\xED\xA0\x80z"), "", "a\u00ED\u00A0\u20ACz"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        auto o = options();
        o.content_type = c.content_type;
        std::string expected = c.title;
        if (expected.find("\u00A0") != std::string::npos) expected = "a\u00ED \u20ACz";  // a no-break space is folded
        EXPECT_EQ(parsed(c.body, o).podcast.title, expected);
    }
}

TEST(Encoding, CleanMeansValidUtf8WithoutControls) {
    using namespace std::string_view_literals;
    const std::string padding = "0123456789abcdef0123456789";
    for (const std::string_view good : {""sv, "a\t\r\n"sv, "\u00E9\u65E5\U0001F600"sv, "\u00A0"sv, "\uFFFD"sv}) {
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string text = padding.substr(0, before) + std::string(good) + padding;
            EXPECT_TRUE(feeds::is_clean(text)) << text;
            EXPECT_EQ(feeds::cleaned(text), text);
        }
    }
    for (const std::string_view bad : {"\0"sv, "\x1F"sv, "\x7F"sv, "\x80"sv, "\xC0\x80"sv, "\xE9"sv, "\xED\xA0\x80"sv,
                                       "\xF5\x80\x80\x80"sv, "\xC2\x85"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv}) {
        for (std::size_t before = 0; before < 20; ++before) {
            const std::string text = padding.substr(0, before) + std::string(bad);
            EXPECT_FALSE(feeds::is_clean(text)) << before;
            EXPECT_TRUE(feeds::is_clean(feeds::cleaned(text))) << before;
        }
    }
}

TEST(BrokenXml, IsMended) {
    const struct {
        const char* name;
        const char* body;
        std::vector<std::string> titles;
        const char* notes;  // of the first
    } cases[] = {
        {"HTML that nobody escaped",
         "<rss><channel><item><title>A</title><description>one<br>two<p>three<p>four <b>bold</description></item>"
         "<item><title>B</title></item></channel></rss>",
         {"A", "B"},
         "<div>one<br/>two<p>three</p><p>four <b>bold</b></p></div>"},
        {"a bare less-than sign",
         "<rss><channel><item><title>1 < 2 & 3</title><description>x</description></item></channel></rss>",
         {"1 < 2 & 3"},
         "x"},
        {"crossed tags",
         "<rss><channel><item><title>A</title><description><b><i>x</b></i></description></item><item><title>B</title></"
         "item></channel></rss>",
         {"A", "B"},
         "<div><b><i>x</i></b></div>"},
        {"an item that does not end",
         "<rss><channel><item><title>A</title><item><title>B</title></item></channel></rss>",
         {"A", "B"},
         ""},
        {"end tags without a start",
         "<rss><channel></foo><item></p><title>A</title></b></item></channel></rss>",
         {"A"},
         ""},
        {"cut off in an item: what is whole is kept",
         "<rss><channel><item><title>A</title></item><item><title>B</title><description>half a wor",
         {"A"},
         ""},
        {"cut off in a tag",
         "<rss><channel><item><title>A</title></item><item><title>B</title><enclosure url=\"http",
         {"A"},
         ""},
        {"cut off in CDATA",
         "<rss><channel><item><title>A</title></item><item><title>B</title><description><![CDATA[ half",
         {"A"},
         ""},
        {"PHP speaks first",
         "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b><br />\n<?xml "
         "version=\"1.0\"?><rss><channel><item><title>A</title></item></channel></rss>",
         {"A"},
         ""},
        {"the end is missing", "<rss><channel><item><title>A</title></item>", {"A"}, ""},
        {"unknown references",
         "<rss><channel><item><title>a&nbsp;&b &amp "
         "c</title><description>&foo;<br></description></item></channel></rss>",
         {"a &b & c"},
         "<div>&amp;foo;<br/></div>"},
        {"two roots' worth of rubbish behind",
         "<rss><channel><item><title>A</title></item></channel></rss><script>x</script>",
         {"A"},
         ""},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const ParsedFeed feed = parsed(c.body);
        std::vector<std::string> titles;
        for (const Episode& e : feed.episodes) titles.push_back(e.title);
        EXPECT_EQ(titles, c.titles);
        if (!feed.episodes.empty()) {
            EXPECT_EQ(feed.episodes[0].notes, c.notes);
        }
    }
}

TEST(BrokenXml, AttributesAreMended) {
    for (const char* enclosure :
         {"<enclosure url=http://x/a.mp3 type=audio/mpeg>", "<enclosure url=http://x/a.mp3 />",
          "<enclosure url='http://x/a.mp3' url='http://x/b.mp3' foo></enclosure>",
          "<enclosure url=\"http://x/a.mp3\"type=\"audio/mpeg\"/>",
          "<enclosure url=\"http://x/a.mp3 length=\"1\" type=\"audio/mpeg\"/>",
          "<enclosure url = \"http://x/a.mp3\" / >", "<enclosure =\"\" 1=\"2\" url=\"http://x/a.mp3\"/>"}) {
        SCOPED_TRACE(enclosure);
        const ParsedFeed feed = parsed("<rss><channel><item><title>A</title>" + std::string(enclosure) +
                                       "<link>http://x/1</link></item><item><title>B</title></item></channel></rss>");
        ASSERT_EQ(feed.episodes.size(), 2u);
        EXPECT_EQ(feed.episodes[0].title, "A");
        EXPECT_EQ(feed.episodes[0].enclosure_url, "http://x/a.mp3");
        EXPECT_EQ(feed.episodes[0].link, "http://x/1");
    }
}

TEST(BrokenXml, IsSaidToBeBroken) {
    EXPECT_TRUE(parsed("<rss><channel><title>T</title><item><title>1 < 2</title></item></channel></rss>").recovered);
    EXPECT_TRUE(parsed("rubbish <rss><channel><title>T</title></channel></rss>").recovered);
    EXPECT_FALSE(parsed("<rss><channel><title>T &nbsp; & x</title></channel></rss>").recovered);
}

TEST(BrokenXml, OneBadItemDoesNotCostTheOthers) {
    const ParsedFeed feed = parsed(
        "<rss><channel><item><title>A</title></item><item><title>B</title><enclosure url='http://x/a.mp3' x=1/></item>"
        "<item><title>C</title></item></channel></rss>");
    ASSERT_EQ(feed.episodes.size(), 3u);
    EXPECT_EQ(feed.episodes[1].enclosure_url, "http://x/a.mp3");
    EXPECT_TRUE(feed.recovered);
}

TEST(NotAFeed, IsRefusedWithOneClearLine) {
    const struct {
        const char* name;
        const char* body;
        FeedErrc code;
        const char* says;
    } cases[] = {
        {"nothing", "", FeedErrc::empty, "empty"},
        {"white space", " \r\n\t ", FeedErrc::empty, "empty"},
        {"a byte order mark", "\xEF\xBB\xBF", FeedErrc::empty, "empty"},
        {"a web page", "<!DOCTYPE html><html><head><title>x</title></head></html>", FeedErrc::html_page,
         "web page (HTML)"},
        {"XHTML", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'></html>", FeedErrc::html_page,
         "web page (HTML)"},
        {"a page about <rss", "<html><body>use <rss> tags</body></html>", FeedErrc::html_page, "web page (HTML)"},
        {"JSON feed", "{\"version\": \"https://jsonfeed.org/version/1\"}", FeedErrc::not_xml, "JSON"},
        {"plain text", "404 not found", FeedErrc::not_xml, "not XML"},
        {"audio", "ID3\x03\x01\x02", FeedErrc::not_xml, "not XML"},
        {"other XML", "<?xml version='1.0'?><element></element>", FeedErrc::not_a_feed, "<element>"},
        {"OPML", "<opml version='2.0'><body/></opml>", FeedErrc::not_a_feed, "OPML"},
        {"a comment", "<!-- rss -->", FeedErrc::not_xml, "not XML"},
        {"cut off at once", "<rss versi", FeedErrc::not_xml, "not XML"},
        {"cut off before anything was said", "<rss version='2.0'><channel><tit", FeedErrc::unreadable, "cut off"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const auto error = refused(c.body);
        EXPECT_EQ(error.code, c.code);
        EXPECT_NE(error.message.find(c.says), std::string::npos) << error.message;
    }
}

TEST(NotAFeed, APageMayNameTheFeed) {
    const auto error = refused(
        "<html><head><link rel=stylesheet href=x.css><LINK rel='alternate' type='application/rss+xml' "
        "href='/feed.xml?key=s3cret'>"
        "</head></html>",
        options("https://example.com/about"));
    EXPECT_EQ(error.feed_link, "https://example.com/feed.xml?key=s3cret");
    EXPECT_NE(error.message.find("https://example.com/feed.xml"), std::string::npos);
    EXPECT_EQ(error.message.find("s3cret"), std::string::npos);
    EXPECT_EQ(refused("<html><link type='application/rss+xml' href='javascript:x'></html>").feed_link, "");
}

}  // namespace
}  // namespace podbrief::testing
