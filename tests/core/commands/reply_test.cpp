#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_json.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {
namespace {

using namespace std::chrono_literals;

const WallTime day = std::chrono::sys_days{std::chrono::year{2026} / 3 / 3};

InsightDetail detail(std::int64_t id) {
    InsightDetail detail;
    detail.insight.id = InsightId{id};
    detail.insight.podcast = PodcastId{id};
    detail.insight.text = "Claim " + std::to_string(id) + ".";
    detail.insight.quote = "what was said";
    detail.insight.speaker = "Zoe Baker";
    detail.insight.start = 754s;
    detail.insight.topics = {"chips"};
    detail.insight.published_at = day;
    detail.show = "Chip Talk";
    detail.episode_title = "Controls at work";
    detail.enclosure_url = "https://cdn.example/1.mp3";
    detail.timed = true;
    return detail;
}

std::vector<InsightCard> cards(const Reply& reply) {
    std::vector<InsightCard> cards;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) cards.push_back(*card);
    }
    return cards;
}

std::string paragraphs(const Reply& reply) {
    std::string text;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* one = std::get_if<Paragraph>(&block)) text += one->text + "\n";
    }
    return text;
}

ListPage page_of(std::vector<ListItem> items) {
    ListPage page;
    page.subject = "chips";
    page.items = std::move(items);
    return page;
}

TEST(Card, TellsWhoSaidItWhereAndWhen) {
    const InsightCard card = card_of(detail(1), 3);
    EXPECT_EQ(card.number, 3);
    EXPECT_EQ(card.link, "https://cdn.example/1.mp3#t=754");
    EXPECT_FALSE(card.time_is_approximate);
    EXPECT_EQ(card.quote, "") << "shown only where asked for";
    EXPECT_EQ(source_parts(card),
              (std::vector<std::string>{"Zoe Baker", "Chip Talk", "Controls at work", "12:34", "3 Mar 2026"}));
}

TEST(Card, SaysWhenTheMomentIsAGuessOrThereIsNone) {
    InsightDetail guessed = detail(1);
    guessed.timed = false;
    EXPECT_EQ(moment(card_of(guessed, 1)), "about 12:34");
    guessed.insight.origin = InsightOrigin::show_notes;
    const InsightCard card = card_of(guessed, 1);
    EXPECT_FALSE(card.time_is_approximate);
    EXPECT_EQ(moment(card), "");
    EXPECT_EQ(source_parts(card).back(), "from the show notes, not from what was said");
}

TEST(Card, KeepsSaidArguedAllegedAndInferredApart) {
    InsightCard card;
    EXPECT_EQ(attribution(card), "");
    card.speaker = "Zoe Baker";
    EXPECT_EQ(attribution(card), "Zoe Baker");
    card.modality = Modality::argued;
    EXPECT_EQ(attribution(card), "argued by Zoe Baker");
    card.modality = Modality::alleged;
    EXPECT_EQ(attribution(card), "alleged by Zoe Baker");
    card.modality = Modality::inferred;
    EXPECT_EQ(attribution(card), "inferred from what Zoe Baker says");
}

TEST(Card, CountsIndependentSources) {
    InsightDetail echoed = detail(1);
    echoed.independent_sources = 3;
    const auto parts = source_parts(card_of(echoed, 1));
    EXPECT_EQ(parts.back(), "in 3 shows");
}

TEST(BriefReply, KeepsTheNumbersOfWhatWasWithdrawn) {
    Brief brief;
    brief.local_date = "2026-03-12";
    brief.composed_at = day;
    for (int id = 1; id <= 3; ++id) brief.items.push_back({InsightId{id}, {}, 0, {}, 1});
    const auto shown = cards(brief_reply(brief, {detail(3), detail(1)}, Reader{}));
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_EQ(shown[0].number, 1);
    EXPECT_EQ(shown[1].number, 3);
}

TEST(BriefReply, SaysWhyEachWasChosen) {
    Brief brief;
    brief.local_date = "2026-03-12#2";
    const struct {
        Reason reason;
        const char* why;
    } cases[] = {
        {{1, .5, .5, "chips", false, false}, "you follow chips"},
        {{1, .5, .5, "chips", false, true}, "you follow chips; more sources since you saw it"},
        {{0, .5, .5, "", true, false}, "from outside what you follow, for balance"},
        {{1, .5, .5, "", false, true}, "more sources since you saw it"},
        {{1, .5, .5, "", false, false}, ""},
        {{1, .5, .5, "what you liked", false, false}, "close to what you liked"},
    };
    for (const auto& c : cases) {
        brief.items = {{InsightId{1}, {}, 0, c.reason, 1}};
        EXPECT_EQ(cards(brief_reply(brief, {detail(1)}, Reader{})).at(0).why, c.why);
    }
    const Reply reply = brief_reply(brief, {detail(1)}, Reader{});
    EXPECT_EQ(std::get<Heading>(reply.blocks.front()).text, "Your brief for Thursday, 12 March 2026, second edition");
}

