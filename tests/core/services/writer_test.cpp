#include <gtest/gtest.h>

#include "core/services/brief_listed.hpp"
#include "core/services/composer_writer.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;

class Writing : public ::testing::Test {
protected:
    BriefOrder order(const std::string& key = "2026-03-12") {
        BriefOrder order;
        order.reader = library.reader("anna", "Europe/Berlin");
        order.slot.reader = order.reader.id;
        order.slot.key = key;
        order.slot.zone = order.reader.time_zone;
        order.slot.due_at = library.clock.wall_now();  // 08:00 in Berlin
        return order;
    }

    BriefDraft write(BriefOrder what) { return library.get(writer.write(std::move(what))).value(); }

    Brief told(const std::string& key, bool unsent = false) {
        Brief brief = write(order(key)).brief;
        brief.composed_at = library.clock.wall_now() - 24h;
        brief.unsent = unsent;
        return library.get(library.store.save(std::move(brief)));
    }

    static std::string text(const ReplyBlock& block) {
        if (const auto* heading = std::get_if<Heading>(&block)) return heading->text;
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) return paragraph->text;
        return {};
    }

    static std::size_t cards(const Reply& reply) {
        return static_cast<std::size_t>(std::count_if(reply.blocks.begin(), reply.blocks.end(), [](const auto& block) {
            return std::holds_alternative<InsightCard>(block);
        }));
    }

    ChatLibrary library;
    ComposerWriter writer{library.store, library.store, library.composer, library.clock};
};

TEST_F(Writing, GoesByTheSlotAndIsOfNow) {
    library.add_sample();
    library.clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 22h + 30min);
    BriefOrder early = order("2026-03-13");  // due half an hour after midnight in Berlin, written before it
    early.slot.due_at = library.clock.wall_now() + 1h;
    const BriefDraft draft = write(early);
    EXPECT_EQ(draft.brief.local_date, "2026-03-13");
    EXPECT_EQ(draft.brief.composed_at, library.clock.wall_now());
    EXPECT_EQ(draft.brief.items.size(), 5u);
    EXPECT_FALSE(draft.brief.id) << "storing is up to the caller";
    EXPECT_TRUE(library.get(library.store.briefs_since(early.reader.id, WallTime{})).empty());
    EXPECT_EQ(text(draft.reply.blocks.front()), "Your brief for Friday, 13 March 2026");
    EXPECT_EQ(cards(draft.reply), 5u);
}

TEST_F(Writing, UsesTheBriefThatTheReaderAskedForBefore) {
    library.add_sample();
    const BriefOrder due = order();
    const Brief asked_for = library.brief("anna");
    library.clock.advance(1h);
    library.add({"Silicon Ledger", "Mara Quist", "A brand new claim about memory prices.", {"memory"}});
    const BriefDraft draft = write(due);
    EXPECT_EQ(draft.brief, asked_for);
    EXPECT_EQ(cards(draft.reply), 5u);
}

TEST_F(Writing, IsNeverSilent) {
    const BriefDraft draft = write(order());
    EXPECT_TRUE(draft.brief.items.empty());
    EXPECT_NE(draft.brief.note, "");
    EXPECT_EQ(text(draft.reply.blocks.back()), draft.brief.note);
}

TEST_F(Writing, TellsAgainWhatWasInABriefThatWasNotSent) {
    library.add_sample();
    const Brief missed = told("2026-03-11", true);
    const BriefDraft draft = write(order());
    ASSERT_EQ(draft.brief.items.size(), missed.items.size());
    EXPECT_EQ(draft.brief.items.front().cluster, missed.items.front().cluster);
    EXPECT_FALSE(draft.brief.items.front().reason.update);
}

TEST_F(Writing, DoesNotTellAgainWhatWasSent) {
    library.add_sample();
    const Brief sent = told("2026-03-11");
    for (const BriefItem& item : write(order()).brief.items) {
        for (const BriefItem& before : sent.items) EXPECT_NE(item.cluster, before.cluster);
    }
}

TEST_F(Writing, BeginsWithWhatDidNotArrive) {
    library.add_sample();
    told("2026-03-03", true);
    const std::string one =
        "Your brief of Tuesday, 3 March did not reach you; what mattered in it may be told here again.";
    const struct {
        std::vector<std::string> undelivered;
        std::string said;
    } cases[] = {
        {{"2026-03-03"}, one + " Say brief 2026-03-03 to see it."},
        {{"2026-03-10"},
         "Your brief of Tuesday, 10 March did not reach you; what mattered in it may be told here again."},
        {{"2026-03-03", "2026-03-03#2"}, one + " Say brief 2026-03-03 to see it."},
        {{"2026-03-02", "2026-03-03"},
         "Your briefs of 2 March and 3 March did not reach you; what mattered in them may be told here again. Say "
         "brief "
         "2026-03-03 to see the latest."},
        {{"2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"},
         "Your briefs of 1 March, 2 March, 3 March and 2 more did not reach you; what mattered in them may be told "
         "here "
         "again. Say brief 2026-03-03 to see the latest."},
    };
    for (const auto& c : cases) {
        BriefOrder late = order();
        late.undelivered = c.undelivered;
        const Reply reply = write(late).reply;
        EXPECT_EQ(text(reply.blocks.front()), c.said);
        EXPECT_EQ(text(reply.blocks.at(1)), "Your brief for Thursday, 12 March 2026");
        const bool offered = std::count(reply.suggestions.begin(), reply.suggestions.end(), "brief 2026-03-03") == 1;
        EXPECT_EQ(offered, c.said.find("Say brief") != std::string::npos);
        EXPECT_LE(reply.suggestions.size(), 4u);
    }
}

TEST_F(Writing, SaysPlainlyWhenItIsLate) {
    library.add_sample();
    BriefOrder due = order();
    library.clock.advance(30min);
    EXPECT_EQ(text(write(due).reply.blocks.front()), "Your brief for Thursday, 12 March 2026");
    library.clock.advance(1min);
    EXPECT_EQ(text(write(due).reply.blocks.front()), "Late: this was due at 08:00.");
    due.undelivered = {"2026-03-11"};
    EXPECT_EQ(text(write(due).reply.blocks.front()), "Late: this was due at 08:00.");
    due.slot.due_at -= 12h;
    EXPECT_EQ(text(write(due).reply.blocks.front()), "Late: this was due at 20:00 on Wednesday, 11 March 2026.");
}

TEST_F(Writing, ADeliveredBriefBecomesTheListOfItsConversation) {
    library.add_sample();
    const Reader anna = library.reader("anna");
    const Destination chat{"slack", "T1", "C2", ""};
    Responder responder(library.store, library.store, library.search, library.composer, library.clock, nullptr);
    library.get(responder.answer(anna, "slack:T1/C2", "more on chip export controls"));
    const Brief brief = library.get(library.store.save(write(order()).brief));
    library.get(brief_listed(library.store, chat, brief));

    const Reply quote = library.get(responder.answer(anna, "slack:T1/C2", "quote 2"));
    const auto* card = std::get_if<InsightCard>(&quote.blocks.front());
    for (const ReplyBlock& block : quote.blocks) card = card ? card : std::get_if<InsightCard>(&block);
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(card->insight, brief.items.at(1).insight);
}

}  // namespace
}  // namespace podbrief::services
