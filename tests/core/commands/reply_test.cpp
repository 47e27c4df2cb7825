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
    EXPECT_EQ(parts.back(), "3 independent sources");
}

TEST(SourceReply, NamesEveryOtherSourceAndLetsEachBeOpened) {
    InsightDetail head = detail(1);
    head.independent_sources = 3;
    std::vector<InsightDetail> echoes = {detail(2), detail(3)};
    echoes[0].show = "Trade Winds";
    echoes[0].enclosure_url = "https://cdn.example/2.mp3";
    echoes[1].show = "Supply Lines";
    echoes[1].enclosure_url.clear();
    const Reply reply = quote_reply(3, head, echoes);
    std::vector<std::string> rows;
    std::vector<std::string> links;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* table = std::get_if<Table>(&block)) {
            for (const auto& row : table->rows) rows.push_back(row.label + ": " + row.value);
        }
        if (const auto* choices = std::get_if<Choices>(&block)) {
            for (const Choice& choice : choices->choices) links.push_back(choice.label + " " + choice.link);
        }
    }
    EXPECT_EQ(rows, (std::vector<std::string>{"Trade Winds: Zoe Baker, Controls at work, 12:34, 3 Mar 2026",
                                              "Supply Lines: Zoe Baker, Controls at work, 12:34, 3 Mar 2026"}));
    EXPECT_EQ(links, std::vector<std::string>{"Open Trade Winds https://cdn.example/2.mp3#t=754"});
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
        {{1, .5, .5, "chips", false, false, {}}, "you follow chips"},
        {{1, .5, .5, "chips", false, true, {}}, "you follow chips; more sources since you saw it"},
        {{0, .5, .5, "", true, false, {}}, "from outside what you follow, for balance"},
        {{1, .5, .5, "", false, true, {}}, "more sources since you saw it"},
        {{1, .5, .5, "", false, false, {}}, ""},
        {{1, .5, .5, "what you liked", false, false, {}}, "close to what you liked"},
        {{1, .5, .5, "chips", false, false, {}, 2}, "you follow chips"},
        {{1, .5, .5, "chips", false, false, {}, 0.25}, "you lean to chips"},
        {{1, .5, .5, "chips", false, false, "Zoe Baker in Chip Talk"},
         "you follow chips; disputed since by Zoe Baker in Chip Talk"},
        {{1, .5, .5, "", false, false, "Zoe Baker in Chip Talk"},
         "you had it before; disputed since by Zoe Baker in Chip Talk"},
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
    EXPECT_EQ(paragraphs(topic_reply(page)), "No opposing view found in the library so far.\n");
    page.disputes = true;
    EXPECT_EQ(paragraphs(topic_reply(page)), "");
    page.supports = false;
    EXPECT_EQ(paragraphs(topic_reply(page)), "Nothing found in favour of it in the library so far.\n");
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
    EXPECT_NE(paragraphs(against_only).find("Only one side of it was found: nothing clearly in favour so far."),
              std::string::npos);
    const Reply favour_only = disagreement_reply(page_of({{detail(1), Relation::supports}}), page_of({}));
    EXPECT_NE(paragraphs(favour_only).find("Only one side of it was found: nothing clearly against it so far."),
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

BriefItem chosen_for_chips() {
    BriefItem item;
    item.reason.interest = 1.5;
    item.reason.quality = 0.7;
    item.reason.freshness = 0.5;
    item.reason.matched = "chips";
    item.reason.weight = 1.25;
    item.score = 0.71;
    return item;
}

const Table& table_of(const Reply& reply) {
    return std::get<Table>(reply.blocks.back());
}

TEST(Why, ListsTheNumbersAndHowToChangeThem) {
    BriefItem item = chosen_for_chips();
    item.reason.liked = 0.3;
    item.reason.against = 0.05;
    item.reason.fairness = 1.2;
    const Reply reply = why_reply(2, detail(1), &item, "", day + 96h);
    const Table& table = table_of(reply);
    EXPECT_EQ(table.rows.at(0).value,
              "1.50: you follow chips, weight 1.25; your likes add 0.30; what you wanted less of takes 0.05");
    EXPECT_EQ(table.rows.at(2).value, "0.50, published 4 days ago");
    EXPECT_EQ(table.rows.at(3).value,
              "0.71 = (0.20 + 1.50) x 0.70 x 0.50 x 1.20, from interest, quality and freshness; 1.20 as its show comes "
              "seldom");
    EXPECT_EQ(table.rows.at(4).label, "Change it");
    EXPECT_EQ(table.rows.at(4).value, "weigh chips 2; like 2; less 2; mute chips");
    EXPECT_EQ(reply.suggestions, (std::vector<std::string>{"like 2", "less 2", "weigh chips 2", "mute chips"}));
}

TEST(Why, SaysOfAWeightBelowOneThatTheReaderLeansToIt) {
    BriefItem item = chosen_for_chips();
    item.reason.weight = 0.25;
    EXPECT_EQ(table_of(why_reply(2, detail(1), &item, "", day)).rows.at(0).value,
              "1.50: you lean to chips, weight 0.25");
}

TEST(Why, NamesNoWeightForShowsAndPeople) {
    BriefItem item = chosen_for_chips();
    item.reason.weight = 0;
    const Reply reply = why_reply(2, detail(1), &item, "", day);
    EXPECT_EQ(table_of(reply).rows.at(0).value, "1.50: you follow chips");
    EXPECT_EQ(reply.suggestions.at(2), "unfollow chips");
}

TEST(Why, TellsWhoDisputesAnIdeaSince) {
    BriefItem item = chosen_for_chips();
    item.reason.disputed_by = "Zoe Baker in Chip Talk";
    const Reply reply = why_reply(2, detail(1), &item, "", day);
    const Table::Row& row = table_of(reply).rows.at(4);
    EXPECT_EQ(row.label, "Now disputed");
    EXPECT_EQ(row.value, "you had this idea before; disputed since by Zoe Baker in Chip Talk, see against 2");
    const Reply all = why_all_reply({{2, "A claim.", item.reason}});
    EXPECT_NE(std::get<Table>(all.blocks.at(1)).rows.at(0).value.find("; disputed since by Zoe Baker in Chip Talk"),
              std::string::npos);
}

TEST(Labels, SayThatAnIdeaIsNowDisputed) {
    InsightCard card = card_of(detail(1), 1);
    EXPECT_TRUE(labels(card).empty());
    card.now_disputed = true;
    EXPECT_EQ(labels(card), std::vector<std::string>{"Now disputed"});
    Reply reply;
    reply.blocks.emplace_back(card);
    EXPECT_EQ(nlohmann::json::parse(to_json(reply))["blocks"][0]["now_disputed"], true);
}

TEST(Export, IsMadeOfCommandsThatMakeTheSameProfile) {
    Reader reader;
    reader.name = "anna";
    reader.time_zone = "Europe/Berlin";
    reader.brief_at = 450min;
    reader.cadence = Cadence::weekdays;
    reader.profile.topics = {{"chips", 1}, {"gossip", -1}, {"tea", 1.5}};
    reader.profile.learnt = {{"chips", {0.5, day}}};
    reader.profile.shows = {PodcastId{1}};
    reader.profile.persons = {"Zoe Baker"};
    reader.profile.muted_topics = {"crypto"};
    const Reply reply = export_reply(reader, {{PodcastId{1}, "Chip Talk", ""}}, {}, day + 24h * 30);
    EXPECT_EQ(std::get<Paragraph>(reply.blocks.at(2)).text,
              "at 07:30\nin Europe/Berlin\nweekdays\nfollow topic chips\nweigh gossip -1.00\nweigh tea 1.50\nfollow "
              "show Chip Talk\nfollow person Zoe Baker\nmute topic crypto");
    const Table& learnt = std::get<Table>(reply.blocks.at(3));
    EXPECT_EQ(learnt.rows, (std::vector<Table::Row>{{"chips", "+0.25, learnt from what you liked"}}));
}

TEST(Topics, ShowWhatEachWeighs) {
    Profile profile;
    profile.topics = {{"chips", 1}, {"gossip", -1}};
    profile.learnt = {{"chips", {0.5, day}}, {"tea", {0.25, day}}, {"faint", {0.01, day}}};
    profile.muted_topics = {"crypto"};
    const Reply reply = topics_reply(profile, day);
    EXPECT_EQ(std::get<Table>(reply.blocks.at(1)).rows,
              (std::vector<Table::Row>{{"chips", "followed, weight 1.50, +0.50 of it learnt"},
                                       {"tea", "learnt, weight 0.25"},
                                       {"gossip", "pushed down, weight -1.00"},
                                       {"crypto", "muted"}}));
    EXPECT_EQ(reply.suggestions.at(1), "weigh chips 2");

    const Reply written = topics_reply(profile, day, [](const std::string& topic) { return "the " + topic; });
    EXPECT_EQ(std::get<Table>(written.blocks.at(1)).rows.at(0).label, "the chips");
    EXPECT_EQ(std::get<Table>(written.blocks.at(1)).rows.at(3).label, "the crypto");
    EXPECT_EQ(written.suggestions.at(1), "weigh the chips 2");
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
    EXPECT_NE(paragraphs(export_reply(reader, {}, {}, day)).find("quiet 22:00 to 07:00"), std::string::npos);
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
