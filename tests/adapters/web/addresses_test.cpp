#include "adapters/web/addresses.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

TEST(Addresses, TellInWordsWhatTheyLeadTo) {
    Insight insight;
    insight.id = InsightId{7};
    insight.text =
        "Don't ship C++ & \"Rust\" in one <binary>, says Émile: it's 3x slower than you would ever think it is!";
    EXPECT_EQ(insight_path(insight), "/i/7-dont-ship-c-plus-plus-rust-in-one-binary-says-emile-its-3x");
    insight.text = "!?";
    EXPECT_EQ(insight_path(insight), "/i/7");
    EXPECT_EQ(show_path(PodcastId{3}, "Go Time: Golang"), "/shows/3-go-time-golang");
    EXPECT_EQ(topic_path("open source"), "/topics/open-source");
    EXPECT_EQ(topic_path("Chips"), topic_path("chip"));
    EXPECT_EQ(topic_path("Kubernetes"), "/topics/kubernetes");
    EXPECT_EQ(topic_path("c#"), "/topics/c-sharp");
    EXPECT_EQ(topic_path("日本"), "/topics/%E6%97%A5%E6%9C%AC");
    EXPECT_EQ(topic_path("..."), "");
    EXPECT_EQ(search_path("a & b", 2), "/search?q=a%20%26%20b&page=2");
}

TEST(Addresses, AreReadBackOnlyWhereTheyAreSound) {
    EXPECT_EQ(unescaped_path(escaped_path("日本 <a/b>")), "日本 <a/b>");
    EXPECT_EQ(unescaped_path("%"), std::nullopt);
    EXPECT_EQ(unescaped_path("%4"), std::nullopt);
    EXPECT_EQ(unescaped_path("%zz"), std::nullopt);
    EXPECT_EQ(unescaped_path("%FF%FE"), std::nullopt);
}

}  // namespace
}  // namespace podbrief::web
