// What is so for all pages, and the pages that list.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "adapters/web/addresses.hpp"
#include "tests/adapters/web/site_world.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class PublicSite : public ::testing::Test {
protected:
    PublicSite() { world.library.add_sample(); }
    SiteWorld world;
};

TEST_F(PublicSite, EveryAnswerForbidsScriptsFramesAndGuessing) {
    for (const char* path :
         {"/", "/nothing", "/i/1", "/i/1.json", "/i/1.png", "/favicon.svg", "/robots.txt", "/search"}) {
        const ServerResponse response = world.ask(path);
        const std::string_view policy = SiteWorld::header(response, "Content-Security-Policy");
        EXPECT_THAT(std::string(policy), StartsWith("default-src 'none'; style-src 'self'; img-src 'self'")) << path;
        EXPECT_THAT(std::string(policy), HasSubstr("frame-ancestors 'none'"));
        EXPECT_THAT(std::string(policy), Not(HasSubstr("unsafe")));
        EXPECT_EQ(SiteWorld::header(response, "X-Content-Type-Options"), "nosniff");
        EXPECT_NE(SiteWorld::header(response, "Referrer-Policy"), "");
        EXPECT_NE(SiteWorld::header(response, "Strict-Transport-Security"), "") << "the public address is https";
    }
}

TEST_F(PublicSite, WithoutTlsNoBrowserIsToldToInsistOnIt) {
    world.options.public_url = "http://localhost:8787";
    EXPECT_EQ(SiteWorld::header(world.ask("/"), "Strict-Transport-Security"), "");
}

TEST_F(PublicSite, OnlyReads) {
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "BREW"}) {
        const ServerResponse response = world.ask("/", {}, method);
        EXPECT_EQ(response.status, 405) << method;
        EXPECT_EQ(SiteWorld::header(response, "Allow"), "GET, HEAD");
    }
    EXPECT_EQ(world.ask("/", {}, "HEAD").status, 200);
}

TEST_F(PublicSite, WhoAsksTooOftenIsToldWhenToComeBack) {
    world.options.requests_a_second = 1;
    world.options.burst = 3;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(world.ask("/").status, 200);
    const ServerResponse refused = world.ask("/");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(SiteWorld::header(refused, "Retry-After"), "1");
    world.library.clock.advance(1s);
    EXPECT_EQ(world.ask("/").status, 200);
}

TEST_F(PublicSite, APageIsMadeOnceForAWhile) {
    const ServerResponse first = world.ask("/topics/semiconductor");
    world.library.add(
        {"New Show", "New Voice", "Chips will be cheap soon, because everybody builds them now.", {"semiconductors"}});
    EXPECT_EQ(world.ask("/topics/semiconductor").body, first.body);
    world.library.clock.advance(61s);
    EXPECT_THAT(world.ask("/topics/semiconductor").body, HasSubstr("Chips will be cheap soon"));
}

TEST_F(PublicSite, WhatWasTakenBackIsNotShownFromMemory) {
    EXPECT_THAT(world.ask("/topics/semiconductor").body, HasSubstr("backfired"));
    world.library.get(world.library.store.withdraw(InsightId{1}, "wrong", world.library.clock.wall_now()));
    world.library.get(world.library.store.withdraw(InsightId{2}, "wrong", world.library.clock.wall_now()));
    EXPECT_THAT(world.ask("/topics/semiconductor").body, Not(HasSubstr("backfired")));
}