TEST(TopicReply, SaysPlainlyWhichSideIsMissing) {
    ListPage page = page_of({{detail(1), Relation::supports}});
    page.supports = true;
    EXPECT_EQ(paragraphs(topic_reply(page)), "No opposing view in the library so far.\n");
    page.disputes = true;
    EXPECT_EQ(paragraphs(topic_reply(page)), "");
    page.supports = false;
    EXPECT_EQ(paragraphs(topic_reply(page)), "Nothing in favour of it in the library so far.\n");
    page.disputes = false;
    EXPECT_EQ(paragraphs(topic_reply(page)), "No opposing view either: none of these takes a clear side.\n");
}

TEST(TopicReply, SaysWhenShowNotesWereTheOnlySource) {
    ListItem notes{detail(1), {}};
    notes.detail.insight.origin = InsightOrigin::show_notes;
    ListPage page = page_of({notes});
    EXPECT_NE(paragraphs(topic_reply(page)).find("All of this is from show notes"), std::string::npos);
    page.items.push_back({detail(2), {}});
    EXPECT_EQ(paragraphs(topic_reply(page)).find("show notes"), std::string::npos);
}

TEST(TopicReply, SuggestsAtMostFourThingsThatWork) {
    ListPage page = page_of({{detail(1), Relation::supports}, {detail(2), Relation::disputes}});
    page.supports = page.disputes = true;
    page.left = 3;
    EXPECT_EQ(topic_reply(page).suggestions,
              (std::vector<std::string>{"more", "disagreement on chips", "against 1", "more on 1"}));
    page.left = 0;
    page.supports = false;
    EXPECT_EQ(topic_reply(page).suggestions, (std::vector<std::string>{"more on 1", "quote 1", "follow chips"}));
}

TEST(NothingFound, OffersToWatchTheTopicAndNamesTheCommandThatWasMeant) {
    NothingFound what;
    what.topic = "grief";
    what.did_you_mean = "brief";
    const Reply reply = nothing_found(what);
    EXPECT_EQ(paragraphs(reply),
              "Nothing on grief in the library so far.\nDid you mean brief?\n"
              "Say watch grief, and your brief will begin with it when it comes up.\n");
    EXPECT_EQ(reply.suggestions, (std::vector<std::string>{"brief", "watch grief", "topics"}));
    what.followed = true;
    EXPECT_EQ(nothing_found(what).suggestions, (std::vector<std::string>{"brief", "topics"}));
    what.library_is_empty = true;
    EXPECT_NE(paragraphs(nothing_found(what)).find("no episode has been read"), std::string::npos);
}

TEST(Disagreement, CountsEchoesAsOneSource) {
    ListPage favour = page_of({{detail(1), Relation::supports}, {detail(2), Relation::supports}});
    favour.items[1].detail.insight.podcast = PodcastId{1};  // the same show
    ListPage against = page_of({{detail(3), Relation::disputes}});
    against.items[0].detail.independent_sources = 3;
    against.first_number = 3;
    const Reply reply = disagreement_reply(favour, against);
    EXPECT_EQ(std::get<Heading>(reply.blocks.at(1)).text, "In favour: two insights from one source");
    EXPECT_EQ(std::get<Heading>(reply.blocks.at(4)).text, "Against: one insight from three independent sources");
    EXPECT_EQ(cards(reply).back().number, 3);
}

TEST(Disagreement, CountsAGuestOnTwoShowsAndTwoGuestsOfOneShowAsOneSource) {
    ListPage favour = page_of({{detail(1), {}}, {detail(2), {}}, {detail(3), {}}, {detail(4), {}}});
    favour.items[1].detail.insight.speaker = "ZOE BAKER";  // of 1, on another show
    favour.items[2].detail.insight.speaker = "Ann Other";
    favour.items[2].detail.insight.podcast = PodcastId{2};  // the show of 2
    favour.items[3].detail.insight.speaker = "Cy Third";
    const Reply reply = disagreement_reply(favour, page_of({}));
    EXPECT_EQ(std::get<Heading>(reply.blocks.at(1)).text, "In favour: four insights from two independent sources");
}

TEST(Disagreement, SaysPlainlyThatThereIsOneSideOnly) {
    const Reply against_only = disagreement_reply(page_of({}), page_of({{detail(1), Relation::disputes}}));
    EXPECT_NE(paragraphs(against_only).find("Only one side of it is in the library: nobody speaks in favour so far."),
              std::string::npos);
    const Reply favour_only = disagreement_reply(page_of({{detail(1), Relation::supports}}), page_of({}));
    EXPECT_NE(paragraphs(favour_only).find("Only one side of it is in the library: no opposing view so far."),
              std::string::npos);
    EXPECT_EQ(favour_only.suggestions,
              (std::vector<std::string>{"quote 1", "more on 1", "more on chips", "follow chips"}));
}

