#include "adapters/web/brief_pages.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/ports/random.hpp"
#include "core/services/private_pages.hpp"
#include "tests/adapters/web_private/asking.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/support/files.hpp"

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

class BriefPagesTest : public ::testing::Test {
protected:
    BriefPagesTest() {
        library.add_sample();
        anna = library.reader("anna");
        bo = library.reader("Bo & <b>Co</b>");
        library.get(library.store.keep_page(anna.id, services::hash_of_key(anna_key), library.clock.wall_now()));
        library.get(library.store.keep_page(bo.id, services::hash_of_key(bo_key), library.clock.wall_now()));
    }
    ServerResponse ask(ServerRequest request) { return library.get(pages.answer(std::move(request))); }
    ServerResponse get(const std::string& target) { return ask(getting(target)); }

    testing::ChatLibrary library;
    Shell shell{ShellOptions{"https://brief.example.org"}};
    BriefPages pages{{library.store, library.store, library.store, library.store, library.clock}, shell, [] {
                         return std::string("https://brief.example.org");
                     }};
    const std::string anna_key = "annaannaannaannaannaannaan";
    const std::string bo_key = "bobobobobobobobobobobobobo";
    Reader anna;
    Reader bo;
};

TEST_F(BriefPagesTest, AReaderReadsTheirLatestBriefAndSeesTheOthers) {
    const Brief today = library.brief("anna");
    library.clock.advance(24h);
    library.add({"New Show", "Ada", "Rivers carry more sand than roads.", {"rivers"}});
    const Brief tomorrow = library.brief("anna");
    ASSERT_EQ(today.items.size(), 5U);
    const ServerResponse page = get("/b/" + anna_key);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(holds(page, "<h1>Your brief for Friday, 13 March 2026</h1>"));
    EXPECT_TRUE(holds(page, "Rivers carry more sand than roads."));
    EXPECT_TRUE(holds(page, "href=\"/b/" + anna_key + "/2026-03-12\">Thursday, 12 March 2026</a>"));
    for (const BriefItem& item : tomorrow.items) {
        EXPECT_TRUE(holds(page, "href=\"/i/" + std::to_string(item.insight.value) + "-")) << item.insight.value;
    }
    const ServerResponse before = get("/b/" + anna_key + "/2026-03-12");
    EXPECT_EQ(before.status, 200);
    EXPECT_TRUE(holds(before, "<h1>Your brief for Thursday, 12 March 2026</h1>"));
    EXPECT_FALSE(holds(before, "Rivers carry more sand than roads."));
}

TEST_F(BriefPagesTest, WhoHasNoBriefYetIsToldWhenItComes) {
    const ServerResponse page = get("/b/" + anna_key);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(holds(page, "No brief was made for you yet."));
    EXPECT_EQ(get("/b/" + anna_key + ".rss").status, 200);
    EXPECT_EQ(get("/b/" + anna_key + ".json").status, 200);
}

TEST_F(BriefPagesTest, NothingOfItIsKeptListedOrToldToOthers) {
    library.brief("anna");
    for (const std::string& target : {"/b/" + anna_key, "/b/" + anna_key + ".rss", "/b/" + anna_key + ".json",
                                      std::string("/b/zzzzzzzzzzzzzzzzzzzzzzzzzz")}) {
        const ServerResponse page = get(target);
        EXPECT_EQ(header_in(page, "Cache-Control"), "private, no-store") << target;
        EXPECT_EQ(header_in(page, "X-Robots-Tag"), "noindex, nofollow, noarchive");
        EXPECT_EQ(header_in(page, "Referrer-Policy"), "no-referrer");
        EXPECT_EQ(header_in(page, "X-Content-Type-Options"), "nosniff");
        EXPECT_NE(header_in(page, "Content-Security-Policy"), "(none)");
    }
    EXPECT_FALSE(holds(get("/b/" + anna_key), "rel=\"canonical\""));
}

