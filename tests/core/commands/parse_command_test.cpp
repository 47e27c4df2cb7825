#include <gtest/gtest.h>

#include <random>

#include "core/commands/command.hpp"

namespace podbrief::commands {

void PrintTo(const Command& command, std::ostream* out) {
    *out << "{" << static_cast<int>(command.verb) << " as '" << to_text(command) << "' text '" << command.text
         << "' number " << command.number << " bare " << command.bare << " suggestion '" << command.suggestion << "'}";
}

namespace {

struct Case {
    const char* typed;
    Verb verb;
    const char* text = "";
    int number = 0;
    Target target = Target::any;
};

void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        SCOPED_TRACE(c.typed);
        const Command command = parse_command(c.typed);
        EXPECT_EQ(command.verb, c.verb) << ::testing::PrintToString(command);
        EXPECT_EQ(command.text, c.text);
        EXPECT_EQ(command.number, c.number);
        EXPECT_EQ(command.target, c.target);
    }
}

TEST(Commands, AboutChatsAreRead) {
    check({
        {"link", Verb::link},
        {"link abcde-fgh23", Verb::link, "abcdefgh23"},
        {"link ABCDE-FGHIJ", Verb::link, "abcdefghij"},
        {"Link abcdefgh23", Verb::link, "abcdefgh23"},
        {"link my accounts", Verb::link},
        {"link podcasting", Verb::more_topic, "link podcasting"},  // ten letters, and no code
        {"link between sleep and health", Verb::more_topic, "link between sleep and health"},
        {"primary", Verb::brief_here},
        {"brief here", Verb::brief_here},
        {"please brief here", Verb::brief_here},
        {"stop here", Verb::stop_here},
        {"stop", Verb::pause},
        {"places", Verb::places},
        {"my places", Verb::places},
        {"page", Verb::page},
        {"show me my private page please", Verb::page},
        {"page new", Verb::page, "new"},
        {"page off", Verb::page, "off"},
        {"next page", Verb::more},
        {"page turners", Verb::more_topic, "page turners"},
        {"/start", Verb::start},
        {"start", Verb::start},
        {"/start i_1a2b", Verb::start, "i_1a2b"},
        {"/start t_chip-export-controls", Verb::start, "t_chip-export-controls"},
        {"/start l_abcdefghij", Verb::link, "abcdefghij"},
        {"start up funding", Verb::more_topic, "start up funding"},
        {"start again", Verb::resume},
        {"why these", Verb::why_all},
    });
}

TEST(Commands, AreWhatButtonsAskFor) {
    Action action;
    action.insight = InsightId{46};
    const struct {
        Action::Kind kind;
        Verb verb;
    } about_one[] = {{Action::Kind::more, Verb::more_number},
                     {Action::Kind::against, Verb::against},
                     {Action::Kind::source, Verb::quote},
                     {Action::Kind::why, Verb::why}};
    for (const auto& c : about_one) {
        action.kind = c.kind;
        const auto command = command_of(action);
        ASSERT_TRUE(command);
        EXPECT_EQ(command->verb, c.verb);
        EXPECT_EQ(command->insight, InsightId{46});
    }
    for (const auto kind : {Action::Kind::like, Action::Kind::less, Action::Kind::save, Action::Kind::mute}) {
        action.kind = kind;
        EXPECT_FALSE(command_of(action)) << "it changes what it shows";
    }
    Action next;
    next.kind = Action::Kind::next;
    next.list = 4;
    EXPECT_EQ(command_of(next)->verb, Verb::more);
    EXPECT_EQ(command_of(next)->list, 4);
    Action typed;
    typed.kind = Action::Kind::say;
    typed.text = "more on chips";
    EXPECT_EQ(command_of(typed), parse_command("more on chips"));
    Action whole;
    whole.kind = Action::Kind::why;
    EXPECT_EQ(command_of(whole)->verb, Verb::why_all);
}

