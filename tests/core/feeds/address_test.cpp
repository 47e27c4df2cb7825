#include "core/feeds/address.hpp"

#include <gtest/gtest.h>

namespace podbrief::feeds {
namespace {

TEST(FeedAddress, IsUnderstoodAsPeoplePasteIt) {
    const struct {
        const char* pasted;
        const char* expected;
    } cases[] = {
        {"https://example.com/feed.xml", "https://example.com/feed.xml"},
        {"  https://example.com/feed.xml\n", "https://example.com/feed.xml"},
        {"<https://example.com/feed.xml>", "https://example.com/feed.xml"},
        {"\"https://example.com/feed.xml\"", "https://example.com/feed.xml"},
        {"HTTPS://Example.COM/Feed.xml", "https://example.com/Feed.xml"},
        {"http://example.com", "http://example.com/"},
        {"http://example.com:80/f", "http://example.com/f"},
        {"https://example.com:443/f", "https://example.com/f"},
        {"https://example.com:8443/f", "https://example.com:8443/f"},
        {"feed://example.com/f", "http://example.com/f"},
        {"feed:https://example.com/f", "https://example.com/f"},
        {"feed:https:example.com", ""},
        {"itpc://example.com/f", "http://example.com/f"},
        {"pcast://example.com/f", "http://example.com/f"},
        {"pcast:example.com/f", "http://example.com/f"},
        {"pcast:https://example.com/f", "https://example.com/f"},
        {"podcast://example.com/f", "http://example.com/f"},
        {"example.com/feed", "https://example.com/feed"},
        {"//example.com/feed", "https://example.com/feed"},
        {"example.com:8080/feed", "https://example.com:8080/feed"},
        {"localhost:8099/feeds/x.xml", "https://localhost:8099/feeds/x.xml"},
        {"http://127.0.0.1:8099/feeds/x.xml", "http://127.0.0.1:8099/feeds/x.xml"},
        {"http://[::1]:8099/x", "http://[::1]:8099/x"},
        {"http://host/x", "http://host/x"},
        {"https://example.com/f?key=a%20b&x=1#top", "https://example.com/f?key=a%20b&x=1"},
        {"https://example.com/a b/\u00E9", "https://example.com/a%20b/%C3%A9"},
        {"https://example.com/100%", "https://example.com/100%25"},
        {"https://user:pass@example.com/f", "https://user:pass@example.com/f"},
        {"file:///etc/passwd", ""},
        {"mailto:someone@example.com", ""},
        {"javascript:alert(1)", ""},
        {"ftp://example.com/f", ""},
        {"", ""},
        {"   ", ""},
        {"the daily", ""},
        {"lex", ""},
        {"https://", ""},
        {"https:///path", ""},
        {"https://exa mple.com/", ""},
        {"https://example.com/\x01", ""},
        {"https://example.com/a\nhttps://example.com/b", ""},
        {"https://podcasts.apple.com/us/podcast/hard-fork/id1528594034", ""},
        {"https://open.spotify.com/show/44fllCS2FTFr2x2kjP9xeT", ""},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.pasted);
        const auto result = normalise_feed_address(c.pasted);
        EXPECT_EQ(result ? *result : std::string(), c.expected);
        if (!result) {
            EXPECT_EQ(result.error().code, FeedErrc::bad_address);
            EXPECT_FALSE(result.error().message.empty());
            EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
        } else {
            EXPECT_EQ(normalise_feed_address(*result).value(), *result) << "done twice it must stay the same";
        }
    }
    EXPECT_FALSE(normalise_feed_address("https://example.com/" + std::string(5000, 'x')));
}

TEST(FeedAddress, NoSecretGetsIntoTheMessage) {
    for (const char* pasted :
         {"ftp://user:s3cret@example.com/?key=s3cret", "https://user:s3cret@/x?key=s3cret", "s3cret s3cret"}) {
        const auto result = normalise_feed_address(pasted);
        ASSERT_FALSE(result) << pasted;
        EXPECT_EQ(result.error().message.find("s3cret"), std::string::npos);
    }
}

}  // namespace
}  // namespace podbrief::feeds