TEST_F(BriefPagesTest, AWithdrawnInsightIsNotShownAndThatIsSaid) {
    const Brief brief = library.brief("anna");
    const InsightId gone = brief.items.front().insight;
    const std::string text = library.get(library.store.details({gone})).front().insight.text;
    EXPECT_TRUE(holds(get("/b/" + anna_key + ".json"), text));
    library.get(library.store.withdraw(gone, "misheard", library.clock.wall_now()));
    for (const char* ending : {"", ".rss", ".json"}) {
        const ServerResponse page = get("/b/" + anna_key + ending);
        EXPECT_FALSE(holds(page, text)) << ending;
        EXPECT_TRUE(holds(page, "One insight of this brief was withdrawn since.")) << ending;
    }
}

// Each type, each name that must be there, and none beside them.
void check(const Json& value, const Json& schema, const std::string& at) {
    if (schema.contains("const")) {
        EXPECT_EQ(value, schema["const"]) << at;
    }
    if (!schema.contains("type")) return;
    const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
    const std::string type = value.is_number_integer() ? "integer" : value.type_name();
    EXPECT_NE(std::find(types.begin(), types.end(), type), types.end()) << at << " is of type " << type;
    if (value.is_object()) {
        for (const auto& name : schema["required"]) EXPECT_TRUE(value.contains(std::string(name))) << at << name;
        for (const auto& [name, inner] : value.items()) {
            ASSERT_TRUE(schema["properties"].contains(name)) << at << name << " is not in the schema";
            check(inner, schema["properties"][name], at + "/" + name);
        }
    }
    if (value.is_array()) {
        for (const auto& inner : value) check(inner, schema["items"], at + "[]");
        if (schema.contains("maxItems")) {
            EXPECT_LE(value.size(), schema["maxItems"].get<std::size_t>());
        }
    }
}

TEST_F(BriefPagesTest, ForProgramsThereIsJsonAsItsSchemaSays) {
    library.brief("anna");
    const ServerResponse page = get("/b/" + anna_key + ".json");
    EXPECT_EQ(header_in(page, "Content-Type"), "application/json");
    const Json json = Json::parse(page.body);
    const Json schema =
        Json::parse(testing::read_file(testing::source_folder() / "config" / "schemas" / "briefs.json"));
    check(json, schema, "");
    ASSERT_EQ(json["briefs"].size(), 1U);
    EXPECT_EQ(json["briefs"][0]["day"], "2026-03-12");
    EXPECT_EQ(json["briefs"][0]["insights"].size(), 5U);
    EXPECT_EQ(json["briefs"][0]["insights"][0]["number"], 1);
}

TEST_F(BriefPagesTest, TheFeedHasAnItemForEachOfTheLatestBriefs) {
    library.add(
        {"R&D <Show>", "A \"B\"", "Salt < sugar & <script>alert(1)</script> fat.\x01", {"food"}, {}, {}, {}, 1h});
    library.brief("anna");
    library.clock.advance(24h);
    library.brief("anna");
    library.clock.advance(24h * 14);
    library.brief("anna");
    const ServerResponse feed = get("/b/" + anna_key + ".rss");
    EXPECT_EQ(header_in(feed, "Content-Type"), "application/rss+xml; charset=utf-8");
    EXPECT_TRUE(feed.body.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\""));
    EXPECT_TRUE(holds(feed, "<title>Your brief for Friday, 13 March 2026</title>"));
    EXPECT_TRUE(holds(feed, "<link>https://brief.example.org/b/" + anna_key + "/2026-03-13</link>"));
    EXPECT_FALSE(holds(feed, "/2026-03-12<")) << "more than two weeks ago";
    EXPECT_FALSE(holds(feed, "<script"));
    EXPECT_EQ(feed.body.find('\x01'), std::string::npos);
    const ServerResponse page = get("/b/" + anna_key + "/2026-03-12");
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(holds(page, "<script"));
}

