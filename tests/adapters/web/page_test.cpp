#include "adapters/web/page.hpp"

#include <gmock/gmock.h>

#include "tests/adapters/web/site_world.hpp"

namespace podbrief::web {
namespace {

using podbrief::testing::SiteWorld;
using namespace std::chrono_literals;

ServerRequest request(std::vector<HttpHeader> headers = {}) {
    ServerRequest made;
    made.method = "GET";
    made.target = "/";
    made.headers = std::move(headers);
    return made;
}

Page long_page() {
    Page page;
    page.bytes = std::string(5'000, 'a');
    return page;
}

TEST(ReadyPage, WhoHasItAlreadyIsToldSo) {
    ReadyPage page(long_page());
    const ServerResponse first = page.answer(request());
    EXPECT_EQ(first.status, 200);
    const std::string etag(SiteWorld::header(first, "ETag"));
    ASSERT_FALSE(etag.empty());
    for (const std::string& known : {etag, "\"other\", " + etag, std::string("*"), etag.substr(2)}) {
        const ServerResponse again = page.answer(request({{"If-None-Match", known}}));
        EXPECT_EQ(again.status, 304) << known;
        EXPECT_EQ(again.body, "");
        EXPECT_EQ(SiteWorld::header(again, "ETag"), etag);
        EXPECT_EQ(SiteWorld::header(again, "Vary"), "Accept-Encoding");
    }
    EXPECT_EQ(page.answer(request({{"If-None-Match", "\"other\""}})).status, 200);
}

TEST(ReadyPage, TheTagDecidesWhereATimeIsGivenToo) {
    Page made = long_page();
    made.modified = WallTime{} + 1h + 500ms;
    ReadyPage page(made);
    const std::string at = std::string(SiteWorld::header(page.answer(request()), "Last-Modified"));
    EXPECT_EQ(at, "Thu, 01 Jan 1970 01:00:00 GMT");
    EXPECT_EQ(page.answer(request({{"If-Modified-Since", at}})).status, 304);
    EXPECT_EQ(page.answer(request({{"If-Modified-Since", "Thu, 01 Jan 1970 00:59:59 GMT"}})).status, 200);
    EXPECT_EQ(page.answer(request({{"If-Modified-Since", at}, {"If-None-Match", "\"other\""}})).status, 200);
}

TEST(ReadyPage, IsCompressedAsTheClientLikesAndTheSameByTag) {
    ReadyPage page(long_page());
    const ServerResponse plain = page.answer(request());
    const ServerResponse gzip = page.answer(request({{"accept-encoding", "gzip"}}));
    const ServerResponse br = page.answer(request({{"Accept-Encoding", "br, gzip"}}));
    EXPECT_EQ(SiteWorld::header(plain, "Content-Encoding"), "");
    EXPECT_EQ(SiteWorld::header(gzip, "Content-Encoding"), "gzip");
    EXPECT_EQ(SiteWorld::header(br, "Content-Encoding"), "br");
    EXPECT_LT(gzip.body.size(), plain.body.size() / 10);
    EXPECT_EQ(SiteWorld::header(plain, "ETag"), SiteWorld::header(br, "ETag"));
}

TEST(ReadyPage, ErrorsAndPicturesAreSentAsTheyAre) {
    Page error = long_page();
    error.status = 404;
    EXPECT_EQ(SiteWorld::header(ReadyPage(error).answer(request()), "ETag"), "");
    Page picture = long_page();
    picture.type = "image/png";
    const ServerResponse sent = ReadyPage(picture).answer(request({{"Accept-Encoding", "br"}}));
    EXPECT_EQ(SiteWorld::header(sent, "Content-Encoding"), "");
    EXPECT_EQ(sent.body, picture.bytes);
}

}  // namespace
}  // namespace podbrief::web
