// The page of one insight, as people and programs get it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "adapters/web/addresses.hpp"
#include "adapters/web/insight_view.hpp"
#include "adapters/web/templates.hpp"
#include "core/services/insight_finder.hpp"
#include "tests/adapters/web/site_world.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class InsightPage : public ::testing::Test {
protected:
    InsightPage() { world.library.add_sample(); }

    // The claim that others support and dispute.
    Insight backfired() { return world.library.get(world.library.store.details({InsightId{1}})).at(0).insight; }

    std::string html(const Insight& insight) { return world.ask(web::insight_path(insight)).body; }

    SiteWorld world;
};

TEST_F(InsightPage, ShowsTheClaimTheExactWordsAndWhereTheyWereSaid) {
    const std::string page = html(backfired());
    EXPECT_THAT(page, HasSubstr("<h1><q>Export controls on advanced chips backfired: they pushed Chinese firms"));
    EXPECT_THAT(page, Not(HasSubstr("<blockquote>"))) << "claim and quote are one text here";
    EXPECT_THAT(page, HasSubstr("These are the exact words."));
    EXPECT_THAT(page, HasSubstr("argued by Mara Quist"));
    EXPECT_THAT(page, HasSubstr("Silicon Ledger"));
    EXPECT_THAT(page, HasSubstr("<time datetime=\"2026-03-11\">11 Mar 2026</time>"));
    EXPECT_THAT(page, HasSubstr("href=\"https://audio.example/1.mp3#t=95\""));
    EXPECT_THAT(page, HasSubstr("Listen at 1:35"));
}

TEST_F(InsightPage, ShowsAClaimAndItsQuoteApartWhereTheyDiffer) {
    InsightDetail detail = world.library.get(world.library.store.details({InsightId{1}})).at(0);
    detail.insight.quote = "What we did there was hand them a captive market, and they took it.";
    web::View view;
    view.set("i", web::insight_view(detail)).set("doors", web::View());
    for (const char* part : {"others", "groups", "missing", "has_topics"}) view.set(part, false);
    const std::string page = web::Templates().render("insight", view);
    EXPECT_THAT(page, HasSubstr("<h1>Export controls on advanced chips backfired"));
    EXPECT_THAT(page, HasSubstr("<blockquote><p>What we did there was hand them a captive market"));
    EXPECT_THAT(page, Not(HasSubstr("These are the exact words.")));
}

TEST_F(InsightPage, SaysAboutWhereAdvertsMayShiftTheTime) {
    const Insight smuggled = world.library.get(world.library.store.details({InsightId{6}})).at(0).insight;
    EXPECT_THAT(html(smuggled), HasSubstr("Listen at about 1:35"));
    EXPECT_THAT(html(smuggled), HasSubstr("alleged by Sam Ito"));
}

TEST_F(InsightPage, CountsIndependentSourcesAndNamesThem) {
    const std::string page = html(backfired());
    EXPECT_THAT(page, HasSubstr("2 independent sources"));
    EXPECT_THAT(page, HasSubstr("Tobias Renn on Supply Lines"));
}

TEST_F(InsightPage, GroupsWhatIsRelatedAsTheChatLabelsIt) {
    services::InsightFinder finder({world.library.store, world.library.search, world.library.clock, &world.relations});
    const auto related = world.library.get(finder.related_to(backfired()));
    ASSERT_FALSE(related.empty());
    const std::string page = html(backfired());
    const auto disputes = page.find("<h2 id=\"disputes\">Disputes</h2>");
    ASSERT_NE(disputes, std::string::npos);
    std::size_t disputing = 0;
    for (const services::FoundInsight& one : related) {
        const auto link = page.find("href=\"" + web::insight_path(one.detail.insight) + "\"");
        ASSERT_NE(link, std::string::npos) << one.detail.insight.text;
        if (one.relation != Relation::disputes) continue;
        ++disputing;
        EXPECT_GT(link, disputes);
    }
    EXPECT_GE(disputing, 1U);
}

