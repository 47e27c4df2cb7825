// Feeds made to hurt: refused, or read without harm, in memory and time that do not grow out of proportion.
#include <gtest/gtest.h>
#include <malloc.h>

#include <fstream>

#include "core/feeds/opml.hpp"
#include "tests/core/feeds/feed_text.hpp"

namespace podbrief::testing {
namespace {

using feeds::FeedErrc;

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

// The highest resident size of this process so far, in KiB; 0 where the system does not tell.
long peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:") {
            long kib = 0;
            status >> kib;
            return kib;
        }
    }
    return 0;
}

TEST(HostileFeed, ThatNestsTooDeepIsRefused) {
    const std::string deep = repeated("<a>", 200'000);
    EXPECT_EQ(refused("<rss><channel><item>" + deep).code, FeedErrc::too_deep);
    EXPECT_EQ(refused("<rss><channel><item><description>" + deep + repeated("</a>", 200'000) +
                      "</description></item></channel></rss>")
                  .code,
              FeedErrc::too_deep);
    EXPECT_EQ(refused("<rss>" + deep).code, FeedErrc::too_deep);
    EXPECT_EQ(refused("<feed><entry>" + repeated("<p><b>", 100'000)).code, FeedErrc::too_deep);
    EXPECT_EQ(refused(deep).code, FeedErrc::not_a_feed);
    EXPECT_NE(refused("<rss>" + deep).message.find("64"), std::string::npos);
}

TEST(HostileFeed, MayNestAsDeepAsTheLimit) {
    const auto nested = [](std::size_t levels) {
        return rss("<item><guid>g</guid><description>" + repeated("<b>", levels) + "x" + repeated("</b>", levels) +
                   "</description></item>");
    };
    EXPECT_EQ(parsed(nested(60)).episodes.size(), 1u);  // rss, channel, item, description
    EXPECT_EQ(refused(nested(61)).code, FeedErrc::too_deep);
}

TEST(HostileFeed, WithAnEndlessAttributeIsRefused) {
    const std::string endless(10 << 20, 'x');
    EXPECT_EQ(refused("<rss><channel><item><guid x=\"" + endless + "\">g</guid></item></channel></rss>").code,
              FeedErrc::too_large);
    EXPECT_EQ(refused("<rss><channel><item><guid x=\"" + endless).code, FeedErrc::too_large);
    EXPECT_EQ(refused("<rss><channel><" + endless).code, FeedErrc::too_large);
    EXPECT_EQ(refused("<rss x=\"" + endless + "\"/>").code, FeedErrc::too_large);
}

TEST(HostileFeed, WithAMillionAttributesIsRefused) {
    EXPECT_EQ(refused("<rss><channel><item" + repeated(" a=''", 1'000'000) + "/></channel></rss>").code,
              FeedErrc::too_large);
    EXPECT_EQ(refused("<rss><channel><item" + repeated(" a=''", 257) + "/></channel></rss>").code, FeedErrc::too_large);
    EXPECT_EQ(refused("<rss><channel><item" + repeated(" a=1", 1000) + "/></channel></rss>").code, FeedErrc::too_large);
}

TEST(HostileFeed, WithAMillionElementsInOnePartIsRefused) {
    EXPECT_EQ(refused("<rss><channel><item>" + repeated("<a/>", 1'000'000) + "</item></channel></rss>").code,
              FeedErrc::too_large);
    EXPECT_EQ(refused("<rss><channel>" + repeated("<a></a>", 1'000'000) + "</channel></rss>").code,
              FeedErrc::too_large);
    // Broken at the end, so that it is mended first.
    EXPECT_EQ(refused("<rss><channel>" + repeated("<a></a>", 1'000'000) + "</foo></channel></rss>").code,
              FeedErrc::too_large);
}

TEST(HostileFeed, ThatIsTooLongIsRefused) {
    auto o = options();
    o.max_bytes = 1 << 20;
    const auto error = refused("<rss>" + std::string(1 << 20, ' ') + "</rss>", o);
    EXPECT_EQ(error.code, FeedErrc::too_large);
    EXPECT_NE(error.message.find("1 MiB"), std::string::npos);
}

TEST(HostileFeed, RefusalsTakeNoMemoryWorthSpeakingOf) {
    malloc_trim(0);
    {
        // 10 MB of attribute and 600 kB of nesting; what is built for them must stay far below what they are.
        std::string endless =
            "<rss><channel><item><guid x=\"" + std::string(10 << 20, 'x') + "\"/></item></channel></rss>";
        std::string deep = "<rss><channel>" + repeated("<a>", 200'000);
        std::ofstream("/proc/self/clear_refs") << 5;  // VmHWM begins anew
        const long before = peak_kib();
        EXPECT_EQ(refused(std::move(endless)).code, FeedErrc::too_large);
        EXPECT_EQ(refused(std::move(deep)).code, FeedErrc::too_deep);
#if !defined(__SANITIZE_ADDRESS__)
        EXPECT_LE(peak_kib() - before, 8 * 1024);
#else
        static_cast<void>(before);
#endif
    }
}

TEST(HostileFeed, EntitiesAreNeverExpanded) {
    std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY lol \"lol\">";
    for (int i = 1; i < 10; ++i) {
        laughs += "<!ENTITY lol" + std::to_string(i) + " \"" +
                  repeated("&lol" + (i == 1 ? std::string() : std::to_string(i - 1)) + ";", 10) + "\">";
    }
    laughs += "]>";
    const auto titles = [](const std::string& before, const std::string& title, const std::string& after) {
        const auto feed = parsed(before + "<rss><channel><item><guid>g</guid><title>" + title + "</title>" + after +
                                 "</item></channel></rss>");
        return feed.episodes.at(0).title;
    };
    EXPECT_EQ(titles(laughs, "&lol9;", ""), "&lol9;");
    EXPECT_EQ(titles(laughs, "&lol9;", "<description>x<br></description>"), "&lol9;");  // mended
    const std::string outside =
        "<!DOCTYPE rss [<!ENTITY xxe SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> "
        "%p;]>";
    EXPECT_EQ(titles(outside, "&xxe;", ""), "&xxe;");
    EXPECT_EQ(titles(outside, "a &xxe; b", "<description>x<br></description>"), "a &xxe; b");
    EXPECT_EQ(titles("<!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/rss.dtd\">", "T", ""), "T");
    EXPECT_EQ(titles("<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
                     "\"http://my.netscape.com/publish/formats/rss-0.91.dtd\">",
                     "T", ""),
              "T");
}

TEST(HostileFeed, WhatNeverEndsIsSearchedOnce) {
    // Each of these would take minutes if the rest were searched anew for every beginning.
    for (const char* beginning : {"<!--", "<![CDATA[", "<?x ", "<!DOCTYPE a [", "<a b='", "<a b=\"'", "<", "</", "&",
                                  "<a <", "&#", "<b>x</c>"}) {
        SCOPED_TRACE(beginning);
        const std::string body = "<rss><channel><title>T</title>" + repeated(beginning, 100'000);
        const auto result = feeds::parse_feed(body, options());
        if (!result) {
            EXPECT_FALSE(result.error().message.empty());
        }
    }
}

TEST(HostileFeed, TextThatWouldRunInATerminalOrAPageIsPlain) {
    const Episode e =
        item("<guid>g</guid><title>\x1B[31mred&#27;[0m &#10;ERROR: forged line<script>alert(1)</script></title>");
    EXPECT_EQ(e.title.find('\x1B'), std::string::npos);
    EXPECT_EQ(e.title.find('\n'), std::string::npos);
}

TEST(HostileOpml, IsRefused) {
    EXPECT_EQ(feeds::read_opml("<opml><body>" + repeated("<outline text='x'>", 200'000)).error().code,
              FeedErrc::too_deep);
    EXPECT_EQ(feeds::read_opml("<opml><body><outline" + repeated(" a=''", 1'000'000) + "/></body></opml>").error().code,
              FeedErrc::too_large);
    EXPECT_EQ(feeds::read_opml("<opml><body>" + repeated("<outline/>", 200'000) + "</body></opml>").error().code,
              FeedErrc::too_large);
    EXPECT_EQ(feeds::read_opml(std::string(9 << 20, ' ')).error().code, FeedErrc::too_large);
}

}  // namespace
}  // namespace podbrief::testing