TEST_F(PublicSite, TheFrontPageShowsTheBestOfTheDayAndTopics) {
    const std::string page = world.ask("/").body;
    EXPECT_THAT(page, HasSubstr("Today&apos;s best insights"));
    EXPECT_THAT(page, HasSubstr("href=\"/topics/chip-export-control\""));
    EXPECT_THAT(page, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(page, HasSubstr("<a class=\"skip\" href=\"#content\">"));
}

TEST_F(PublicSite, AnEmptyLibrarySaysSo) {
    SiteWorld empty;
    EXPECT_THAT(empty.ask("/").body, HasSubstr("Nothing has been read yet"));
    EXPECT_THAT(empty.ask("/topics").body, HasSubstr("Nothing has been read yet"));
    EXPECT_THAT(empty.ask("/shows").body, HasSubstr("No podcast has been added yet"));
    EXPECT_EQ(empty.ask("/search?q=chips").status, 200);
    EXPECT_EQ(empty.ask("/sitemap.xml").status, 200);
}

TEST_F(PublicSite, TopicsLeadToTheirPagesByOneSpelling) {
    EXPECT_THAT(world.ask("/topics").body, HasSubstr("chip export controls <span class=\"count\">"));
    const ServerResponse response = world.ask("/topics/Chip%20Export%20Controls");
    EXPECT_EQ(response.status, 301);
    EXPECT_EQ(SiteWorld::header(response, "Location"), "/topics/chip-export-control");
    const ServerResponse plural = world.ask("/topics/chip-export-controls");
    EXPECT_EQ(plural.status, 301);
    EXPECT_EQ(SiteWorld::header(plural, "Location"), "/topics/chip-export-control");
    EXPECT_EQ(world.ask("/topics/chip-export-control").status, 200);
    EXPECT_EQ(world.ask("/topics/knitting").status, 404);
    EXPECT_EQ(world.ask("/topics/chip-export-control?page=2").status, 404);
    EXPECT_EQ(world.ask("/topics/chip-export-control?page=0").status, 400);
    EXPECT_EQ(world.ask("/topics/chip-export-control?page=x").status, 400);
}

TEST_F(PublicSite, LongListsGoOnOnFurtherPages) {
    for (int i = 0; i < 45; ++i) {
        world.library.add(
            {"Long Show", "Voice", fmt::format("Claim number {} says something of its own kind.", i), {"lists"}});
    }
    EXPECT_THAT(world.ask("/topics/list").body, HasSubstr("<a rel=\"next\" href=\"/topics/list?page=2\">"));
    const std::string last = world.ask("/topics/list?page=3").body;
    EXPECT_THAT(last, HasSubstr("<a rel=\"prev\" href=\"/topics/list?page=2\">"));
    EXPECT_THAT(last, Not(HasSubstr("rel=\"next\"")));
    EXPECT_EQ(world.ask("/topics/list?page=4").status, 404);
}

TEST_F(PublicSite, ShowsLeadToTheirPages) {
    EXPECT_THAT(world.ask("/shows").body, HasSubstr("Silicon Ledger"));
    const ServerResponse response = world.visit("/shows/1");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr("<h1>Silicon Ledger</h1>"));
    EXPECT_THAT(response.body, HasSubstr("Episode 1"));
    EXPECT_EQ(world.ask("/shows/99").status, 404);
}

TEST_F(PublicSite, FeedsHoldWhatThePagesHold) {
    for (const std::string& path :
         {std::string("/topics/semiconductor.rss"), std::string("/shows/1-silicon-ledger.rss")}) {
        const ServerResponse response = world.ask(path);
        ASSERT_EQ(response.status, 200) << path;
        EXPECT_EQ(SiteWorld::header(response, "Content-Type"), "application/rss+xml; charset=utf-8");
        EXPECT_NE(SiteWorld::header(response, "Last-Modified"), "");
        pugi::xml_document xml;
        ASSERT_TRUE(xml.load_string(response.body.c_str()));
        const pugi::xml_node channel = xml.child("rss").child("channel");
        EXPECT_EQ(channel.child("atom:link").attribute("href").value(), "https://brief.example" + path);
        ASSERT_TRUE(channel.child("item"));
        for (const pugi::xml_node item : channel.children("item")) {
            EXPECT_THAT(item.child("link").text().get(), StartsWith("https://brief.example/i/"));
            EXPECT_THAT(item.child("guid").text().get(), StartsWith("https://brief.example/i/"));
            EXPECT_THAT(item.child("pubDate").text().get(), EndsWith("GMT"));
            EXPECT_STRNE(item.child("title").text().get(), "");
        }
    }
}