TEST(TopicReply, TellsWhatWasLookedUpFromWhatWasChosen) {
    ListPage page = page_of({{detail(1), {}}, {detail(2), {}}});
    page.items[1].detail.insight.origin = InsightOrigin::asked;
    EXPECT_NE(paragraphs(topic_reply(page)).find("those marked From the transcripts were looked up there"),
              std::string::npos);
    EXPECT_EQ(labels(cards(topic_reply(page)).at(1)), std::vector<std::string>{"From the transcripts"});
    EXPECT_TRUE(labels(cards(topic_reply(page)).at(0)).empty());
    page.items.erase(page.items.begin());
    EXPECT_NE(paragraphs(topic_reply(page)).find("No insight was on this before somebody asked"), std::string::npos);
}

TEST(Why, ListsTheNumbersAndHowToChangeThem) {
    BriefItem item;
    item.reason = {1.5, 0.7, 0.5, "chips", false, false};
    item.score = 0.6;
    const Reply reply = why_reply(2, detail(1), &item, "", day + 96h);
    const Table& table = std::get<Table>(reply.blocks.back());
    EXPECT_EQ(table.rows.at(0).value, "1.50, you follow chips");
    EXPECT_EQ(table.rows.at(2).value, "0.50, published 4 days ago");
    EXPECT_EQ(reply.suggestions, (std::vector<std::string>{"like 2", "less 2", "unfollow chips", "mute chips"}));
}

TEST(Export, IsMadeOfCommandsThatMakeTheSameProfile) {
    Reader reader;
    reader.name = "anna";
    reader.time_zone = "Europe/Berlin";
    reader.brief_at = 450min;
    reader.cadence = Cadence::weekdays;
    reader.profile.topics = {{"chips", 1.5}, {"gossip", -1}};
    reader.profile.shows = {PodcastId{1}};
    reader.profile.persons = {"Zoe Baker"};
    reader.profile.muted_topics = {"crypto"};
    const Reply reply = export_reply(reader, {{PodcastId{1}, "Chip Talk", ""}}, {});
    EXPECT_EQ(
        std::get<Paragraph>(reply.blocks.at(2)).text,
        "at 07:30\nin Europe/Berlin\nweekdays\nfollow topic chips\nfollow show Chip Talk\nfollow person Zoe Baker\n"
        "mute topic crypto");
}

TEST(Settings, SayWhenAPauseEnds) {
    Reader reader;
    reader.name = "anna";
    reader.paused_until = paused_for_good;
    EXPECT_NE(paragraphs(schedule_reply(reader, day)).find("until you say resume"), std::string::npos);
    reader.paused_until = day;
    EXPECT_EQ(paragraphs(schedule_reply(reader, day + 8h)),
              "Your brief comes every day at 08:00 (UTC). Next: Tuesday, 3 March 2026, after the pause.\n");
}

TEST(Settings, SayWhatQuietHoursDo) {
    Reader reader;
    reader.name = "anna";
    reader.quiet = QuietHours{22h, 7h};
    EXPECT_NE(paragraphs(schedule_reply(reader, day)).find("Quiet hours: 22:00 to 07:00.\n"), std::string::npos);
    reader.brief_at = 23h;
    EXPECT_NE(paragraphs(schedule_reply(reader, day)).find("22:00 to 07:00; your brief waits until they end."),
              std::string::npos);
    const Reply settings = settings_reply(reader, {}, day);
    const auto& rows = std::get<Table>(settings.blocks.at(1)).rows;
    EXPECT_EQ(rows.at(2).label, "Quiet hours");
    EXPECT_NE(paragraphs(export_reply(reader, {}, {})).find("quiet 22:00 to 07:00"), std::string::npos);
}

TEST(Wording, JoinsAndCounts) {
    EXPECT_EQ(listed({}), "");
    EXPECT_EQ(listed({"a"}), "a");
    EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
    EXPECT_EQ(counted(1, "insight", "insights"), "one insight");
    EXPECT_EQ(counted(12, "insight", "insights"), "12 insights");
}

TEST(Json, HoldsAllThatIsKnownOfACard) {
    Reply reply;
    reply.blocks = {Heading{"On chips"}, Paragraph{"p"}, Table{{{"a", "b"}}}, card_of(detail(1), 1)};
    std::get<InsightCard>(reply.blocks[3]).relation = Relation::disputes;
    reply.suggestions = {"more"};
    const auto json = nlohmann::json::parse(to_json(reply));
    EXPECT_EQ(json["blocks"][0]["text"], "On chips");
    EXPECT_EQ(json["blocks"][2]["rows"][0]["value"], "b");
    const auto& card = json["blocks"][3];
    EXPECT_EQ(card["type"], "insight");
    EXPECT_EQ(card["relation"], "disputes");
    EXPECT_EQ(card["start_ms"], 754000);
    EXPECT_EQ(card["published_at_ms"], to_ms(day));
    EXPECT_EQ(card["link"], "https://cdn.example/1.mp3#t=754");
    EXPECT_EQ(json["suggestions"], nlohmann::json::array({"more"}));
}

TEST(Json, IsValidWhateverTheTextHolds) {
    Reply reply;
    reply.blocks = {Paragraph{"\xff\x1b\"\\\n"}};
    EXPECT_TRUE(nlohmann::json::accept(to_json(reply)));
}

}  // namespace
}  // namespace podbrief::commands
