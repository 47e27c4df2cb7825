#include "adapters/web/operator_pages.hpp"

#include <gtest/gtest.h>

#include "core/ports/random.hpp"
#include "core/services/private_pages.hpp"
#include "tests/adapters/web_private/asking.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;

class GivenStatus final : public StatusStore {
public:
    asio::awaitable<StatusFigures> status(WallTime, Millis) override { co_return figures; }
    StatusFigures figures;
};

class OperatorPagesTest : public ::testing::Test {
protected:
    OperatorPagesTest() {
        library.add_sample();
        anna = library.reader("anna");
    }
    asio::awaitable<OperatorFacts> given_facts() { co_return facts; }

    ServerResponse ask(ServerRequest request) { return library.get(pages.answer(std::move(request))); }
    std::string link() {
        const std::string key = services::make_key();
        library.get(library.store.keep_operator(KeyStore::Operator::link, services::hash_of_key(key),
                                                library.clock.wall_now() + OperatorPages::link_lives));
        return "/admin/" + key;
    }
    // "podbrief_operator=KEY"
    std::string sign_in() {
        const std::string set = header_in(ask(getting(link())), "Set-Cookie");
        return set.substr(0, set.find(';'));
    }
    ServerResponse get(const std::string& target, const std::string& cookie) {
        return ask(getting(target, {{"Cookie", "theme=dark; " + cookie + "; x=1"}}));
    }
    ServerResponse sign_out(const std::string& cookie, const std::string& csrf) {
        ServerRequest request = getting("/status/sign-out", {{"Cookie", cookie}});
        request.method = "POST";
        request.body = to_form({{"csrf", csrf}});
        return ask(std::move(request));
    }
    static std::string csrf_in(const ServerResponse& page) {
        const std::string mark = "name=\"csrf\" value=\"";
        const auto at = page.body.find(mark);
        if (at == std::string::npos) return {};
        const auto begin = at + mark.size();
        return page.body.substr(begin, page.body.find('"', begin) - begin);
    }

    testing::ChatLibrary library;
    Shell shell{ShellOptions{"https://brief.example.org"}};
    GivenStatus status;
    OperatorFacts facts;
    OperatorPages pages{{library.store, status, library.store, library.store, library.store, library.clock,
                         [this] { return given_facts(); }},
                        shell};
    Reader anna;
};

TEST_F(OperatorPagesTest, ALinkSignsInOnceAndInTime) {
    const std::string first = link();
    const ServerResponse page = ask(getting(first));
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(header_in(page, "Refresh"), "0; url=/status");
    const std::string set = header_in(page, "Set-Cookie");
    EXPECT_NE(set.find("; Max-Age=43200; Path=/status; HttpOnly; SameSite=Strict"), std::string::npos) << set;
    EXPECT_EQ(set.find("Secure"), std::string::npos);
    EXPECT_EQ(get("/status", set.substr(0, set.find(';'))).status, 200);
    const ServerResponse again = ask(getting(first));
    EXPECT_EQ(again.status, 404);
    EXPECT_EQ(header_in(again, "Set-Cookie"), "(none)");
    const std::string second = link();
    library.clock.advance(10min);
    EXPECT_EQ(ask(getting(second)).status, 404);
}

TEST_F(OperatorPagesTest, OverTlsTheCookieIsForTlsOnly) {
    ServerRequest request = getting(link());
    request.https = true;
    EXPECT_TRUE(header_in(ask(std::move(request)), "Set-Cookie").ends_with("; Secure"));
}

TEST_F(OperatorPagesTest, WhoOnlyLooksDoesNotUseTheLinkUp) {
    const std::string target = link();
    ServerRequest head = getting(target);
    head.method = "HEAD";
    EXPECT_EQ(ask(std::move(head)).status, 405);
    EXPECT_EQ(ask(getting(target)).status, 200);
}

