#include "core/services/responder.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/commands/reply_builder.hpp"
#include "tests/core/services/responding.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;
using podbrief::testing::Claim;
using podbrief::testing::Responding;

TEST_F(Responding, MoreOnATopicBringsBothSidesEachFromAnotherEpisode) {
    const auto shown = cards("more on chip export controls");
    ASSERT_EQ(shown.size(), 5u);
    std::set<std::string> episodes;
    std::set<std::optional<Relation>> relations;
    for (const InsightCard& card : shown) {
        episodes.insert(card.episode);
        relations.insert(card.relation);
    }
    EXPECT_EQ(episodes.size(), 5u);
    EXPECT_TRUE(relations.contains(Relation::supports));
    EXPECT_TRUE(relations.contains(Relation::disputes));
}

TEST_F(Responding, MoreOnATopicMergesNearEqualsAndCountsTheirShows) {
    int merged = 0;
    for (const InsightCard& card : cards("more on chip export controls")) {
        if (card.text.find("backfired") == std::string::npos) continue;
        ++merged;
        EXPECT_EQ(card.sources, 2);
    }
    EXPECT_EQ(merged, 1);
}

TEST_F(Responding, MoreGoesOnWithTheSameListAndItsNumbers) {
    for (int i = 0; i < 7; ++i) {
        library.add({"Show " + std::to_string(i),
                     "Speaker " + std::to_string(i),
                     fmt::format("Wafer yield number {} improves when inspection happens twice a shift.", i),
                     {"wafer yield"}});
    }
    const auto first = cards("more on wafer yield");
    ASSERT_EQ(first.size(), 5u);
    const auto next = cards("more");
    ASSERT_EQ(next.size(), 2u);
    EXPECT_EQ(next[0].number, 6);
    EXPECT_EQ(next[1].number, 7);
    std::set<InsightId> all;
    for (const auto& card : first) all.insert(card.insight);
    for (const auto& card : next) all.insert(card.insight);
    EXPECT_EQ(all.size(), 7u);
    EXPECT_EQ(words("more"), "That is all there is on wafer yield so far.\n");
    EXPECT_EQ(cards("quote 7").at(0).insight, next[1].insight) << "numbers of later pages count too";
}

TEST_F(Responding, NumbersReferToTheLatestList) {
    const auto brief = cards("brief");
    ASSERT_GE(brief.size(), 3u);
    EXPECT_EQ(cards("quote 3").at(0).insight, brief[2].insight);
    const auto topic = cards("more on chip export controls");
    EXPECT_EQ(cards("quote 3").at(0).insight, topic[2].insight);
}

TEST_F(Responding, NumbersMeanTodaysBriefInAConversationThatHasNoListYet) {
    const Brief brief = library.brief("anna");
    EXPECT_EQ(cards("quote 2").at(0).insight, brief.items[1].insight);
}

TEST_F(Responding, AsksWhichOneWhenTheNumberIsMissingOrWrong) {
    EXPECT_NE(words("quote 2").find("no list"), std::string::npos);
    cards("more on chip export controls");
    EXPECT_EQ(words("quote"), "Which one? Say for instance quote 1; the latest list goes to 5.\n");
    EXPECT_EQ(words("quote 9"), "There is no 9: the latest list goes to 5.\n");
    library.add({"Lone Show", "Solo Speaker", "Tardigrades survive vacuum by drying out completely.", {"tardigrades"}});
    cards("more on tardigrades");
    EXPECT_EQ(cards("quote").size(), 1u) << "a list of one needs no number";
}

TEST_F(Responding, QuoteShowsTheExactWords) {
    cards("more on small modular reactors");
    const auto quoted = cards("quote 1");
    ASSERT_EQ(quoted.size(), 1u);
    const auto detail = library.get(library.store.details({quoted[0].insight})).at(0);
    EXPECT_EQ(quoted[0].quote, detail.insight.quote);
}

TEST_F(Responding, AgainstANumberBringsOnlyTheOtherSide) {
    const auto topic = cards("more on chip export controls");
    const auto supporting = std::find_if(topic.begin(), topic.end(), [](const InsightCard& card) {
        return card.text.find("handicap") != std::string::npos;
    });
    ASSERT_NE(supporting, topic.end());
    const auto other = cards("against " + std::to_string(supporting->number));
    ASSERT_FALSE(other.empty());
    for (const InsightCard& card : other) {
        const auto stance = library.get(library.store.details({card.insight})).at(0).insight.stance;
        EXPECT_EQ(stance, Stance::critical) << card.text;
    }
}