TEST(Commands, OfTheGrammarAreRead) {
    check({
        {"brief", Verb::brief},
        {"more on chip export controls", Verb::more_topic, "chip export controls"},
        {"more on 3", Verb::more_number, "", 3},
        {"more 3", Verb::more_number, "", 3},
        {"3", Verb::more_number, "", 3},
        {"#3", Verb::more_number, "", 3},
        {"more", Verb::more},
        {"next", Verb::more},
        {"against 3", Verb::against, "", 3},
        {"other side", Verb::against},
        {"and against?", Verb::against},
        {"against 3 ?", Verb::against, "", 3},
        {"the other side of 2", Verb::against, "", 2},
        {"against export controls", Verb::disagreement, "export controls"},
        {"disagreement on AI regulation", Verb::disagreement, "AI regulation"},
        {"disagreement", Verb::disagreement},
        {"disagreement on 2", Verb::against, "", 2},
        {"why 3", Verb::why, "", 3},
        {"why", Verb::why},
        {"quote 3", Verb::quote, "", 3},
        {"source 3", Verb::quote, "", 3},
        {"like 3", Verb::like, "", 3},
        {"less 3", Verb::less, "", 3},
        {"save 3", Verb::save, "", 3},
        {"report 3", Verb::report, "", 3},
        {"report 3 the name is wrong", Verb::report, "the name is wrong", 3},
        {"saved", Verb::saved},
        {"mute crypto", Verb::mute, "crypto"},
        {"mute show The Daily Grind", Verb::mute, "The Daily Grind", 0, Target::show},
        {"mute 3", Verb::mute, "", 3},
        {"follow chip export controls", Verb::follow, "chip export controls"},
        {"follow person Zoë Baker", Verb::follow, "Zoë Baker", 0, Target::person},
        {"follow the topic chips", Verb::follow, "chips", 0, Target::topic},
        {"unfollow chips", Verb::unfollow, "chips"},
        {"unmute chips", Verb::unfollow, "chips"},
        {"watch chip export controls", Verb::watch, "chip export controls"},
        {"keep an eye on chips", Verb::watch, "chips"},
        {"watch 3", Verb::watch, "", 3},
        {"unwatch chips", Verb::unwatch, "chips"},
        {"stop watching chips", Verb::unwatch, "chips"},
        {"what did Zoë Baker say about chips", Verb::more_topic, "what did Zoë Baker say about chips"},
        {"more on chips from last week", Verb::more_topic, "chips from last week"},
        {"topics", Verb::topics},
        {"shows", Verb::shows},
        {"add https://example.com/feed.xml", Verb::add, "https://example.com/feed.xml"},
        {"at 8:00", Verb::set_time, "8:00"},
        {"at 8pm", Verb::set_time, "8pm"},
        {"at 8:00 in Berlin", Verb::set_time, "8:00 in Berlin"},
        {"brief at 25:00", Verb::set_time, "25:00"},
        {"brief 2026-03-03", Verb::brief, "2026-03-03"},
        {"brief 2026-03-03#2", Verb::brief, "2026-03-03#2"},
        {"brief 2026-02-30", Verb::brief, "2026-02-30"},
        {"brief yesterday", Verb::brief, "yesterday"},
        {"yesterday's brief", Verb::brief, "yesterday"},
        {"show me the brief of last monday", Verb::brief, "last monday"},
        {"my brief from 3 March", Verb::brief, "3 March"},
        {"brief for today", Verb::brief, ""},
        {"in Europe/Berlin", Verb::set_zone, "Europe/Berlin"},
        {"in new york", Verb::set_zone, "new york"},
        {"in Europe/Atlantis", Verb::set_zone, "Europe/Atlantis"},
        {"timezone berlin", Verb::set_zone, "berlin"},
        {"weekdays", Verb::set_cadence, "weekdays"},
        {"every day", Verb::set_cadence, "daily"},
        {"twice a day", Verb::set_cadence, "twice a day"},
        {"quiet 22:00 to 7:00", Verb::set_quiet, "22:00 to 7:00"},
        {"quiet hours from 10pm until 7am", Verb::set_quiet, "10pm until 7am"},
        {"quiet 22:00-07:00", Verb::set_quiet, "22:00-07:00"},
        {"quiet 25:00", Verb::set_quiet, "25:00"},
        {"quiet off", Verb::set_quiet, "off"},
        {"no quiet hours", Verb::set_quiet, "off"},
        {"pause", Verb::pause},
        {"pause until 12 March", Verb::pause, "12 March"},
        {"pause for 2 weeks", Verb::pause, "2 weeks"},
        {"stop", Verb::pause},
        {"resume", Verb::resume},
        {"settings", Verb::settings},
        {"export", Verb::export_profile},
        {"forget me", Verb::forget},
        {"forget me now", Verb::forget_now},
        {"help", Verb::help},
        {"?", Verb::help},
        {"hello", Verb::hello},
        {"/start", Verb::start},
        {"thanks!", Verb::thanks},
    });
}

