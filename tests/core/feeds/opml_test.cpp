#include "core/feeds/opml.hpp"

#include <gtest/gtest.h>

namespace podbrief::feeds {
namespace {

Opml read(std::string file) {
    auto result = read_opml(std::move(file));
    if (!result) {
        ADD_FAILURE() << result.error().message;
        return {};
    }
    return std::move(*result);
}

TEST(Opml, FeedsAreFoundAtAnyDepthAndInAnyCase) {
    const Opml opml = read(R"(<?xml version="1.0" encoding="UTF-8"?>
      <opml version="2.0"><head><title>Mine &amp; yours</title></head><body>
        <outline text="Tech"><outline text="Chips"><outline type="rss" text="One" title="One!" xmlUrl="https://one.example.com/f" htmlUrl="https://one.example.com/"/></outline>
          <outline TEXT="Two" xmlurl="feed://two.example.com/f"/></outline>
        <outline XMLURL="three.example.com/f"/>
        <outline text="One again" xmlUrl="https://ONE.example.com/f"/>
        <outline text="Local" xmlUrl="file:///etc/passwd"/>
        <outline text="A note"/>
      </body></opml>)");
    EXPECT_EQ(opml.title, "Mine & yours");
    EXPECT_EQ(opml.feeds,
              (std::vector<OpmlFeed>{{"One!", "https://one.example.com/f", "https://one.example.com/", "Tech/Chips"},
                                     {"Two", "http://two.example.com/f", "", "Tech"},
                                     {"", "https://three.example.com/f", "", ""}}));
    ASSERT_EQ(opml.skipped.size(), 1u);
    EXPECT_NE(opml.skipped[0].find("\"Local\""), std::string::npos);
}

TEST(Opml, BrokenFilesAreReadAsFarAsTheyGo) {
    EXPECT_EQ(read("<opml><body><outline text='a' xmlUrl='https://a.example.com/'><outline text='b' "
                   "xmlUrl=https://b.example.com/></body>")
                  .feeds.size(),
              2u);
    EXPECT_EQ(read("<opml version='1.0'><outline text='A & B' xmlUrl='https://a.example.com/?x=1&y=2'/></opml>")
                  .feeds.at(0)
                  .feed_url,
              "https://a.example.com/?x=1&y=2");
    EXPECT_EQ(read("\xEF\xBB\xBF<OPML><body><outline title='\xE9' xmlUrl='https://a.example.com/'/></body></OPML>")
                  .feeds.at(0)
                  .title,
              "\u00E9");
    EXPECT_EQ(read("<opml/>").feeds.size(), 0u);
}

TEST(Opml, OtherFilesAreRefusedWithOneClearLine) {
    EXPECT_EQ(read_opml("").error().code, FeedErrc::empty);
    EXPECT_EQ(read_opml("<html></html>").error().code, FeedErrc::not_a_feed);
    EXPECT_EQ(read_opml("not at all").error().code, FeedErrc::not_a_feed);
    EXPECT_NE(read_opml("<rss><channel/></rss>").error().message.find("is a feed itself"), std::string::npos);
}

TEST(Opml, IsReadAsItWasWritten) {
    const std::vector<OpmlFeed> feeds = {
        {"One \"&\" <two> \u00E9", "https://one.example.com/f?a=1&b=2", "https://one.example.com/", "Tech/Chips"},
        {"Two", "https://two.example.com/f", "", "Tech/Chips"},
        {"Three", "https://three.example.com/f", "", "Tech"},
        {"Four", "https://four.example.com/f", "", ""},
    };
    const std::string file = write_opml("podbrief", from_ms(880127706000), feeds);
    EXPECT_NE(file.find("<dateCreated>Fri, 21 Nov 1997 15:55:06 +0000</dateCreated>"), std::string::npos);
    EXPECT_NE(file.find("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), std::string::npos);
    const Opml opml = read(file);
    EXPECT_EQ(opml.title, "podbrief");
    EXPECT_EQ(opml.feeds, feeds);
    EXPECT_TRUE(opml.skipped.empty());
    // The text that OPML requires is there even for a feed without title.
    EXPECT_NE(write_opml("t", {}, {{"", "https://a.example.com/", "", ""}}).find("text=\"https://a.example.com/\""),
              std::string::npos);
}

}  // namespace
}  // namespace podbrief::feeds