TEST_F(PublicSite, TheSiteMapNamesEveryInsightAtItsAddress) {
    pugi::xml_document index;
    ASSERT_TRUE(index.load_string(world.ask("/sitemap.xml").body.c_str()));
    std::string all;
    for (const pugi::xml_node part : index.child("sitemapindex").children("sitemap")) {
        const std::string loc = part.child("loc").text().get();
        const ServerResponse response = world.ask(loc.substr(std::string("https://brief.example").size()));
        EXPECT_EQ(response.status, 200) << loc;
        all += response.body;
    }
    for (const InsightDetail& detail : world.library.get(world.library.store.details({InsightId{1}, InsightId{7}}))) {
        EXPECT_THAT(all, HasSubstr("<loc>https://brief.example" + web::insight_path(detail.insight) + "</loc>"));
    }
    EXPECT_EQ(world.ask("/sitemap-99.xml").status, 404);
    EXPECT_THAT(world.ask("/robots.txt").body, HasSubstr("Sitemap: https://brief.example/sitemap.xml"));
}

TEST_F(PublicSite, SearchFindsWhatTheChatFinds) {
    const Reply reply = world.library.ask("anna", "more on chip export controls");
    const std::string page = world.ask("/search?q=chip+export+controls").body;
    std::size_t at = 0;
    for (const ReplyBlock& block : reply.blocks) {
        const auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr) continue;
        const auto found = page.find(fmt::format("href=\"/i/{}-", card->insight.value), at);
        ASSERT_NE(found, std::string::npos) << "in the chat's order: " << card->text;
        at = found;
    }
    EXPECT_GT(at, 0U);
    EXPECT_THAT(page, HasSubstr("<p class=\"chip disputes\">Disputes</p>"));
}

TEST_F(PublicSite, SearchMendsSpellingNarrowsAndSaysSo) {
    EXPECT_THAT(world.ask("/search?q=semiconducters").body, HasSubstr("Showing results for semiconductors."));
    EXPECT_THAT(world.ask("/search?q=export+controls+by+Mara+Quist").body, HasSubstr("by Mara Quist"));
    EXPECT_THAT(world.ask("/search").body, HasSubstr("What can be asked"));
    const std::string nothing = world.ask("/search?q=quidditch").body;
    EXPECT_THAT(nothing, HasSubstr("No insight is about quidditch so far."));
    EXPECT_THAT(nothing, HasSubstr("What is spoken of most"));
    EXPECT_EQ(world.ask("/search?q=" + std::string(300, 'a')).status, 400);
}

TEST_F(PublicSite, ASearchWithoutAHitSaysItOnceAndWhereElseToAsk) {
    const ServerResponse response = world.ask("/search?q=quidditch");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr("No insight is about quidditch so far."));
    EXPECT_THAT(response.body, Not(HasSubstr("says quidditch")));
    EXPECT_THAT(response.body, HasSubstr("<code>more on quidditch</code>"));
}

TEST(EmptySite, NamesTheCommandThatAddsAPodcast) {
    SiteWorld world;
    for (const char* path : {"/topics", "/shows", "/search?q=chips", "/search"}) {
        const ServerResponse response = world.ask(path);
        EXPECT_EQ(response.status, 200) << path;
        EXPECT_THAT(response.body, HasSubstr("podbrief feeds add")) << path;
        EXPECT_THAT(response.body, Not(HasSubstr("more on"))) << path;
        EXPECT_THAT(response.body, Not(HasSubstr("open source"))) << "a topic that is not there: " << path;
    }
}

TEST_F(PublicSite, TheSearchOfProgramsAnswersInJson) {
    const ServerResponse response = world.ask("/api/v1/search?q=chips");
    ASSERT_EQ(response.status, 200);
    const auto json = nlohmann::json::parse(response.body);
    EXPECT_EQ(json["query"], "chips");
    EXPECT_EQ(json["total"], json["results"].size());
    EXPECT_THAT(json["results"][0]["url"].get<std::string>(), StartsWith("https://brief.example/i/"));
    for (const char* wrong :
         {"/api/v1/search", "/api/v1/search?q=", "/api/v1/search?q=%ZZ", "/api/v1/search?q=a&page=0"}) {
        const ServerResponse refused = world.ask(wrong);
        EXPECT_EQ(refused.status, 400) << wrong;
        EXPECT_FALSE(nlohmann::json::parse(refused.body)["error"]["message"].get<std::string>().empty());
    }
}

}  // namespace
}  // namespace podbrief::testing