TEST(Commands, KeepQuotationMarksOfWhatMustBeSaidSo) {
    check({
        {"more on \"chip export controls\"", Verb::more_topic, "\"chip export controls\""},
        {"More on \"open source\" licences?", Verb::more_topic, "\"open source\" licences"},
        {"more on the cost of \u201copen source\u201d, please.", Verb::more_topic,
         "the cost of \u201copen source\u201d"},
        {"disagreement on \"open source\"", Verb::disagreement, "\"open source\""},
        {"more on 19\" racks", Verb::more_topic, "19\" racks"},
        {"more on \"19 inch racks", Verb::more_topic, "19 inch racks"},
    });
}

TEST(Commands, AreReadWhateverTheCasePunctuationAndPoliteness) {
    check({
        {"  MORE   ON   Chips!  ", Verb::more_topic, "Chips"},
        {"Could you please tell me more about chips?", Verb::more_topic, "chips"},
        {"please show me the brief", Verb::brief},
        {"hi, my brief please", Verb::brief},
        {"follow \"chip export controls\"", Verb::follow, "chip export controls"},
        {"more on \u201cchips\u201d", Verb::more_topic, "chips"},
        {"what about the other side?", Verb::more_topic, "the other side"},
        {"ok, why 2?", Verb::why, "", 2},
        {"@podbrief more on chips", Verb::more_topic, "chips"},
        {"podbrief, brief", Verb::brief},
        {"/more_on chips", Verb::more_topic, "chips"},
        {"/brief@podbrief_bot", Verb::brief},
        {"/more@podbrief_bot on chips", Verb::more_topic, "chips"},
        {"thank you", Verb::thanks},
        {"more please", Verb::more},
        {"show me my saved insights, thanks", Verb::saved},
    });
}

TEST(Commands, TakeNumbersInManyForms) {
    check({
        {"more on three", Verb::more_number, "", 3},
        {"more on the third one", Verb::more_number, "", 3},
        {"more on #3", Verb::more_number, "", 3},
        {"more on number 3", Verb::more_number, "", 3},
        {"more like 2", Verb::more_number, "", 2},
        {"quote no. 3", Verb::quote, "", 3},
        {"like the first", Verb::like, "", 1},
        {"why 3rd", Verb::why, "", 3},
        {"save twenty", Verb::save, "", 20},
        {"the second one", Verb::more_number, "", 2},
        {"number 4", Verb::more_number, "", 4},
        {"more on this", Verb::more_number},
        {"more on 5G", Verb::more_topic, "5G"},
        {"more on 2024", Verb::more_topic, "2024"},
        {"more on 3 body problem", Verb::more_topic, "3 body problem"},
        {"more on 0", Verb::more_topic, "0"},
    });
}