TEST_F(Responding, AndAgainstGoesOnFromTheTopic) {
    cards("more on chip export controls");
    const auto other = cards("and against?");
    ASSERT_FALSE(other.empty());
    for (const InsightCard& card : other) EXPECT_EQ(card.relation, Relation::disputes);
}

TEST_F(Responding, SaysPlainlyThatThereIsNoOpposingViewAndKeepsTheList) {
    const auto list = cards("more on parking minimums");
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(words("against 1"), "No opposing view to 1 found in the library so far.\n");
    EXPECT_EQ(cards("quote 1").at(0).insight, list[0].insight);
}

TEST_F(Responding, ShowsADisagreementAsTwoSides) {
    const Reply reply = ask("disagreement on chip export controls");
    std::vector<std::string> headings;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) headings.push_back(heading->text);
    }
    ASSERT_EQ(headings.size(), 3u);
    EXPECT_EQ(headings[1].find("In favour: "), 0u);
    EXPECT_EQ(headings[2].find("Against: "), 0u);
}

TEST_F(Responding, ToleratesTyposInTheTopic) {
    EXPECT_FALSE(cards("mroe on chip exprot controls").empty());
    EXPECT_FALSE(cards("semicondutcors").empty());
}

TEST_F(Responding, OffersToWatchATopicNobodySpeaksOf) {
    const Reply reply = ask("more on zeppelin mail");
    EXPECT_EQ(reply.suggestions.at(0), "watch zeppelin mail");
    EXPECT_EQ(words("grief"),
              "Nothing on grief in the library so far.\nDid you mean brief?\n"
              "Say watch grief, and your brief will begin with it when it comes up.\n");
}

TEST_F(Responding, FollowingATopicBringsItToTheNextBrief) {
    ask("follow congestion pricing");
    EXPECT_EQ(anna().profile.topics.at("congestion pricing"), 1);
    const auto brief = cards("brief");
    EXPECT_EQ(brief.at(0).show, "Street Level");
    EXPECT_EQ(brief.at(0).why, "you follow congestion pricing");
}