TEST_F(InsightPage, CallsToActAboveTheRestWithTheDoorsThatAreOpen) {
    world.doors.slack_url = "/slack/install";
    world.doors.telegram_url = "https://t.me/podbrief_bot";
    world.doors.discord_url = "/join/discord";
    const std::string page = html(backfired());
    EXPECT_THAT(page, HasSubstr("Get your free personalized podcast brief."));
    EXPECT_THAT(page, HasSubstr("We scan new podcasts and send you the top 5 insights daily."));
    EXPECT_THAT(page, HasSubstr("href=\"/slack/install?insight=1\">Add to Slack</a>"));
    EXPECT_THAT(page, HasSubstr("href=\"https://t.me/podbrief_bot?start=i_1\">Open in Telegram</a>"));
    EXPECT_THAT(page, HasSubstr("href=\"/join/discord?insight=1\">Add to Discord</a>"));
    EXPECT_LT(page.find("Add to Slack"), page.find("<blockquote>"));
}

TEST_F(InsightPage, ADoorThatIsNotOpenIsNotShown) {
    world.doors.telegram_url = "https://t.me/podbrief_bot";
    const std::string page = html(backfired());
    EXPECT_THAT(page, HasSubstr("Open in Telegram"));
    EXPECT_THAT(page, Not(HasSubstr("Add to Slack")));
    EXPECT_THAT(page, Not(HasSubstr("Add to Discord")));
}

TEST_F(InsightPage, WithoutAnyDoorItSaysHowOneIsOpened) {
    EXPECT_THAT(html(backfired()), HasSubstr("No chat platform is connected to this server yet"));
}

TEST_F(InsightPage, LeadsFromAWrongSlugToTheRightOne) {
    const std::string right = web::insight_path(backfired());
    for (const char* wrong : {"/i/1", "/i/1-", "/i/1-something-else", "/i/1-Export"}) {
        const ServerResponse response = world.ask(wrong);
        EXPECT_EQ(response.status, 301) << wrong;
        EXPECT_EQ(SiteWorld::header(response, "Location"), right);
    }
    EXPECT_EQ(world.ask(right + "?utm_source=chat").status, 200);
}

TEST_F(InsightPage, SaysOfAWithdrawnOneWhy) {
    const Insight head = backfired();
    const std::string path = web::insight_path(head);
    EXPECT_EQ(world.ask(path).status, 200);
    const std::string reason = "the speaker <corrected> it";
    world.library.get(world.library.store.withdraw(head.id, reason, world.library.clock.wall_now()));
    const ServerResponse gone = world.ask(path);
    EXPECT_EQ(gone.status, 410) << "what was kept of it before is forgotten";
    EXPECT_THAT(gone.body, HasSubstr("The reason: the speaker &lt;corrected&gt; it"));
    EXPECT_THAT(gone.body, Not(HasSubstr("backfired")));
    EXPECT_THAT(gone.body, HasSubstr("noindex"));
    const ServerResponse json = world.ask("/i/1.json");
    EXPECT_EQ(json.status, 410);
    EXPECT_EQ(nlohmann::json::parse(json.body)["error"]["code"], "withdrawn");
    EXPECT_EQ(world.ask("/i/1.png").status, 410);
}

TEST_F(InsightPage, OneThatThereIsNotHelpsOn) {
    const ServerResponse response = world.ask("/i/4711-gone");
    EXPECT_EQ(response.status, 404);
    EXPECT_THAT(response.body, HasSubstr("<input id=\"ask\" type=\"search\" name=\"q\""));
    EXPECT_THAT(response.body, HasSubstr("href=\"/topics\""));
    EXPECT_EQ(world.ask("/i/4711.json").status, 404);
}