TEST(Commands, ForgiveSlipsOfTheFingersInTheVerb) {
    check({
        {"mroe on chips", Verb::more_topic, "chips"},
        {"mor on chips", Verb::more_topic, "chips"},
        {"moer about chips", Verb::more_topic, "chips"},
        {"mroe", Verb::more},
        {"breif", Verb::brief},
        {"brif", Verb::brief},
        {"agianst 3", Verb::against, "", 3},
        {"wjy 2", Verb::why, "", 2},
        {"qoute 3", Verb::quote, "", 3},
        {"lke 3", Verb::like, "", 3},
        {"sve 3", Verb::save, "", 3},
        {"disagrement on chips", Verb::disagreement, "chips"},
        {"folow chips", Verb::follow, "chips"},
        {"unfolow chips", Verb::unfollow, "chips"},
        {"setings", Verb::settings},
        {"hlep", Verb::help},
        {"topcis", Verb::topics},
        {"can you shwo me more on chips", Verb::more_topic, "can you shwo me more on chips"},
    });
}

TEST(Commands, AreNotSeenInTopicsThatOnlyResembleThem) {
    for (const char* topic : {"grief",
                              "moore",
                              "ore",
                              "fellow travellers",
                              "hollow earth",
                              "chips",
                              "shoes",
                              "cause of war",
                              "in vitro fertilisation",
                              "at the edge of physics",
                              "why chips are scarce",
                              "quote tweets",
                              "save the whales",
                              "report on chips",
                              "stop motion films",
                              "next generation sequencing",
                              "hello fresh",
                              "saved by the bell",
                              "start ups",
                              "export controls",
                              "brief history of time",
                              "no one",
                              "pausing"}) {
        SCOPED_TRACE(topic);
        const Command command = parse_command(topic);
        EXPECT_EQ(command.verb, Verb::more_topic) << ::testing::PrintToString(command);
        EXPECT_EQ(command.text, topic);
        EXPECT_TRUE(command.bare);
    }
}

TEST(Commands, KeepANearMissAsASuggestion) {
    EXPECT_EQ(parse_command("grief").suggestion, "brief");
    EXPECT_EQ(parse_command("semiconductors").suggestion, "");
    EXPECT_EQ(parse_command("/grief").verb, Verb::unknown);
    EXPECT_EQ(parse_command("/grief").suggestion, "brief");
    EXPECT_EQ(parse_command("/chips").suggestion, "more on chips");
    EXPECT_EQ(parse_command("like chips").verb, Verb::unknown);
    EXPECT_EQ(parse_command("like chips").suggestion, "follow chips");
    EXPECT_EQ(parse_command("less crypto").suggestion, "mute crypto");
}

TEST(Commands, HaveAnUpperSize) {
    EXPECT_EQ(parse_command(std::string(301, 'a')).verb, Verb::too_long);
    EXPECT_EQ(parse_command(std::string(1 << 20, ' ')).verb, Verb::too_long);
    EXPECT_EQ(parse_command("more on " + std::string(200, 'x')).verb, Verb::more_topic);
    std::string wide;
    for (int i = 0; i < 290; ++i) wide += "\u00e9";
    EXPECT_EQ(parse_command(wide).verb, Verb::more_topic);
}

TEST(Commands, SurviveAnything) {
    for (const std::string_view typed :
         {std::string_view{""}, std::string_view{"   "}, std::string_view{"\n\t"}, std::string_view{"..."},
          std::string_view{"/"}, std::string_view{"//"}, std::string_view{"\"\""}, std::string_view{"!!! ??"}}) {
        const Command command = parse_command(typed);
        EXPECT_TRUE(command.verb == Verb::nothing || command.verb == Verb::help) << typed;
    }
    EXPECT_EQ(parse_command(std::string_view("more on \0chips", 14)).verb, Verb::more_topic);
    EXPECT_EQ(parse_command("\xff\xfe more").verb, Verb::more_topic);
    EXPECT_EQ(parse_command("/@bot").verb, Verb::nothing);
    EXPECT_EQ(parse_command("please").verb, Verb::more_topic);
}

