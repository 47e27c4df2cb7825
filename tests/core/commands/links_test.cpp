#include "core/commands/links.hpp"

#include <gtest/gtest.h>

namespace podbrief::commands {
namespace {

InsightDetail said_at(int second, const std::string& page, const std::string& audio) {
    InsightDetail detail;
    detail.insight.start = std::chrono::seconds{second};
    detail.episode_link = page;
    detail.enclosure_url = audio;
    return detail;
}

TEST(TimeLink, OpensTheMomentWhereItCanElseThePage) {
    const struct {
        const char* name;
        const char* page;
        const char* audio;
        const char* expected;
    } cases[] = {
        {"a page that takes times", "https://changelog.com/podcast/500", "https://cdn.example/500.mp3",
         "https://changelog.com/podcast/500#t=754"},
        {"a page of such a site's subdomain", "https://www.changelog.com/gotime/1", "",
         "https://www.changelog.com/gotime/1#t=754"},
        {"a name that only ends alike", "https://notchangelog.com/1", "https://cdn.example/1.mp3",
         "https://cdn.example/1.mp3#t=754"},
        {"the audio", "https://example.com/1", "https://cdn.example/1.mp3?a=b", "https://cdn.example/1.mp3?a=b#t=754"},
        {"an audio address with a fragment", "", "https://cdn.example/1.mp3#x", "https://cdn.example/1.mp3#t=754"},
        {"only a page", "https://example.com/1", "", "https://example.com/1"},
        {"nothing", "", "", ""},
        {"no web addresses", "javascript:alert(1)", "file:///etc/passwd", ""},
    };
    for (const auto& c : cases) EXPECT_EQ(time_link(said_at(754, c.page, c.audio)), c.expected) << c.name;
}

TEST(TimeLink, HasNoTimeForShowNotes) {
    InsightDetail detail = said_at(0, "https://changelog.com/podcast/500", "https://cdn.example/500.mp3");
    detail.insight.origin = InsightOrigin::show_notes;
    EXPECT_EQ(time_link(detail), "https://changelog.com/podcast/500");
    detail.episode_link.clear();
    EXPECT_EQ(time_link(detail), "https://cdn.example/500.mp3");
}

TEST(WebAddress, IsHttpWithoutAnythingThatCouldDoHarm) {
    EXPECT_TRUE(is_web_address("https://example.com/a?b=c#d"));
    EXPECT_TRUE(is_web_address("http://example.com"));
    for (const char* url : {"", "example.com", "ftp://example.com/", "javascript:alert(1)",
                            "https://user:pass@example.com/", "https://exa mple.com/", "https://example.com/\x1b[31m",
                            "https://example.com/a\nb", "https:///a", "https://example.com/\xe2\x80\xae"}) {
        EXPECT_FALSE(is_web_address(url)) << url;
    }
    EXPECT_FALSE(is_web_address("https://example.com/" + std::string(3000, 'a')));
}

}  // namespace
}  // namespace podbrief::commands