TEST_F(OperatorPagesTest, NothingIsShownWithoutASession) {
    const std::string cookie = sign_in();
    for (const char* target : {"/status", "/status/explain?reader=anna", "/status/sign-out", "/status/else"}) {
        for (const std::string& bad :
             {std::string(), std::string("podbrief_operator="),
              std::string("podbrief_operator=aaaaaaaaaaaaaaaaaaaaaaaaaa"), cookie + "a", cookie + "; " + cookie,
              "x" + cookie, std::string("podbrief_operator=") + std::string(3'000, 'a')}) {
            const ServerResponse page = ask(getting(target, {{"Cookie", bad}}));
            EXPECT_EQ(page.status, 403) << target << " " << bad.substr(0, 80);
            EXPECT_TRUE(holds(page, "podbrief admin"));
            EXPECT_FALSE(holds(page, "anna"));
        }
    }
    EXPECT_EQ(get("/status", cookie).status, 200);
    library.clock.advance(12h);
    EXPECT_EQ(get("/status", cookie).status, 403) << "it is over";
}

TEST_F(OperatorPagesTest, ALinksKeyIsNoSession) {
    const std::string target = link();
    EXPECT_EQ(get("/status", "podbrief_operator=" + target.substr(7)).status, 403);
}

TEST_F(OperatorPagesTest, SigningOutTakesTheFormOfThatSession) {
    const std::string cookie = sign_in();
    const std::string other = sign_in();
    const std::string csrf = csrf_in(get("/status", cookie));
    EXPECT_EQ(csrf, csrf_of(cookie.substr(cookie.find('=') + 1)));
    EXPECT_EQ(sign_out(cookie, "").status, 403);
    EXPECT_EQ(sign_out(cookie, csrf + "a").status, 403);
    EXPECT_EQ(sign_out(cookie, csrf_in(get("/status", other))).status, 403) << "another session's";
    EXPECT_EQ(get("/status/sign-out", cookie).status, 405);
    EXPECT_EQ(get("/status", cookie).status, 200);
    const ServerResponse out = sign_out(cookie, csrf);
    EXPECT_EQ(out.status, 200);
    EXPECT_NE(header_in(out, "Set-Cookie").find("podbrief_operator=; Max-Age=0"), std::string::npos);
    EXPECT_EQ(get("/status", cookie).status, 403);
    EXPECT_EQ(get("/status", other).status, 200);
}

TEST_F(OperatorPagesTest, AllIsWellUntilItIsNot) {
    const std::string cookie = sign_in();
    facts.platforms = {{"telegram", "polling", "answers as BriefBot", true}};
    const ServerResponse well = get("/status", cookie);
    EXPECT_TRUE(holds(well, "All is well."));
    EXPECT_TRUE(holds(well, "answers as BriefBot"));

    const WallTime now = library.clock.wall_now();
    status.figures.feeds = 1'200;
    status.figures.feeds_failing = 2;
    status.figures.failing = {{"The <b>Show</b>", "HTTP 500", 4, now - 3h, now + 30min}};
    status.figures.waiting.parked = 1;
    status.figures.looks = {{"anna", "2026-03-12#2", "slack", DeliveryState::parked, "no answer", now - 2h}};
    status.figures.hours = {{now - 1h, 40, 3, 1}, {now, 2, 0, 0}};
    facts.platforms[0].good = false;
    facts.platforms[0].state = "held back after failures in a row";
    facts.spending = {{"Model", 0.995, 1, "10 calls", true}};
    const ServerResponse ill = get("/status", cookie);
    EXPECT_FALSE(holds(ill, "All is well."));
    EXPECT_TRUE(holds(ill, "6 things need a look"));
    EXPECT_TRUE(holds(ill, "Telegram: held back after failures in a row."));
    EXPECT_TRUE(holds(ill, "One message is parked"));
    EXPECT_TRUE(holds(ill, "One brief did not arrive in 24 hours."));
    EXPECT_TRUE(holds(ill, "3 briefs came late in 24 hours."));
    EXPECT_TRUE(holds(ill, "2 feeds fail."));
    EXPECT_TRUE(holds(ill, "Model: the day&#39;s ceiling is reached.") ||
                holds(ill, "Model: the day&apos;s ceiling is reached."));
    EXPECT_TRUE(holds(ill, "The &lt;b&gt;Show&lt;/b&gt;"));
    EXPECT_FALSE(holds(ill, "<b>Show"));
    EXPECT_TRUE(holds(ill, "href=\"/status/explain?reader=anna&amp;day=2026-03-12%232\""));
    EXPECT_TRUE(holds(
        ill, "<svg class=\"chart\" viewBox=\"0 0 400 130\" role=\"img\" aria-labelledby=\"sent-title sent-desc\">"));
    EXPECT_TRUE(holds(ill, "<dd>1,200</dd>"));
    EXPECT_FALSE(holds(ill, "style=\""));
    EXPECT_FALSE(holds(ill, "<script"));
}

TEST_F(OperatorPagesTest, ABriefIsExplained) {
    const std::string cookie = sign_in();
    EXPECT_TRUE(holds(get("/status/explain", cookie), "Say whose brief."));
    EXPECT_EQ(get("/status/explain?reader=nobody", cookie).status, 404);
    EXPECT_EQ(get("/status/explain?reader=anna&day=nonsense", cookie).status, 400);
    const ServerResponse none = get("/status/explain?reader=anna&day=2026-03-11", cookie);
    EXPECT_EQ(none.status, 404);
    EXPECT_TRUE(holds(none, "No brief was planned for 2026-03-11."));

    OutboxStore& outbox = library.store;
    DestinationRecord place;
    place.reader = anna.id;
    place.address = {"telegram", "", "42", ""};
    library.get(outbox.add_destination(place, library.clock.wall_now()));
    const auto plans = library.get(outbox.readers_to_plan(library.clock.wall_now(), 10));
    ASSERT_FALSE(plans.empty());
    PlannedSlots planned;
    planned.reader = anna.id;
    planned.schedule = plans.front().schedule;
    Slot slot;
    slot.reader = anna.id;
    slot.sequence = 1;
    slot.key = "2026-03-12";
    slot.zone = "UTC";
    slot.due_at = library.clock.wall_now() + 1h;
    planned.slots = {slot};
    planned.next_plan_at = library.clock.wall_now() + 24h;
    ASSERT_TRUE(library.get(outbox.plan(planned, library.clock.wall_now())));
    const ServerResponse page = get("/status/explain?reader=anna", cookie);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(holds(page, "What became of a brief"));
    EXPECT_TRUE(holds(page, "2026-03-12"));
}

TEST_F(OperatorPagesTest, NothingOfItIsKept) {
    for (const ServerResponse& page : {get("/status", sign_in()), ask(getting("/status")), ask(getting("/admin/x"))}) {
        EXPECT_EQ(header_in(page, "Cache-Control"), "private, no-store");
        EXPECT_EQ(header_in(page, "Referrer-Policy"), "no-referrer");
    }
}

TEST_F(OperatorPagesTest, LinksAreNotTriedAtWill) {
    int refused = 0;
    for (int i = 0; i < 100; ++i) refused += ask(getting("/admin/" + services::make_key())).status == 429 ? 1 : 0;
    EXPECT_EQ(refused, 70);
}

// 10,000 cookies, queries and paths made at random: nobody gets in, nothing fails.
TEST_F(OperatorPagesTest, BentRequestsShowNothing) {
    const std::string cookie = sign_in();
    Random random(5);
    const std::string bytes = "abcdefghijklmnopqrstuvwxyz234567=;, %&?/#\"<>.A1-";
    for (int i = 0; i < 10'000; ++i) {
        std::string bent = cookie;
        const std::size_t at = random.next() % bent.size();
        const char with = bytes[random.next() % bytes.size()];
        if (bent[at] == with) continue;
        if (at >= cookie.find('=') && with == ';') continue;
        bent[at] = with;
        std::string target = "/status";
        for (std::uint64_t n = random.next() % 30; n > 0; --n) target += bytes[random.next() % bytes.size()];
        ServerRequest request = getting(target, {{"Cookie", bent}});
        if (i % 5 == 0) request.method = "POST";
        if (!OperatorPages::has(request.path())) continue;
        ASSERT_EQ(ask(std::move(request)).status, 403) << target << " " << bent;
        std::string query = "/status/explain?";
        for (std::uint64_t n = random.next() % 60; n > 0; --n) query += bytes[random.next() % bytes.size()];
        const ServerResponse signed_in = get(query, cookie);
        ASSERT_TRUE(signed_in.status == 200 || signed_in.status == 404 || signed_in.status == 400) << query;
        ASSERT_FALSE(holds(signed_in, "<script")) << query;
    }
}

}  // namespace
}  // namespace podbrief::web