TEST_F(InsightPage, TellsPreviewersWhatTheyShow) {
    const std::string page = html(backfired());
    const std::string path = web::insight_path(backfired());
    EXPECT_THAT(page, HasSubstr("<link rel=\"canonical\" href=\"https://brief.example" + path + "\">"));
    EXPECT_THAT(page, HasSubstr("<meta property=\"og:image\" content=\"https://brief.example/i/1.png\">"));
    EXPECT_THAT(page, HasSubstr("<meta property=\"og:type\" content=\"article\">"));
    EXPECT_THAT(page, HasSubstr("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    EXPECT_THAT(page, HasSubstr("application/json+oembed"));
}

TEST_F(InsightPage, IsAvailableAsJson) {
    const ServerResponse response = world.ask("/i/1.json");
    ASSERT_EQ(response.status, 200);
    const auto json = nlohmann::json::parse(response.body);
    const Insight head = backfired();
    EXPECT_EQ(json["id"], 1);
    EXPECT_EQ(json["claim"], head.text);
    EXPECT_EQ(json["quote"], head.quote);
    EXPECT_EQ(json["speaker"], "Mara Quist");
    EXPECT_EQ(json["start_s"], 95.0);
    EXPECT_EQ(json["independent_sources"], 2);
    EXPECT_EQ(json["url"], "https://brief.example" + web::insight_path(head));
    EXPECT_FALSE(json["related"].empty());
}

TEST_F(InsightPage, IsEmbeddedByItsAddressOnly) {
    const std::string address = "https://brief.example" + web::insight_path(backfired());
    const ServerResponse response = world.ask("/oembed?url=" + web::escaped_path(address));
    ASSERT_EQ(response.status, 200);
    const auto json = nlohmann::json::parse(response.body);
    EXPECT_EQ(json["version"], "1.0");
    EXPECT_EQ(json["thumbnail_url"], "https://brief.example/i/1.png");
    EXPECT_EQ(json["thumbnail_width"], 1200);
    const ServerResponse xml = world.ask("/oembed?format=xml&url=" + web::escaped_path(address));
    EXPECT_EQ(SiteWorld::header(xml, "Content-Type"), "text/xml; charset=utf-8");
    EXPECT_THAT(xml.body, HasSubstr("<thumbnail_height>630</thumbnail_height>"));
    EXPECT_EQ(world.ask("/oembed?url=https%3A%2F%2Fevil.example%2Fi%2F1").status, 404);
    EXPECT_EQ(world.ask("/oembed?url=https%3A%2F%2Fbrief.example.evil.example%2Fi%2F1").status, 404);
    EXPECT_EQ(world.ask("/oembed").status, 404);
    EXPECT_EQ(world.ask("/oembed?format=yaml&url=" + web::escaped_path(address)).status, 501);
}

TEST_F(InsightPage, WeighsLessThan30KBWithItsStyleAndFetchesNothingFromElsewhere) {
    // The longest there may be, with as much around it as there may be.
    for (int i = 0; i < 60; ++i) {
        std::string text =
            fmt::format("Export controls on advanced chips number {} changed what firms in China buy: ", i);
        while (text.size() < 340) text += "chips and controls ";
        world.library.add({fmt::format("Show {}", i), "Some Body", text, {"chip export controls", "semiconductors"}});
    }
    const ServerResponse page = world.ask(web::insight_path(backfired()), {{"Accept-Encoding", "gzip"}});
    const std::string plain = html(backfired());
    std::smatch style;
    ASSERT_TRUE(std::regex_search(plain, style, std::regex("href=\"(/style[^\"]*)\"")));
    const ServerResponse css = world.ask(style[1], {{"Accept-Encoding", "gzip"}});
    ASSERT_EQ(css.status, 200);
    EXPECT_THAT(SiteWorld::header(css, "Cache-Control"), HasSubstr("immutable"));
    EXPECT_LT(page.body.size() + css.body.size(), 30'000U);
    EXPECT_LT(page.body.size() + css.body.size(), 12'000U) << "well below, so that it stays so";

    const std::regex fetched("(?:src|srcset|poster|data)=|<link[^>]*href=\"([^\"]*)\"|url\\(|@import");
    for (auto it = std::sregex_iterator(plain.begin(), plain.end(), fetched); it != std::sregex_iterator(); ++it) {
        const std::string target = (*it)[1];
        const bool ours = target.starts_with("/") || target.starts_with("https://brief.example/");
        EXPECT_TRUE(ours) << it->str();
    }
    EXPECT_EQ(css.body.find("url("), std::string::npos);
    EXPECT_THAT(plain, Not(HasSubstr("<script")));
    EXPECT_THAT(plain, Not(HasSubstr("style=\"")));
}

}  // namespace
}  // namespace podbrief::testing