TEST(Commands, MeanTheSameWhenTheirOwnWordsAreReadAgain) {
    // Lines made of the grammar's own words in any order, with topics and numbers between them.
    const std::vector<std::string> words = {
        "more",   "on",     "against", "the",          "other", "side", "3",        "#2",    "please",
        "chips",  "follow", "mute",    "show",         "like",  "less", "pause",    "until", "in",
        "berlin", "at",     "8:00",    "why",          "quote", "?",    "saved",    "/",     "me",
        "forget", "now",    "help",    "disagreement", "tell",  "mroe", "@podbrief"};
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string line;
        for (unsigned i = 0, count = 1 + random() % 6; i < count; ++i) line += words[random() % words.size()] + " ";
        Command command = parse_command(line);
        if (command.verb == Verb::unknown || command.verb == Verb::nothing || command.verb == Verb::thanks) continue;
        const Command again = parse_command(to_text(command));
        if (command.bare) continue;  // "more on " before it makes another line
        ASSERT_EQ(again.verb, command.verb) << line << " -> " << to_text(command);
    }
}

TEST(Commands, ReadBackWhatTheyAreWrittenAs) {
    for (const char* typed : {"brief",
                              "brief yesterday",
                              "brief 2026-03-03#2",
                              "more on chips",
                              "more on 3",
                              "more",
                              "against 3",
                              "other side",
                              "disagreement on chips",
                              "disagreement",
                              "why 3",
                              "quote 3",
                              "like 3",
                              "less 3",
                              "save 3",
                              "report 3 wrong name",
                              "saved",
                              "follow topic chips",
                              "mute show Chip Talk",
                              "unfollow person Zoe Baker",
                              "watch chips",
                              "watch 3",
                              "unwatch chips",
                              "topics",
                              "shows",
                              "add https://example.com/f",
                              "at 8:00",
                              "in Europe/Berlin",
                              "weekdays",
                              "quiet 22:00 to 7:00",
                              "quiet off",
                              "pause",
                              "pause until 12 March",
                              "resume",
                              "settings",
                              "export",
                              "forget me",
                              "forget me now",
                              "help"}) {
        const Command command = parse_command(typed);
        EXPECT_EQ(to_text(command), typed);
        EXPECT_EQ(parse_command(to_text(command)), command);
    }
}

TEST(Parse, WeighsATopic) {
    const struct {
        const char* typed;
        const char* topic;
        int number;
        std::optional<double> weight;
    } cases[] = {
        {"weigh remote work 2", "remote work", 0, 2},
        {"weigh remote work -1", "remote work", 0, -1},
        {"Weigh remote work at +1,5", "remote work", 0, 1.5},
        {"please weigh topic Remote Work to 0.5", "Remote Work", 0, 0.5},
        {"set weight of remote work to 0", "remote work", 0, 0},
        {"weight chips \u22122", "chips", 0, -2},
        {"weigh web 3.0 2", "web 3.0", 0, 2},
        {"weigh 3 2", "", 3, 2},
        {"weigh remote work", "remote work", 0, std::nullopt},
        {"/weigh chips 2", "chips", 0, 2},
        {"weigh elections 2028", "elections 2028", 0, std::nullopt},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.typed);
        const Command command = parse_command(c.typed);
        EXPECT_EQ(command.verb, Verb::weigh);
        EXPECT_EQ(command.text, c.topic);
        EXPECT_EQ(command.number, c.number);
        EXPECT_EQ(command.weight, c.weight);
        EXPECT_EQ(parse_command(to_text(command)), command);
    }
}

TEST(Parse, TakesWeightLossForATopic) {
    for (const char* typed : {"weight loss", "weight training", "weight of"}) {
        EXPECT_EQ(parse_command(typed).verb, Verb::more_topic) << typed;
    }
    EXPECT_EQ(parse_command("weigh").verb, Verb::topics) << "which shows what everything weighs";
}

}  // namespace
}  // namespace podbrief::commands