TEST_F(Responding, CallsTopicsAsTheLibraryWritesThem) {
    library.add({"Model Talk", "Ada Brandt", "Most teams that use AI measure nothing before they begin.", {"ai"}});
    EXPECT_EQ(words("follow ai"), "You follow AI from now on. There are two insights on it already.\n");
    EXPECT_EQ(words("weigh ai 2"), "Noted. It stays so until you change it.\n");
    EXPECT_EQ(words("watch ai"),
              "You watch AI from now on: the next brief after something new is said on it begins with that. There are "
              "two insights on it already.\n");
    const Reply topics = ask("topics");
    EXPECT_EQ(std::get<Table>(topics.blocks.at(1)).rows,
              (std::vector<Table::Row>{{"AI", "followed, weight 2.00"}, {"AI", "watched"}}));
    EXPECT_EQ(words("follow NATO summits"),
              "You follow NATO summits from now on. Nothing on it so far; it will be in your brief when it comes up.\n")
        << "as it was typed, where nobody speaks of it";
    const std::string endless = "follow " + std::string(1'000, 'x');
    EXPECT_LT(words(endless).size(), 250U) << "no longer than it is kept";
}

TEST_F(Responding, FollowKnowsShowsAndPersonsFromTopics) {
    ask("follow silicon ledger");
    EXPECT_EQ(anna().profile.shows, std::vector<PodcastId>{library.show("Silicon Ledger")});
    ask("follow karin holt");
    EXPECT_EQ(anna().profile.persons, std::vector<std::string>{"Karin Holt"});
    ask("follow silicon");
    EXPECT_TRUE(anna().profile.topics.contains("silicon")) << "a part of a title is a topic";
    ask("follow show supply");
    EXPECT_EQ(anna().profile.shows.size(), 2u) << "but where a show is asked for it is enough";
    EXPECT_EQ(words("follow show nowhere"), "No show here is named nowhere.\n");
    ask("unfollow Karin Holt");
    ask("unfollow silicon ledger");
    EXPECT_TRUE(anna().profile.persons.empty());
    EXPECT_EQ(anna().profile.shows.size(), 1u);
}

TEST_F(Responding, MuteByNumberMutesTheSubjectOfThatInsight) {
    cards("more on congestion charges");
    ask("mute 1");
    EXPECT_EQ(anna().profile.muted_topics, std::vector<std::string>{"congestion pricing"});
}

TEST_F(Responding, LikesTeachOnceAndCanBeTakenBack) {
    cards("more on congestion charges");
    ask("like 1");
    EXPECT_EQ(anna().profile.learnt.at("congestion pricing"), (Learnt{0.25, library.clock.wall_now()}));
    EXPECT_EQ(words("like 1"), "You liked it already; that counts once.\n");
    EXPECT_EQ(anna().profile.learnt.at("congestion pricing").weight, 0.25);
    ask("less 1");
    EXPECT_EQ(anna().profile.learnt.at("congestion pricing").weight, -0.25);
    EXPECT_TRUE(anna().profile.topics.empty()) << "what was learnt is not what was said";
    const auto feedback = library.get(library.store.feedback(anna().id));
    ASSERT_EQ(feedback.size(), 1u);
    EXPECT_EQ(feedback[0].kind, FeedbackKind::less);
}

TEST_F(Responding, SavesAndListsWhatWasSaved) {
    EXPECT_NE(words("saved").find("Nothing saved yet"), std::string::npos);
    const auto list = cards("more on chip export controls");
    EXPECT_EQ(words("save 2"), "Saved 2.\n");
    EXPECT_EQ(words("save 2"), "2 was saved already.\n");
    const auto saved = cards("saved");
    ASSERT_EQ(saved.size(), 1u);
    EXPECT_EQ(saved[0].insight, list[1].insight);
}

TEST_F(Responding, SetsHourZoneAndCadence) {
    ask("at 7:30 in Berlin");
    EXPECT_EQ(anna().brief_at, 450min);
    EXPECT_EQ(anna().time_zone, "Europe/Berlin");
    ask("weekdays");
    EXPECT_EQ(anna().cadence, Cadence::weekdays);
    EXPECT_NE(words("brief at 25:00").find("not a time of day"), std::string::npos);
    EXPECT_NE(words("in Europe/Atlantis").find("not a time zone"), std::string::npos);
    EXPECT_EQ(anna().brief_at, 450min);
    EXPECT_EQ(anna().time_zone, "Europe/Berlin");
}

TEST_F(Responding, SetsQuietHours) {
    EXPECT_NE(words("quiet 22:00 to 7:00").find("Quiet hours: 22:00 to 07:00."), std::string::npos);
    EXPECT_EQ(anna().quiet, (QuietHours{22h, 7h}));
    EXPECT_NE(words("quiet 25:00 to 7:00").find("not a stretch of the day"), std::string::npos);
    EXPECT_NE(words("quiet hours").find("quiet 22:00 to 7:00"), std::string::npos);
    ask("quiet off");
    EXPECT_EQ(anna().quiet, std::nullopt);
}

TEST_F(Responding, PausesUntilADayAndResumes) {
    EXPECT_EQ(words("pause until Monday"),
              "Your brief comes every day at 08:00 (UTC). Next: Monday, 16 March 2026, after the pause.\n");
    EXPECT_EQ(anna().paused_until, std::chrono::sys_days{std::chrono::year{2026} / 3 / 16});
    EXPECT_NE(words("pause until yesterday").find("not a day"), std::string::npos);
    ask("pause");
    EXPECT_EQ(anna().paused_until, commands::paused_for_good);
    ask("resume");
    EXPECT_LE(anna().paused_until.value(), library.clock.wall_now()) << "what fell into the pause was not missed";
    EXPECT_EQ(words("daily").find("after the pause"), std::string::npos);
}

TEST_F(Responding, ForgetsOnlyWhenToldTwice) {
    ask("follow chips");
    const ReaderId id = anna().id;
    ask("forget me");
    EXPECT_TRUE(library.get(library.store.reader(id)));
    ask("forget me now");
    EXPECT_FALSE(library.get(library.store.reader(id)));
}

TEST_F(Responding, LeavesAddingToTheOperatorWithoutAnAdder) {
    EXPECT_EQ(words("add example.com/feed.xml"),
              "Shows are added by whoever runs this podbrief, with: podbrief feeds add https://example.com/feed.xml\n");
    EXPECT_NE(words("add something nice").find("not the address of a feed"), std::string::npos);
    EXPECT_EQ(words("add silicon ledger"), "Silicon Ledger was here already; you follow it now.\n");
}

class OneFeed final : public FeedAdder {
public:
    explicit OneFeed(PodcastId id) : id_(id) {}
    asio::awaitable<Outcome> add(std::string url) override {
        asked = std::move(url);
        Outcome outcome;
        if (asked.find("good") != std::string::npos) {
            outcome.podcast = id_;
            outcome.created = true;
            outcome.title = "Good Show";
        } else {
            outcome.problem = "It is a web page, not a feed.";
        }
        co_return outcome;
    }
    std::string asked;

private:
    PodcastId id_;
};

TEST_F(Responding, AddsAFeedAndFollowsIt) {
    OneFeed adder(library.show("Good Show"));
    Responder responder(library.store, library.store, library.search, library.composer, library.clock, &adder);
    library.get(responder.answer(anna(), "c", "add https://good.example/feed"));
    EXPECT_EQ(adder.asked, "https://good.example/feed");
    EXPECT_EQ(anna().profile.shows, std::vector<PodcastId>{library.show("Good Show")});
    const Reply failed = library.get(responder.answer(anna(), "c", "add https://bad.example/"));
    EXPECT_EQ(std::get<Paragraph>(failed.blocks.at(0)).text,
              "https://bad.example/ could not be added. It is a web page, not a feed.");
}

TEST_F(Responding, SaysWhenAnInsightWasWithdrawn) {
    const auto list = cards("more on congestion charges");
    ASSERT_EQ(list.size(), 1u);
    library.get(library.store.remove_podcast(library.show("Street Level")));
    EXPECT_NE(words("quote 1").find("withdrawn"), std::string::npos);
}

TEST_F(Responding, BriefOfADayShowsThatDaysBriefAndItsNumbers) {
    const Brief first = library.brief("anna");
    const Reply shown = ask("brief");
    library.clock.advance(24h);
    EXPECT_NE(ask("brief"), shown);
    for (const char* typed : {"brief yesterday", "brief 2026-03-12", "brief of Thursday", "brief 1 day ago"}) {
        EXPECT_EQ(ask(typed), shown) << typed;
    }
    const auto quoted = cards("quote 1");
    ASSERT_EQ(quoted.size(), 1u);
    EXPECT_EQ(quoted.front().insight, first.items.front().insight);
    EXPECT_EQ(ask("brief today"), ask("brief"));
    EXPECT_EQ(ask("brief 2026-03-13"), ask("brief"));
}

TEST_F(Responding, SaysPlainlyWhenADayHasNoBrief) {
    EXPECT_EQ(words("brief 2026-03-03"), "There is no brief of Tuesday, 3 March 2026.\n");
    EXPECT_EQ(ask("brief 2026-03-03").suggestions, (std::vector<std::string>{"brief"}));
    ask("brief");
    EXPECT_EQ(ask("brief yesterday").suggestions, (std::vector<std::string>{"brief 2026-03-12", "brief"}));
    EXPECT_EQ(words("brief 2026-03-12#2"), "There is no brief of Thursday, 12 March 2026, second edition.\n");
    EXPECT_EQ(words("brief 2026-03-14"), "There is no brief of Saturday, 14 March 2026 yet: that day is to come.\n");
    EXPECT_EQ(words("brief 2026-02-30"),
              "I do not know the day 2026-02-30. Say it like: brief 2026-03-12, or brief yesterday.\n");
}

TEST_F(Responding, EverySuggestionIsACommandThatWorks) {
    for (const char* text : {"hello",
                             "help",
                             "brief",
                             "more on chip export controls",
                             "more on 1",
                             "why 1",
                             "quote 1",
                             "disagreement on chip export controls",
                             "against 1",
                             "topics",
                             "shows",
                             "settings",
                             "zeppelins",
                             "like 1",
                             "less 2",
                             "follow chips",
                             "mute gossip",
                             "weigh chips 2",
                             "weigh chips",
                             "weigh chips -1",
                             "saved",
                             "pause",
                             "resume",
                             "at 99:00",
                             "in Europe/Nowhere",
                             "pause until never",
                             "export",
                             "thanks",
                             "like chips",
                             "",
                             "why 77"}) {
        const Reply reply = ask(text);
        EXPECT_FALSE(reply.blocks.empty()) << text;
        EXPECT_LE(reply.suggestions.size(), 4u) << text;
        for (const std::string& suggestion : reply.suggestions) {
            const commands::Command command = commands::parse_command(suggestion);
            EXPECT_FALSE(command.bare) << suggestion << " after " << text;
            EXPECT_NE(command.verb, commands::Verb::unknown) << suggestion << " after " << text;
        }
    }
}

}  // namespace
}  // namespace podbrief::services