TEST_F(BriefPagesTest, EveryKeyThatIsNotGoodGetsTheSameAnswer) {
    library.brief("anna");
    const ServerResponse unknown = get("/b/zzzzzzzzzzzzzzzzzzzzzzzzzz");
    EXPECT_EQ(unknown.status, 404);
    library.get(library.store.end_pages(bo.id, {}));
    for (const std::string& target :
         {"/b/" + bo_key, "/b/" + bo_key + ".rss", "/b/" + bo_key + "/2026-03-12", std::string("/b/"),
          std::string("/b/a"), "/b/" + anna_key + "a", "/b/" + anna_key + "/", "/b/" + anna_key + "/2026-03-11",
          "/b/" + anna_key + "/2026-02-30", "/b/" + anna_key + ".xml", "/b/" + anna_key + "/../" + bo_key,
          "/b/" + services::hash_of_key(anna_key), std::string("/b/") + std::string(5'000, 'a'),
          std::string("/b/ANNAANNAANNAANNAANNAANNAAN"), std::string("/b/%61nnaannaannaannaannaannaan")}) {
        const ServerResponse answer = get(target);
        EXPECT_EQ(answer.status, unknown.status) << target;
        EXPECT_EQ(answer.body, unknown.body) << target;
        EXPECT_EQ(answer.headers, unknown.headers) << target;
    }
}

TEST_F(BriefPagesTest, AForgottenReadersPageIsGone) {
    library.brief("anna");
    library.get(library.store.forget(anna.id));
    EXPECT_EQ(get("/b/" + anna_key).status, 404);
}

TEST_F(BriefPagesTest, ItIsReadOnlyAndNotTooOften) {
    ServerRequest post = getting("/b/" + anna_key);
    post.method = "POST";
    EXPECT_EQ(ask(post).status, 405);
    EXPECT_EQ(header_in(ask(post), "Allow"), "GET, HEAD");
    int served = 0;
    while (get("/b/" + anna_key).status == 200 && served < 1'000) ++served;
    EXPECT_EQ(served, 60);
    EXPECT_EQ(header_in(get("/b/" + anna_key), "Retry-After"), "1");
    ServerRequest other = getting("/b/" + anna_key);
    other.remote_address = "192.0.2.8";
    EXPECT_EQ(ask(other).status, 200) << "another address has its own allowance";
    library.clock.advance(2s);
    EXPECT_EQ(get("/b/" + anna_key).status, 200);
}

TEST_F(BriefPagesTest, WhatIsUnchangedIsNotSentAgain) {
    library.brief("anna");
    const ServerResponse feed = get("/b/" + anna_key + ".rss");
    const ServerResponse again = ask(getting("/b/" + anna_key + ".rss", {{"If-None-Match", header_in(feed, "ETag")}}));
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(header_in(again, "Cache-Control"), "private, no-store");
}

// 20,000 targets made of a good key, bent at random: never a failure, and never what is another reader's.
TEST_F(BriefPagesTest, BentAddressesShowNothing) {
    library.add({"Secret Show", "Nobody", "Only Bo follows lighthouses.", {"lighthouses"}, {}, {}, {}, 1h});
    Reader follower = bo;
    follower.profile.topics["lighthouses"] = 3;
    library.get(library.store.save(follower));
    library.brief("Bo & <b>Co</b>");
    ASSERT_TRUE(holds(get("/b/" + bo_key), "Only Bo follows lighthouses."));
    Random random(11);
    const std::string bytes = "abcdefghijklmnopqrstuvwxyz234567ABC019./-_%?&=#\\~ ;:@'\"<>";
    for (int i = 0; i < 20'000; ++i) {
        std::string target = "/b/" + anna_key + (i % 3 == 0 ? ".json" : i % 3 == 1 ? "/2026-03-12" : "");
        const int changes = 1 + static_cast<int>(random.next() % 4);
        for (int c = 0; c < changes; ++c) {
            const std::size_t at = 3 + random.next() % (target.size() - 3);
            const char with = bytes[random.next() % bytes.size()];
            if (random.next() % 3 == 0) {
                target.insert(at, 1, with);
            } else if (random.next() % 3 == 0 && target.size() > 8) {
                target.erase(at, 1);
            } else {
                target[at] = with;
            }
        }
        if (i % 100 == 0) library.clock.advance(100min);
        const ServerResponse answer = get(target);
        ASSERT_TRUE(answer.status == 200 || answer.status == 404 || answer.status == 429) << answer.status << target;
        ASSERT_FALSE(holds(answer, "lighthouses")) << target;
        ASSERT_FALSE(holds(answer, "Bo &amp;")) << target;
    }
}

}  // namespace
}  // namespace podbrief::web
